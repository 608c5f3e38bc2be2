// The tuples of one day dealt out to their channels (docs/settling.md 1): columns of what stitching looks at, and for each channel its
// rows in order.

import { newQuadTable, type QuadTable, quadNumber } from "./quad-table.ts";
import type { FlowsAtHand } from "./settled.ts";

/** What settling looks at of a segment, unpacked while it is gathered. `log` by key: place in the day's flow logs at NICs. */
export type SettlingKeys = {
  readonly length: number;
  readonly v4: Uint32Array;
  readonly v6: Uint8Array;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly dstPort: Uint16Array;
  readonly protocol: Uint8Array;
  readonly flags: Uint8Array;
  readonly log: Uint32Array;
};
export type SettlingRows = {
  readonly key: Uint32Array;
  readonly time: Float64Array;
  readonly state: Uint8Array;
  readonly srcPort: Uint16Array;
};
export type SettlingCounters = {
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
};

/** Where a tuple stands. `member`: as numbered by the case. */
export type Standing = { readonly member: number; readonly record: number; readonly tuple: number };

/** A segment with tuples on the day (and perhaps on others). */
export type DaySegment = {
  readonly length: number;
  unpack(): { readonly keys: SettlingKeys; readonly rows: SettlingRows };
  /** Its rows of that day (its begin, ms), ascending; null: all are. */
  rowsOn(day: number): Uint32Array | null;
  counters(): SettlingCounters;
  /** For tuples of one instant, whose order is that of their records. */
  standing(row: number): Standing;
  /** A record's own time, −1 none. */
  recordTime(standing: Standing): number;
};

/** By place in the flow logs at NICs: NIC and flow log as numbered by the case, line, observer (NIC and line as one number), rank. */
export type Logs = {
  readonly nic: Uint32Array;
  readonly flowLog: Uint32Array;
  readonly line: Uint32Array;
  readonly observer: Uint32Array;
  readonly rank: Uint32Array;
  /** 1: an NSG's. */
  readonly isNsg: Uint8Array;
};

/** A part of the day's tuples, told by a hash of source and destination: `part` of `parts`. */
export type Share = { readonly part: number; readonly parts: number };

export type Gathered = {
  /** Rows of the share. */
  readonly length: number;
  /** Milliseconds since the day's begin. */
  readonly time: Uint32Array;
  readonly state: Uint8Array;
  /** Place among all rows of the day's segments, taken one after another. */
  readonly at: Uint32Array;
  readonly log: Uint32Array;
  /** By channel with source port ("lane"): rows `order[starts[lane]]` … before `order[starts[lane + 1]]`, as they were met. */
  readonly lanes: number;
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
  /** Lane of each flow at hand of the share; −1 of others. */
  readonly laneAtHand: Int32Array;
  /** By lane: channel, source port. */
  readonly laneTable: QuadTable;
  /** By channel: observer, source, destination, service with families. */
  readonly channelTable: QuadTable;
  /** By channel: pair of source, destination, port, protocol and decision; and by pair: whether several observers log it. */
  readonly pairOf: Uint32Array;
  readonly shared: Uint8Array;
  readonly v6: readonly Uint8Array[];
};

/** Bits of a channel's service beside those of a segment's keys. */
export const SRC_SIX = 1 << 26;
export const DST_SIX = 1 << 27;
const FLAGS = 0x03ffffff;
/** What is not direction. */
const PAIR = 0x0e000000 | 0x00ffffff;

/** The channel's flags: direction | decision << 1. */
export function flagsOf(service: number): number {
  return (service >>> 24) & 3;
}

export function gatherDay(
  day: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share: Share,
): Gathered {
  let most = 0;
  for (const segment of segments) most += segment.length;
  let capacity = Math.ceil((most / share.parts) * (share.parts === 1 ? 1 : 1.1)) + 1024;
  let time = new Uint32Array(capacity);
  let state = new Uint8Array(capacity);
  let at = new Uint32Array(capacity);
  let log = new Uint32Array(capacity);
  let lane = new Uint32Array(capacity);
  let length = 0;
  const channelTable = newQuadTable(Math.min(capacity, 1 << 16));
  const laneTable = newQuadTable(Math.min(capacity, 1 << 17));
  const sixes = new Map<string, number>();
  const v6: Uint8Array[] = [];
  const six = (bytes: Uint8Array): number => {
    const name = String.fromCharCode(...bytes);
    const known = sixes.get(name);
    if (known !== undefined) return known;
    sixes.set(name, v6.length);
    return v6.push(bytes) - 1;
  };

  const observers = observersOf(logs);
  const laneAtHand = new Int32Array(atHand.length).fill(-1);
  for (let i = 0; i < atHand.length; i++) {
    const observer = observers.get(`${atHand.nic[i]} ${atHand.line[i]}`);
    if (observer === undefined) continue; // its evidence was taken back
    const src = atHand.src.subarray(i * 17, i * 17 + 17);
    const dst = atHand.dst.subarray(i * 17, i * 17 + 17);
    const [srcSix, dstSix] = [src[0] === 6, dst[0] === 6];
    if (shareOf(addressHash(src.subarray(1), srcSix), addressHash(dst.subarray(1), dstSix), share.parts) !== share.part)
      continue;
    const service = ((atHand.service[i] as number) & FLAGS) | (srcSix ? SRC_SIX : 0) | (dstSix ? DST_SIX : 0);
    const channel = quadNumber(
      channelTable,
      observer,
      srcSix ? six(src.slice(1)) : fourOf(src, 1),
      dstSix ? six(dst.slice(1)) : fourOf(dst, 1),
      service >>> 0,
    );
    laneAtHand[i] = quadNumber(laneTable, channel, atHand.srcPort[i] as number, 0, 0);
  }

  let start = 0;
  for (const segment of segments) {
    const { keys, rows } = segment.unpack();
    const channelAt = channelFinder(keys, logs, channelTable, six, share);
    const channelOf = new Int32Array(keys.length).fill(UNKNOWN);
    const { key, srcPort } = rows;
    const own = segment.rowsOn(day);
    const n = own ? own.length : segment.length;
    for (let i = 0; i < n; i++) {
      const row = own ? (own[i] as number) : i;
      const k = key[row] as number;
      let channel = channelOf[k] as number;
      if (channel === UNKNOWN) {
        channel = channelAt(k);
        channelOf[k] = channel;
      }
      if (channel === NOT_OF_SHARE) continue;
      if (length === capacity) {
        capacity = Math.ceil(capacity * 1.5);
        time = grown(time, capacity);
        at = grown(at, capacity);
        log = grown(log, capacity);
        lane = grown(lane, capacity);
        const states = new Uint8Array(capacity);
        states.set(state);
        state = states;
      }
      time[length] = (rows.time[row] as number) - day;
      state[length] = rows.state[row] as number;
      at[length] = start + row;
      log[length] = keys.log[k] as number;
      lane[length] = quadNumber(laneTable, channel, srcPort[row] as number, 0, 0);
      length++;
    }
    start += segment.length;
  }
  return {
    length,
    time,
    state,
    at,
    log,
    ...byLane(lane, length, laneTable.length),
    laneAtHand,
    laneTable,
    channelTable,
    ...pairsOf(channelTable),
    v6,
  };
}

