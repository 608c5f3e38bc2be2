// What stands beside a row is what the timeline and the same table in the whole case say of it, in every table and scope.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { beside, binsOf } from "../../electron/query/beside.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { scopeTotals } from "../../electron/query/totals.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { BESIDE_BINS, besideTables, wholeField, wholeFields } from "../../shared/beside.ts";
import type { Answer, Question } from "../../shared/contract.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import { summed } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

let catalog: Catalog;
let facts: ReturnType<typeof factsOf>;
let first = 0;
let last = 0;
beforeAll(async () => {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(mixedFiles), folder([...manyLogs(3, 30, 4)])]);
  const db = openForReading(caseFile);
  catalog = openCatalog(db);
  facts = factsOf(db, () => "SE");
  first = Math.min(...catalog.segments.map(({ firstTime }) => firstTime));
  last = Math.max(...catalog.segments.map(({ lastTime }) => lastTime));
});

function ask(by: Question["by"], scope: Scope, more: Partial<Question> = {}): Answer {
  return answer(catalog, { by, scope, sort: null, limit: 0, after: 0, bin: null, ...more }, facts);
}

const scopes: readonly (readonly [string, () => Scope])[] = [
  ["everything", () => ({ from: null, to: null, filter: "" })],
  ["a filter", () => ({ from: null, to: null, filter: "dport < 1000 or decision == deny" })],
  ["part of an hour", () => ({ from: last - 1_800_000, to: last - 600_000, filter: "" })],
  ["days, once, of some source ports", () => ({ from: first + 1, to: last, filter: "sport > 2000", sides: "once" })],
  ["flows that overlap an hour", () => ({ from: last - 3_600_000, to: last, filter: "", time: "overlapping" })],
];

describe.each(scopes)("in %s", (_, scopeOf) => {
  test.each(besideTables)("rows of %s have their activity and their whole", (by) => {
    const scope = scopeOf();
    const question: Question = { by, scope, sort: [{ field: "denied", order: "desc" }], limit: 0, after: 0, bin: null };
    if (by === "conversations") question.sort = null;
    const rows = ask(by, scope, { sort: question.sort }).rows.slice(1, 15);
    const found = beside(catalog, { question, from: 1, to: 1 + rows.length, want: ["activity", "whole"] }, facts);
    expect(found.rows.length).toBe(rows.length);
    const named = ({ from: _f, to: _t, time: _s, ...rest }: Scope): Scope => ({ ...rest, from: null, to: null });
    for (const [i, row] of rows.entries()) {
      const own = scopeOfRow({ by, scope }, row)!;
      const { tuples, denied, whole } = found.rows[i]!;
      const bins = found.bins!;
      const expected = { tuples: tuples.map(() => 0), denied: tuples.map(() => 0) };
      for (const minute of ask("timeline", own, { bin: "1m" }).rows) {
        const bin = Math.floor((Number(minute.time) - bins.from) / bins.width);
        expected.tuples[bin]! += Number(minute.tuples);
        expected.denied[bin]! += Number(minute.denied);
      }
      expect({ tuples, denied }).toEqual(expected);
      expect(tuples.length).toBe(bins.count);
      const inAll = ask(by, { ...named(own), filter: "" }).rows.find((each) => sameName(by, each, row))!;
      for (const [field, value] of Object.entries(whole)) expect([field, value]).toEqual([field, inAll[field] ?? 0]);
      expect(Object.keys(whole)).toEqual(Object.keys(row).filter((field) => summed.has(field)));
      expect(Number(row.tuples)).toBeLessThanOrEqual(whole.tuples!);
    }
  });
});

/** The row of the same thing: all that is no figure. */
function sameName(by: Question["by"], one: Answer["rows"][number], other: Answer["rows"][number]): boolean {
  const names: Partial<Record<Question["by"], readonly string[]>> = {
    edges: ["srcIp", "dstIp"],
    endpoints: ["ip"],
    countries: ["country"],
    asns: ["asn"],
    nics: ["nic"],
    ports: ["dstPort", "protocol"],
    rules: ["acl", "rule"],
    encryption: ["encryption"],
  };
  const fields = names[by] ?? Object.keys(one).filter((field) => !summed.has(field) && !field.endsWith("Time"));
  return fields.every((field) => one[field] === other[field]);
}

