// What settling looks at of a case: its segments by day, and the flow logs at NICs.

import type { ReadDb } from "./database.ts";
import { listSegments, type SegmentRow } from "./read.ts";
import { type SettlingLogs, settlingLogs } from "./settling-logs.ts";
import { type SettlingSegment, type SettlingSegments, settlingSegments } from "./settling-segment.ts";

/** `rows`: segments. `days`: each (its begin) with the segments that hold tuples of it, ascending. */
export type Settling = { readonly rows: number; readonly logs: SettlingLogs; readonly days: Days };
export type Days = ReadonlyMap<number, readonly SettlingSegment[]>;

export function settling(db: ReadDb): Settling {
  const rows = listSegments(db);
  const logs = settlingLogs(db, rows);
  return { rows: rows.length, logs, days: daysOf(rows, settlingSegments(db, logs.ofContext)) };
}

/** Each day (its begin) with the segments that hold tuples of it, ascending. */
function daysOf(rows: readonly SegmentRow[], segmentOf: SettlingSegments): Days {
  const days = new Map<number, SettlingSegment[]>();
  for (const row of rows) {
    const segment = segmentOf(row);
    for (const day of segment.days()) {
      const own = days.get(day);
      if (own) own.push(segment);
      else days.set(day, [segment]);
    }
  }
  return new Map([...days].sort(([a], [b]) => a - b));
}

/** About how many tuples of the day the segments hold. */
export function tuplesOn(day: number, segments: readonly SettlingSegment[]): number {
  return segments.reduce((tuples, segment) => tuples + (segment.rowsOn(day)?.length ?? segment.length), 0);
}
