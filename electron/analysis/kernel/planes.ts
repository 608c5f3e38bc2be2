// Columns of whole numbers as bytes: a width, then one plane a byte of significance (segment/integers.ts, which it is held equal to).

import { COLUMN } from "./memory";

/** Where the next byte goes. */
export let at: u32 = 0;

export function beginAt(to: u32): void {
  at = to;
}

export function putBytes(from: u32, length: u32): void {
  let any: u32 = 0;
  for (let i: u32 = 0; i < length; i++) any |= load<u8>(from + i);
  store<u8>(at++, u32(any != 0));
  if (any == 0) return;
  memory.copy(at, from, length);
  at += length;
}

/** The 32-bit numbers at COLUMN, or-ed `all`. */
export function putWords(length: u32, all: u32): void {
  const width: u32 = 4 - (u32(clz(all)) >>> 3);
  store<u8>(at++, width);
  for (let p: u32 = 0; p < width; p++) plane(length, p << 3);
}

/** The 64-bit numbers at `from`, or-ed `all`. */
export function putWide(from: u32, length: u32, all: u64): void {
  for (let i: u32 = 0; i < length; i++) store<u32>(COLUMN + (i << 2), u32(load<u64>(from + (i << 3))));
  const width: u32 = 8 - (u32(clz(all)) >>> 3);
  store<u8>(at++, width);
  for (let p: u32 = 0; p < min<u32>(width, 4); p++) plane(length, p << 3);
  if (width <= 4) return;
  for (let i: u32 = 0; i < length; i++) store<u32>(COLUMN + (i << 2), u32(load<u64>(from + (i << 3)) >> 32));
  for (let p: u32 = 4; p < width; p++) plane(length, (p - 4) << 3);
}

/** One plane, sixteen words a step; reads up to fifteen words and writes up to fifteen bytes past its end. */
@inline
function plane(length: u32, shift: u32): void {
  const low = i32x4.splat(255);
  for (let i: u32 = 0; i < length; i += 16) {
    const word = COLUMN + (i << 2);
    const a = v128.and(i32x4.shr_u(v128.load(word), shift), low);
    const b = v128.and(i32x4.shr_u(v128.load(word, 16), shift), low);
    const c = v128.and(i32x4.shr_u(v128.load(word, 32), shift), low);
    const d = v128.and(i32x4.shr_u(v128.load(word, 48), shift), low);
    v128.store(at + i, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), i16x8.narrow_i32x4_u(c, d)));
  }
  at += length;
}
