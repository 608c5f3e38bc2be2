// What a range of time says, on one connection reported every five minutes: inside, overlapping, starting, and spread. Worked out by hand.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Question } from "../../shared/contract.ts";
import type { Row } from "../../shared/rows.ts";
import { EVERYTHING, type Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, vnetRecord } from "../support/logs.ts";

const T = Date.UTC(2025, 2, 4, 10);
const at = (minute: number): number => T + minute * 60_000;
const tuple = (minute: number, port: number, state: string, bytes: number): string =>
  `${at(minute)},10.0.0.4,10.0.0.5,${port},443,6,O,${state},NX,${bytes > 0 ? 1 : 0},${bytes},0,0`;

let catalog: Catalog;
beforeAll(async () => {
  const long = [tuple(0, 1000, "B", 0), tuple(5, 1000, "C", 101), tuple(10, 1000, "C", 500), tuple(15, 1000, "E", 50)];
  const short = [tuple(6, 2000, "B", 0), tuple(6, 2000, "E", 7)];
  const halfSeen = [tuple(7, 3000, "E", 30)];
  const files = [["PT1H.json", blob(vnetRecord([["UserRule_Web", ...long, ...short, ...halfSeen]]))] as const];
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(files)]);
  catalog = openCatalog(openForReading(caseFile));
});

const ask = (by: Question["by"], scope: Partial<Scope>, more: Partial<Question> = {}): Row[] => {
  const question = { by, scope: { ...EVERYTHING, ...scope }, sort: null, limit: 0, after: 0, bin: null, ...more };
  return answer(catalog, question).rows;
};
const bytesOf = (rows: readonly Row[]): unknown[] =>
  rows.map((row) => [(Number(row.time) - T) / 60_000, row.bytesSent]);

test("inside: tuples of the range, though their flow goes on outside it", () => {
  expect(bytesOf(ask("tuples", { from: at(6), to: at(11) }))).toEqual([
    [10, 500],
    [6, 0],
    [6, 7],
    [7, 30],
  ]);
});

test("overlapping: flows that are alive in the range, whole, also one that has no tuple in it", () => {
  const scope = { from: at(11), to: at(12), time: "overlapping" } as const;
  expect(ask("tuples", { ...scope, time: "inside" })).toEqual([]);
  expect(bytesOf(ask("tuples", scope))).toEqual([
    [0, 0],
    [5, 101],
    [10, 500],
    [15, 50],
  ]);
});

test("starting: flows whose first tuple is in the range, also one whose begin was not seen", () => {
  const rows = ask("flows", { from: at(6), to: at(8), time: "starting" });
  expect(rows.map(({ srcPort, begin, bytesSent }) => [srcPort, begin, bytesSent])).toEqual([
    [2000, "seen", 7],
    [3000, "not seen", 30],
  ]);
});

test("a filter leaves out tuples, and not flows", () => {
  const scope = { from: at(11), to: at(12), time: "overlapping", filter: "state == B" } as const;
  expect(bytesOf(ask("tuples", scope))).toEqual([[0, 0]]);
});

const spread = { bin: "1m", spread: true } as const;

test("spread: a report counts in the minutes it reports on, the remainder late", () => {
  expect(bytesOf(ask("timeline", { filter: "sport == 1000", to: at(6) }, spread))).toEqual([
    [0, 20],
    [1, 20],
    [2, 20],
    [3, 20],
    [4, 21],
    [5, 0],
  ]);
});

test("clipped to the range: what a tuple in it reports counts within it, from the report before though a filter leaves that out", () => {
  expect(bytesOf(ask("timeline", { filter: "state == C", from: at(8), to: at(12) }, spread))).toEqual([
    [8, 250],
    [9, 250],
    [10, 0],
  ]);
});

test("what has no tuple before it, or one of the same instant, counts at its own time", () => {
  expect(bytesOf(ask("timeline", { filter: "sport in {2000, 3000}" }, spread))).toEqual([
    [6, 7],
    [7, 30],
  ]);
});

test("a bar of a spread timeline is the shares of the tuples behind it", () => {
  const bar = { from: at(6), to: at(7), spread: true };
  expect(
    ask("tuples", { bar }).map(({ srcPort, bytesSent, bytesSentHere }) => [srcPort, bytesSent, bytesSentHere]),
  ).toEqual([
    [1000, 500, 100],
    [2000, 0, 0],
    [2000, 7, 7],
  ]);
});

test.each([
  [
    "members",
    { scope: { ...EVERYTHING, from: T, time: "starting" } },
    "Time starting is said of flows; members are listed whole, whatever the range.",
  ],
  ["edges", { spread: true }, "Only the timeline spreads counters over time; edges count each tuple whole."],
] as const)("%s refuse what does not apply to them", (by, more, sentence) => {
  expect(() => ask(by, {}, more as Partial<Question>)).toThrow(sentence);
});
