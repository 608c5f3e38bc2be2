// Activity of a segment, from its parts to the bytes that are kept (../activity.ts and segment/encode-activity.ts, which it is held equal
// to). The host puts one part after another to PART.

import {
  ACTIVITY,
  BEFORE,
  BEGIN,
  COLUMN,
  COUNTS_OUT,
  END,
  FIRST,
  HEAD,
  KEY_FLAGS,
  LEFT_OUT,
  MARKS,
  ORDER,
  SORTED,
  SUMS_OUT,
  TUPLE_KEY,
  TUPLE_STATE,
  TUPLE_STEP,
  usualMark,
  WIDE,
} from "./memory";
import { kindOf, openCounters, WRITTEN, writtenCounter } from "./counters";
import { countOf, readTimes, SEGMENT, start } from "./meet";
import { at, beginAt, putBytes, putWide, putWords } from "./planes";
import { bytes, column, open, require, valueAt } from "./unpack";

const HOUR: i64 = 3600000;
/** Evidence made to have a key in all hours must not cost its square: no more rows of a key are looked through for a tuple's. */
const LOOKED_THROUGH: u32 = 64;
const MOST_EXACT: f64 = 9007199254740991;

/**
 * A row as it is met, 64 bytes: hour << 1 | whether it is left out, key, tuples, flows, begun, ended, first, last, then four sums (f64).
 */
const ROW: u32 = 64;

let keys: u32 = 0;
let rows: u32 = 0;
let hasAdjusted: u32 = 0;

/** What is asked of the part "keys", `length` bytes: flags. */
export function readActivityKeys(length: u32): void {
  open(length);
  column(3);
  const fours = countOf(0, SEGMENT * 2);
  const six = countOf(1, SEGMENT * 2);
  keys = countOf(2, SEGMENT);
  column(fours);
  column(six * 16);
  for (let i: u32 = 0; i < 4; i++) column(keys);
  bytes(KEY_FLAGS, keys);
}

export function readActivityWhen(length: u32, tuples: u32): void {
  readTimes(length, tuples, keys);
}

/** Nothing is settled. */
export function noMarks(length: u32): void {
  hasAdjusted = 0;
  memory.fill(MARKS, 0, length);
}

/** Marks of the tuples, from settled columns, `bytesOf` at PART (segment/encode-settled.ts). */
export function readMarks(bytesOf: u32, length: u32): void {
  open(bytesOf);
  column(2);
  require(valueAt(2, 0) == u64(length));
  hasAdjusted = u32(valueAt(2, 1) > 0);
  bytes(MARKS, length);
  for (let row: u32 = 0; row < length; row++) {
    const flags = u32(load<u8>(KEY_FLAGS + load<u32>(TUPLE_KEY + (row << 2))));
    const mark = MARKS + row;
    store<u8>(mark, u32(load<u8>(mark)) ^ usualMark(flags, u32(load<u8>(TUPLE_STATE + row))));
  }
}

/** Adds up the tuples, counters from their part, `bytesOf` at PART. How many rows; 0 where a sum is past what can be exact. */
export function addActivity(bytesOf: u32, length: u32): u32 {
  openCounters(bytesOf, length);
  memory.fill(HEAD, 0xff, keys << 2);
  rows = 0;
  let next: u32 = 0; // of the counters written
  let most: f64 = 0;
  let time = start;
  let hour: u32 = 0;
  let begin: i64 = i64.MAX_VALUE;
  for (let i: u32 = 0; i < length; i++) {
    const step = load<u64>(TUPLE_STEP + (i << 3));
    time += i64(step >>> 1) ^ -i64(step & 1);
    if (time < begin || time - begin >= HOUR) {
      hour = u32(time / HOUR);
      begin = i64(hour) * HOUR;
    }
    const key = load<u32>(TUPLE_KEY + (i << 2));
    const mark = u32(load<u8>(MARKS + i));
    const row = rowOf(key, (hour << 1) | u32((mark & LEFT_OUT) != 0), u32(time - begin));
    const state = u32(load<u8>(TUPLE_STATE + i));
    store<u32>(row, load<u32>(row, 8) + 1, 8);
    if ((mark & FIRST) != 0) store<u32>(row, load<u32>(row, 12) + 1, 12);
    if (state == BEGIN && load<u8>(KEY_FLAGS + key) >>> 1 != 1) store<u32>(row, load<u32>(row, 16) + 1, 16);
    if (state == END) store<u32>(row, load<u32>(row, 20) + 1, 20);
    if (kindOf(i) != WRITTEN) continue;
    most = max(most, addTo(row + 32, writtenCounter(0, next)));
    most = max(most, addTo(row + 40, writtenCounter(1, next)));
    most = max(most, addTo(row + 48, writtenCounter(2, next)));
    most = max(most, addTo(row + 56, writtenCounter(3, next)));
    next++;
  }
  if (most > MOST_EXACT) rows = 0;
  else sortRows();
  return rows;
}

