// First and last times of neighbouring rows of a segment: logs are mostly in order of time, so that a range is in few zones of it.

import type { SegmentView } from "./segment-view.ts";

/** Rows a zone. */
export const ROW_ZONE = 512;

/** By zone; all of its rows are at `first` … `last`. */
export type RowZones = { readonly first: Float64Array; readonly last: Float64Array };

const known = new WeakMap<SegmentView, RowZones>();

export function rowZones(view: SegmentView): RowZones {
  const before = known.get(view);
  if (before) return before;
  const { time } = view.when;
  const length = Math.ceil(time.length / ROW_ZONE);
  const first = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < time.length; i++) {
    const zone = Math.floor(i / ROW_ZONE);
    const t = time[i] as number;
    if (t < (first[zone] as number)) first[zone] = t;
    if (t > (last[zone] as number)) last[zone] = t;
  }
  const zones = { first, last };
  known.set(view, zones);
  return zones;
}
