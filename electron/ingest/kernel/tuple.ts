// One tuple of the usual forms (IPv4; VNet v4 with 13 fields; NSG with 8 or 13) into a row of the columns. Its commas are found first,
// sixteen bytes at a time; then each field is read from both of its ends. What it is not sure of it leaves alone.

import { ipv4, long, short } from "./digits";
import {
  BYTES_RECEIVED,
  BYTES_SENT,
  CODE_BYTES,
  CODE_SLOTS,
  CODES,
  DST,
  DST_PORT,
  ENCRYPTION,
  KIND,
  PACKETS_RECEIVED,
  PACKETS_SENT,
  SRC,
  SRC_PORT,
  STATE,
  TIME,
} from "./memory";
import { isSame } from "./same";

const COMMA: i8 = 44;
const QUOTE: i8 = 34;
/** Bytes in which the end of a usual tuple is: three times 64. */
const LONGEST: u32 = 192;
/** Ends of fields, by number. */
const ENDS: u32 = <u32>memory.data(16 * 4);

// As in shared/flow.ts; times in ms.
const MS_FROM: u64 = 100000000000;
const EARLIEST: u64 = 978307200000;
const LATEST: u64 = 4102444800000;
const LARGEST: u64 = 9007199254740991;
const NO_STATE: i32 = 0;

/** By letter: begin, continue, end, deny; 0 for any other. */
@inline
function stateOf(letter: i32): i32 {
  return letter === 66 ? 1 : letter === 67 ? 2 : letter === 69 ? 3 : letter === 68 ? 4 : 0;
}

@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    u64(u32(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16))) | (u64(u32(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16))) << 32)
  );
}

/** Of 64 bytes: which are this one. */
@inline
function each(byte: i8, a: v128, b: v128, c: v128, d: v128): u64 {
  const wanted = i8x16.splat(byte);
  return bits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

@inline
function isOther(bytes: v128): v128 {
  return i8x16.gt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(9));
}

/** Bytes of the tuple that are no digits, its closing quote among them. */
let others: u32 = 0;

/** Fills ENDS up to the quote, and `others`; how many fields there are, 0 when the quote is not in the first LONGEST bytes. */
@inline
function fields(from: u32): u32 {
  let count: u32 = 0;
  let notDigits: u32 = 0;
  for (let base = from; base < from + LONGEST; base += 64) {
    const a = v128.load(base);
    const b = v128.load(base, 16);
    const c = v128.load(base, 32);
    const d = v128.load(base, 48);
    const quote = each(QUOTE, a, b, c, d);
    const before = quote ^ (quote - 1); // up to the first, or all
    let ends = (each(COMMA, a, b, c, d) | quote) & before;
    notDigits += u32(popcnt(bits(isOther(a), isOther(b), isOther(c), isOther(d)) & before));
    const more = u32(popcnt(ends));
    if (count + more > 13) return 0;
    for (; ends !== 0; ends &= ends - 1) store<u32>(ENDS + (count++ << 2), base + u32(ctz(ends)));
    if (quote !== 0) {
      others = notDigits;
      return count;
    }
  }
  return 0;
}

@inline
function endOf(field: u32): u32 {
  return load<u32>(ENDS + (field << 2));
}

/** `0,0,0,0"` */
const ZEROS: u64 = 0x22302c302c302c30;

/** Empty is −1 as unsigned 64 bits, one more than which is 0. */
@inline
function counter(from: u32, end: u32): u64 {
  return from === end ? -1 : long(from, end);
}

/** The number of the encryption code; −1 when it is none that is documented. */
@inline
function encryptionOf(from: u32, end: u32): i32 {
  const length = end - from;
  if (length === 2 && load<u16>(from) === 0x584e) return 1; // NX
  if (length === 1 && load<u8>(from) === 88) return 2; // X
  return otherCode(from, length);
}

function otherCode(from: u32, length: u32): i32 {
  for (let i: u32 = 3; i < CODES; i++) {
    const slot = CODE_SLOTS + i * CODE_BYTES;
    if (length > 0 && u32(load<u8>(slot)) === length && isSame(slot + 1, from, length)) return i;
  }
  return -1;
}

