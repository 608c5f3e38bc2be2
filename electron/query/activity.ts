// Activity of all segments in memory, by conversation (in pair order): a row for what a conversation did in an hour of a segment, read
// from front to back. What every question reads of a row is a word of its own (`heads`); the rest is read of rows that are shown.
//
//   head     tuples (13 bits) | OUT | ADJUSTED | LARGE | hour (16 bits): its number among the hours of the case
//   sums     word 0   first ms in the hour (22) | flows (5) << 22 | begun (5) << 27
//            word 1   last ms in the hour (22) | ended (10) << 22
//            word 2   packets sent (16) | packets received (16) << 16
//            word 3   bytes sent                                          of a LARGE row: its number in `large`
//            word 4   bytes received
//
// Counts too large for their bits are several rows, of which the first has the counters.

import { type ActivityCounts, HOUR, type SegmentActivity } from "../analysis/activity.ts";
import type { ActivityReader } from "../store/activity.ts";
import type { SegmentRow } from "../store/read.ts";

export const TUPLES = 0x1fff;
/** Once leaves its tuples out. */
export const OUT = 1 << 13;
/** Its segment has adjusted counters of its own. */
export const ADJUSTED = 1 << 14;
export const LARGE = 1 << 15;
/** Hours are counted from this bit on. */
export const HOURS = 16;
/** Of a time within an hour. */
export const WITHIN = 0x3fffff;
/** Words of a row's sums. */
export const SUMS = 5;
const MOST_HOURS = 1 << 16;
const MOST = { tuples: TUPLES, flows: 31, begun: 31, ended: 1023 };

export type Activity = {
  readonly heads: Uint32Array;
  readonly sums: Uint32Array;
  /** Rows of conversation c: from `starts[c]` to before `starts[c + 1]`. */
  readonly starts: Uint32Array;
  /** Four counters each, of rows with counters too large for words. */
  readonly large: Float64Array;
  /** When each hour begins (ms), ascending. */
  readonly hours: Float64Array;
  /** By number of a segment in the catalog: what it has no rows for. */
  readonly byTuple: Uint8Array;
  readonly bytes: number;
};

/** Segments whose tuples have to be looked at one by one: always, or where counters are to be adjusted. */
export const ALWAYS = 1;
export const WHEN_ADJUSTED = 2;

/** Null where it would take more than `budget` bytes. */
export function gatherActivity(
  segments: readonly SegmentRow[],
  conversations: number,
  mapOf: (segment: SegmentRow) => Uint32Array,
  reader: ActivityReader,
  budget: number,
): Activity | null {
  const starts = new Uint32Array(conversations + 2); // one further for a moment, see below
  const byTuple = new Uint8Array(segments.length);
  const met = new Set<number>();
  let rows = 0;
  for (const [number, segment] of segments.entries()) {
    const { counts, hasAdjusted } = reader.counts(segment);
    if (hasAdjusted) byTuple[number] = WHEN_ADJUSTED;
    if (counts === null) {
      byTuple[number] = ALWAYS;
      continue;
    }
    addHours(met, counts.hour);
    rows += countRows(counts, mapOf(segment), starts);
    if (rows * (SUMS + 1) * 4 > budget || met.size > MOST_HOURS) return null;
  }
  // Where each conversation begins stands one place too far: writing moves it on to where it ends, which is where the next begins.
  for (let c = 2; c < starts.length; c++) starts[c] = (starts[c] as number) + (starts[c - 1] as number);
  const hours = Float64Array.from(met).sort();
  const numbers = new Map(Array.from(hours, (hour, number) => [hour, number]));
  const into: Into = {
    heads: new Uint32Array(rows),
    sums: new Uint32Array(rows * SUMS),
    next: starts.subarray(1),
    large: [],
    numbers,
  };
  for (const [number, segment] of segments.entries()) {
    if (byTuple[number] === ALWAYS) continue;
    const { counts } = reader.counts(segment);
    if (counts === null) continue;
    writeRows(into, reader.whole(segment, counts), mapOf(segment), byTuple[number] === WHEN_ADJUSTED ? ADJUSTED : 0);
  }
  const large = Float64Array.from(into.large);
  return {
    heads: into.heads,
    sums: into.sums,
    starts,
    large,
    hours: hours.map((hour) => hour * HOUR),
    byTuple,
    bytes: rows * (SUMS + 1) * 4 + starts.length * 4 + large.length * 8,
  };
}

