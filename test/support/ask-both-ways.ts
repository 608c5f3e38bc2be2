// Questions at random asked of the engine and of the naive reading of the same evidence. Gives what differs, a line each.

import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { scopeTotals } from "../../electron/query/totals.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Question } from "../../shared/contract.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { splitMeasures } from "../../shared/filter/tree.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import { groupable, type Row, summed } from "../../shared/rows.ts";
import { type Scope, timeSemantics } from "../../shared/scope.ts";
import { randomFrom } from "./logs.ts";
import {
  inNaiveScope,
  type NaiveBy,
  type NaiveScope,
  naiveAnswer,
  naiveTotals,
  rowsThatHold,
  SPELLED,
  type Sums,
} from "./naive-query.ts";
import { spreadOver } from "./naive-spread.ts";
import { filtersFrom } from "./random-filter.ts";
import { COUNTERS, type SettledTuple } from "./settled-reading.ts";

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
  flows: ["tuples", "firstTime", "lastTime", ...COUNTERS],
  edges: ["srcIp", "dstIp", ...ENDS],
  endpoints: ["ip", ...ENDS],
  countries: ["country", "endpoints", ...ENDS],
  asns: ["asn", "endpoints", ...ENDS],
  nics: ["nic", ...SUMS],
  ports: ["dstPort", "protocol", ...SUMS],
  rules: ["acl", "rule", ...SUMS],
  encryption: ["encryption", ...SUMS],
  groups: SUMS,
  timeline: ["time", "tuples", "allowed", "denied", "begun", "ended", ...COUNTERS],
};
const WIDTHS = { "10s": 10_000, "1m": 60_000, "1h": 3_600_000, "1d": 86_400_000 } as const;

/** Made-up facts: both sides are told the same. */
const country = (ip: string): string | null => (ip.length % 3 === 0 ? null : ip.length % 2 === 0 ? "DE" : "US");
const asn = (ip: string): string | null => (ip.length % 4 === 0 ? null : String(64500 + (ip.length % 3)));

