// Questions at random asked of the engine and of the naive reading of the same tuples. Gives what differs, a line each.

import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Question } from "../../shared/contract.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { splitMeasures } from "../../shared/filter/tree.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import { groupable, type Row } from "../../shared/rows.ts";
import { randomFrom } from "./logs.ts";
import {
  inNaiveScope,
  type NaiveBy,
  naiveAnswer,
  rowsThatHold,
  type SettledTuple,
  SPELLED,
  type Sums,
} from "./naive-query.ts";
import { filtersFrom } from "./random-filter.ts";

const COUNTERS = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"];
const ENDS = ["tuples", "allowed", "denied", "firstTime", "lastTime", ...COUNTERS];
const SUMS = [
  "tuples",
  "allowed",
  "denied",
  "flows",
  "conversations",
  "sources",
  "destinations",
  "firstTime",
  "lastTime",
  ...COUNTERS,
];
const KEY = ["nic", "acl", "rule", "srcIp", "dstIp", "dstPort", "protocol", "direction", "encryption", "decision"];

/** What is compared of each answer's rows. */
const FIELDS: Readonly<Record<NaiveBy, readonly string[]>> = {
  conversations: [...KEY, "tuples", "flows", "firstTime", "lastTime", ...COUNTERS],
  edges: ["srcIp", "dstIp", ...ENDS],
  endpoints: ["ip", ...ENDS],
  countries: ["country", "endpoints", ...ENDS],
  nics: ["nic", ...SUMS],
  ports: ["dstPort", "protocol", ...SUMS],
  rules: ["acl", "rule", ...SUMS],
  encryption: ["encryption", ...SUMS],
  groups: SUMS,
  timeline: ["time", "tuples", "allowed", "denied", "begun", "ended", ...COUNTERS],
};
const WIDTHS = { "1m": 60_000, "1h": 3_600_000, "1d": 86_400_000 } as const;

/** Made-up facts: both sides are told the same. */
const country = (ip: string): string | null => (ip.length % 3 === 0 ? null : ip.length % 2 === 0 ? "DE" : "US");

export function askBothWays(caseFile: string, seed: number, questions: number, budget?: number): string[] {
  const db = openForReading(caseFile);
  try {
    const catalog = openCatalog(db, budget);
    const facts = factsOf(db, country);
    const rowsOf = (question: Question): Sums[] => {
      const rows: Sums[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const page = answer(catalog, { ...question, after }, facts);
        rows.push(...(page.rows as Sums[]));
        after = page.next;
      }
      return rows;
    };
    const every: Question = {
      by: "tuples",
      scope: { from: null, to: null, filter: "" },
      sort: null,
      limit: 0,
      after: 0,
      settled: true,
      bin: null,
    };
    const logOf = new Map<string, string>(); // tuples do not show their flow log: conversations name them all
    for (const log of new Set(rowsOf({ ...every, by: "conversations", settled: undefined }).map((row) => row.flowLog)))
      for (const t of rowsOf({
        ...every,
        scope: { ...every.scope, filter: `flowlog == ${log === null ? "null" : `"${log}"`}` },
      }))
        logOf.set(placeOf(t), log === null ? "" : String(log).toLowerCase());
    const all = rowsOf(every).map((t) => ({
      ...t,
      flowLog: logOf.get(placeOf(t)) || null,
    })) as unknown as SettledTuple[];
    const filter = filtersFrom(seed, all);
    const random = randomFrom(seed + 1);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
    const wrong: string[] = [];
    for (let n = 0; n < questions; n++) {
      const text = filter();
      const bin = pick(["1m", "1h", "1d"] as const);
      const [one, two] = [pick(all).time, pick(all).time + pick([0, 1, 60_000])];
      const [from, to] = pick([
        [null, null],
        [Math.min(one, two), Math.max(one, two)],
        [one, null],
        [null, two],
      ] as const);
      const scope = { from, to, filter: text, sides: pick(["each", "each", "once"] as const) };
      const by = pick(["tuples", ...(Object.keys(FIELDS) as NaiveBy[])] as const);
      const group = [...new Set([pick(groupable), pick(groupable), pick(groupable)])];
      const parsed = parseFilter(text);
      const { tuples, rows: conditions } = splitMeasures(parsed);
      const isOneSided = /"field":"(nic|dir)"/.test(JSON.stringify(parsed)); // once has no effect then
      const once = scope.sides === "once" && !isOneSided;
      const found = inNaiveScope(all, { tuples, rows: conditions, from, to, once }, facts);
      const said = rowsOf({ ...every, by, scope, bin, settled: undefined, ...(by === "groups" ? { group } : {}) });
      const isAdded = by !== "tuples" && said.length > 0;
      const row = isAdded ? pick(said) : null;
      const behind = row && scopeOfRow({ by, scope, group, bin }, row as Row);
      if (row && behind) {
        const made = rowsOf({ ...every, scope: behind, settled: undefined });
        const bytes = (t: Sums): number => Number(t.bytesSent ?? 0) + Number(t.bytesReceived ?? 0);
        const all = made.reduce((sum, t) => sum + bytes(t), 0);
        const both = by === "endpoints" || by === "countries"; // a tuple counts out of and into where both its ends are the same
        if (made.length !== row.tuples || (!both && all !== bytes(row)))
          wrong.push(
            `${JSON.stringify(row)} of ${by} in ${JSON.stringify(scope)}: behind it are ${made.length} tuples, ${all} bytes`,
          );
      }
      const name = `seed ${seed}, question ${n}: ${JSON.stringify({ by, ...scope, bin, group })}`;
      if (by === "tuples") {
        const expected = rowsThatHold(found as unknown as Sums[], conditions).map(placeOf);
        if (said.map(placeOf).join("\n") !== expected.join("\n"))
          wrong.push(`${name}: ${said.length} tuples, naively ${expected.length}`);
        continue;
      }
      const expected = rowsThatHold(naiveAnswer(by, found, { width: WIDTHS[bin], group, facts }), conditions);
      const different = differenceOf(by === "groups" ? [...group, ...SUMS] : FIELDS[by], said.map(named), expected);
      if (different !== null) wrong.push(`${name}: ${different}`);
    }
    return wrong;
  } finally {
    db.close();
  }
}

function placeOf(t: Sums): string {
  return `${t.source} ${t.member} ${t.record} ${t.tuple}`;
}

/** Endpoints name what they sent and received out and in. */
function named(row: Sums): Sums {
  if (!("bytesOut" in row)) return row;
  return {
    ...row,
    packetsSent: row.packetsOut!,
    bytesSent: row.bytesOut!,
    packetsReceived: row.packetsIn!,
    bytesReceived: row.bytesIn!,
  };
}

function differenceOf(fields: readonly string[], said: readonly Sums[], expected: readonly Sums[]): string | null {
  const lines = (rows: readonly Sums[]): string[] =>
    rows
      .map((row) =>
        JSON.stringify(
          fields.map((field) => (SPELLED.includes(field) ? String(row[field]).toLowerCase() : row[field])),
        ),
      )
      .sort();
  const [ours, naive] = [lines(said), lines(expected)];
  if (ours.length !== naive.length) return `${ours.length} rows, naively ${naive.length}`;
  const at = ours.findIndex((line, i) => line !== naive[i]);
  return at === -1 ? null : `${ours[at]}, naively ${naive[at]}`;
}
