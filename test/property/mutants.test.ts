// Damaged logs by the thousand (RELIABILITY R13), in a process of their own under watch: no crash, no hang, little memory, everything
// accounted for. For five minutes: test/long.

import { expect, test } from "vitest";
import { readMutants } from "../support/mutant-laws.ts";

test("mutants of twenty logs, for three seconds", async () => {
  const { faults, mutants, slowest, peak } = await readMutants(1, 0, 3000);
  expect(faults).toEqual([]);
  expect([mutants >= 100, slowest < 2000, peak < 512e6]).toEqual([true, true, true]);
});
