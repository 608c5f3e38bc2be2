// Damaged logs for five minutes (RELIABILITY R13): twenty seeds, each in a process of its own under watch.

import { expect, test } from "vitest";
import { figure } from "../support/figure.ts";
import { type Mutants, readMutants } from "../support/mutant-laws.ts";

test("mutants: no crash, no hang over 2 s, no more than 512 MB, everything accounted for", async () => {
  const all: Mutants[] = [];
  for (let seed = 100; seed < 120; seed++) all.push(await readMutants(seed, 0, 15_000));
  expect(all.flatMap(({ faults }) => faults)).toEqual([]);
  const sum = (of: (each: Mutants) => number): number => all.reduce((total, each) => total + of(each), 0);
  const slowest = Math.max(...all.map((each) => each.slowest));
  const peak = Math.max(...all.map((each) => each.peak));
  figure("R13 mutants", {
    mutants: sum((each) => each.mutants),
    MB: sum((each) => each.bytes) / 1e6,
    tuples: sum((each) => each.tuples),
    rejects: sum((each) => each.rejects),
    "files refused": sum((each) => each.refused),
    "ms of processor for the slowest": slowest,
    "MB of memory": peak / 1e6,
    faults: 0,
  });
  expect([slowest < 2000, peak < 512e6]).toEqual([true, true]);
});
