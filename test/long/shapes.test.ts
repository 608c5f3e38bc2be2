// Shapes too long for `npm test` (RELIABILITY R11): nothing ends the program, what is beyond a limit is a reject as that record only.

import { expect, test } from "vitest";
import { between, found, good, neighbour, onlyThat, withValue } from "../support/between.ts";
import { figure } from "../support/figure.ts";
import { blob, nsgRecord, vnetRecord } from "../support/logs.ts";
import { foundIn, readBytes } from "../support/read-bytes.ts";

const seconds = (began: number): number => (performance.now() - began) / 1000;

test("a text of 200 MB is passed over", async () => {
  const began = performance.now();
  const bytes = between(
    Buffer.concat([Buffer.from('{"x":"'), Buffer.alloc(200e6, "a"), Buffer.from(`",${neighbour.slice(1)}`)]),
  );
  const { records, rejects, tuples } = foundIn(await readBytes([bytes]));
  expect([tuples.length, records.map(({ kept }) => kept)]).toEqual([2, [true, false, true]]);
  expect(rejects[0]).toMatchObject({ length: bytes.length - 2 * neighbour.length - 16 });
  expect(rejects[0]!.text).toHaveLength(65536);
  figure("R11 a text of 200 MB", { rejects: rejects.length, "tuples beside it": tuples.length, s: seconds(began) });
});

test("a record of more than 64 MiB is a reject as that record only", async () => {
  const filler = `"${"f".repeat((1 << 20) - 3)}",`;
  const long = withValue(`[${filler.repeat(64)}1]`);
  expect(long.length).toBeGreaterThan(64 << 20);
  await onlyThat(long, /a record longer than 67108864 bytes/, [3 << 20]);
});

test("a million tuples in one group are read", async () => {
  const began = performance.now();
  const short = `1741082400,10.0.0.4,10.0.0.5,1,2,T,O,A`;
  const bytes = blob(nsgRecord(1, [["R", ...Array<string>(1_000_000).fill(short)]]));
  const parts = await readBytes([bytes]);
  expect(parts.flatMap(({ segments }) => segments).reduce((sum, { tuples }) => sum + tuples, 0)).toBe(1_000_000);
  expect(parts.reduce((sum, { records }) => sum + records.length, 0)).toBe(1);
  figure("R11 a group of a million tuples", { MB: bytes.length / 1e6, s: seconds(began) });
});

test("a record of nothing but rejects is one reject where they are too many", async () => {
  const { records } = await found(blob(vnetRecord([["R", good, ...Array<string>(131_072).fill("")]])), []);
  expect(records.map(({ kept }) => kept)).toEqual([true]);
  await onlyThat(
    JSON.stringify(vnetRecord([["R", good, ...Array<string>(131_073).fill("")]])),
    /more than 131072 of its tuples/,
  );
});
