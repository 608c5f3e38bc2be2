// Settling by two threads, as days of many tuples are, agrees with the naive implementation as settling by one does.

import { expect, test, vi } from "vitest";
import { settleBothWays } from "../support/settle-both-ways.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});
vi.mock("../../electron/store/settle-in-thread.ts", async (original) => ({
  ...(await original<object>()),
  isForTwo: () => true,
}));

test.each([
  [200, 25, "together"],
  [230, 2, "one by one"],
] as const)("seeds from %i on, %i in one case, added %s", async (seed, networks, adding) => {
  const { program, naive } = await settleBothWays(seed, networks, seed, adding, 1);
  expect(program).toEqual(naive);
});
