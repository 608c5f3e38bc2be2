// 10,000 generated archives: whatever the container, order, split, repetition or number of jobs, the same tuples and the same logical
// digest (RELIABILITY R12).

import { expect, test, vi } from "vitest";
import { figure } from "../support/figure.ts";
import { roundTrips } from "../support/round-trip.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

test("10,000 generated archives round-trip", async () => {
  const began = performance.now();
  const { faults, archives, tuples, kinds, pooled } = await roundTrips(2, 100, 50);
  expect(faults).toEqual([]);
  expect(archives).toBe(10_000);
  const s = (performance.now() - began) / 1000;
  figure("R12 round trips", {
    archives,
    "kinds of container": kinds.size,
    tuples,
    "archives read by the pool": pooled,
    faults: 0,
    s,
  });
});