/** Position of the closing quote of the tuple at `from`, whose row is filled but for its place and context; 0 when it is not usual. */
export function tuple(from: u32, end: u32, row: u32): u32 {
  const count = fields(from);
  if (count !== 13 && count !== 8) return 0;
  const close = endOf(count - 1);
  if (close >= end) return 0;

  const e0 = endOf(0);
  const e1 = endOf(1);
  const e2 = endOf(2);
  const e3 = endOf(3);
  const e4 = endOf(4);
  const e5 = endOf(5);
  const e6 = endOf(6);
  const e7 = endOf(7);
  // Whatever is not a digit is told for; `known` counts it. Letters first, so that all else is known to be digits.
  let known = count + 8; // ends of fields, six dots, direction, state or decision
  const out = load<u8>(e5 + 1);
  const seventh = i32(load<u8>(e6 + 1));
  if (e6 - e5 !== 2 || e7 - e6 !== 2 || (out !== 79 && out !== 73)) return 0;
  const letter = load<u8>(e4 + 1);
  let protocol: u64 = 0;
  let state = NO_STATE;
  let encryption: i32 = 0;
  let denied = false;
  if (letter === 84 || letter === 85) {
    // T or U: an NSG's, with its decision
    if (e5 - e4 !== 2 || (seventh !== 65 && seventh !== 68)) return 0;
    protocol = letter === 84 ? 6 : 17;
    denied = seventh === 68;
    known++;
    if (count === 13) {
      if (endOf(8) - e7 !== 2) return 0;
      state = stateOf(load<u8>(e7 + 1));
      if (state === 0) return 0;
      known++;
    }
  } else {
    if (count !== 13) return 0;
    protocol = short(e4 + 1, e5);
    state = stateOf(seventh);
    denied = state === 4;
    encryption = encryptionOf(e7 + 1, endOf(8));
    if (state === 0 || encryption === -1) return 0;
    known += endOf(8) - e7 - 1;
  }
  if (others !== known) return 0;

  let time = long(from, e0);
  if (time < MS_FROM) time *= 1000;
  const src = ipv4(e0 + 1, e1);
  const dst = ipv4(e1 + 1, e2);
  const srcPort = short(e2 + 1, e3);
  const dstPort = short(e3 + 1, e4);
  if (time < EARLIEST || time >= LATEST || (src | dst) >> 32 !== 0 || (srcPort | dstPort) >> 16 !== 0 || protocol > 255) return 0;
  let a: u64 = -1;
  let b: u64 = -1;
  let c: u64 = -1;
  let d: u64 = -1;
  if (count === 13) {
    const e8 = endOf(8);
    if (close - e8 === 8 && load<u64>(e8 + 1) === ZEROS) {
      a = 0;
      b = 0;
      c = 0;
      d = 0;
    } else {
      const e9 = endOf(9);
      const e10 = endOf(10);
      const e11 = endOf(11);
      a = counter(e8 + 1, e9);
      b = counter(e9 + 1, e10);
      c = counter(e10 + 1, e11);
      d = counter(e11 + 1, close);
      // One more than each: empty becomes 0, what is too large stays so.
      if (max(max(a + 1, b + 1), max(c + 1, d + 1)) > LARGEST + 1) return 0;
    }
  }

  store<f64>(TIME + (row << 3), f64(time));
  store<u32>(SRC + (row << 2), u32(src));
  store<u32>(DST + (row << 2), u32(dst));
  store<u16>(SRC_PORT + (row << 1), u32(srcPort));
  store<u16>(DST_PORT + (row << 1), u32(dstPort));
  store<u16>(KIND + (row << 1), u32(protocol) | (u32(out === 79) << 8) | (u32(denied) << 9));
  store<u8>(STATE + row, state);
  store<u16>(ENCRYPTION + (row << 1), encryption);
  store<f64>(PACKETS_SENT + (row << 3), f64(i64(a)));
  store<f64>(BYTES_SENT + (row << 3), f64(i64(b)));
  store<f64>(PACKETS_RECEIVED + (row << 3), f64(i64(c)));
  store<f64>(BYTES_RECEIVED + (row << 3), f64(i64(d)));
  return close;
}
