// The order of tuples of one instant (docs/settling.md 1): that of their records. Hot path (every roll-over): nothing is allocated.

import type { DaySegment, Standings } from "./day-segment.ts";

const NOWHERE: Standings = {
  firstMember: 0,
  member: new Uint32Array(0),
  record: new Uint32Array(0),
  tuple: new Uint32Array(0),
};

/** Tells rows apart whose source port and time are the same. `at`: their places among all rows of the segments. */
export function orderOfRecords(at: Uint32Array, segments: readonly DaySegment[]): (a: number, b: number) => boolean {
  const starts = new Float64Array(segments.length);
  let start = 0;
  segments.forEach((segment, i) => {
    starts[i] = start;
    start += segment.length;
  });
  const segmentOf = (place: number): number => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  let lastI = -1;
  let lastJ = -1;
  let x = NOWHERE;
  let y = NOWHERE;
  return (a, b) => {
    const i = segmentOf(at[a] as number);
    const j = segmentOf(at[b] as number);
    const one = segments[i] as DaySegment;
    const other = segments[j] as DaySegment;
    if (i !== lastI) x = one.standings();
    if (j !== lastJ) y = other.standings();
    lastI = i;
    lastJ = j;
    const k = (at[a] as number) - (starts[i] as number);
    const l = (at[b] as number) - (starts[j] as number);
    const member = x.firstMember + (x.member[k] as number);
    const otherMember = y.firstMember + (y.member[l] as number);
    const record = x.record[k] as number;
    const otherRecord = y.record[l] as number;
    const byTuple = (x.tuple[k] as number) - (y.tuple[l] as number);
    if (member === otherMember && record === otherRecord) return byTuple < 0;
    const byTime = one.recordTime(member, record) - other.recordTime(otherMember, otherRecord);
    return (byTime || record - otherRecord || byTuple || a - b) < 0;
  };
}