/** `value`: one more than the counter, 0 where the log has none. The sum. */
@inline
function addTo(sum: u32, value: u64): f64 {
  if (value <= 1) return 0;
  const now = load<f64>(sum) + f64(value - 1);
  store<f64>(sum, now);
  return now;
}

/** The row of a tuple, `within` the hour. Rows of one key are a list, the one met last at its head: tuples mostly come in order of time. */
@inline
function rowOf(key: u32, name: u32, within: u32): u32 {
  const head = HEAD + (key << 2);
  const last = load<u32>(head);
  let number = last;
  for (let looked: u32 = 0; number != NONE && load<u32>(ACTIVITY + number * ROW) != name; looked++)
    number = looked < LOOKED_THROUGH ? load<u32>(BEFORE + (number << 2)) : NONE;
  if (number != NONE) {
    const row = ACTIVITY + number * ROW;
    if (within < load<u32>(row, 24)) store<u32>(row, within, 24);
    else if (within > load<u32>(row, 28)) store<u32>(row, within, 28);
    return row;
  }
  store<u32>(BEFORE + (rows << 2), last);
  store<u32>(head, rows);
  const row = ACTIVITY + rows++ * ROW;
  memory.fill(row, 0, ROW);
  store<u32>(row, name);
  store<u32>(row, key, 4);
  store<u32>(row, within, 24);
  store<u32>(row, within, 28);
  return row;
}

const NONE: u32 = 0xffffffff;

/** ORDER: rows by key, then name, then as they were met. */
function sortRows(): void {
  let next: u32 = 0;
  for (let key: u32 = 0; key < keys; key++) {
    let count: u32 = 0;
    for (let row = load<u32>(HEAD + (key << 2)); row != NONE; row = load<u32>(BEFORE + (row << 2))) count++;
    let place = next + count;
    let isSorted = true;
    let after: u64 = u64.MAX_VALUE;
    for (let row = load<u32>(HEAD + (key << 2)); row != NONE; row = load<u32>(BEFORE + (row << 2))) {
      const own = (u64(load<u32>(ACTIVITY + row * ROW)) << 32) | row;
      isSorted = isSorted && own < after;
      after = own;
      store<u64>(SORTED + (--place << 3), own);
    }
    if (!isSorted) heapSort(SORTED + (next << 3), count);
    for (let i: u32 = 0; i < count; i++, next++)
      store<u32>(ORDER + (next << 2), ACTIVITY + load<u32>(SORTED + (next << 3)) * ROW);
  }
}

function heapSort(from: u32, length: u32): void {
  for (let i = length >>> 1; i > 0; i--) sink(from, i - 1, length);
  for (let end = length - 1; end > 0; end--) {
    const last = load<u64>(from + (end << 3));
    store<u64>(from + (end << 3), load<u64>(from));
    store<u64>(from, last);
    sink(from, 0, end);
  }
}

