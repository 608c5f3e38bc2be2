// Pivots at random, each cell, rest and total beside what the tuples themselves say.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { pivot } from "../../electron/query/pivot.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { PivotAnswer, type PivotQuestion } from "../../shared/contract.ts";
import { counted, type PivotMeasure, pivotMeasures } from "../../shared/pivot.ts";
import { groupable, type Row } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, manyLogs, randomFrom, vnetRecord } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

const caseFile = join(folder(), "case.tidemark");
const country = (ip: string): string | null => (ip.length % 3 === 0 ? null : ip.length % 2 === 0 ? "DE" : "US");
let catalog: Catalog;

beforeAll(async () => {
  await ingestHere(caseFile, [folder([...mixedFiles, ...manyLogs(4, 6, 30)])]);
  catalog = openCatalog(openForReading(caseFile));
});

const facts = () => factsOf(openForReading(caseFile), country);
const fields = groupable.filter((field) => field !== "flowLog"); // tuples do not name theirs

/** What the tuples in scope say. */
function tuplesIn(scope: Scope): readonly Row[] {
  const question = { by: "tuples", scope, sort: null, limit: 0, after: 0, settled: true, bin: null } as const;
  return answer(catalog, question, facts()).rows;
}

function keyOf(tuple: Row, field: string): string | number | null {
  if (field === "srcCountry") return country(String(tuple.srcIp));
  if (field === "dstCountry") return country(String(tuple.dstIp));
  if (field === "service") return `${tuple.dstPort}/${tuple.protocol}`;
  const value = tuple[field] as string | number | null;
  return field === "acl" ? (value === null ? null : String(value).toLowerCase()) : value;
}

/** As the answer has it, so that both can be compared: services by number, ACLs in one case. */
function plain(field: string, key: string | number | null): string | number | null {
  if (field === "acl" && key !== null) return String(key).toLowerCase();
  if (field !== "service" || key === null) return key;
  const [port, protocol = port] = String(key).split("/");
  const number = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 }[protocol!] ?? Number(protocol!.replace(/\D/g, ""));
  return `${protocol === port ? 0 : port}/${number}`;
}

function naive(tuples: readonly Row[], measure: PivotMeasure): number | null | "n/m" {
  if (tuples.length === 0) return null;
  const sum = (of: (tuple: Row) => unknown): number => tuples.reduce((all, tuple) => all + Number(of(tuple) ?? 0), 0);
  const different = (of: (tuple: Row) => unknown): number => new Set(tuples.map(of)).size;
  const value = {
    tuples: () => tuples.length,
    allowed: () => sum((t) => t.decision === "allow"),
    denied: () => sum((t) => t.decision === "deny"),
    flows: () => sum((t) => String(t.flow).includes("first")),
    conversations: () => -1,
    bytes: () => sum((t) => t.bytesSent) + sum((t) => t.bytesReceived),
    bytesSent: () => sum((t) => t.bytesSent),
    bytesReceived: () => sum((t) => t.bytesReceived),
    packets: () => sum((t) => t.packetsSent) + sum((t) => t.packetsReceived),
    packetsSent: () => sum((t) => t.packetsSent),
    packetsReceived: () => sum((t) => t.packetsReceived),
    sources: () => different((t) => t.srcIp),
    destinations: () => different((t) => t.dstIp),
    days: () => different((t) => Math.floor(Number(t.time) / 86_400_000)),
  }[measure]();
  return value === 0 && counted.has(measure) && tuples.every((t) => t.decision === "deny") ? "n/m" : value;
}

const measures = pivotMeasures.filter((measure) => measure !== "conversations");

