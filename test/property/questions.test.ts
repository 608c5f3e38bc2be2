// Questions at random: filter, range, grouping, each side or once. The engine says what the naive reading of all tuples says.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ALWAYS } from "../../electron/query/activity.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { printFilter } from "../../shared/filter/print.ts";
import { askBothWays } from "../support/ask-both-ways.ts";
import { folder } from "../support/cli.ts";
import { ingestHere, noteHere } from "../support/ingest-here.ts";
import { evidence, manyLogs, wholeFiles } from "../support/logs.ts";
import { mixedFiles, mixedReading } from "../support/mixed.ts";
import { filtersFrom } from "../support/random-filter.ts";
import { settledReading } from "../support/settled-reading.ts";
import { settlingCase } from "../support/settling-cases.ts";

/** Four sources: of mixed, recorded and generated logs, and a small network whose flows go on through files and days. */
const network = settlingCase(3, 0, 2);
const sources = [
  {
    path: "",
    files: [...mixedFiles, ...manyLogs(4, 6, 30), ...wholeFiles.map((name) => [name, evidence(name)] as const)],
  },
  ...network.sources.map((files) => ({ path: "", files: files.map(({ path, text }) => [path, text] as const) })),
].map(({ files }) => ({ path: folder(files), files }));
const caseFile = join(folder(), "case.tidemark");
const all = settledReading(sources);

beforeAll(async () => {
  await ingestHere(
    caseFile,
    sources.map(({ path }) => path),
  );
  noteHere(caseFile, [
    { what: "host.status", host: "10.0.0.4", status: "compromised" },
    { what: "host.status", host: "2001:db8::5", status: "suspected" },
  ]);
});

describe("of mixed, recorded and generated evidence", () => {
  test("300 answers equal the naive ones, and their rows lead to the tuples behind them", () => {
    expect(askBothWays(caseFile, all, [1], 300)).toEqual([]);
  });

  test("and so they do with hardly any memory for columns", () => {
    expect(askBothWays(caseFile, all, [2], 50, 1)).toEqual([]);
  });

  test("and with memory for what conversations did by hour, and hardly any for tuples", () => {
    expect(askBothWays(caseFile, all, [3], 50, 2_000_000)).toEqual([]);
  });

  test("and with memory for what conversations did by hour in some segments", () => {
    const db = openForReading(caseFile);
    const budget = openCatalog(db).activity()!.bytes * 0.8;
    const { byTuple } = openCatalog(db, budget).activity()!;
    db.close();
    expect(new Set(byTuple)).toContain(ALWAYS);
    expect(askBothWays(caseFile, all, [5], 50, budget)).toEqual([]);
  });

  test("and so they do with a tenth of the memory that all of it takes", () => {
    const db = openForReading(caseFile);
    const catalog = openCatalog(db);
    let bytes = catalog.activity()!.bytes;
    for (const view of catalog.segments.map(catalog.view)) {
      for (const unpack of [view.srcPort, view.counters, view.adjusted, view.place, view.map]) unpack();
      expect(view.when.time.length).toBe(view.segment.tuples);
      bytes += view.bytes();
    }
    db.close();
    expect(askBothWays(caseFile, all, [6], 50, bytes / 10)).toEqual([]);
  });

  test("and of a case that does not keep what conversations did by hour", () => {
    const before = join(folder(), "before.tidemark");
    copyFileSync(caseFile, before);
    const open = openForWriting(before);
    open.db.exec("DELETE FROM segment_activity; DELETE FROM property WHERE name = 'activity'");
    open.close();
    expect(askBothWays(before, all, [4], 50)).toEqual([]);
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
