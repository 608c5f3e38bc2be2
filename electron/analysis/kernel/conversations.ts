// Addresses and keys of a source's segments, distinct and in order (../conversation-kernel.ts). Sorted digit by digit, front to back: no
// table, in which each look-up would wait for memory. Of 4 M scanned tuples, 3.2 M keys nearly all of which differ, a quarter of the time.

import {
  ADDRESSES,
  DIGITS,
  ENDPOINT,
  ENDPOINT_ID,
  KEY_DST,
  KEY_FLAGS,
  KEY_LOG,
  KEY_PORT,
  KEY_PROTOCOL,
  KEY_SRC,
  MAP,
  MET,
  MET_AT,
  SIX,
  SPARE_ADDRESSES,
  SPARE_MET,
  SPARE_MET_AT,
  V4,
} from "./memory";
import { countOf, fours, keys, readSix, SEGMENT } from "./meet";
import { column, open, words } from "./unpack";

/** Bits of a digit: what is written to next then stays in the cache. */
const DIGIT: u32 = 11;

/** Puts the IPv4 addresses of the part "keys", `bytes` at PART, to ADDRESSES, after `met`; how many. The host is given its IPv6 ones. */
export function readAddresses(bytes: u32, met: u32): u32 {
  open(bytes);
  column(3);
  const length = countOf(0, SEGMENT * 2);
  const six = countOf(1, SEGMENT * 2);
  words(ADDRESSES + (met << 2), length);
  readSix(six);
  return length;
}

/** ADDRESSES become distinct and ascending; how many are left. */
export function distinctAddresses(count: u32): u32 {
  let from = ADDRESSES;
  let to = SPARE_ADDRESSES;
  for (let shift: u32 = 0; shift < 32; shift += DIGIT) {
    const mask: u32 = (1 << DIGIT) - 1;
    memory.fill(DIGITS, 0, 4 << DIGIT);
    for (let i: u32 = 0; i < count; i++) countDigit((load<u32>(from + (i << 2)) >>> shift) & mask);
    beginDigits(mask);
    for (let i: u32 = 0; i < count; i++) {
      const value = load<u32>(from + (i << 2));
      store<u32>(to + (placeOf((value >>> shift) & mask) << 2), value);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  let left: u32 = 0;
  let before: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<u32>(SPARE_ADDRESSES + (i << 2)); // three digits: there they are now
    if (i == 0 || value != before) store<u32>(ADDRESSES + (left++ << 2), value);
    before = value;
  }
  return left;
}

@inline
function countDigit(digit: u32): void {
  const at = DIGITS + (digit << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts become where the first of each digit goes. */
function beginDigits(mask: u32): void {
  let before: u32 = 0;
  for (let digit: u32 = 0; digit <= mask; digit++) {
    const at = DIGITS + (digit << 2);
    const here = load<u32>(at);
    store<u32>(at, before);
    before += here;
  }
}

@inline
function placeOf(digit: u32): u32 {
  const at = DIGITS + (digit << 2);
  const place = load<u32>(at);
  store<u32>(at, place + 1);
  return place;
}

/** Endpoint of each of the segment's IPv4 addresses, which ascend as the `endpoints` do, in its place. */
function findEndpoints(endpoints: u32): void {
  if (fours == 0) return;
  let stride: u32 = 1; // an eighth of how far one is from the next, or less, were they evenly spread
  while (stride < endpoints / fours / 8) stride <<= 1;
  let last: u32 = 0;
  for (let i: u32 = 0; i < fours; i++) {
    const value = load<u32>(V4 + (i << 2));
    while (last + stride < endpoints && load<u32>(ENDPOINT + ((last + stride) << 2)) <= value) last += stride;
    for (let step = stride >>> 1; step > 0; step >>>= 1)
      if (last + step < endpoints && load<u32>(ENDPOINT + ((last + step) << 2)) <= value) last += step;
    store<u32>(V4 + (i << 2), load<u32>(ENDPOINT_ID + (last << 2)));
  }
}

/** Puts the segment's keys (`readKeys` has been called, LOG_OF_CONTEXT told contexts of the case) to MET, after `met`. */
export function addKeys(met: u32, endpoints: u32): void {
  findEndpoints(endpoints);
  for (let k: u32 = 0; k < keys; k++) {
    const to = MET + ((met + k) << 4);
    store<u32>(to, load<u32>(KEY_LOG + (k << 2)));
    store<u32>(to, endpointOf(load<u32>(KEY_SRC + (k << 2))), 4);
    store<u32>(to, endpointOf(load<u32>(KEY_DST + (k << 2))), 8);
    const service =
      u32(load<u16>(KEY_PORT + (k << 1))) |
      (u32(load<u8>(KEY_PROTOCOL + k)) << 16) |
      (u32(load<u8>(KEY_FLAGS + k)) << 24);
    store<u32>(to, service, 12);
  }
}

@inline
function endpointOf(address: u32): u32 {
  return address < fours ? load<u32>(V4 + (address << 2)) : load<u32>(SIX + ((address - fours) << 2));
}

/** Where the distinct ones are, after `distinctKeys`. */
export let distinct: u32 = 0;

/** Distinct ones of MET (context, source, destination, service) in ascending order; MAP: the place of each among them. How many. */
export function distinctKeys(count: u32): u32 {
  let any = v128.splat<u32>(0);
  for (let i: u32 = 0; i < count; i++) {
    store<u32>(MET_AT + (i << 2), i);
    any = v128.or(any, v128.load(MET + (i << 4)));
  }
  from = MET;
  fromAt = MET_AT;
  to = SPARE_MET;
  toAt = SPARE_MET_AT;
  sortBy(12, v128.extract_lane<u32>(any, 3), count);
  sortBy(8, v128.extract_lane<u32>(any, 2), count);
  sortBy(4, v128.extract_lane<u32>(any, 1), count);
  sortBy(0, v128.extract_lane<u32>(any, 0), count);
  distinct = to;
  let left: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = from + (i << 4);
    const own = v128.load(at);
    if (i == 0 || v128.any_true(v128.xor(own, v128.load(at - 16)))) v128.store(to + (left++ << 4), own);
    store<u32>(MAP + (load<u32>(fromAt + (i << 2)) << 2), left - 1);
  }
  return left;
}

let from: u32 = 0;
let fromAt: u32 = 0;
let to: u32 = 0;
let toAt: u32 = 0;

/** By one of their words, whose bits are those of `any`. */
function sortBy(word: u32, any: u32, count: u32): void {
  const bits: u32 = 32 - u32(clz(any));
  const digits: u32 = (bits + DIGIT - 1) / DIGIT;
  if (digits == 0) return;
  const width: u32 = (bits + digits - 1) / digits;
  for (let digit: u32 = 0; digit < digits; digit++) dealOut(word, digit * width, (1 << width) - 1, count);
}

function dealOut(word: u32, shift: u32, mask: u32, count: u32): void {
  memory.fill(DIGITS, 0, (mask + 1) << 2);
  for (let i: u32 = 0; i < count; i++) countDigit((load<u32>(from + (i << 4) + word) >>> shift) & mask);
  beginDigits(mask);
  for (let i: u32 = 0; i < count; i++) {
    const at = from + (i << 4);
    const place = placeOf((load<u32>(at + word) >>> shift) & mask);
    v128.store(to + (place << 4), v128.load(at));
    store<u32>(toAt + (place << 2), load<u32>(fromAt + (i << 2)));
  }
  let swap = from;
  from = to;
  to = swap;
  swap = fromAt;
  fromAt = toAt;
  toAt = swap;
}
