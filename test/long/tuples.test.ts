// The kernel, the plain rules and the independent reader on millions of generated tuples.

import { expect, test } from "vitest";
import { figure } from "../support/figure.ts";
import { compareTuples } from "../support/tuple-laws.ts";

test("three readers agree on 2,000,000 tuples", () => {
  const began = performance.now();
  const sum = { tuples: 0, fast: 0, rejects: 0 };
  for (let seed = 100; seed < 120; seed++) {
    const { differences, tuples, fast, rejects } = compareTuples(seed, 100_000);
    expect(differences).toEqual([]);
    sum.tuples += tuples;
    sum.fast += fast;
    sum.rejects += rejects;
  }
  figure("tuples read three ways", { ...sum, differences: 0, s: (performance.now() - began) / 1000 });
});
