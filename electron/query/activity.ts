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

/** Segments that do not fit into `budget` bytes are looked at by tuple; null where none fits. */
export function gatherActivity(
  segments: readonly SegmentRow[],
  conversations: number,
  mapOf: (segment: SegmentRow) => Uint32Array,
  reader: ActivityReader,
  budget: number,
): Activity | null {
  const starts = sharedWords(conversations + 2); // one further for a moment, see below
  const byTuple = new Uint8Array(segments.length);
  const met = new Set<number>();
  const held = new Map<number, Held>();
  let rows = 0;
  let isAny = false;
  for (const [number, segment] of segments.entries()) {
    const { counts, hasAdjusted } = reader.counts(segment);
    if (hasAdjusted) byTuple[number] = WHEN_ADJUSTED;
    const more = counts === null ? 0 : rowsIn(counts);
    if (counts === null || bytesOf(rows + more, starts) > budget || !addHours(met, counts.hour)) {
      byTuple[number] = ALWAYS;
      continue;
    }
    const map = mapOf(segment);
    countRows(counts, map, starts);
    rows += more;
    if (rows <= HELD) held.set(number, { counts, map });
    isAny = true;
  }
  if (!isAny && segments.length > 0) return null;
  // Where each conversation begins stands one place too far: writing moves it on to where it ends, which is where the next begins.
  for (let c = 2; c < starts.length; c++) starts[c] = (starts[c] as number) + (starts[c - 1] as number);
  const hours = Float64Array.from(met).sort();
  const firstHour = hours[0] ?? 0;
  const numbers = new Uint32Array(hours.length === 0 ? 0 : (hours.at(-1) as number) - firstHour + 1);
  hours.forEach((hour, number) => {
    numbers[hour - firstHour] = number;
  });
  const into: Into = {
    heads: sharedWords(rows),
    sums: new Uint32Array(rows * SUMS),
    next: starts.subarray(1),
    large: [],
    firstHour,
    numbers,
  };
  for (const [number, segment] of segments.entries()) {
    if (byTuple[number] === ALWAYS) continue;
    const { counts, map } = held.get(number) ?? { ...reader.counts(segment), map: mapOf(segment) };
    held.delete(number);
    if (counts !== null)
      writeRows(into, reader.whole(segment, counts), map, byTuple[number] === WHEN_ADJUSTED ? ADJUSTED : 0);
  }
  const large = Float64Array.from(into.large);
  return {
    heads: into.heads,
    sums: into.sums,
    starts,
    large,
    hours: hours.map((hour) => hour * HOUR),
    byTuple,
    bytes: bytesOf(rows, starts) + large.length * 8,
  };
}

/** Read for counting and held for writing, of so many rows: 180 MB at most. The others are read again. */
type Held = { readonly counts: ActivityCounts; readonly map: Uint32Array };
const HELD = 8_000_000;

