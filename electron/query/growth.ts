// Traffic by NIC, rule or country, period on period: what each brought in every day or week (UTC), and what the next one would bring.

import { AppError } from "../../shared/failure.ts";
import { type Growth, type GrowthQuestion, growthSteps, PERIODS } from "../../shared/growth.ts";
import { forecastNext } from "../analysis/forecast.ts";
import type { Catalog } from "./catalog.ts";
import type { Facts } from "./facts.ts";
import { countryTable, groupTable, nicTable } from "./groups.ts";
import { inScope } from "./in-scope.ts";
import type { Table } from "./table.ts";

/** Rows by themselves; what is beyond is added up in `others`. */
const ROWS = 100;
const HOUR = 3_600_000;

/** Weeks begin on Monday; 1970 began on a Thursday. */
const MONDAY = 4 * 86_400_000;

export function growth(catalog: Catalog, question: GrowthQuestion, facts: Facts): Growth {
  const { scope, by, step, measure } = question;
  if (scope.time !== undefined && scope.time !== "inside")
    throw new AppError(
      "bad-request",
      `Growth counts each tuple in the period of its own time; flows ${scope.time} a range would count in several. Take the range as "inside".`,
    );
  const width = growthSteps[step];
  const shift = step === "week" ? MONDAY : 0;
  const begin = (time: number): number => Math.floor((time - shift) / width) * width + shift;
  const range = rangeOf(catalog, scope);
  if (range === null) return { periods: [], earlier: 0, rows: [], others: null, total: null };
  const all: number[] = [];
  for (let from = begin(range.from); from < range.to; from += width) all.push(from);
  const starts = all.slice(-PERIODS);
  const periods = starts.map((from) => ({
    from,
    to: from + width,
    whole: from >= range.from - HOUR && from + width <= range.to + HOUR,
  }));
  const values = new Map<string | null, number[]>();
  for (const [p, { from, to }] of periods.entries()) {
    const within = { ...scope, from: Math.max(scope.from ?? from, from), to: Math.min(scope.to ?? to, to) };
    const table = tableBy(catalog, inScope(catalog, within, facts), facts, by);
    for (let i = 0; i < table.length; i++) {
      const cell = table.cell(by, i);
      const key = cell === null ? null : String(cell);
      const own = values.get(key) ?? new Array<number>(periods.length).fill(0);
      own[p] = (own[p] as number) + amountOf(table, i, measure);
      values.set(key, own);
    }
  }
  const series = [...values].map(([name, own]) => ({ name, values: own, forecast: forecastOf(own, periods) }));
  series.sort((a, b) => sum(b.values) - sum(a.values) || compare(a.name, b.name));
  const added = (rows: readonly { readonly values: readonly number[] }[]): number[] =>
    periods.map((_, p) => rows.reduce((total, row) => total + (row.values[p] as number), 0));
  const line = (values: number[]): { values: number[]; forecast: ReturnType<typeof forecastNext> } => ({
    values,
    forecast: forecastOf(values, periods),
  });
  const beyond = series.slice(ROWS);
  return {
    periods,
    earlier: all.length - starts.length,
    rows: series.slice(0, ROWS),
    others: beyond.length === 0 ? null : { count: beyond.length, ...line(added(beyond)) },
    total: by === "country" ? null : line(added(series)),
  };
}

function tableBy(catalog: Catalog, scope: ReturnType<typeof inScope>, facts: Facts, by: GrowthQuestion["by"]): Table {
  if (by === "country") return countryTable(catalog, scope, facts);
  return by === "nic" ? nicTable(catalog, scope, facts) : groupTable(catalog, scope, facts, [by]);
}

function amountOf(table: Table, i: number, measure: GrowthQuestion["measure"]): number {
  const number = (field: string): number => Number(table.cell(field, i) ?? 0);
  const [sent, received] = table.fields.includes("bytesOut") ? ["Out", "In"] : ["Sent", "Received"];
  if (measure === "bytes" || measure === "packets")
    return number(`${measure}${sent}`) + number(`${measure}${received}`);
  return number(measure);
}

/** Of the periods that were logged from begin to end, from the first such to the last. */
function forecastOf(
  values: readonly number[],
  periods: readonly { readonly whole: boolean }[],
): ReturnType<typeof forecastNext> {
  return forecastNext(values.filter((_, p) => periods[p]?.whole));
}

/** What of the scope's range the case has tuples for; null: nothing. */
function rangeOf(
  catalog: Catalog,
  scope: { readonly from: number | null; readonly to: number | null },
): { readonly from: number; readonly to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { firstTime, lastTime } of catalog.segments) {
    from = Math.min(from, firstTime);
    to = Math.max(to, lastTime + 1);
  }
  from = Math.max(from, scope.from ?? from);
  to = Math.min(to, scope.to ?? to);
  return from < to ? { from, to } : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