function observersOf(logs: Logs): Map<string, number> {
  const observers = new Map<string, number>();
  for (let i = 0; i < logs.nic.length; i++) observers.set(`${logs.nic[i]} ${logs.line[i]}`, logs.observer[i] as number);
  return observers;
}

const UNKNOWN = -2;
const NOT_OF_SHARE = -1;

/** Gives the channel of a key of the segment. */
function channelFinder(
  keys: SettlingKeys,
  logs: Logs,
  table: QuadTable,
  six: (bytes: Uint8Array) => number,
  { part, parts }: Share,
): (k: number) => number {
  const four = keys.v4.length;
  const bytesAt = (address: number): Uint8Array => keys.v6.subarray((address - four) * 16, (address - four) * 16 + 16);
  const hashOf = (address: number): number =>
    address < four ? (keys.v4[address] as number) : addressHash(bytesAt(address), true);
  const wordOf = (address: number): number =>
    address < four ? (keys.v4[address] as number) : six(bytesAt(address).slice());
  return (k) => {
    const [s, d] = [keys.src[k] as number, keys.dst[k] as number];
    if (parts > 1 && shareOf(hashOf(s), hashOf(d), parts) !== part) return NOT_OF_SHARE;
    const service =
      (keys.dstPort[k] as number) |
      ((keys.protocol[k] as number) << 16) |
      ((keys.flags[k] as number) << 24) |
      (s >= four ? SRC_SIX : 0) |
      (d >= four ? DST_SIX : 0);
    const observer = logs.observer[keys.log[k] as number] as number;
    return quadNumber(table, observer, wordOf(s), wordOf(d), service >>> 0);
  };
}

/** A number for an address that does not depend on what else there is. */
function addressHash(bytes: Uint8Array, isSix: boolean): number {
  if (!isSix) return fourOf(bytes, 0);
  let h = 6;
  for (let i = 0; i < 16; i++) h = Math.imul(h, 31) + (bytes[i] as number);
  return h >>> 0;
}

function fourOf(bytes: Uint8Array, from: number): number {
  return (
    (((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number)) >>>
    0
  );
}

function shareOf(src: number, dst: number, parts: number): number {
  const h = Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b);
  return ((h ^ (h >>> 15)) >>> 0) % parts;
}

/** Dealt out by counting: rows of a lane stay in the order in which they were met. */
function byLane(
  lane: Uint32Array,
  length: number,
  lanes: number,
): { lanes: number; starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(lanes + 1);
  for (let i = 0; i < length; i++) {
    const after = (lane[i] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let l = 0; l < lanes; l++) starts[l + 1] = (starts[l + 1] as number) + (starts[l] as number);
  const next = starts.slice();
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const l = lane[i] as number;
    order[next[l] as number] = i;
    next[l] = (next[l] as number) + 1;
  }
  return { lanes, starts, order };
}

function pairsOf(channels: QuadTable): { pairOf: Uint32Array; shared: Uint8Array } {
  const table = newQuadTable(channels.length);
  const pairOf = new Uint32Array(channels.length);
  const observerOf = new Uint32Array(channels.length); // of a pair's first channel
  const shared = new Uint8Array(channels.length);
  for (let c = 0; c < channels.length; c++) {
    const observer = channels.words[c * 4] as number;
    const [src, dst] = [channels.words[c * 4 + 1] as number, channels.words[c * 4 + 2] as number];
    const service = ((channels.words[c * 4 + 3] as number) & PAIR) >>> 0;
    const known = table.length;
    const pair = quadNumber(table, src, dst, service, 0);
    if (table.length > known) observerOf[pair] = observer;
    else if (observerOf[pair] !== observer) shared[pair] = 1;
    pairOf[c] = pair;
  }
  return { pairOf, shared };
}

function grown(old: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
  const column = new Uint32Array(capacity);
  column.set(old);
  return column;
}