/** `all`: every tuple of the case, in default order. `budget`: bytes of unpacked columns. */
export function askBothWays(
  caseFile: string,
  all: readonly SettledTuple[],
  seeds: readonly number[],
  questions: number,
  budget?: number,
): string[] {
  const db = openForReading(caseFile);
  try {
    const catalog = openCatalog(db, budget);
    const facts = { ...factsOf(db, country), asn };
    const allAdjusted = all.map((t): SettledTuple => ({ ...t, ...t.adjusted }));
    const ask = (question: Omit<Question, "after">): { rows: Sums[]; leftOut: Sums } => {
      const rows: Sums[] = [];
      let leftOut: Sums = {};
      for (let after: number | null = 0; after !== null; ) {
        const page = answer(catalog, { ...question, after }, facts);
        rows.push(...(page.rows as Sums[]));
        leftOut = page.leftOut;
        after = page.next;
      }
      return { rows, leftOut };
    };
    const every = { by: "tuples", sort: null, limit: 0, bin: null } as const;
    const wrong: string[] = [];
    for (const seed of seeds) {
      const filter = filtersFrom(seed, all);
      const random = randomFrom(seed + 1);
      const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
      for (let n = 0; n < questions; n++) {
        const by = pick(["tuples", ...(Object.keys(FIELDS) as NaiveBy[]), "timeline"] as const);
        const bin = pick(["1m", "1h", "1h", "1d", "10s"] as const);
        const group = [...new Set([pick(groupable), pick(groupable), pick(groupable), pick(groupable)])];
        const spread = by === "timeline" && random() < 0.6;
        const scope: Scope = {
          ...rangeOf(pick, all),
          filter: filter(),
          ...(random() < 0.3 ? { sides: "once" } : {}),
          ...(random() < 0.3 ? { counters: "adjusted" } : {}),
          ...(random() < 0.4 ? { time: pick(timeSemantics) } : {}),
        };
        const naive = naiveScopeOf(scope);
        const found = inNaiveScope(scope.counters === "adjusted" ? allAdjusted : all, naive, facts);
        const fields = by === "tuples" ? [] : by === "groups" ? [...group, ...SUMS] : FIELDS[by];
        const sort =
          random() < 0.3
            ? { field: pick(fields.length > 0 ? fields : COUNTERS), order: pick(["asc", "desc"] as const) }
            : null;
        const limit = pick([0, 0, 0, 1, 5]);
        const question = {
          ...{ ...every, by, scope, limit, bin },
          sort: sort && { ...sort, field: isTurned(by) ? (TURNED[sort.field] ?? sort.field) : sort.field },
          ...(by === "groups" ? { group } : {}),
          ...(spread ? { spread } : {}),
        };
        const name = `seed ${seed}, question ${n}: ${JSON.stringify(question)}`;
        const say = (difference: string | null): void => {
          if (difference !== null) wrong.push(`${name}: ${difference}`);
        };
        const { rows, leftOut } = ask(question);
        const whole = limit === 0 ? rows : ask({ ...question, limit: 0 }).rows;
        if (limit > 0) say(cutDifference(by, rows, leftOut, whole));
        if (sort) say(orderDifference(whole, question.sort!));
        if (by === "tuples") {
          const expected = rowsThatHold(found as unknown as Sums[], naive.rows).map(shown);
          say(
            sort
              ? differenceOfTexts(whole.map(shown).sort(), expected.sort())
              : differenceOfTexts(whole.map(shown), expected),
          );
          continue;
        }
        const counted = naiveAnswer(by, found, { width: WIDTHS[bin], group, facts });
        const range = naive.time === "inside" ? naive : { from: null, to: null };
        const expected = rowsThatHold(spread ? spreadOver(counted, found, range, WIDTHS[bin]) : counted, naive.rows);
        say(differenceOfTexts(linesOf(fields, whole.map(named)), linesOf(fields, expected)));
        if (n % 10 === 0)
          say(totalsDifference(scopeTotals(catalog, inScope(catalog, scope, facts)), naiveTotals(found)));
        if (whole.length === 0) continue;
        const row = pick(whole);
        const behind = scopeOfRow({ by, scope, group, bin, spread }, row as Row);
        say(
          behind === null
            ? "a row leads nowhere"
            : behindDifference(by, row, ask({ ...every, scope: behind }).rows, facts, spread, WIDTHS[bin]),
        );
      }
    }
    return wrong;
  } finally {
    db.close();
  }
}

/** Ranges that begin and end at a tuple, just beside one, or anywhere; open ones; empty ones. */
function rangeOf(pick: <T>(values: readonly T[]) => T, all: readonly SettledTuple[]): Pick<Scope, "from" | "to"> {
  const one = pick(all).time + pick([0, 0, 1, -90_000]);
  const two = pick(all).time + pick([0, 1, 60_000]);
  const [from, to] = pick([
    [null, null],
    [Math.min(one, two), Math.max(one, two)],
    [Math.min(one, two), Math.max(one, two)],
    [one, one + 600_000],
    [one, null],
    [null, two],
  ] as const);
  return { from, to };
}

function naiveScopeOf({ filter, from, to, sides, time = "inside" }: Scope): NaiveScope {
  const parsed = parseFilter(filter);
  const { tuples, rows } = splitMeasures(parsed);
  const isOneSided = /"field":"(nic|dir)"/.test(JSON.stringify(parsed)); // once has no effect then
  return { tuples, rows, from, to, time, once: sides === "once" && !isOneSided };
}

/** A tuple by its place and counters. */
function shown(t: Sums): string {
  return [t.source, t.member, t.record, t.tuple, ...COUNTERS.map((name) => t[name])].join(" ");
}

/** Endpoints name what they sent and received out and in. */
const TURNED: Readonly<Record<string, string>> = {
  packetsSent: "packetsOut",
  bytesSent: "bytesOut",
  packetsReceived: "packetsIn",
  bytesReceived: "bytesIn",
};
function isTurned(by: string): boolean {
  return by === "endpoints" || by === "countries" || by === "asns";
}
function named(row: Sums): Sums {
  if (!("bytesOut" in row)) return row;
  return { ...row, ...Object.fromEntries(Object.entries(TURNED).map(([name, other]) => [name, row[other]!])) };
}

