// Columns of a segment's part, packed as planes of bytes (segment/integers.ts), unpacked. Parts come from cases that somebody else may have
// made: no column is read that does not lie within its part, and no more is believed than there is room for.

import { PART } from "./memory";

/** Throws: the part at PART does not hold what it says. */
@external("host", "damaged")
declare function damaged(): void;

/** Below 2⁵³, so that with a width of 7 nothing wraps. */
const WIDEST: u32 = 7;

let cursor: u32 = 0;
let end: u32 = 0;
/** Of the column read last. */
let width: u32 = 0;
let planes: u32 = 0;

/** Begins to read the part at PART, of so many bytes. */
export function open(length: u32): void {
  cursor = PART;
  end = PART + length;
}

/** Throws where it does not hold. */
export function require(holds: bool): void {
  if (!holds) damaged();
}

/** Steps over a column of `length` numbers; its width. */
export function column(length: u32): u32 {
  require(cursor < end);
  width = load<u8>(cursor);
  planes = cursor + 1;
  require(width <= WIDEST && u64(width) * u64(length) <= u64(end - planes));
  cursor = planes + width * length;
  return width;
}

/** Where the planes of the column read last lie. */
export function lastPlanes(): u32 {
  return planes;
}

/** The i-th number of a column of `length`. */
export function valueIn(planes: u32, width: u32, length: u32, i: u32): u64 {
  let value: u64 = 0;
  for (let plane: u32 = width; plane > 0; plane--)
    value = (value << 8) | u64(load<u8>(planes + (plane - 1) * length + i));
  return value;
}

/** A number of the column read last. */
export function valueAt(length: u32, i: u32): u64 {
  return valueIn(planes, width, length, i);
}

/** Sixteen bytes of a plane, none where the column is not so wide. */
@inline
function sixteen(plane: u32, w: u32, length: u32, i: u32): v128 {
  return plane < w ? v128.load(planes + plane * length + i) : v128.splat<u32>(0);
}

/** The next column as 32-bit numbers, sixteen a step. */
export function words(to: u32, length: u32): void {
  const w = column(length);
  if (w == 0) {
    memory.fill(to, 0, length << 2);
    return;
  }
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16) {
    const a = sixteen(0, w, length, i);
    const b = sixteen(1, w, length, i);
    const c = sixteen(2, w, length, i);
    const d = sixteen(3, w, length, i);
    const low = v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const lowEnd = v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const high = v128.shuffle<u8>(c, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const highEnd = v128.shuffle<u8>(c, d, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const at = to + (i << 2);
    v128.store(at, v128.shuffle<u16>(low, high, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(at, v128.shuffle<u16>(low, high, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(at, v128.shuffle<u16>(lowEnd, highEnd, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(at, v128.shuffle<u16>(lowEnd, highEnd, 4, 12, 5, 13, 6, 14, 7, 15), 48);
  }
  for (; i < length; i++) store<u32>(to + (i << 2), u32(valueAt(length, i)));
}

/** The next column as 64-bit numbers. */
export function wide(to: u32, length: u32): void {
  const w = load<u8>(cursor);
  if (w <= 4) {
    // Half as wide at first, at the far end, so that widening from the front never writes over what it has not read.
    const half = to + (length << 2);
    words(half, length);
    for (let i: u32 = 0; i < length; i++) store<u64>(to + (i << 3), load<u32>(half + (i << 2)));
    return;
  }
  column(length);
  for (let i: u32 = 0; i < length; i++) store<u64>(to + (i << 3), valueAt(length, i));
}

/** The next column as 16-bit numbers, sixteen a step. */
export function shorts(to: u32, length: u32): void {
  const w = column(length);
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16) {
    const a = sixteen(0, w, length, i);
    const b = sixteen(1, w, length, i);
    const at = to + (i << 1);
    v128.store(at, v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(at, v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  }
  for (; i < length; i++) store<u16>(to + (i << 1), u32(valueAt(length, i)));
}

/** The next column as bytes. */
export function bytes(to: u32, length: u32): void {
  const w = column(length);
  if (w == 0) memory.fill(to, 0, length);
  else memory.copy(to, planes, length);
}
