// The order of tuples of one instant (docs/settling.md 1): that of their records. Hot path (every roll-over): nothing is allocated.

import type { DaySegment } from "./day-segment.ts";
import { lastFrom, type Standings, tupleAt } from "./standings.ts";

const NOWHERE: Standings = {
  firstMember: 0,
  starts: new Uint32Array(0),
  member: new Uint32Array(0),
  record: new Uint32Array(0),
  tuple: new Uint32Array(0),
};

/** Tells rows apart whose source port and time are the same. `at`: their places among all rows of the segments. */
export function orderOfRecords(at: Uint32Array, segments: readonly DaySegment[]): (a: number, b: number) => boolean {
  const starts = new Uint32Array(segments.length);
  let start = 0;
  segments.forEach((segment, i) => {
    starts[i] = start;
    start += segment.length;
  });
  let lastI = -1;
  let lastJ = -1;
  let x = NOWHERE;
  let y = NOWHERE;
  return (a, b) => {
    const i = lastFrom(starts, at[a] as number);
    const first = starts[i] as number;
    const isOfOne = (at[b] as number) >= first && (at[b] as number) < first + (segments[i] as DaySegment).length;
    const j = isOfOne ? i : lastFrom(starts, at[b] as number);
    const one = segments[i] as DaySegment;
    const other = segments[j] as DaySegment;
    if (i !== lastI) x = one.standings();
    if (j !== lastJ) y = other.standings();
    lastI = i;
    lastJ = j;
    const k = (at[a] as number) - first;
    const l = (at[b] as number) - (starts[j] as number);
    const r = lastFrom(x.starts, k);
    if (isOfOne && l >= (x.starts[r] as number) && l < (x.starts[r + 1] ?? one.length)) return k < l; // of one record
    const s = lastFrom(y.starts, l);
    const member = x.firstMember + (x.member[r] as number);
    const otherMember = y.firstMember + (y.member[s] as number);
    const record = x.record[r] as number;
    const otherRecord = y.record[s] as number;
    const byTuple = tupleAt(x, r, k) - tupleAt(y, s, l);
    if (member === otherMember && record === otherRecord) return byTuple < 0;
    const byTime = one.recordTime(member, record) - other.recordTime(otherMember, otherRecord);
    return (byTime || record - otherRecord || byTuple || a - b) < 0;
  };
}
