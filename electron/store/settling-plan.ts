// What there is to settle: the flow logs at NICs as settling takes them, and of each day the segments that hold tuples of it. Plain
// data, so that a thread can be given it.

import type { ReadDb } from "./database.ts";
import { listSegments, type SegmentRow } from "./read.ts";
import { type SettlingLogs, settlingLogs } from "./settling-logs.ts";
import { settlingSegments } from "./settling-segment.ts";

export type SettlingPlan = {
  readonly logs: SettlingLogs;
  /** Of the whole case, in default order. */
  readonly segments: readonly SegmentRow[];
  /** Each day (its begin, ms), ascending, with places in `segments`, ascending. */
  readonly days: ReadonlyMap<number, readonly number[]>;
};

export function planSettling(db: ReadDb): SettlingPlan {
  const segments = listSegments(db);
  const logs = settlingLogs(db, segments);
  const segmentOf = settlingSegments(db, logs.ofContext);
  const days = new Map<number, number[]>();
  segments.forEach((row, place) => {
    for (const day of segmentOf(row).days()) {
      const own = days.get(day);
      if (own) own.push(place);
      else days.set(day, [place]);
    }
  });
  return { logs, segments, days: new Map([...days].sort(([a], [b]) => a - b)) };
}

/** Ids of a day's segments, as they are kept with its outcome. */
export function idsOf(segments: readonly SegmentRow[]): Uint8Array {
  return Buffer.from(Float64Array.from(segments, ({ id }) => id).buffer);
}
