// Settled columns on their way into the case: a day gives marks to the tuples of that day, a segment may have tuples of several.

import { countMarks } from "../analysis/settle-day.ts";
import { type Adjusted, FIRST, LEFT_OUT } from "../analysis/settled.ts";
import { decodeSettled, encodeSettled, type SettledColumns } from "../segment/encode-settled.ts";
import type { SettlingSegment } from "./settling-segment.ts";

/** A segment's settled columns as they are kept. */
export type SettledOutcome = {
  readonly id: number;
  readonly flows: number;
  readonly leftOut: number;
  readonly bytes: Uint8Array;
};

export type PendingSettled = {
  /** What a day says of a segment's tuples; of those of other days it says nothing. */
  add(day: number, segment: SettlingSegment, marks: Uint8Array, adjusted: Adjusted): void;
  /** Tuples waiting. */
  size(): number;
  /** Gives out and forgets what waits: segments without tuples after the day, or all. */
  take(untilDay: number | "all"): SettledOutcome[];
};

type Waiting = { readonly segment: SettlingSegment; readonly lastDay: number; columns: SettledColumns };

/** `kept`: what is kept of a segment already, of which days that come to nothing new stay. */
export function pendingSettled(kept: (segmentId: number) => Uint8Array | null): PendingSettled {
  const waiting = new Map<number, Waiting>();
  let rows = 0;
  return {
    add(day, segment, marks, adjusted) {
      const { id } = segment.row;
      const days = segment.days();
      const before = waiting.get(id);
      if (!before) rows += segment.length;
      const today = segment.rowsOn(day);
      const own = { marks, adjusted };
      const columns = today === null ? own : joined(before?.columns ?? columnsKept(segment, kept(id)), own, today);
      waiting.set(id, { segment, lastDay: days.at(-1) ?? day, columns });
    },
    size: () => rows,
    take(untilDay) {
      const outcomes: SettledOutcome[] = [];
      for (const [id, { segment, lastDay, columns }] of waiting) {
        if (untilDay !== "all" && lastDay > untilDay) continue;
        waiting.delete(id);
        rows -= segment.length;
        outcomes.push({
          id,
          flows: countMarks(columns.marks, FIRST),
          leftOut: countMarks(columns.marks, LEFT_OUT),
          bytes: encodeSettled(columns, segment.usual()),
        });
      }
      return outcomes;
    },
  };
}

function columnsKept(segment: SettlingSegment, bytes: Uint8Array | null): SettledColumns {
  if (bytes) return decodeSettled(bytes, segment.usual());
  return {
    marks: new Uint8Array(segment.length),
    adjusted: { rows: new Uint32Array(0), values: new Float64Array(0) },
  };
}

/** Rows of today as they are now, others as they were. `today` ascends. */
function joined(before: SettledColumns, own: SettledColumns, today: Uint32Array): SettledColumns {
  const { marks } = before;
  for (const row of today) marks[row] = own.marks[row] as number;
  if (before.adjusted.rows.length === 0 && own.adjusted.rows.length === 0) return before;
  const isToday = new Uint8Array(marks.length);
  for (const row of today) isToday[row] = 1;
  const found: { row: number; values: Float64Array }[] = [];
  for (const [{ rows, values }, wanted] of [
    [before.adjusted, 0],
    [own.adjusted, 1],
  ] as const)
    rows.forEach((row, i) => {
      if (isToday[row] === wanted) found.push({ row, values: values.subarray(i * 4, i * 4 + 4) });
    });
  found.sort((a, b) => a.row - b.row);
  const values = new Float64Array(found.length * 4);
  found.forEach((each, i) => {
    values.set(each.values, i * 4);
  });
  return { marks, adjusted: { rows: Uint32Array.from(found, ({ row }) => row), values } };
}
