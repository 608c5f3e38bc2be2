import { settlingCase } from "/work/wt/oracle/test/support/settling-cases.ts";
import { settle as right } from "/work/wt/oracle/test/support/naive-settling.ts";
const cases = Array.from({ length: 200 }, (_, i) => settlingCase(i));
const show = (s) => JSON.stringify([s.marks.map((m) => [m.first, m.ends, m.joined, m.retry, m.leftOut, m.adjusted]), [...s.clockOffsets].sort()]);
const want = cases.map((c) => show(right(c.tuples)));
for (let k = 0; k < 47; k++) {
  const { settle } = await import(`./m${k}.ts`);
  let n = 0; cases.forEach((c, i) => { try { if (show(settle(c.tuples)) !== want[i]) n++; } catch { n++; } });
  console.log(k, n);
}