function linesOf(fields: readonly string[], rows: readonly Sums[]): string[] {
  const line = (row: Sums): string =>
    JSON.stringify(
      fields.map((field) => (SPELLED.includes(field) ? String(row[field]).toLowerCase() : exact(row[field] ?? null))),
    );
  return rows.map(line).sort();
}

/** Sums past 2^53 are rounded, one way or another. */
function exact(value: Sums[string]): Sums[string] {
  return typeof value === "number" && value > Number.MAX_SAFE_INTEGER ? "rounded" : value;
}

function isSame(a: Sums[string] | undefined, b: Sums[string] | undefined): boolean {
  return exact(a ?? null) === exact(b ?? null);
}

function differenceOfTexts(ours: readonly string[], naive: readonly string[]): string | null {
  const at = ours.findIndex((line, i) => line !== naive[i]);
  if (at === -1 && ours.length === naive.length) return null;
  return `${ours.length} rows, naively ${naive.length}; ${ours[at] ?? "none"}, naively ${naive[at === -1 ? ours.length : at]}`;
}

/** A limit shows the first rows, and tells how many others there are and what they add up to. */
function cutDifference(by: string, rows: readonly Sums[], leftOut: Sums, whole: readonly Sums[]): string | null {
  const expected: Sums = { count: whole.length - rows.length };
  for (const field of Object.keys(whole[0] ?? {})) {
    if (!summed.has(field)) continue;
    expected[field] = whole.slice(rows.length).reduce((sum, row) => sum + Number(row[field] ?? 0), 0);
  }
  const wrong = Object.entries(expected).find(([field, value]) => !isSame(leftOut[field], value));
  if (wrong) return `left out of ${by}: ${wrong[0]} ${leftOut[wrong[0]]}, not ${wrong[1]}`;
  return differenceOfTexts(
    rows.map((row) => JSON.stringify(row)),
    whole.slice(0, rows.length).map((row) => JSON.stringify(row)),
  );
}

function orderDifference(
  rows: readonly Sums[],
  { field, order }: { field: string; order: "asc" | "desc" },
): string | null {
  const at = rows.findIndex((row, i) => {
    const [a, b] = [rows[i - 1]?.[field] ?? null, row[field] ?? null];
    if (i === 0 || b === null) return false;
    if (a === null) return true;
    return order === "asc" ? a > b : a < b;
  });
  return at === -1 ? null : `row ${at} is out of order by ${field}`;
}

function totalsDifference(said: object, naive: Sums): string | null {
  const wrong = Object.entries(naive).find(([field, value]) => !isSame((said as Sums)[field], value));
  return wrong ? `totals: ${wrong[0]} ${(said as Sums)[wrong[0]]}, naively ${wrong[1]}` : null;
}

/** The tuples behind a row are as many as it says and add up to it. */
function behindDifference(
  by: NaiveBy,
  row: Sums,
  tuples: readonly Sums[],
  facts: { country(ip: string): string | null; asn(ip: string): string | null },
  spread: boolean,
  width: number,
): string | null {
  const isOwn = (t: Sums): boolean =>
    !spread || (Number(t.time) >= Number(row.time) && Number(t.time) < Number(row.time) + width);
  const found: Sums = {
    tuples: tuples.filter(isOwn).length,
    packetsSent: 0,
    bytesSent: 0,
    packetsReceived: 0,
    bytesReceived: 0,
  };
  const belongs = (ip: unknown): boolean =>
    by === "endpoints"
      ? ip === row.ip
      : by === "countries"
        ? facts.country(String(ip)) === row.country
        : facts.asn(String(ip)) === row.asn;
  for (const t of tuples)
    COUNTERS.forEach((name, c) => {
      const value = Number(t[spread ? `${name}Here` : name] ?? 0);
      if (!isTurned(by) || belongs(t.srcIp)) found[name] = Number(found[name]) + value;
      const other = COUNTERS[(c + 2) % 4]!;
      if (isTurned(by) && belongs(t.dstIp)) found[other] = Number(found[other]) + value;
    });
  const said = named(row);
  const wrong = Object.keys(found).find((field) => !isSame(found[field], said[field]));
  return wrong ? `${JSON.stringify(row)}: behind it ${tuples.length} tuples, with ${wrong} ${found[wrong]}` : null;
}
