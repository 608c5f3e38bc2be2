// Settled columns on their way into the case: a day gives marks to the tuples of that day, a segment may have tuples of several.

import { countMarks, type KeptMarks } from "../analysis/settle-day.ts";
import { type Adjusted, FIRST, LEFT_OUT } from "../analysis/settled.ts";
import { decodeSettled, encodeDiffering, encodeSettled, type SettledColumns } from "../segment/encode-settled.ts";
import type { SettlingSegment } from "./settling-segment.ts";

/** A segment's settled columns as they are kept. */
export type SettledOutcome = {
  readonly id: number;
  readonly flows: number;
  readonly leftOut: number;
  readonly bytes: Uint8Array;
  /** All of its days are settled. */
  readonly isWhole: boolean;
};

export type PendingSettled = {
  /** What a day says of a segment whose tuples are all of that day. */
  addWhole(day: number, segment: SettlingSegment, marks: KeptMarks, adjusted: Adjusted): void;
  /** What a day says of a segment's tuples; of those of other days it says nothing. */
  add(day: number, segment: SettlingSegment, own: SettledColumns): void;
  /** Tuples of segments waiting. */
  size(): number;
  /** Gives out and forgets the segments without tuples after the day. */
  takeWhole(untilDay: number): SettledOutcome[];
  /** The same, and what is known by then of the segments that have some. */
  takeAll(untilDay: number): SettledOutcome[];
};

type Made = Omit<SettledOutcome, "isWhole">;

/** `make`: its columns as they are by now. */
type Waiting = { readonly tuples: number; readonly lastDay: number; readonly make: () => Made };

/** `kept`: what was kept of a segment before, of which days that come to nothing new stay. */
export function pendingSettled(kept: (segmentId: number) => Uint8Array | null): PendingSettled {
  const waiting = new Map<number, Waiting>();
  /** With tuples after the day that was settled last. */
  const ofSeveralDays = new Map<number, { columns: SettledColumns; readonly usual: Uint8Array }>();

  function addOneOfSeveral(day: number, segment: SettlingSegment, own: SettledColumns): () => Made {
    const { id } = segment.row;
    let known = ofSeveralDays.get(id);
    if (!known) {
      const usual = segment.usual();
      const bytes = kept(id);
      known = { usual, columns: bytes ? decodeSettled(bytes, usual) : nothingSettled(segment.length) };
      ofSeveralDays.set(id, known);
    }
    known.columns = joined(known.columns, own, segment.isOn(day));
    const { columns, usual } = known;
    return () => outcomeOf(id, columns, usual);
  }

  function taken([id, { make }]: readonly [number, Waiting], untilDay: number): SettledOutcome {
    const lastDay = waiting.get(id)?.lastDay ?? untilDay;
    const isWhole = lastDay <= untilDay;
    waiting.delete(id);
    if (isWhole) ofSeveralDays.delete(id);
    return { ...make(), isWhole };
  }

  return {
    addWhole(day, segment, { differing, flows, leftOut }, adjusted) {
      const { id } = segment.row;
      const outcome = { id, flows, leftOut, bytes: encodeDiffering(differing, adjusted) };
      waiting.set(id, { tuples: segment.length, lastDay: day, make: () => outcome });
    },
    add(day, segment, own) {
      const lastDay = segment.days().at(-1) ?? day;
      waiting.set(segment.row.id, { tuples: segment.length, lastDay, make: addOneOfSeveral(day, segment, own) });
    },
    size: () => [...waiting.values()].reduce((sum, { tuples }) => sum + tuples, 0),
    takeWhole: (untilDay) =>
      [...waiting].filter(([, { lastDay }]) => lastDay <= untilDay).map((each) => taken(each, untilDay)),
    takeAll: (untilDay) => [...waiting].map((each) => taken(each, untilDay)),
  };
}

function outcomeOf(id: number, columns: SettledColumns, usual: Uint8Array): Made {
  return {
    id,
    flows: countMarks(columns.marks, FIRST),
    leftOut: countMarks(columns.marks, LEFT_OUT),
    bytes: encodeSettled(columns, usual),
  };
}

function nothingSettled(tuples: number): SettledColumns {
  return { marks: new Uint8Array(tuples), adjusted: { rows: new Uint32Array(0), values: new Float64Array(0) } };
}

/** Rows of today as they are now, others as they were. */
function joined(before: SettledColumns, own: SettledColumns, isToday: Uint8Array): SettledColumns {
  const { marks } = before;
  for (let row = 0; row < marks.length; row++) if (isToday[row] === 1) marks[row] = own.marks[row] as number;
  if (before.adjusted.rows.length === 0 && own.adjusted.rows.length === 0) return before;
  const found: { row: number; values: Float64Array }[] = [];
  const add = ({ rows, values }: Adjusted, wanted: number): void =>
    rows.forEach((row, i) => {
      if (isToday[row] === wanted) found.push({ row, values: values.subarray(i * 4, i * 4 + 4) });
    });
  add(before.adjusted, 0);
  add(own.adjusted, 1);
  found.sort((a, b) => a.row - b.row);
  const values = new Float64Array(found.length * 4);
  found.forEach((each, i) => {
    values.set(each.values, i * 4);
  });
  return { marks, adjusted: { rows: Uint32Array.from(found, ({ row }) => row), values } };
}
