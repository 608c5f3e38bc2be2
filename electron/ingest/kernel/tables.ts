// What was met before: headers of records, texts of ACLs and rules, contexts. Each has a table of slots by hash, one entry a slot; the
// bytes of headers and texts are copied to one arena. A full arena is emptied, and all is met anew: nothing but speed hangs on it.

import {
  ARENA,
  ARENA_BYTES,
  BEFORE,
  CONTEXT_BYTES,
  CONTEXT_SLOTS,
  GUESSES,
  HEADER_SLOTS,
  SLOTS,
  TEXT_SLOTS,
} from "./memory";
import { isSame } from "./same";

/** The host's number of the text at from … to, which holds no escape. */
declare function textOf(from: u32, to: u32): i32;
/** The host's number of a context. */
declare function contextOf(header: i32, acl: i32, rule: i32, encryption: i32): i32;

let arenaAt: u32 = 0;
/** Slot of the header met last; 0 none. */
let lastHeader: u32 = 0;

/** Everything that was met. */
export function forget(): void {
  memory.fill(HEADER_SLOTS, 0, BEFORE + GUESSES * 4 - HEADER_SLOTS);
  arenaAt = 0;
  lastHeader = 0;
}

/** Copies bytes to the arena: where to; 0 where they are too many to be kept. */
function kept(from: u32, length: u32): u32 {
  if (length > ARENA_BYTES >> 4) return 0;
  if (arenaAt + length > ARENA_BYTES) forget();
  const at = ARENA + arenaAt;
  memory.copy(at, from, length);
  arenaAt += length;
  return at;
}

/** Bytes of a header that reach past its MAC address. */
const HASHED: u32 = 160;

@inline
function slotOfHash(hash: u64, base: u32, bytes: u32): u32 {
  return base + (u32((hash ^ (hash >> 29)) >> 10) & (SLOTS - 1)) * bytes;
}

function headerSlot(at: u32): u32 {
  let hash: u64 = 0;
  for (let i: u32 = 0; i < HASHED; i += 8) hash = (hash ^ load<u64>(at + i)) * 0x9e3779b97f4a7c15;
  return slotOfHash(hash, HEADER_SLOTS, 12);
}

/** Keeps the header at from …, which the host knows as `id`. HASHED bytes can be read from there. */
export function keepHeader(from: u32, length: u32, id: i32): void {
  const at = kept(from, length);
  if (at === 0) return;
  lastHeader = headerSlot(from);
  store<u32>(lastHeader, at);
  store<u32>(lastHeader, length, 4);
  store<i32>(lastHeader, id, 8);
}

@inline
function isHeaderAt(slot: u32, from: u32, end: u32): bool {
  const length = load<u32>(slot, 4);
  return length > 0 && from + length <= end && isSame(load<u32>(slot), from, length);
}

/** The slot of the header that stands at `from`; 0 none. */
export function headerAt(from: u32, end: u32): u32 {
  if (lastHeader !== 0 && isHeaderAt(lastHeader, from, end)) return lastHeader;
  if (from + HASHED > end) return 0;
  const slot = headerSlot(from);
  if (!isHeaderAt(slot, from, end)) return 0;
  lastHeader = slot;
  return slot;
}

@inline
export function lengthOf(slot: u32): u32 {
  return load<u32>(slot, 4);
}

@inline
export function idOf(slot: u32): i32 {
  return load<i32>(slot, 8);
}

const QUOTE: u8 = 34;
const BACKSLASH: u8 = 92;
/** A longer text is not usual. */
const LONGEST: u32 = 4096;
/** Last bytes of a text that its slot is told from. */
const TAIL: u32 = 24;

/** Where the text read last ended: its closing quote. */
export let closing: u32 = 0;

/** The host's number of the text that begins at `from`, the `nth` of its record; −1 when it is not usual or not whole. */
export function textAt(from: u32, end: u32, nth: u32): i32 {
  const guess = nth < GUESSES ? load<u32>(BEFORE + nth * 4) : 0;
  if (guess !== 0) {
    const length = lengthOf(guess);
    closing = from + length;
    if (closing < end && length > 0 && load<u8>(closing) === QUOTE && isSame(load<u32>(guess), from, length)) return idOf(guess);
  }
  const stop = min(end, from + LONGEST);
  let at = from;
  for (; ; at++) {
    if (at >= stop) return -1;
    const c = load<u8>(at);
    if (c === QUOTE) break;
    if (c === BACKSLASH) return -1;
  }
  closing = at;
  const length = at - from;
  let hash: u64 = length;
  for (let i = length > TAIL ? at - TAIL : from; i < at; i++) hash = (hash ^ load<u8>(i)) * 0x100000001b3;
  const slot = slotOfHash(hash, TEXT_SLOTS, 12);
  if (lengthOf(slot) !== length || length === 0 || !isSame(load<u32>(slot), from, length)) {
    const id = textOf(from, at);
    if (length === 0) return id;
    const bytes = kept(from, length);
    store<u32>(slot, bytes);
    store<u32>(slot, length, 4);
    store<i32>(slot, id, 8);
  }
  if (nth < GUESSES) store<u32>(BEFORE + nth * 4, slot);
  return idOf(slot);
}

/** The host's number of the context of a tuple. */
export function contextAt(header: i32, acl: i32, rule: i32, encryption: i32): i32 {
  const hash = ((u64(header) * 31 + u64(acl)) * 1031 + u64(rule)) * 131 + u64(encryption);
  const slot = slotOfHash(hash * 0x9e3779b97f4a7c15, CONTEXT_SLOTS, CONTEXT_BYTES);
  if (
    load<i32>(slot) === header + 1 &&
    load<i32>(slot, 4) === acl &&
    load<i32>(slot, 8) === rule &&
    load<i32>(slot, 12) === encryption
  )
    return load<i32>(slot, 16);
  const id = contextOf(header, acl, rule, encryption);
  store<i32>(slot, header + 1);
  store<i32>(slot, acl, 4);
  store<i32>(slot, rule, 8);
  store<i32>(slot, encryption, 12);
  store<i32>(slot, id, 16);
  return id;
}
