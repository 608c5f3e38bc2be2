// Entries of a channel in order of source port and time. Most channels have a few, and in order already; one can have a day's all the same.

import { AT_HAND, ENTRY, KEY, SPARE_ENTRY, SPARE_KEY } from "./memory";

/** Longer stretches are sorted in runs of this many, which are then merged. */
const RUN: u32 = 16;

/** 1: row a comes before row b of the same port and instant. */
@external("host", "precedes")
declare function precedes(a: u32, b: u32): u32;

/** Flows at hand stay as they stand. */
function isBefore(a: u32, b: u32): bool {
  return a < AT_HAND && b < AT_HAND && precedes(a, b) == 1;
}

export function sortEntries(from: u32, to: u32): void {
  for (let at = from; at < to; at += RUN) insert(at, min(to, at + RUN));
  for (let width = RUN; width < to - from; width *= 2)
    for (let at = from; at + width < to; at += width * 2) merge(at, at + width, min(to, at + width * 2));
}

function insert(from: u32, to: u32): void {
  for (let p = from + 1; p < to; p++) {
    const key = load<u64>(KEY + (p << 3));
    let before = load<u64>(KEY + ((p - 1) << 3));
    if (before < key) continue;
    const entry = load<u32>(ENTRY + (p << 2));
    let q = p;
    while (before > key || (before == key && isBefore(entry, load<u32>(ENTRY + ((q - 1) << 2))))) {
      store<u64>(KEY + (q << 3), before);
      store<u32>(ENTRY + (q << 2), load<u32>(ENTRY + ((q - 1) << 2)));
      q--;
      if (q == from) break;
      before = load<u64>(KEY + ((q - 1) << 3));
    }
    store<u64>(KEY + (q << 3), key);
    store<u32>(ENTRY + (q << 2), entry);
  }
}

/** Two runs that follow one another. */
function merge(from: u32, middle: u32, to: u32): void {
  if (load<u64>(KEY + ((middle - 1) << 3)) < load<u64>(KEY + (middle << 3))) return;
  const n = middle - from;
  memory.copy(SPARE_KEY, KEY + (from << 3), n << 3);
  memory.copy(SPARE_ENTRY, ENTRY + (from << 2), n << 2);
  let left: u32 = 0;
  let right = middle;
  let out = from;
  while (left < n && right < to) {
    const a = load<u64>(SPARE_KEY + (left << 3));
    const b = load<u64>(KEY + (right << 3));
    const first = load<u32>(SPARE_ENTRY + (left << 2));
    const second = load<u32>(ENTRY + (right << 2));
    if (b < a || (a == b && isBefore(second, first))) {
      store<u64>(KEY + (out << 3), b);
      store<u32>(ENTRY + (out << 2), second);
      right++;
    } else {
      store<u64>(KEY + (out << 3), a);
      store<u32>(ENTRY + (out << 2), first);
      left++;
    }
    out++;
  }
  memory.copy(KEY + (out << 3), SPARE_KEY + (left << 3), (n - left) << 3);
  memory.copy(ENTRY + (out << 2), SPARE_ENTRY + (left << 2), (n - left) << 2);
}
