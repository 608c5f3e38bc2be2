// Questions at random: filter, range, grouping, each side or once. The engine says what the naive reading of all tuples says.

import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseFilter } from "../../shared/filter/parse.ts";
import { printFilter } from "../../shared/filter/print.ts";
import { askBothWays } from "../support/ask-both-ways.ts";
import { folder } from "../support/cli.ts";
import { ingestHere, noteHere } from "../support/ingest-here.ts";
import { evidence, manyLogs, wholeFiles } from "../support/logs.ts";
import { mixedFiles, mixedReading } from "../support/mixed.ts";
import { filtersFrom } from "../support/random-filter.ts";

const home = folder([
  ...mixedFiles,
  ...manyLogs(4, 6, 30),
  ...wholeFiles.map((name) => [name, evidence(name)] as const),
]);
const caseFile = join(folder(), "case.tidemark");

beforeAll(async () => {
  await ingestHere(caseFile, [home]);
  noteHere(caseFile, [
    { what: "host.status", host: "10.0.0.4", status: "compromised" },
    { what: "host.status", host: "2001:db8::5", status: "suspected" },
  ]);
});

describe("of mixed, recorded and generated evidence", () => {
  test("400 answers equal the naive ones", () => {
    expect(askBothWays(caseFile, 1, 400)).toEqual([]);
  });

  test("and so they do with hardly any memory for columns", () => {
    expect(askBothWays(caseFile, 2, 100, 1)).toEqual([]);
  });
});

test("a filter printed and read again is the same filter", () => {
  const { tuples } = mixedReading(folder(mixedFiles));
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const filter = parseFilter(filtersFrom(seed, tuples)());
      const text = printFilter(filter);
      expect(parseFilter(text)).toEqual(filter);
      expect(printFilter(parseFilter(text))).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