/** Seen by both threads that count (count-beside.ts). */
function sharedWords(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

function bytesOf(rows: number, starts: Uint32Array): number {
  return rows * (SUMS + 1) * 4 + starts.length * 4;
}

/** False, and none is added, where hours become more than have numbers. */
function addHours(met: Set<number>, hours: Uint32Array): boolean {
  const own = new Set<number>();
  let before = -1;
  for (let i = 0; i < hours.length; i++) {
    const hour = hours[i] as number;
    if (hour !== before && !met.has(hour)) own.add(hour);
    before = hour;
  }
  if (met.size + own.size > MOST_HOURS) return false;
  for (const hour of own) met.add(hour);
  return true;
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

function rowsIn(activity: ActivityCounts): number {
  let rows = 0;
  for (let row = 0; row < activity.length; row++) rows += pieces(activity, row);
  return rows;
}

/** Adds the rows of each conversation two places after it. */
function countRows(activity: ActivityCounts, map: Uint32Array, starts: Uint32Array): void {
  const { rowsOf } = activity;
  if (rowsOf.length !== map.length) throw new RangeError("activity is of other keys than its segment's");
  let row = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    let rows = 0;
    for (const end = row + (rowsOf[k] as number); row < end; row++) rows += pieces(activity, row);
    const at = (map[k] as number) + 2;
    starts[at] = (starts[at] as number) + rows;
  }
}

/** `next`: where the next row of each conversation goes. `numbers`: of hours from `firstHour` on. */
type Into = {
  readonly heads: Uint32Array;
  readonly sums: Uint32Array;
  readonly next: Uint32Array;
  readonly large: number[];
  readonly firstHour: number;
  readonly numbers: Uint32Array;
};

// Rows go to places all over the memory. Short loops, each of one kind of writing, let the processor wait for many of them at once: one
// loop for all takes five times as long.

function writeRows(into: Into, activity: SegmentActivity, map: Uint32Array, flag: number): void {
  const places = placesOf(activity, map, into.next);
  writeHeads(into, activity, places, flag);
  writeTimes(into, activity, places);
  writeCounters(into, activity, places);
  for (let row = 0; row < activity.length; row++)
    if (isLarge(activity, row) || pieces(activity, row) > 1) writeRow(into, activity, row, places[row] as number);
}

/** Where each row goes: behind those of its conversation that are there. */
function placesOf(activity: SegmentActivity, map: Uint32Array, next: Uint32Array): Uint32Array {
  const { rowsOf } = activity;
  const places = new Uint32Array(activity.length);
  let row = 0;
  for (let k = 0; k < rowsOf.length; k++) {
    const c = map[k] as number;
    let at = next[c] as number;
    for (const end = row + (rowsOf[k] as number); row < end; row++) {
      places[row] = at;
      at += pieces(activity, row);
    }
    next[c] = at;
  }
  return places;
}

function writeHeads(
  { heads, firstHour, numbers }: Into,
  { hour, leftOut, tuples }: SegmentActivity,
  places: Uint32Array,
  flag: number,
): void {
  for (let row = 0; row < places.length; row++) {
    const number = numbers[(hour[row] as number) - firstHour] as number;
    const out = (leftOut[row] as number) * OUT;
    heads[places[row] as number] = (number << HOURS) | flag | out | ((tuples[row] as number) & TUPLES);
  }
}

function writeTimes({ sums }: Into, { first, last, flows, begun, ended }: SegmentActivity, places: Uint32Array): void {
  for (let row = 0; row < places.length; row++) {
    const at = (places[row] as number) * SUMS;
    sums[at] = (first[row] as number) | ((flows[row] as number) << 22) | ((begun[row] as number) << 27);
    sums[at + 1] = (last[row] as number) | ((ended[row] as number) << 22);
  }
}

function writeCounters(
  { sums }: Into,
  { packetsSent, bytesSent, packetsReceived, bytesReceived }: SegmentActivity,
  places: Uint32Array,
): void {
  for (let row = 0; row < places.length; row++) {
    const at = (places[row] as number) * SUMS;
    sums[at + 2] = (packetsSent[row] as number) | ((packetsReceived[row] as number) << 16);
    sums[at + 3] = bytesSent[row] as number;
    sums[at + 4] = bytesReceived[row] as number;
  }
}

function isLarge({ packetsSent, bytesSent, packetsReceived, bytesReceived }: SegmentActivity, row: number): boolean {
  const packets = Math.max(packetsSent[row] as number, packetsReceived[row] as number);
  return packets > 0xffff || Math.max(bytesSent[row] as number, bytesReceived[row] as number) > 0xffffffff;
}

/** One that does not fit: its head is there, with too few tuples. */
function writeRow({ heads, sums, large }: Into, activity: SegmentActivity, row: number, place: number): void {
  const { first, last } = activity;
  const head = (heads[place] as number) & ~TUPLES;
  let tuples = activity.tuples[row] as number;
  let flows = activity.flows[row] as number;
  let begun = activity.begun[row] as number;
  let ended = activity.ended[row] as number;
  const count = pieces(activity, row);
  for (let at = place; at < place + count; at++) {
    const [t, f] = [Math.min(tuples, MOST.tuples), Math.min(flows, MOST.flows)];
    const [b, e] = [Math.min(begun, MOST.begun), Math.min(ended, MOST.ended)];
    heads[at] = head | t;
    sums[at * SUMS] = (first[row] as number) | (f << 22) | (b << 27);
    sums[at * SUMS + 1] = (last[row] as number) | (e << 22);
    tuples -= t;
    flows -= f;
    begun -= b;
    ended -= e;
  }
  if (!isLarge(activity, row)) return;
  heads[place] = (heads[place] as number) | LARGE;
  sums[place * SUMS + 3] = large.length / 4;
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = activity;
  for (const counter of [packetsSent, bytesSent, packetsReceived, bytesReceived]) large.push(counter[row] as number);
}
