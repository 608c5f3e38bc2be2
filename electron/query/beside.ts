// What stands beside rows of an answer: their tuples over the range, cut into at most 60 bins of one width, in one pass for all of them;
// and the sums that the same rows have in the whole case. Figures are those of the timeline and of the table in that scope.

import { BESIDE_BINS, BESIDE_ROWS, besideTables } from "../../shared/beside.ts";
import type { Beside, BesideQuestion } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { type Cell, bins as namedBins, summed } from "../../shared/rows.ts";
import { HOUR } from "../analysis/activity.ts";
import { HOURS, TUPLES } from "./activity.ts";
import { orderedAnswer, wholeOf } from "./answer.ts";
import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import { type Facts, noFacts } from "./facts.ts";
import { inScope } from "./in-scope.ts";
import { type Scan, scanOf } from "./scan.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import type { Table, Told } from "./table.ts";
import type { TakenRows } from "./taken-rows.ts";
import { boundsOf } from "./timeline.ts";
import { rowsByKey } from "./whole-case.ts";

type Bins = NonNullable<Beside["bins"]>;

export function beside(catalog: Catalog, { question, from, to, want }: BesideQuestion, facts: Facts = noFacts): Beside {
  if (to - from > BESIDE_ROWS)
    throw new AppError("bad-request", `At most ${BESIDE_ROWS} rows are asked for at once, not ${to - from}.`);
  if (!besideTables.includes(question.by))
    throw new AppError(
      "bad-request",
      `Rows of ${question.by} are no sums of conversations; nothing stands beside them.`,
    );
  // Without a limit: the largest rows alone do not tell which conversations they are of.
  const { table, order } = orderedAnswer(catalog, { ...question, limit: 0 }, facts).sorted;
  const rows = order.subarray(from, to);
  const told = table.told as Told; // such tables have one
  const keys = Array.from(rows, told.row);
  const scope = inScope(catalog, question.scope, facts);
  const bins = want.includes("activity") ? binsOf(boundsOf(catalog, scope)) : null;
  const sums = bins && activityOf(catalog, scope, placesOf(catalog, told, keys), rows.length, bins);
  const whole = want.includes("whole") ? wholeFigures(wholeOf(catalog, question, scope, facts), keys) : null;
  const stretch = (all: Float64Array | undefined, row: number): number[] =>
    bins && all ? [...all.subarray(row * bins.count, (row + 1) * bins.count)] : [];
  return {
    bins,
    rows: keys.map((key, row) => ({
      tuples: stretch(sums?.tuples, row),
      denied: stretch(sums?.denied, row),
      whole: whole?.get(key) ?? {},
    })),
  };
}

/** Whole hours where there are enough of them: those are told by activity. Past the widest bin, so many days as it takes. */
export function binsOf({ from, to }: { readonly from: number; readonly to: number }): Bins | null {
  if (!(from < to) || !Number.isFinite(to - from)) return null;
  const numbers = (width: number): number => Math.floor((to - 1) / width) - Math.floor(from / width) + 1;
  const isOfHours = numbers(HOUR) >= BESIDE_BINS / 3;
  const widths = Object.values(namedBins).filter((width) => !isOfHours || width >= HOUR);
  let width = widths.find((each) => numbers(each) <= BESIDE_BINS) ?? namedBins["1d"];
  while (numbers(width) > BESIDE_BINS) width += namedBins["1d"];
  return { from: Math.floor(from / width) * width, width, count: numbers(width) };
}

/** By conversation: the row it is of, and at its other end; −1: none that is asked for. */
type Places = { readonly one: Int32Array; readonly other: Int32Array | null };

function placesOf(catalog: Catalog, { of, also }: Told, keys: readonly unknown[]): Places {
  const rows = new Map(keys.map((key, row) => [key, row]));
  const { length } = catalog.conversations.columns;
  const one = Int32Array.from({ length }, (_, c) => rows.get(of(c)) ?? -1);
  if (!also) return { one, other: null };
  // A tuple between two ends of one row counts once.
  const other = Int32Array.from({ length }, (_, c) => {
    const row = rows.get(also(c)) ?? -1;
    return row === one[c] ? -1 : row;
  });
  return { one, other };
}

type Counted = { readonly tuples: Float64Array; readonly denied: Float64Array };

