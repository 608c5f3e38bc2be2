// A segment's tuples of the day and share, taken out of its parts: their channels, and columns of what stitching looks at.

import { channelNumber } from "./channels";
import {
  DAY,
  KEY_CHANNEL,
  KEY_DST,
  KEY_FLAGS,
  KEY_LOG,
  KEY_PORT,
  KEY_PROTOCOL,
  KEY_SRC,
  KEY_USED,
  LOG_OF_CONTEXT,
  OBSERVER,
  PART,
  PORT_SHIFT,
  ROW_AT,
  ROW_CHANNEL,
  ROW_KEY,
  ROW_STATE_LOG,
  SIX,
  SIX_HASH,
  TUPLE_KEY,
  TUPLE_PORT,
  TUPLE_STATE,
  TUPLE_STEP,
  USUAL,
  usualMark,
  V4,
} from "./memory";
import { bytes, column, lastPlanes, open, shorts, valueAt, wide, words } from "./unpack";

/** Numbers of IPv6 addresses, 16 bytes each from `at`, to SIX. */
// @ts-ignore: decorators are AssemblyScript's
@external("host", "numberSix")
export declare function numberSix(at: u32, count: u32): void;

const SRC_SIX: u32 = 1 << 26;
const DST_SIX: u32 = 1 << 27;

/** Keys of the segment read last, and its IPv4 addresses. */
export let keys: u32 = 0;
export let fours: u32 = 0;

/** Unpacks the part "keys" from PART. */
export function readKeys(): u32 {
  open(PART);
  column(3);
  fours = u32(valueAt(3, 0));
  const six = u32(valueAt(3, 1));
  keys = u32(valueAt(3, 2));
  words(V4, fours);
  column(six * 16);
  if (six > 0) {
    numberSix(lastPlanes(), six);
    for (let i: u32 = 0; i < six; i++) store<u32>(SIX_HASH + (i << 2), sixHash(lastPlanes() + (i << 4)));
  }
  words(KEY_SRC, keys);
  words(KEY_DST, keys);
  shorts(KEY_PORT, keys);
  bytes(KEY_PROTOCOL, keys);
  bytes(KEY_FLAGS, keys);
  words(KEY_LOG, keys);
  for (let k: u32 = 0; k < keys; k++) {
    const at = KEY_LOG + (k << 2);
    store<u32>(at, load<u32>(LOG_OF_CONTEXT + (load<u32>(at) << 2)));
  }
  return keys;
}

/** Time (ms) that the first step goes on from. */
export let start: i64 = 0;

/** Unpacks the part "when" from PART; how many tuples. */
export function readWhen(): u32 {
  open(PART);
  column(2);
  const length = u32(valueAt(2, 0));
  start = i64(valueAt(2, 1));
  words(TUPLE_KEY, length);
  wide(TUPLE_STEP, length);
  bytes(TUPLE_STATE, length);
  return length;
}

export function readPorts(length: u32): void {
  open(PART);
  shorts(TUPLE_PORT, length);
}

/** Those of keys that have tuples on the day. `whole`: all of the segment's tuples are of the day. */
function markUsed(day: i64, length: u32, whole: bool): void {
  memory.fill(KEY_USED, whole ? 1 : 0, keys);
  if (whole) return;
  let time = start - day;
  for (let row: u32 = 0; row < length; row++) {
    const step = load<u64>(TUPLE_STEP + (row << 3));
    time += i64(step >>> 1) ^ -i64(step & 1);
    if (time >= 0 && time < DAY) store<u8>(KEY_USED + load<u32>(TUPLE_KEY + (row << 2)), 1);
  }
}

/** Of a share `part` of `parts`. */
function findChannels(part: u32, parts: u32): void {
  for (let k: u32 = 0; k < keys; k++) {
    const to = KEY_CHANNEL + (k << 2);
    store<i32>(to, -1);
    if (load<u8>(KEY_USED + k) == 0) continue;
    const s = load<u32>(KEY_SRC + (k << 2));
    const d = load<u32>(KEY_DST + (k << 2));
    if (parts > 1 && shareOf(hashOf(s), hashOf(d), parts) != part) continue;
    let service: u32 =
      u32(load<u16>(KEY_PORT + (k << 1))) |
      (u32(load<u8>(KEY_PROTOCOL + k)) << 16) |
      (u32(load<u8>(KEY_FLAGS + k)) << 24);
    let src: u32 = 0;
    let dst: u32 = 0;
    if (s < fours) src = load<u32>(V4 + (s << 2));
    else {
      src = load<u32>(SIX + ((s - fours) << 2));
      service |= SRC_SIX;
    }
    if (d < fours) dst = load<u32>(V4 + (d << 2));
    else {
      dst = load<u32>(SIX + ((d - fours) << 2));
      service |= DST_SIX;
    }
    const observer = load<u32>(OBSERVER + (load<u32>(KEY_LOG + (k << 2)) << 2));
    store<u32>(to, channelNumber(observer, src, dst, service));
  }
}

function hashOf(address: u32): u32 {
  if (address < fours) return load<u32>(V4 + (address << 2));
  return load<u32>(SIX_HASH + ((address - fours) << 2));
}

/** Of an IPv6 address, for telling shares; the same as in ../channels.ts. */
function sixHash(at: u32): u32 {
  let h: u32 = 6;
  for (let i: u32 = 0; i < 16; i++) h = h * 31 + load<u8>(at + i);
  return h;
}

/** The same as in ../channels.ts. */
function shareOf(src: u32, dst: u32, parts: u32): u32 {
  const h: u32 = (src * 0x9e3779b1) ^ (dst * 0x85ebca6b);
  return (h ^ (h >>> 15)) % parts;
}

/** Rows of the segment that was unpacked, whose first has the place `first`, after `rows` that were met before. How many there are then. */
export function meetRows(rows: u32, day: f64, first: u32, length: u32, whole: bool, part: u32, parts: u32): u32 {
  const begin = i64(day);
  markUsed(begin, length, whole);
  findChannels(part, parts);
  let n = rows;
  let time = start - begin;
  for (let row: u32 = 0; row < length; row++) {
    const step = load<u64>(TUPLE_STEP + (row << 3));
    time += i64(step >>> 1) ^ -i64(step & 1);
    const k = load<u32>(TUPLE_KEY + (row << 2));
    const channel = load<i32>(KEY_CHANNEL + (k << 2));
    if (channel == -1 || time < 0 || time >= DAY) continue;
    const state = u32(load<u8>(TUPLE_STATE + row));
    const place = first + row;
    store<u32>(ROW_CHANNEL + (n << 2), channel);
    store<u64>(ROW_KEY + (n << 3), (u64(load<u16>(TUPLE_PORT + (row << 1))) << PORT_SHIFT) | u64(time + 1));
    store<u32>(ROW_STATE_LOG + (n << 2), state | (load<u32>(KEY_LOG + (k << 2)) << 8));
    store<u32>(ROW_AT + (n << 2), place);
    store<u8>(USUAL + place, usualMark(u32(load<u8>(KEY_FLAGS + k)), state));
    n++;
  }
  return n;
}
