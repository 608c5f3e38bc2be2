// Counters spread over time: whole numbers that add up, as the plain reading of docs/command-line.md places them, in shares of any size.

import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { shareBefore, shareBetween } from "../../electron/analysis/spread.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { flowsInTime } from "../../electron/query/flow-time.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { spreadIntervals } from "../../electron/query/spread-starts.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";
import { naiveSpread } from "../support/naive-spread.ts";
import { settlingCase } from "../support/settling-cases.ts";

const interval = fc.tuple(fc.nat(10_000_000), fc.integer({ min: 1, max: 90_000_000 }));
const value = fc.oneof(fc.nat(50), fc.nat(1_000_000), fc.maxSafeNat());

test("what falls into bins is what the plain reading places there, and adds up", () => {
  fc.assert(
    fc.property(interval, value, fc.constantFrom(60_000, 3_600_000), ([from, length], n, width) => {
      const to = from + length;
      const bins: [number, number][] = [];
      for (let time = Math.floor(from / width) * width; time < to; time += width) {
        const share = shareBetween(n, from, to, time, time + width);
        if (share > 0) bins.push([time, share]);
      }
      expect(bins).toEqual([...naiveSpread(n, from, to, width)].sort((a, b) => a[0] - b[0]));
      expect(bins.reduce((sum, [, share]) => sum + BigInt(share), 0n)).toBe(BigInt(n));
    }),
    { numRuns: 300 },
  );
});

test("the share before an instant is the exact quotient rounded down, however large", () => {
  fc.assert(
    fc.property(interval, value, fc.double({ min: 0, max: 1, noNaN: true }), ([from, length], n, at) => {
      const passed = Math.floor(length * at);
      const expected = passed >= length ? BigInt(n) : (BigInt(n) * BigInt(passed)) / BigInt(length);
      expect(BigInt(shareBefore(n, from, from + length, from + passed))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

let catalog: Catalog;
beforeAll(async () => {
  const files = [
    ...manyLogs(3, 6, 20),
    ...settlingCase(5)
      .sources.flat()
      .map(({ path, text }) => [path, text] as const),
  ];
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(files)]);
  catalog = openCatalog(openForReading(caseFile));
});

test("intervals are the same however many shares the tuples are taken in", () => {
  const scope = inScope(catalog, { ...EVERYTHING, filter: "proto == tcp" });
  const lines = (most?: number): string[] =>
    [...spreadIntervals(catalog, scope, most)]
      .flatMap(({ view, length, row, start, end }) =>
        Array.from({ length }, (_, i) => `${view.segment.id} ${row[i]} ${start[i]} ${end[i]}`),
      )
      .sort();
  expect(lines(40)).toEqual(lines());
});

test("and so are the flows that overlap a range or start in it", () => {
  const middle = catalog.segments.map(({ firstTime }) => firstTime).sort()[catalog.segments.length >> 1]!;
  const range = { from: middle, to: middle + 1_800_000 };
  for (const which of ["overlapping", "starting"] as const) {
    const whole = flowsInTime(catalog, range, which);
    expect(whole.size).toBeGreaterThan(0);
    expect(flowsInTime(catalog, range, which, 40)).toEqual(whole);
  }
});