function activityOf(catalog: Catalog, scope: InScope, places: Places, rows: number, bins: Bins): Counted {
  const counted = { tuples: new Float64Array(rows * bins.count), denied: new Float64Array(rows * bins.count) };
  const scan = scanOf(catalog, scope, bins.width);
  addHours(catalog, scope, scan, places, bins, counted);
  scan.eachOther({
    rows: (view, matching) => addTuples(view, matching, places, bins, counted),
    taken: (rows, hours) => addTaken(catalog, scope, rows, hours, places, bins, counted),
  });
  return counted;
}

function addHours(
  catalog: Catalog,
  { filter }: InScope,
  { activity, from, to, left }: Scan,
  { one, other }: Places,
  bins: Bins,
  counted: Counted,
): void {
  if (activity === null) return;
  const { heads, starts, hours } = activity;
  const { length, service } = catalog.conversations.columns;
  for (let c = 0; c < length; c++) {
    const row = one[c] as number;
    const also = other === null ? -1 : (other[c] as number);
    if ((row === -1 && also === -1) || filter.verdicts[c] !== YES) continue;
    const isDenied = (service[c] as number) >>> 25 === 1;
    const end = starts[c + 1] as number;
    for (let r = starts[c] as number; r < end; r++) {
      const head = heads[r] as number;
      const hour = head >>> HOURS;
      if (hour < from || hour >= to || (head & left) !== 0) continue;
      const bin = Math.floor(((hours[hour] as number) - bins.from) / bins.width);
      const tuples = head & TUPLES;
      if (row !== -1) add(counted, row * bins.count + bin, tuples, isDenied);
      if (also !== -1) add(counted, also * bins.count + bin, tuples, isDenied);
    }
  }
}

function addTuples(
  view: SegmentView,
  matching: Uint8Array | null,
  { one, other }: Places,
  bins: Bins,
  counted: Counted,
): void {
  const map = view.map();
  const { key, time } = view.when;
  const { flags } = view.keys;
  for (let i = 0; i < time.length; i++) {
    if (matching !== null && matching[i] === 0) continue;
    const k = key[i] as number;
    const c = map[k] as number;
    const row = one[c] as number;
    const also = other === null ? -1 : (other[c] as number);
    if (row === -1 && also === -1) continue;
    const bin = Math.floor(((time[i] as number) - bins.from) / bins.width);
    const isDenied = (flags[k] as number) >>> 1 === 1;
    if (row !== -1) add(counted, row * bins.count + bin, 1, isDenied);
    if (also !== -1) add(counted, also * bins.count + bin, 1, isDenied);
  }
}

function addTaken(
  catalog: Catalog,
  { once }: InScope,
  { conversation, hour, leftOut, tuples }: TakenRows,
  { from, to }: { readonly from: number; readonly to: number },
  { one, other }: Places,
  bins: Bins,
  counted: Counted,
): void {
  const { service } = catalog.conversations.columns;
  for (let i = 0; i < hour.length; i++) {
    const h = hour[i] as number;
    if (h < from || h >= to || (once && leftOut[i] === 1)) continue;
    const c = conversation[i] as number;
    const row = one[c] as number;
    const also = other === null ? -1 : (other[c] as number);
    const bin = Math.floor((h * HOUR - bins.from) / bins.width);
    const isDenied = (service[c] as number) >>> 25 === 1;
    if (row !== -1) add(counted, row * bins.count + bin, tuples[i] as number, isDenied);
    if (also !== -1) add(counted, also * bins.count + bin, tuples[i] as number, isDenied);
  }
}

function add({ tuples, denied }: Counted, at: number, count: number, isDenied: boolean): void {
  tuples[at] = (tuples[at] as number) + count;
  if (isDenied) denied[at] = (denied[at] as number) + count;
}

function wholeFigures(whole: Table, keys: readonly Cell[]): ReadonlyMap<Cell, Record<string, number>> {
  const rows = rowsByKey(whole);
  const fields = whole.fields.filter((field) => summed.has(field));
  return new Map(
    keys.flatMap((key) => {
      const row = rows.get(key);
      if (row === undefined) return [];
      return [[key, Object.fromEntries(fields.map((field) => [field, Number(whole.cell(field, row) ?? 0)]))] as const];
    }),
  );
}