test("a range is cut into at most 60 stretches of one width that cover it, whole hours from a day on", () => {
  const hour = 3_600_000;
  const lengths = [1, 999, 60_000, 7 * 60_000, hour, 19 * hour, 21 * hour, 70 * hour, 1440 * hour, 100_000 * hour];
  for (const length of lengths)
    for (const from of [0, 123_456_789_012, 1_772_000_000_000]) {
      const { from: begin, width, count } = binsOf({ from, to: from + length })!;
      expect(count).toBeLessThanOrEqual(BESIDE_BINS);
      expect([begin <= from, begin + count * width >= from + length, begin % width]).toEqual([true, true, 0]);
      expect(width % hour === 0 || length < 21 * hour).toBe(true);
    }
  expect(binsOf({ from: 5, to: 5 })).toBeNull();
  expect(binsOf({ from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY })).toBeNull();
});

test("what conditions on rows leave out, and the rows that hold, are all there is", () => {
  for (const by of ["conversations", "edges", "ports", "flows", "tuples"] as const) {
    const all = ask(by, { from: null, to: null, filter: "dport < 5000" });
    const held = ask(by, { from: null, to: null, filter: "dport < 5000 and bytes > 1000" });
    const sum = (rows: Answer["rows"], field: string): number =>
      rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
    expect(all.notHeld).toBeUndefined();
    expect(held.rows.length).toBeGreaterThan(0);
    expect(held.rows.length + held.notHeld!.count!).toBe(all.rows.length);
    for (const field of ["tuples", "denied", "bytesSent", "packetsReceived"])
      if (field in held.notHeld!) expect(sum(held.rows, field) + held.notHeld![field]!).toBe(sum(all.rows, field));
  }
});

test("the first rows of groups, what is left out of them and the totals of their scope reconcile", () => {
  const scope: Scope = { from: first, to: last, filter: "dport > 10" };
  const { rows, leftOut } = ask("groups", scope, {
    group: ["service"],
    limit: 2,
    sort: { field: "flows", order: "desc" },
  });
  const totals: Readonly<Record<string, unknown>> = scopeTotals(catalog, inScope(catalog, scope, facts));
  expect(leftOut.count).toBeGreaterThan(0);
  for (const field of ["flows", "tuples", "bytesSent", "bytesReceived"])
    expect(rows.reduce((sum, row) => sum + Number(row[field]), leftOut[field]!)).toBe(totals[field]);
});

test("rows that are no sums of conversations, and too many rows, are refused", () => {
  const question: Question = {
    by: "flows",
    scope: { from: null, to: null, filter: "" },
    sort: null,
    limit: 0,
    after: 0,
    bin: null,
  };
  const asking =
    (more: Partial<Question>, to = 10) =>
    () =>
      beside(catalog, { question: { ...question, ...more }, from: 0, to, want: ["activity"] }, facts);
  expect(asking({})).toThrow("Rows of flows are no sums of conversations");
  expect(asking({ by: "ports" }, 201)).toThrow("At most 200 rows");
  expect(asking({ by: "ports", state: "another" })).toThrow("The case has changed");
});

describe("sorted by the whole case", () => {
  const scope = (): Scope => ({
    from: null,
    to: null,
    filter: "state != E",
  });

  test.each(besideTables)("rows of %s come by how much of them is in scope, and by what they are in all", (by) => {
    for (const field of wholeFields(by)) {
      const { of, as } = wholeField(field)!;
      const sort = [{ field, order: "desc" as const }];
      const { rows } = ask(by, scope(), { sort });
      const question: Question = { by, scope: scope(), sort, limit: 0, after: 0, bin: null };
      expect(rows.length).toBeGreaterThan(by === "conversations" || by === "edges" ? 20 : 0);
      const { rows: sides } = beside(
        catalog,
        { question, from: 0, to: Math.min(200, rows.length), want: ["whole"] },
        facts,
      );
      const values = sides.map(({ whole }, i) => {
        const all = whole[of]!;
        if (as === "Whole") return all;
        return all === 0 ? Number.NEGATIVE_INFINITY : Number(rows[i]![of]) / all;
      });
      expect([field, values]).toEqual([field, values.toSorted((a, b) => b - a)]);
      expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
        new Set(ask(by, scope()).rows.map((row) => JSON.stringify(row))),
      );
    }
  });

  test("no other answer has such fields, and none is told in a row", () => {
    expect(() => ask("tuples", scope(), { sort: { field: "tuplesShare", order: "asc" } })).toThrow(
      /no field "tuplesShare"/,
    );
    expect(wholeFields("tuples")).toEqual([]);
    expect(Object.keys(ask("edges", scope(), { sort: { field: "tuplesShare", order: "asc" } }).rows[0]!)).not.toContain(
      "tuplesShare",
    );
  });
});
