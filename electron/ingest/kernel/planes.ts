// Columns of whole numbers as bytes: a width, then one plane a byte of significance (segment/integers.ts, which it is held equal to).
// Written to OUT; `at` is where the next byte goes.

import { LOW, OUT, SEGMENT, WIDE } from "./memory";

/** Where the next byte goes. */
export let at: u32 = OUT;

export function begin(): void {
  at = OUT;
}

@inline
function put(byte: u32): void {
  store<u8>(at++, byte);
}

export function bytes(from: u32, length: u32): void {
  let any: u32 = 0;
  for (let i: u32 = 0; i < length; i++) any |= load<u8>(from + i);
  put(u32(any !== 0));
  if (any === 0) return;
  memory.copy(at, from, length);
  at += length;
}

/** One plane of sixteen words a step; writes up to fifteen bytes past its end, which the next plane covers. */
@inline
function plane(from: u32, length: u32, shift: u32): void {
  const low = i32x4.splat(255);
  for (let i: u32 = 0; i < length; i += 16) {
    const word = from + (i << 2);
    const a = v128.and(i32x4.shr_u(v128.load(word), shift), low);
    const b = v128.and(i32x4.shr_u(v128.load(word, 16), shift), low);
    const c = v128.and(i32x4.shr_u(v128.load(word, 32), shift), low);
    const d = v128.and(i32x4.shr_u(v128.load(word, 48), shift), low);
    v128.store(at + i, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), i16x8.narrow_i32x4_u(c, d)));
  }
  at += length;
}

/** Bytes that the largest takes. */
@inline
function widthOf(all: u64): u32 {
  return 8 - (u32(clz(all)) >>> 3);
}

export function words(from: u32, length: u32): void {
  let all: u32 = 0;
  for (let i: u32 = 0; i < length; i++) all |= load<u32>(from + (i << 2));
  const width = widthOf(all);
  put(width);
  for (let p: u32 = 0; p < width; p++) plane(from, length, p << 3);
}

export function shorts(from: u32, length: u32): void {
  for (let i: u32 = 0; i < length; i++) store<u32>(LOW + (i << 2), load<u16>(from + (i << 1)));
  words(LOW, length);
}

/** The `nth` column of WIDE, whose numbers or-ed are `all`. */
export function wide(nth: u32, length: u32, all: u64): void {
  const from = column(nth);
  for (let i: u32 = 0; i < length; i++) store<u32>(LOW + (i << 2), u32(load<u64>(from + (i << 3))));
  const width = widthOf(all);
  put(width);
  for (let p: u32 = 0; p < min<u32>(width, 4); p++) plane(LOW, length, p << 3);
  if (width <= 4) return;
  for (let i: u32 = 0; i < length; i++) store<u32>(LOW + (i << 2), u32(load<u64>(from + (i << 3)) >> 32));
  for (let p: u32 = 4; p < width; p++) plane(LOW, length, (p - 4) << 3);
}

/** Where the `nth` of four columns of eight bytes a row begins. */
@inline
export function column(nth: u32): u32 {
  return WIDE + nth * SEGMENT * 8;
}

/** Differences to the row before, small steps back as small: 0, −1, 1, −2 → 0, 1, 2, 3. */
@inline
export function zigzag(difference: i64): u64 {
  return u64(difference >= 0 ? difference << 1 : (-difference << 1) - 1);
}

/** The differences of a column of words, each less `base`, the first to 0. */
export function wordDeltas(from: u32, length: u32, base: u32): void {
  let previous: i64 = 0;
  let all: u64 = 0;
  const out = column(0);
  for (let i: u32 = 0; i < length; i++) {
    const value = i64(load<u32>(from + (i << 2)) - base);
    const difference = zigzag(value - previous);
    previous = value;
    all |= difference;
    store<u64>(out + (i << 3), difference);
  }
  wide(0, length, all);
}
