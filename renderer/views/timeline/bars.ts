// The engine's timeline rows as columns, and what is drawn of them. Nothing is added up here: maxima only choose a scale.

import type { Row } from "../../../shared/rows.ts";
import { amountOf, type BarMeasure } from "../../model/measure.ts";
import type { Range } from "../../model/range.ts";

/** In order of `time`, the begin of a bin of `widthMs`. Bins without tuples have no bar. */
export type Bars = {
  /** As answered, for who wants the other figures too. */
  readonly rows: readonly Row[];
  readonly length: number;
  readonly widthMs: number;
  readonly time: Float64Array;
  readonly tuples: Float64Array;
  readonly allowed: Float64Array;
  readonly denied: Float64Array;
  /** Of what is measured, as the scope counts it. */
  readonly measure: BarMeasure;
  readonly amount: Float64Array;
  readonly mostAmount: number;
  readonly leastTuples: number;
  readonly mostTuples: number;
  readonly mostAllowed: number;
  readonly mostDenied: number;
};

export function barsOf(rows: readonly Row[], widthMs: number, measure: BarMeasure): Bars {
  const column = (field: string): Float64Array => Float64Array.from(rows, (row) => Number(row[field] ?? 0));
  const amount = Float64Array.from(rows, (row) => amountOf(measure, row));
  const [tuples, allowed, denied] = [column("tuples"), column("allowed"), column("denied")];
  return {
    rows,
    length: rows.length,
    widthMs,
    time: column("time"),
    tuples,
    allowed,
    denied,
    measure,
    amount,
    mostAmount: most(amount),
    leastTuples: tuples.reduce((a, b) => Math.min(a, b), most(tuples)),
    mostTuples: most(tuples),
    mostAllowed: most(allowed),
    mostDenied: most(denied),
  };
}

function most(column: Float64Array): number {
  let found = 0;
  for (const value of column) if (value > found) found = value;
  return found;
}

/** Index of the bar whose bin holds `time`; -1 where there is none. */
export function barAt({ time, length, widthMs }: Bars, at: number): number {
  const i = firstAfter(time, length, at) - 1;
  return i >= 0 && at < (time[i] as number) + widthMs ? i : -1;
}

/** Index of the first bar that begins after `at`. */
export function firstAfter(time: Float64Array, length: number, at: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bin round `at`, cut to the range: what its tuples can be. */
export function binAround(at: number, widthMs: number, range: Range): Range {
  const from = Math.floor(at / widthMs) * widthMs;
  return { from: Math.max(from, range.from), to: Math.min(from + widthMs, range.to) };
}

/** Length in px of a count: at least 1 where it is not zero. */
export function barPx(value: number, pxOf: number): number {
  return value <= 0 ? 0 : Math.max(1, Math.round(value * pxOf));
}

/** Px a tuple on both sides of the waterline: the same scale up and down. */
export function waterScale(mostAllowed: number, mostDenied: number, upPx: number, downPx: number): number {
  const up = mostAllowed > 0 ? upPx / mostAllowed : Number.POSITIVE_INFINITY;
  const down = mostDenied > 0 ? downPx / mostDenied : Number.POSITIVE_INFINITY;
  const px = Math.min(up, down);
  return Number.isFinite(px) ? px : 0;
}

/** Share of the height on a log scale that begins a decade below the least value, so that each has a height. */
export function logShare(value: number, least: number, most: number): number {
  return value <= 0 || least <= 0 ? 0 : Math.log10((value / least) * 10) / Math.log10((most / least) * 10);
}

/** Where between the tracks' top (0) and end the waterline lies: by what the whole case asks for, so that it holds while brushing. */
export function waterlineShare(overview: Pick<Bars, "mostAllowed" | "mostDenied"> | null): number {
  const { mostAllowed, mostDenied } = overview ?? { mostAllowed: 0, mostDenied: 0 };
  if (mostAllowed + mostDenied === 0) return 0.6;
  return Math.max(0.45, Math.min(0.75, mostAllowed / (mostAllowed + mostDenied)));
}
