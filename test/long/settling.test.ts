// Settling by the program and by its naive twin: the traffic of 2,000 seeds in cases of twenty, and 200 seeds in cases of their own, where
// days are fewer and an hour that comes late changes more.

import { expect, test, vi } from "vitest";
import { figure } from "../support/figure.ts";
import { type Adding, settleBothWays } from "../support/settle-both-ways.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

const ADDING: readonly Adding[] = ["together", "one by one"];

test.each([
  ["seeds 0 to 499, twenty a case", 0, 25, 20],
  ["seeds 500 to 999, twenty a case", 500, 25, 20],
  ["seeds 1,000 to 1,499, twenty a case", 1000, 25, 20],
  ["seeds 1,500 to 1,999, twenty a case", 1500, 25, 20],
  ["seeds 10,000 to 10,099, each a case", 10_000, 100, 1],
  ["seeds 10,100 to 10,199, each a case", 10_100, 100, 1],
])("%s: the same marks, adjusted counters, flows and clocks", async (name, first, cases, networks) => {
  const began = performance.now();
  const sum = { cases, tuples: 0, flows: 0, clocks: 0 };
  for (let index = 0; index < cases; index += 1) {
    const adding = ADDING[index % 2] as Adding;
    const seed = first + index * networks;
    const { program, naive, tuples } = await settleBothWays(seed, networks, index, adding, index % 10 === 0 ? 3 : 1);
    expect(program, `seed ${seed}, order ${index}, ${adding}`).toEqual(naive);
    sum.tuples += tuples;
    sum.flows += naive.flows.length;
    sum.clocks += naive.clocks.length;
  }
  figure(`settled twice, ${name}`, { ...sum, s: (performance.now() - began) / 1000 });
});