function sink(from: u32, at: u32, length: u32): void {
  const value = load<u64>(from + (at << 3));
  for (;;) {
    let child = at * 2 + 1;
    if (child >= length) break;
    if (child + 1 < length && load<u64>(from + (child << 3)) < load<u64>(from + ((child + 1) << 3))) child++;
    const larger = load<u64>(from + (child << 3));
    if (larger <= value) break;
    store<u64>(from + (at << 3), larger);
    at = child;
  }
  store<u64>(from + (at << 3), value);
}

/** Puts to COUNTS_OUT how many of what; how many bytes. */
export function activityCounts(): u32 {
  beginAt(COUNTS_OUT);
  let least: u32 = rows == 0 ? 0 : NONE;
  for (let i: u32 = 0; i < rows; i++) least = min(least, load<u32>(rowAt(i)) >>> 1);
  const shown = rows == 0 ? 0 : keys;
  store<u32>(COLUMN, rows);
  store<u32>(COLUMN, shown, 4);
  store<u32>(COLUMN, hasAdjusted, 8);
  store<u32>(COLUMN, least, 12);
  putWords(4, rows | shown | hasAdjusted | least);
  if (rows == 0) return at - COUNTS_OUT;

  memory.fill(COLUMN, 0, keys << 2);
  let all: u32 = 0;
  for (let i: u32 = 0; i < rows; i++) {
    const count = COLUMN + (load<u32>(rowAt(i), 4) << 2);
    const value = load<u32>(count) + 1;
    store<u32>(count, value);
  }
  for (let key: u32 = 0; key < keys; key++) all |= load<u32>(COLUMN + (key << 2));
  putWords(keys, all);

  all = 0;
  for (let i: u32 = 0; i < rows; i++) {
    const hour = (load<u32>(rowAt(i)) >>> 1) - least;
    all |= hour;
    store<u32>(COLUMN + (i << 2), hour);
  }
  putWords(rows, all);
  for (let i: u32 = 0; i < rows; i++) store<u8>(COLUMN + i, load<u32>(rowAt(i)) & 1);
  putBytes(COLUMN, rows);
  for (let word: u32 = 8; word < 24; word += 4) putRowWords(word);
  for (let i: u32 = 0; i < rows; i++) store<u8>(COLUMN + i, u32(isMeasured(rowAt(i))));
  putBytes(COLUMN, rows);
  return at - COUNTS_OUT;
}

/** Puts to SUMS_OUT when and how much; how many bytes. */
export function activitySums(): u32 {
  beginAt(SUMS_OUT);
  if (rows == 0) return 0;
  putRowWords(24);
  let several: u32 = 0;
  let all: u32 = 0;
  for (let i: u32 = 0; i < rows; i++) {
    const row = rowAt(i);
    if (load<u32>(row, 8) < 2) continue;
    const span = load<u32>(row, 28) - load<u32>(row, 24);
    all |= span;
    store<u32>(COLUMN + (several++ << 2), span);
  }
  putWords(several, all);
  for (let sum: u32 = 32; sum < ROW; sum += 8) {
    let measured: u32 = 0;
    let wide: u64 = 0;
    for (let i: u32 = 0; i < rows; i++) {
      const row = rowAt(i);
      if (!isMeasured(row)) continue;
      const value = u64(load<f64>(row + sum));
      wide |= value;
      store<u64>(WIDE + (measured++ << 3), value);
    }
    putWide(WIDE, measured, wide);
  }
  return at - SUMS_OUT;
}

@inline
function rowAt(i: u32): u32 {
  return load<u32>(ORDER + (i << 2));
}

function putRowWords(word: u32): void {
  let all: u32 = 0;
  for (let i: u32 = 0; i < rows; i++) {
    const value = load<u32>(rowAt(i) + word);
    all |= value;
    store<u32>(COLUMN + (i << 2), value);
  }
  putWords(rows, all);
}

/** Some counter is more than zero. */
function isMeasured(row: u32): bool {
  return load<f64>(row, 32) > 0 || load<f64>(row, 40) > 0 || load<f64>(row, 48) > 0 || load<f64>(row, 56) > 0;
}
