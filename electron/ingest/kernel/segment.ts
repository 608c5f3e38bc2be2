// Rows of the columns as the parts of a segment, each put to OUT to be compressed by the host (segment/encode.ts says what they are;
// it is held equal to it). `findSegment` first, then the parts in any order.

import { addresses, contexts, findKeys, keys, rankKeys } from "./keys";
import {
  ADDRESS_SLOTS,
  BYTES_RECEIVED,
  BYTES_SENT,
  KEY,
  KEY_WORDS,
  LOW,
  MEMBER,
  OUT,
  PACKETS_RECEIVED,
  PACKETS_SENT,
  RECORD,
  SRC_PORT,
  STATE,
  TIME,
  TUPLE,
} from "./memory";
import { at, begin, bytes, column, shorts, wide, wordDeltas, words, zigzag } from "./planes";

let row: u32 = 0;
let length: u32 = 0;

/** First and last time of its tuples, and its highest state. */
export let firstTime: f64 = 0;
export let lastTime: f64 = 0;
export let highestState: u32 = 0;

/** Rows from `firstRow` on, at least one, at most SEGMENT. How many contexts they have; 0 where they are not usual. */
export function findSegment(firstRow: u32, count: u32): u32 {
  row = firstRow;
  length = count;
  if (!findKeys(row, length)) return 0;
  rankKeys();
  firstTime = Infinity;
  lastTime = -Infinity;
  highestState = 0;
  for (let i: u32 = 0; i < length; i++) {
    const time = load<f64>(TIME + ((row + i) << 3));
    firstTime = min(firstTime, time);
    lastTime = max(lastTime, time);
    highestState = max(highestState, u32(load<u8>(STATE + row + i)));
  }
  return contexts;
}

/** Its column of keys' words. */
function keyColumn(word: u32): void {
  for (let i: u32 = 0; i < keys; i++) store<u32>(LOW + (i << 2), load<u32>(KEY_WORDS + (i << 4) + word));
}

// Each part: bytes put to OUT.

export function keysPart(): u32 {
  begin();
  store<u32>(LOW, addresses);
  store<u32>(LOW, 0, 4); // no IPv6
  store<u32>(LOW, keys, 8);
  words(LOW, 3);
  words(ADDRESS_SLOTS, addresses);
  bytes(0, 0); // no IPv6
  for (let word: u32 = 0; word < 8; word += 4) {
    keyColumn(word);
    words(LOW, keys);
  }
  for (let i: u32 = 0; i < keys; i++) store<u32>(LOW + (i << 2), load<u32>(KEY_WORDS + (i << 4) + 8) & 0xffff);
  words(LOW, keys);
  for (let i: u32 = 0; i < keys; i++) store<u8>(LOW + i, load<u8>(KEY_WORDS + (i << 4) + 10));
  bytes(LOW, keys);
  for (let i: u32 = 0; i < keys; i++) store<u8>(LOW + i, load<u8>(KEY_WORDS + (i << 4) + 11) & 3);
  bytes(LOW, keys);
  keyColumn(12);
  words(LOW, keys);
  return at - OUT;
}

export function whenPart(): u32 {
  begin();
  const out = column(0);
  let previous = i64(load<f64>(TIME + (row << 3)));
  store<u64>(out, length);
  store<u64>(out, previous, 8);
  wide(0, 2, u64(length) | u64(previous));
  words(KEY, length);
  let all: u64 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const time = i64(load<f64>(TIME + ((row + i) << 3)));
    const difference = zigzag(time - previous);
    previous = time;
    all |= difference;
    store<u64>(out + (i << 3), difference);
  }
  wide(0, length, all);
  bytes(STATE + row, length);
  return at - OUT;
}

export function portsPart(): u32 {
  begin();
  shorts(SRC_PORT + (row << 1), length);
  return at - OUT;
}

/** Counters that are all zero, all absent, or written out, each plus one. */
const ZERO: u32 = 0;
const ABSENT: u32 = 1;
const WRITTEN: u32 = 2;

export function countersPart(): u32 {
  begin();
  let written: u32 = 0;
  let all0: u64 = 0;
  let all1: u64 = 0;
  let all2: u64 = 0;
  let all3: u64 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const place = (row + i) << 3;
    const a = i64(load<f64>(PACKETS_SENT + place));
    const b = i64(load<f64>(BYTES_SENT + place));
    const c = i64(load<f64>(PACKETS_RECEIVED + place));
    const d = i64(load<f64>(BYTES_RECEIVED + place));
    let kind = WRITTEN;
    if ((a | b | c | d) === 0) kind = ZERO;
    else if ((a & b & c & d) === -1) kind = ABSENT;
    store<u8>(LOW + i, kind);
    if (kind !== WRITTEN) continue;
    const out = written << 3;
    store<u64>(column(0) + out, u64(a + 1));
    store<u64>(column(1) + out, u64(b + 1));
    store<u64>(column(2) + out, u64(c + 1));
    store<u64>(column(3) + out, u64(d + 1));
    all0 |= u64(a + 1);
    all1 |= u64(b + 1);
    all2 |= u64(c + 1);
    all3 |= u64(d + 1);
    written++;
  }
  bytes(LOW, length);
  wide(0, written, all0);
  wide(1, written, all1);
  wide(2, written, all2);
  wide(3, written, all3);
  return at - OUT;
}

/** Members count from the segment's first; of tuples, how far each is from the one that is to be expected. */
export function placePart(): u32 {
  begin();
  wordDeltas(MEMBER + (row << 2), length, load<u32>(MEMBER + (row << 2)));
  wordDeltas(RECORD + (row << 2), length, 0);
  let member: u32 = 0;
  let record: u32 = 0;
  let next: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const place = (row + i) << 2;
    const tuple = load<u32>(TUPLE + place);
    const same = i > 0 && load<u32>(MEMBER + place) === member && load<u32>(RECORD + place) === record;
    member = load<u32>(MEMBER + place);
    record = load<u32>(RECORD + place);
    store<u32>(LOW + (i << 2), tuple - (same ? next : 0));
    next = tuple + 1;
  }
  words(LOW, length);
  return at - OUT;
}
