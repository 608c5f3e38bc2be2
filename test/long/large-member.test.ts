// R27 in full: a member of 2 GB.

import { expect, test } from "vitest";
import { figure } from "../support/figure.ts";
import { readLargeMember } from "../support/large-member.ts";

test("a member of 2 GB: under 600 MB, and less than 1 MB more for each 100,000 tuples", async () => {
  const began = performance.now();
  const { tuples, peak, grown, caseBytes } = await readLargeMember(2e9);
  figure("R27 a member of 2 GB", {
    tuples,
    "MB of memory at most": peak / 1e6,
    "kB more for each 100,000 tuples": grown * 1000,
    "MB of case": caseBytes / 1e6,
    s: (performance.now() - began) / 1000,
  });
  expect(tuples).toBeGreaterThan(20_000_000);
  expect(peak).toBeLessThan(600e6);
  expect(grown).toBeLessThan(1);
});
