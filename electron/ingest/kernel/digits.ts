// Numbers in decimal digits, read from their end without a look at each digit: whoever calls knows that they are digits. `end` is the
// position after the last one. What is out of range comes out as a number too large, so that one comparison tells all of it.

/** What a number that cannot be right becomes. */
export const TOO_LARGE: u64 = 1 << 62;

/** Of at most eight digits, eight at a time: what stands before them is masked to zeros. */
@inline
function eight(end: u32, length: u32): u64 {
  const digits = (load<u64>(end - 8) ^ 0x3030303030303030) & (<u64>-1 << (64 - (length << 3)));
  const pairs = digits * 10 + (digits >> 8);
  return (
    ((pairs & 0x000000ff000000ff) * 0x000f424000000064 + ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32
  );
}

/** Of one to eight digits. */
@inline
export function short(from: u32, end: u32): u64 {
  const length = end - from;
  return select<u64>(eight(end, length & 15), TOO_LARGE, length - 1 < 8);
}

/** Of one to sixteen digits. */
@inline
export function long(from: u32, end: u32): u64 {
  const length = end - from;
  if (length <= 8) return short(from, end);
  return length > 16 ? TOO_LARGE : eight(end - 8, length - 8) * 100000000 + eight(end, 8);
}

// By length of a part of an address: which of four bytes that end with it are its digits, and the least it may be (no leading zero).
const NEVER: u32 = 0x7fffffff;
const MASK: u32 = <u32>(
  memory.data<u32>([0, 0xff000000, 0xffff0000, 0xffffff00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
);
const LEAST: u32 = <u32>(
  memory.data<u32>([NEVER, 0, 10, 100, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER])
);

/** Dotted IPv4 as unsigned 32 bits; TOO_LARGE where it is none. All but its dots are known to be digits. */
@inline
export function ipv4(from: u32, end: u32): u64 {
  const length = end - from;
  let dots = i8x16.bitmask(i8x16.eq(v128.load(from), i8x16.splat(46))) & ((1 << length) - 1);
  if (length - 7 > 8 || popcnt(dots) !== 3) return TOO_LARGE;
  const a = from + ctz(dots);
  dots &= dots - 1;
  const b = from + ctz(dots);
  dots &= dots - 1;
  const c = from + ctz(dots);
  // Lengths of the four parts as offsets into the tables of words; none is more than 15.
  const l0 = (a - from) << 2;
  const l1 = (b - a - 1) << 2;
  const l2 = (c - b - 1) << 2;
  const l3 = (end - c - 1) << 2;
  const text = words(a - 4, b - 4, c - 4, end - 4);
  const mask = words(MASK + l0, MASK + l1, MASK + l2, MASK + l3);
  const least = words(LEAST + l0, LEAST + l1, LEAST + l2, LEAST + l3);
  const digits = v128.and(v128.xor(text, i32x4.splat(0x30303030)), mask);
  const byte = i32x4.splat(255);
  const tens = i32x4.mul(v128.and(i32x4.shr_u(digits, 16), byte), i32x4.splat(10));
  const hundreds = i32x4.mul(v128.and(i32x4.shr_u(digits, 8), byte), i32x4.splat(100));
  const parts = i32x4.add(i32x4.add(i32x4.shr_u(digits, 24), tens), hundreds);
  if (v128.any_true(v128.or(i32x4.gt_s(parts, byte), i32x4.gt_s(least, parts)))) return TOO_LARGE;
  const turned = i8x16.shuffle(parts, parts, 12, 8, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  return u64(u32(i32x4.extract_lane(turned, 0)));
}

/** Four words from four places. */
@inline
function words(a: u32, b: u32, c: u32, d: u32): v128 {
  return v128.load_lane<u32>(
    d,
    v128.load_lane<u32>(c, v128.load_lane<u32>(b, v128.load32_zero(a), 1), 2),
    3,
  );
}