test("150 pivots: cells, rests and totals are those of the tuples", () => {
  const random = randomFrom(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const all = tuplesIn({ from: null, to: null, filter: "" });
  const filters = ["", "decision == deny", "proto == 6", "dst == public", "dport in {22, 443, 3389}", "dir == O"];
  for (let n = 0; n < 150; n++) {
    const rows = [...new Set([pick(fields), pick(fields), pick(fields)])].slice(0, 1 + Math.floor(random() * 3));
    const column = pick([null, ...fields.filter((field) => !rows.includes(field))]);
    const measure = pick(measures);
    const [one, two] = [Number(pick(all).time), Number(pick(all).time) + 1];
    const scope = {
      filter: pick(filters),
      from: pick([null, Math.min(one, two)]),
      to: pick([null, Math.max(one, two)]),
    };
    const question: PivotQuestion = {
      ...{ scope, rows, column, measure },
      order: { by: pick(["total", "name"]), order: pick(["asc", "desc"]) },
      mostRows: pick([1, 3, 500]),
      mostColumns: pick([1, 2, 50]),
    };
    const said = PivotAnswer.parse(pivot(catalog, question, facts()));
    const tuples = tuplesIn(scope);
    const told = JSON.stringify(question);
    const inRow = (keys: readonly (string | number | null)[]) => (tuple: Row) =>
      rows.every((field, i) => keyOf(tuple, field) === plain(field, keys[i]!));
    const inColumn = (key: string | number | null) => (tuple: Row) => keyOf(tuple, column!) === plain(column!, key);
    const listed = said.rows.map(({ keys }) => inRow(keys));
    const across = said.columns.map(inColumn);
    const sums = (of: readonly Row[]) => ({
      cells: across.map((holds) => naive(of.filter(holds), measure)),
      others:
        column === null
          ? null
          : naive(
              of.filter((tuple) => !across.some((holds) => holds(tuple))),
              measure,
            ),
      total: naive(of, measure),
    });
    const rest = tuples.filter((tuple) => !listed.some((holds) => holds(tuple)));
    expect(
      said.rows.map(({ keys: _, ...own }) => own),
      told,
    ).toEqual(listed.map((holds) => sums(tuples.filter(holds))));
    expect(said.otherRows, told).toMatchObject(sums(rest));
    expect(said.totals, told).toEqual(sums(tuples));
    const names = new Set(tuples.map((tuple) => JSON.stringify(rows.map((field) => keyOf(tuple, field)))));
    expect(said.rows.length + said.otherRows.count, told).toBe(names.size);
    if (column !== null)
      expect(said.columns.length + said.otherColumns, told).toBe(new Set(tuples.map((t) => keyOf(t, column))).size);
  }
});

test("rows by rarity stand with the fewest first, the rest with what they sum to; by a column, by what stands in it", () => {
  const question: PivotQuestion = {
    scope: { from: null, to: null, filter: "" },
    ...{ rows: ["service"], column: "decision", measure: "tuples" },
    ...{ order: { by: "total", order: "asc" }, mostRows: 4, mostColumns: 2 },
  };
  const rare = pivot(catalog, question, facts());
  const totals = rare.rows.map(({ total }) => Number(total));
  expect(totals).toEqual([...totals].sort((a, b) => a - b));
  expect(totals.reduce((a, b) => a + b, 0) + Number(rare.otherRows.total)).toBe(rare.totals.total);
  const at = rare.columns.indexOf("deny");
  const by = pivot(catalog, { ...question, order: { by: "column", at: "deny", order: "desc" } }, facts());
  const denied = by.rows.map(({ cells }) => Number(cells[at] ?? 0));
  expect(denied).toEqual([...denied].sort((a, b) => b - a));
  expect(denied[0]).toBeGreaterThan(0);
});

test("a condition on bytes of the row leaves out the rows of groups that it does", () => {
  const scope = { from: null, to: null, filter: "bytes > 1000" };
  const group = ["rule"] as const;
  const kept = answer(
    catalog,
    { by: "groups", group: [...group], scope, sort: null, limit: 0, after: 0, bin: null },
    facts(),
  ).rows;
  const said = pivot(
    catalog,
    {
      ...{ scope, rows: [...group], column: null, measure: "tuples" },
      ...{ order: { by: "total", order: "desc" }, mostRows: 500, mostColumns: 1 },
    },
    facts(),
  );
  expect(said.rows.map(({ keys, total }) => [keys[0], total])).toEqual(kept.map(({ rule, tuples }) => [rule, tuples]));
  expect(said.remarks).toHaveLength(1);
});

test("days are counted over any number of years, in one pass", async () => {
  const path = join(folder(), "case.tidemark");
  const at = [0, 1, 86_400_000, 20 * 365 * 86_400_000].map(
    (later) => `${1_041_082_400_000 + later},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`,
  );
  await ingestHere(path, [folder([["PT1H.json", blob(vnetRecord([["r", ...at]]))]])]);
  const db = openForReading(path);
  const said = pivot(openCatalog(db), {
    ...{ scope: { from: null, to: null, filter: "" }, rows: ["srcIp"], column: null, measure: "days" },
    ...{ order: { by: "total", order: "desc" }, mostRows: 10, mostColumns: 1 },
  });
  expect(said.totals.total).toBe(3);
  db.close();
});
