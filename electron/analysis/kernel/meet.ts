// A segment's tuples of the day and share, taken out of its parts: their channels, and columns of what stitching looks at.

import { channelNumber, firstSlot } from "./channels";
import {
  CHANNELS,
  DAY,
  KEY_CHANNEL,
  KEY_DST,
  KEY_FLAGS,
  KEY_LOG,
  KEY_PORT,
  KEY_PROTOCOL,
  KEY_SRC,
  KEY_USED,
  KEY_WORDS,
  LOG_OF_CONTEXT,
  OBSERVER,
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
import { bytes, column, lastPlanes, open, require, shorts, valueAt, wide, words } from "./unpack";

/** Numbers of IPv6 addresses, 16 bytes each from `at`, to SIX. */
@external("host", "numberSix")
declare function numberSix(at: u32, count: u32): void;

const SRC_SIX: u32 = 1 << 26;
const DST_SIX: u32 = 1 << 27;

/** Keys of the segment read last, and its IPv4 addresses. */
export let keys: u32 = 0;
export let fours: u32 = 0;

/** A segment has no more tuples or keys, and twice as many addresses. */
export const SEGMENT: u32 = 65536;

/** How many of what the part "keys" says it has: throws where it is more than a segment can have. */
export function countOf(i: u32, most: u32): u32 {
  const count = valueAt(3, i);
  require(count <= u64(most));
  return u32(count);
}

/** The next column as IPv6 addresses, which the host is given; where they are. */
export function readSix(count: u32): u32 {
  const width = column(count * 16);
  if (count == 0) return 0;
  // No plane follows where all bytes are zero: then it is the one address ::
  require(width == 1 || (width == 0 && count == 1));
  const from = width == 0 ? u32(ALL_ZERO) : lastPlanes();
  numberSix(from, count);
  return from;
}

/** Unpacks the part "keys", `length` bytes at PART, of a segment with so many contexts; how many keys. */
export function readKeys(length: u32, contexts: u32): u32 {
  open(length);
  column(3);
  fours = countOf(0, SEGMENT * 2);
  const six = countOf(1, SEGMENT * 2);
  keys = countOf(2, SEGMENT);
  words(V4, fours);
  for (let i: u32 = 1; i < fours; i++) require(load<u32>(V4 + ((i - 1) << 2)) < load<u32>(V4 + (i << 2)));
  const from = readSix(six);
  for (let i: u32 = 0; i < six; i++) store<u32>(SIX_HASH + (i << 2), sixHash(from + (i << 4)));
  words(KEY_SRC, keys);
  words(KEY_DST, keys);
  shorts(KEY_PORT, keys);
  bytes(KEY_PROTOCOL, keys);
  bytes(KEY_FLAGS, keys);
  words(KEY_LOG, keys);
  for (let k: u32 = 0; k < keys; k++) {
    const at = KEY_LOG + (k << 2);
    const context = load<u32>(at);
    require(
      context < contexts &&
        load<u32>(KEY_SRC + (k << 2)) < fours + six &&
        load<u32>(KEY_DST + (k << 2)) < fours + six &&
        load<u8>(KEY_FLAGS + k) <= MOST_FLAGS,
    );
    store<u32>(at, load<u32>(LOG_OF_CONTEXT + (context << 2)));
  }
  return keys;
}

const ALL_ZERO = memory.data(16);
/** Direction O, denied. */
const MOST_FLAGS: u32 = 3;

/** Time (ms) that the first step goes on from. */
export let start: i64 = 0;

/** Unpacks the part "when", `length` bytes at PART, of a segment with so many tuples and keys. */
export function readTimes(length: u32, tuples: u32, keys: u32): void {
  open(length);
  column(2);
  require(tuples <= SEGMENT && valueAt(2, 0) == u64(tuples));
  start = i64(valueAt(2, 1));
  words(TUPLE_KEY, tuples);
  wide(TUPLE_STEP, tuples);
  bytes(TUPLE_STATE, tuples);
  for (let row: u32 = 0; row < tuples; row++) require(load<u32>(TUPLE_KEY + (row << 2)) < keys);
}

/** The same, of the segment whose keys were read. */
export function readWhen(length: u32, tuples: u32): void {
  readTimes(length, tuples, keys);
}

export function readPorts(length: u32, tuples: u32): void {
  open(length);
  shorts(TUPLE_PORT, tuples);
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

/** KEY_CHANNEL: of none of the part's tuples; to be looked up. */
const NONE: i32 = -1;
const UNKNOWN: i32 = -2;

/**
 * Of a `part` of `parts`. Channels that are in their first slot are found in loops without a branch, in which the processor waits for many
 * cache misses at once; what is left is looked up one by one.
 */
function findChannels(part: u32, parts: u32): void {
  for (let k: u32 = 0; k < keys; k++) {
    const to = KEY_CHANNEL + (k << 2);
    store<i32>(to, NONE);
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
    const words = KEY_WORDS + (k << 4);
    store<u32>(words, observer);
    store<u32>(words, src, 4);
    store<u32>(words, dst, 8);
    store<u32>(words, service, 12);
    const guess = firstSlot(observer, src, dst, service);
    store<i32>(to, guess == -1 ? UNKNOWN : guess);
  }
  for (let k: u32 = 0; k < keys; k++) {
    const to = KEY_CHANNEL + (k << 2);
    const guess = load<i32>(to);
    const channel = v128.load(CHANNELS + (u32(max(guess, 0)) << 4));
    const differs = v128.any_true(v128.xor(channel, v128.load(KEY_WORDS + (k << 4))));
    store<i32>(to, select<i32>(UNKNOWN, guess, i32(guess >= 0) & i32(differs)));
  }
  for (let k: u32 = 0; k < keys; k++) {
    const to = KEY_CHANNEL + (k << 2);
    if (load<i32>(to) != UNKNOWN) continue;
    const words = KEY_WORDS + (k << 4);
    store<u32>(to, channelNumber(load<u32>(words), load<u32>(words, 4), load<u32>(words, 8), load<u32>(words, 12)));
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