function addHours(met: Set<number>, hours: Uint32Array): void {
  let before = -1;
  for (let i = 0; i < hours.length; i++) {
    const hour = hours[i] as number;
    if (hour !== before) met.add(hour);
    before = hour;
  }
}

/** How many rows a row becomes. */
function pieces(activity: ActivityCounts, row: number): number {
  const tuples = activity.tuples[row] as number;
  if (tuples <= MOST.flows) return 1; // what is counted of tuples is no more than they are
  return Math.max(
    Math.ceil(tuples / MOST.tuples),
    Math.ceil((activity.flows[row] as number) / MOST.flows),
    Math.ceil((activity.begun[row] as number) / MOST.begun),
    Math.ceil((activity.ended[row] as number) / MOST.ended),
  );
}

/** Adds the rows of each conversation two places after it. */
function countRows(activity: ActivityCounts, map: Uint32Array, starts: Uint32Array): number {
  const { rowsOf } = activity;
  if (rowsOf.length !== map.length) throw new RangeError("activity is of other keys than its segment's");
  let row = 0;
  let all = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    let rows = 0;
    for (const end = row + (rowsOf[k] as number); row < end; row++) rows += pieces(activity, row);
    const at = (map[k] as number) + 2;
    starts[at] = (starts[at] as number) + rows;
    all += rows;
  }
  return all;
}

/** `next`: where the next row of each conversation goes. */
type Into = {
  readonly heads: Uint32Array;
  readonly sums: Uint32Array;
  readonly next: Uint32Array;
  readonly large: number[];
  readonly numbers: ReadonlyMap<number, number>;
};

function writeRows(into: Into, activity: SegmentActivity, map: Uint32Array, flag: number): void {
  const { heads, sums, next, large, numbers } = into;
  const { rowsOf, hour, leftOut, first, last, packetsSent, bytesSent, packetsReceived, bytesReceived } = activity;
  let row = 0;
  let hourBefore = -1;
  let head = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    const c = map[k] as number;
    let at = next[c] as number;
    for (const end = row + (rowsOf[k] as number); row < end; row++) {
      if (hour[row] !== hourBefore) {
        hourBefore = hour[row] as number;
        head = ((numbers.get(hourBefore) as number) << HOURS) | flag;
      }
      const [ps, bs] = [packetsSent[row] as number, bytesSent[row] as number];
      const [pr, br] = [packetsReceived[row] as number, bytesReceived[row] as number];
      const isLarge = ps > 0xffff || pr > 0xffff || bs > 0xffffffff || br > 0xffffffff;
      const own = head | (leftOut[row] === 1 ? OUT : 0);
      heads[at] = own | (isLarge ? LARGE : 0);
      if (isLarge) {
        sums[at * SUMS + 3] = large.length / 4;
        large.push(ps, bs, pr, br);
      } else {
        sums[at * SUMS + 2] = ps | (pr << 16);
        sums[at * SUMS + 3] = bs;
        sums[at * SUMS + 4] = br;
      }
      let [tuples, flows] = [activity.tuples[row] as number, activity.flows[row] as number];
      let [begun, ended] = [activity.begun[row] as number, activity.ended[row] as number];
      for (let piece = pieces(activity, row); piece > 0; piece--, at++) {
        const [t, f] = [Math.min(tuples, MOST.tuples), Math.min(flows, MOST.flows)];
        const [b, e] = [Math.min(begun, MOST.begun), Math.min(ended, MOST.ended)];
        heads[at] = (heads[at] as number) | own | t;
        sums[at * SUMS] = (first[row] as number) | (f << 22) | (b << 27);
        sums[at * SUMS + 1] = (last[row] as number) | (e << 22);
        tuples -= t;
        flows -= f;
        begun -= b;
        ended -= e;
      }
    }
    next[c] = at;
  }
}
