// The dictionary of a segment: its distinct keys in order of first appearance, and their addresses in ascending order
// (segment/build.ts and address-table.ts, which it is held equal to).

import {
  ADDRESS_SLOTS,
  ADDRESSES,
  CONTEXT,
  CONTEXTS,
  COUNTS,
  DST,
  DST_PORT,
  KEY,
  KEY_TABLE,
  KEY_WORDS,
  KIND,
  NEW_CONTEXT,
  OLD_CONTEXTS,
  ORDER_A,
  ORDER_B,
  SEGMENT,
  SRC,
} from "./memory";

/** Bits of a kind that say that an address is IPv6. */
const SIX: u32 = 3 << 10;

/** Distinct keys, addresses and contexts of the segment. */
export let keys: u32 = 0;
export let addresses: u32 = 0;
export let contexts: u32 = 0;

@inline
function hashOf(s: u32, d: u32, p: u32, c: u32): u32 {
  let h = (s * 0x9e3779b1) ^ (d * 0x85ebca6b) ^ ((p ^ (p >>> 16)) * 0xc2b2ae35) ^ (c * 0x27d4eb2f);
  h = (h ^ (h >>> 15)) * 0x2c1b3c6d;
  return h ^ (h >>> 13);
}

/** Rows from `firstRow` on: fills KEY and KEY_WORDS (source, destination, port | kind << 16, context). False where one is not usual. */
export function findKeys(firstRow: u32, length: u32): bool {
  let slots: u32 = 1024;
  while (slots < length * 2) slots <<= 1;
  memory.fill(KEY_TABLE, 0, slots << 2);
  const mask = slots - 1;
  keys = 0;
  let six: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const row = firstRow + i;
    const s = load<u32>(SRC + (row << 2));
    const d = load<u32>(DST + (row << 2));
    const kind = u32(load<u16>(KIND + (row << 1)));
    const p = u32(load<u16>(DST_PORT + (row << 1))) | (kind << 16);
    const c = load<u32>(CONTEXT + (row << 2));
    six |= (kind & SIX) | u32(c >= CONTEXTS);
    let slot = hashOf(s, d, p, c) & mask;
    for (;;) {
      const found = load<u32>(KEY_TABLE + (slot << 2)); // key + 1
      const words = KEY_WORDS + ((found - 1) << 4);
      if (found === 0) {
        const added = KEY_WORDS + (keys << 4);
        store<u32>(added, s);
        store<u32>(added, d, 4);
        store<u32>(added, p, 8);
        store<u32>(added, c, 12);
        store<u32>(KEY + (i << 2), keys++);
        store<u32>(KEY_TABLE + (slot << 2), keys);
        break;
      }
      if (load<u32>(words) === s && load<u32>(words, 4) === d && load<u32>(words, 8) === p && load<u32>(words, 12) === c) {
        store<u32>(KEY + (i << 2), found - 1);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return six === 0;
}

/** Addresses of the keys become their ranks; contexts are numbered anew in order of appearance, OLD_CONTEXTS says which they were. */
export function rankKeys(): void {
  let slots: u32 = 64;
  while (slots < keys * 4) slots <<= 1;
  memory.fill(ADDRESS_SLOTS, 0, slots << 3);
  memory.fill(NEW_CONTEXT, 0, CONTEXTS << 2);
  addresses = 0;
  contexts = 0;
  for (let i: u32 = 0; i < keys; i++) {
    const words = KEY_WORDS + (i << 4);
    store<u32>(words, numberOf(load<u32>(words), slots - 1));
    store<u32>(words, numberOf(load<u32>(words, 4), slots - 1), 4);
    const old = load<u32>(words, 12);
    const known = NEW_CONTEXT + (old << 2);
    if (load<u32>(known) === 0) {
      store<u32>(OLD_CONTEXTS + (contexts << 2), old);
      store<u32>(known, ++contexts);
    }
    store<u32>(words, load<u32>(known) - 1, 12);
  }
  const ranks = sortAddresses();
  for (let i: u32 = 0; i < keys; i++) {
    const words = KEY_WORDS + (i << 4);
    store<u32>(words, load<u32>(ranks + (load<u32>(words) << 2)));
    store<u32>(words, load<u32>(ranks + (load<u32>(words, 4) << 2)), 4);
  }
}

/** The number of an address from now on. */
@inline
function numberOf(value: u32, mask: u32): u32 {
  const h = (value ^ (value >>> 15)) * 0x85ebca6b;
  let slot = (h ^ (h >>> 13)) & mask;
  for (;;) {
    const place = ADDRESS_SLOTS + (slot << 3);
    const number = load<u32>(place, 4); // + 1
    if (number === 0) {
      store<u32>(place, value);
      store<u32>(ADDRESSES + (addresses << 2), value);
      store<u32>(place, ++addresses, 4);
      return addresses - 1;
    }
    if (load<u32>(place) === value) return number - 1;
    slot = (slot + 1) & mask;
  }
  return 0;
}

const DIGIT: u32 = 11; // bits a pass: three passes for 32

/** Sorts ADDRESSES into ADDRESS_SLOTS, which is free by then; where the rank of each by its number is. */
function sortAddresses(): u32 {
  let from = ORDER_A;
  let to = ORDER_B;
  for (let i: u32 = 0; i < addresses; i++) store<u32>(from + (i << 2), i);
  for (let shift: u32 = 0; shift < 32; shift += DIGIT) {
    memory.fill(COUNTS, 0, 4 << DIGIT);
    for (let i: u32 = 0; i < addresses; i++) {
      const count = COUNTS + digitOf(load<u32>(ADDRESSES + (i << 2)), shift);
      store<u32>(count, load<u32>(count) + 1);
    }
    let before: u32 = 0;
    for (let digit: u32 = 0; digit < 4 << DIGIT; digit += 4) {
      const here = load<u32>(COUNTS + digit);
      store<u32>(COUNTS + digit, before);
      before += here;
    }
    for (let i: u32 = 0; i < addresses; i++) {
      const number = load<u32>(from + (i << 2));
      const count = COUNTS + digitOf(load<u32>(ADDRESSES + (number << 2)), shift);
      const at = load<u32>(count);
      store<u32>(to + (at << 2), number);
      store<u32>(count, at + 1);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  for (let rank: u32 = 0; rank < addresses; rank++) {
    const number = load<u32>(from + (rank << 2));
    store<u32>(ADDRESS_SLOTS + (rank << 2), load<u32>(ADDRESSES + (number << 2)));
    store<u32>(to + (number << 2), rank);
  }
  return to;
}

@inline
function digitOf(value: u32, shift: u32): u32 {
  return ((value >>> shift) & ((1 << DIGIT) - 1)) << 2;
}
