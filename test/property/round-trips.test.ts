// Whatever the container, order, split, repetition or number of jobs: the same tuples and the same logical digest (RELIABILITY R12).
// 10,000 archives: test/long.

import { expect, test, vi } from "vitest";
import { roundTrips } from "../support/round-trip.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

test("100 generated archives round-trip", async () => {
  const { faults, archives, tuples, kinds, pooled } = await roundTrips(1, 1, Number.POSITIVE_INFINITY);
  expect(faults).toEqual([]);
  expect([archives, tuples > 500, kinds.size, pooled]).toEqual([100, true, 11, 0]);
});
