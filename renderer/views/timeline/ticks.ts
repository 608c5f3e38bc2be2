// The begins of what is selected, so that a rhythm can be seen: one tick for each bin that holds any, in bins of about half a pixel.

import type { Row } from "../../../shared/rows.ts";
import { type Bin, bins } from "../../../shared/rows.ts";
import type { Range } from "../../model/range.ts";
import { barsIn } from "./scale.ts";

/** In order of `time`. `begun`, `denied`: tuples that begin a flow, and denied ones, which begin none. */
export type Ticks = {
  readonly length: number;
  readonly time: Float64Array;
  readonly widthMs: number;
  readonly begun: Float64Array;
  readonly denied: Float64Array;
  /** Of all ticks together. */
  readonly total: number;
};

/** Tuples that begin: state B, every denied one, and those of logs that know no state. */
export const BEGINS = "(state == B or decision == deny or state == null)";

const MOST = 4000;

/** The narrowest whose ticks are not much closer than they can be drawn. */
export function tickBin(range: Range, plotPx: number): Bin {
  const most = Math.max(1, Math.min(MOST, plotPx * 2));
  const names = Object.keys(bins) as Bin[]; // keys of a literal, narrowest first
  return names.find((name) => barsIn(range, bins[name]) <= most) ?? "1d";
}

export function ticksOf(rows: readonly Row[], bin: Bin): Ticks {
  const tuples = rows.map((row) => Number(row.tuples ?? 0));
  const denied = rows.map((row) => Number(row.denied ?? 0));
  return {
    length: rows.length,
    time: Float64Array.from(rows, (row) => Number(row.time ?? 0)),
    widthMs: bins[bin],
    begun: Float64Array.from(tuples, (count, i) => count - (denied[i] ?? 0)),
    denied: Float64Array.from(denied),
    total: tuples.reduce((sum, count) => sum + count, 0),
  };
}
