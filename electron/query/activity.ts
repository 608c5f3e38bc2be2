// Activity of all segments in memory, by conversation (in pair order): one array of words that a question reads from front to back,
// skipping conversations its filter does not take. No table of groups, no cache miss a row; 12 or 24 bytes a row.
//
//   word 0   slot (20 bits) | tuples (8) << 20 | BARE | OUT | LARGE
//   word 1   first ms in the hour (22) | flows (5) << 22 | begun (5) << 27
//   word 2   last ms in the hour (22) | ended (10) << 22
//   word 3   packets sent (16) | packets received (16) << 16      not in a BARE row, whose counters are all zero
//   word 4   bytes sent                                           of a LARGE row: its number in `large`
//   word 5   bytes received
//
// A slot is an hour of a segment, numbered in the order of segments. Counts too large for their bits are several rows, the others BARE.

import { type ActivityCounts, HOUR, type SegmentActivity } from "../analysis/activity.ts";
import type { ActivityReader } from "../store/activity.ts";
import type { SegmentRow } from "../store/read.ts";

export const SLOT = 0xfffff;
export const BARE = 1 << 28;
export const OUT = 1 << 29;
export const LARGE = 1 << 30;
/** Of a time within an hour. */
export const WITHIN = 0x3fffff;
const MOST_SLOTS = SLOT + 1;
const MOST = { tuples: 255, flows: 31, begun: 31, ended: 1023 };

export type Activity = {
  readonly words: Uint32Array;
  /** Words of conversation c: from `starts[c]` to before `starts[c + 1]`. */
  readonly starts: Uint32Array;
  /** Four counters each, of rows with counters too large for words. */
  readonly large: Float64Array;
  readonly slots: number;
  /** Of each slot: its begin (ms), and its segment's number in the catalog. */
  readonly slotTime: Float64Array;
  readonly slotSegment: Uint32Array;
  /** Segments whose tuples have to be looked at one by one: 1 always, 2 where counters are to be adjusted. */
  readonly byTuple: Uint8Array;
  readonly bytes: number;
};

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
  const slotTimes: number[] = [];
  const slotSegments: number[] = [];
  const slotOf: ReadonlyMap<number, number>[] = [];
  let words = 0;
  for (const [number, segment] of segments.entries()) {
    const { counts, hasAdjusted } = reader.counts(segment);
    if (hasAdjusted) byTuple[number] = WHEN_ADJUSTED;
    if (counts === null) {
      byTuple[number] = ALWAYS;
      slotOf.push(new Map());
      continue;
    }
    const hours = [...distinct(counts.hour)].sort((a, b) => a - b);
    slotOf.push(new Map(hours.map((hour, i) => [hour, slotTimes.length + i])));
    for (const hour of hours) {
      slotTimes.push(hour * HOUR);
      slotSegments.push(number);
    }
    words += countWords(counts, mapOf(segment), starts);
    if (words * 4 > budget || slotTimes.length > MOST_SLOTS) return null;
  }
  // Where each conversation begins stands one place too far: writing moves it on to where it ends, which is where the next begins.
  for (let c = 2; c < starts.length; c++) starts[c] = (starts[c] as number) + (starts[c - 1] as number);
  const into: Into = { words: new Uint32Array(words), next: starts.subarray(1), large: [] };
  for (const [number, segment] of segments.entries()) {
    if (byTuple[number] === ALWAYS) continue;
    const { counts } = reader.counts(segment);
    if (counts === null) continue;
    writeRows(into, reader.whole(segment, counts), mapOf(segment), slotOf[number] as ReadonlyMap<number, number>);
  }
  const large = Float64Array.from(into.large);
  return {
    words: into.words,
    starts,
    large,
    slots: slotTimes.length,
    slotTime: Float64Array.from(slotTimes),
    slotSegment: Uint32Array.from(slotSegments),
    byTuple,
    bytes: words * 4 + starts.length * 4 + large.length * 8,
  };
}

function distinct(hours: Uint32Array): Set<number> {
  const found = new Set<number>();
  let before = -1;
  for (let i = 0; i < hours.length; i++) {
    const hour = hours[i] as number;
    if (hour !== before) found.add(hour);
    before = hour;
  }
  return found;
}

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

/** Adds the words of each conversation two places after it. */
function countWords(activity: ActivityCounts, map: Uint32Array, starts: Uint32Array): number {
  const { rowsOf } = activity;
  if (rowsOf.length !== map.length) throw new RangeError("activity is of other keys than its segment's");
  let row = 0;
  let all = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    let words = 0;
    for (const end = row + (rowsOf[k] as number); row < end; row++)
      words += pieces(activity, row) * 3 + (activity.measured[row] as number) * 3;
    const at = (map[k] as number) + 2;
    starts[at] = (starts[at] as number) + words;
    all += words;
  }
  return all;
}

/** `next`: where the next word of each conversation goes. */
type Into = { readonly words: Uint32Array; readonly next: Uint32Array; readonly large: number[] };

function writeRows(
  { words, next, large }: Into,
  activity: SegmentActivity,
  map: Uint32Array,
  slotOf: ReadonlyMap<number, number>,
): void {
  const { rowsOf, hour, leftOut, first, last, packetsSent, bytesSent, packetsReceived, bytesReceived } = activity;
  let row = 0;
  let hourBefore = -1;
  let slot = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    const c = map[k] as number;
    let at = next[c] as number;
    for (const end = row + (rowsOf[k] as number); row < end; row++) {
      if (hour[row] !== hourBefore) {
        hourBefore = hour[row] as number;
        slot = slotOf.get(hourBefore) as number;
      }
      const out = leftOut[row] === 1 ? OUT : 0;
      let [tuples, flows] = [activity.tuples[row] as number, activity.flows[row] as number];
      let [begun, ended] = [activity.begun[row] as number, activity.ended[row] as number];
      let bare = activity.measured[row] === 1 ? 0 : BARE;
      for (let piece = pieces(activity, row); piece > 0; piece--) {
        const [t, f] = [Math.min(tuples, MOST.tuples), Math.min(flows, MOST.flows)];
        const [b, e] = [Math.min(begun, MOST.begun), Math.min(ended, MOST.ended)];
        words[at] = slot | (t << 20) | bare | out;
        words[at + 1] = (first[row] as number) | (f << 22) | (b << 27);
        words[at + 2] = (last[row] as number) | (e << 22);
        if (bare === 0) {
          const [ps, bs] = [packetsSent[row] as number, bytesSent[row] as number];
          const [pr, br] = [packetsReceived[row] as number, bytesReceived[row] as number];
          if (ps > 0xffff || pr > 0xffff || bs > 0xffffffff || br > 0xffffffff) {
            words[at] = (words[at] as number) | LARGE;
            words[at + 4] = large.length / 4;
            large.push(ps, bs, pr, br);
          } else {
            words[at + 3] = ps | (pr << 16);
            words[at + 4] = bs;
            words[at + 5] = br;
          }
          at += 6;
        } else at += 3;
        tuples -= t;
        flows -= f;
        begun -= b;
        ended -= e;
        bare = BARE;
      }
    }
    next[c] = at;
  }
}
