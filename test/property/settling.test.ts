// Settling by the program and by its second, naive implementation agree on every tuple, flow and clock: whatever the traffic, the
// files, the order in which they are added, in how many steps and on how many threads.

import { expect, test, vi } from "vitest";
import { settleBothWays } from "../support/settle-both-ways.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

// More in test/long.
test.each([
  [0, 20, "together", 1],
  [20, 10, "one by one", 1],
  [30, 20, "one by one", 1],
  [1740, 20, "together", 1],
  [50, 2, "together", 3],
] as const)("seeds from %i on, %i in one case, added %s, %i jobs", async (seed, networks, adding, jobs) => {
  const { program, naive } = await settleBothWays(seed, networks, seed, adding, jobs);
  expect(program).toEqual(naive);
});
