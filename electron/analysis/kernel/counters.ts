// The part "counters" of a segment (segment/encode.ts): of each tuple whether its four counters are zero, absent or written out, and
// those that are written, a column each.

import { column, lastPlanes, open, valueIn } from "./unpack";

/** Kinds of a tuple's counters; 0: all zero. */
export const ABSENT: u32 = 1;
export const WRITTEN: u32 = 2;

let kinds: u32 = 0; // 0 where no tuple has another kind than 0
let written: u32 = 0;
let width0: u32 = 0;
let width1: u32 = 0;
let width2: u32 = 0;
let width3: u32 = 0;
let planes0: u32 = 0;
let planes1: u32 = 0;
let planes2: u32 = 0;
let planes3: u32 = 0;

/** Begins to read those of `length` tuples, `bytes` at PART. */
export function openCounters(bytes: u32, length: u32): void {
  open(bytes);
  kinds = column(length) > 0 ? lastPlanes() : 0;
  written = 0;
  if (kinds != 0) for (let row: u32 = 0; row < length; row++) written += u32(load<u8>(kinds + row) == WRITTEN);
  width0 = column(written);
  planes0 = lastPlanes();
  width1 = column(written);
  planes1 = lastPlanes();
  width2 = column(written);
  planes2 = lastPlanes();
  width3 = column(written);
  planes3 = lastPlanes();
}

@inline
export function kindOf(row: u32): u32 {
  return kinds != 0 ? u32(load<u8>(kinds + row)) : 0;
}

/** The `nth` (0 to 3) counter of the i-th tuple that has them written, as it is kept: one more than it counts, 0 for none. */
@inline
export function writtenCounter(nth: u32, i: u32): u64 {
  if (nth == 0) return valueIn(planes0, width0, written, i);
  if (nth == 1) return valueIn(planes1, width1, written, i);
  if (nth == 2) return valueIn(planes2, width2, written, i);
  return valueIn(planes3, width3, written, i);
}
