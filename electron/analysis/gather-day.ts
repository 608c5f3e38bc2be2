// The tuples of one day dealt out to their channels (docs/settling.md 1): columns of what stitching looks at.
// Hot path: columns that are taken again day after day, no table that grows with tuples but only with channels.

import { BEGIN, DENY, END, NO_STATE } from "../../shared/flow.ts";
import { type Channels, channelsAtHand, channelsOfKeys, NOT_OF_SHARE, newChannels } from "./channels.ts";
import type { DaySegment, Logs, SettlingRows, Share } from "./day-segment.ts";
import { keptColumn } from "./kept-columns.ts";
import { DAY, ENDS, FIRST, type FlowsAtHand } from "./settled.ts";

/**
 * Rows are numbered as they are met, entries as they are dealt out: entries `starts[c]` … before `starts[c + 1]` are of channel c. An
 * entry is a row, or AT_HAND + i, the flow at hand i.
 */
export type Gathered = {
  readonly rows: number;
  /** By row: state | place in the flow logs at NICs << 8; place among all rows of the day's segments, taken one after another. */
  readonly stateLog: Uint32Array;
  readonly at: Uint32Array;
  readonly entries: number;
  readonly entry: Uint32Array;
  /** By entry: see portOf and timeOf. */
  readonly key: Float64Array;
  readonly starts: Uint32Array;
  readonly channels: Channels;
};

export const AT_HAND = 0x80000000;

/** Source port and ms since the day's begin as one number, and back; flows at hand come before the day. */
const PORT = 2 ** 27;
export function portOf(key: number): number {
  return Math.floor(key / PORT);
}
export function timeOf(key: number): number {
  return key - Math.floor(key / PORT) * PORT - 1;
}

const rowChannel = keptColumn(Uint32Array);
const rowKey = keptColumn(Float64Array);
const rowStateLog = keptColumn(Uint32Array);
const rowAt = keptColumn(Uint32Array);
const usedKeys = keptColumn(Uint8Array);

/** Rows of a share as they were met. */
type Met = {
  readonly channel: Uint32Array;
  readonly key: Float64Array;
  readonly stateLog: Uint32Array;
  readonly at: Uint32Array;
};

/** What comes out is good until the next call. Sets `usual` by place: the mark that a tuple would have if its flow were logged from B to E. */
export function gatherDay(
  day: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share: Share,
  usual: Uint8Array,
): Gathered {
  const channels = newChannels();
  let places = 0;
  for (const segment of segments) places += segment.length;
  let met = columnsFor(Math.min(places, Math.ceil((places / share.parts) * 1.25) + 65536));
  let rows = 0;
  let start = 0;
  for (const segment of segments) {
    if (rows + segment.length > met.at.length) met = grown(met, rows, (rows + segment.length) * 1.5);
    rows = meetRows(met, rows, day, start, segment, channels, logs, share, usual);
    start += segment.length;
  }
  return { rows, stateLog: met.stateLog, at: met.at, channels, ...dealOut(met, rows, channels, logs, atHand, share) };
}

function columnsFor(rows: number): Met {
  return { channel: rowChannel(rows), key: rowKey(rows), stateLog: rowStateLog(rows), at: rowAt(rows) };
}

function grown(met: Met, rows: number, more: number): Met {
  const columns = columnsFor(Math.ceil(more));
  for (const name of ["channel", "key", "stateLog", "at"] as const)
    if (columns[name] !== met[name]) columns[name].set(met[name].subarray(0, rows));
  return columns;
}

/** Rows of the day and share of one segment, whose first row has the place `start`. Returns how many there are by then. */
function meetRows(
  { channel, key, stateLog, at }: Met,
  rows: number,
  day: number,
  start: number,
  segment: DaySegment,
  channels: Channels,
  logs: Logs,
  share: Share,
  usual: Uint8Array,
): number {
  const { keys, rows: own } = segment.unpack();
  const { key: keyOfRow, time, state, srcPort } = own;
  const { flags, log } = keys;
  const used = segment.isOfOneDay ? null : usedOn(day, keys.length, segment.length, own);
  const channelOf = channelsOfKeys(channels, keys, logs, share, used);
  let n = rows;
  for (let row = 0; row < segment.length; row++) {
    const k = keyOfRow[row] as number;
    const c = channelOf[k] as number;
    if (c === NOT_OF_SHARE) continue;
    const t = (time[row] as number) - day;
    if (t < 0 || t >= DAY) continue;
    const s = state[row] as number;
    const place = start + row;
    channel[n] = c;
    key[n] = (srcPort[row] as number) * PORT + t + 1;
    stateLog[n] = s | ((log[k] as number) << 8);
    at[n] = place;
    usual[place] = usualMark(flags[k] as number, s);
    n++;
  }
  return n;
}

/** Which keys of a segment have rows on the day. */
function usedOn(day: number, keys: number, length: number, { key, time }: SettlingRows): Uint8Array {
  const used = usedKeys(keys).fill(0, 0, keys);
  for (let row = 0; row < length; row++) {
    const t = (time[row] as number) - day;
    if (t >= 0 && t < DAY) used[key[row] as number] = 1;
  }
  return used;
}

/** The mark of a tuple if its flow were logged from B to E. `flags`: of its key. */
export function usualMark(flags: number, state: number): number {
  if (flags >>> 1 === DENY || state === BEGIN || state === NO_STATE) return FIRST;
  return state === END ? ENDS : 0;
}

const entryKey = keptColumn(Float64Array);
const entryColumn = keptColumn(Uint32Array);
const channelStarts = keptColumn(Uint32Array);
const channelNext = keptColumn(Uint32Array);

/** By counting; what is of one channel stays as it was met, flows at hand first. */
function dealOut(
  met: Met,
  rows: number,
  channels: Channels,
  logs: Logs,
  atHand: FlowsAtHand,
  share: Share,
): Pick<Gathered, "entries" | "entry" | "key" | "starts"> {
  const ofFlow = channelsAtHand(channels, logs, atHand, share);
  const count = channels.table.length;
  const starts = channelStarts(count + 1).fill(0, 0, count + 1);
  const { channel } = met;
  for (let i = 0; i < atHand.length; i++) {
    const after = (ofFlow[i] as number) + 1;
    if (after > 0) starts[after] = (starts[after] as number) + 1;
  }
  for (let i = 0; i < rows; i++) {
    const after = (channel[i] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let c = 0; c < count; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  const entries = starts[count] as number;
  const next = channelNext(count);
  next.set(starts.subarray(0, count));
  const key = entryKey(entries);
  const entry = entryColumn(entries);
  for (let i = 0; i < atHand.length; i++) {
    const c = ofFlow[i] as number;
    if (c === NOT_OF_SHARE) continue;
    const p = next[c] as number;
    next[c] = p + 1;
    key[p] = (atHand.srcPort[i] as number) * PORT;
    entry[p] = AT_HAND + i;
  }
  for (let i = 0; i < rows; i++) {
    const c = channel[i] as number;
    const p = next[c] as number;
    next[c] = p + 1;
    key[p] = met.key[i] as number;
    entry[p] = i;
  }
  return { entries, entry, key, starts };
}
