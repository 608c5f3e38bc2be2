// Sorts stretches of a column of numbers along with what they stand for. Hot path: most stretches are a few entries long, and in order
// already; a stretch can be as long as a day all the same.

import { keptColumn } from "./kept-columns.ts";

/** Longer stretches are sorted in runs of this many, which are then merged. */
const RUN = 16;

/** Whether a comes before b, both of one key; where it does not tell, they stay as they stand. */
export type Precedes = (a: number, b: number) => boolean;

const spareKeys = keptColumn(Float64Array);
const spareEntries = keptColumn(Uint32Array);

/** Puts entries `from` … before `to` in ascending order of their keys. */
export function sortEntries(key: Float64Array, entry: Uint32Array, from: number, to: number, precedes: Precedes): void {
  if (to - from <= RUN) return insert(key, entry, from, to, precedes);
  for (let at = from; at < to; at += RUN) insert(key, entry, at, Math.min(to, at + RUN), precedes);
  for (let width = RUN; width < to - from; width *= 2)
    for (let at = from; at + width < to; at += width * 2)
      merge(key, entry, at, at + width, Math.min(to, at + width * 2), precedes);
}

function insert(key: Float64Array, entry: Uint32Array, from: number, to: number, precedes: Precedes): void {
  for (let p = from + 1; p < to; p++) {
    const k = key[p] as number;
    let before = key[p - 1] as number;
    if (before < k) continue;
    const e = entry[p] as number;
    let q = p;
    while (before > k || (before === k && precedes(e, entry[q - 1] as number))) {
      key[q] = before;
      entry[q] = entry[q - 1] as number;
      q--;
      if (q === from) break;
      before = key[q - 1] as number;
    }
    key[q] = k;
    entry[q] = e;
  }
}

/** Two runs that follow one another. */
function merge(
  key: Float64Array,
  entry: Uint32Array,
  from: number,
  middle: number,
  to: number,
  precedes: Precedes,
): void {
  if ((key[middle - 1] as number) < (key[middle] as number)) return;
  const n = middle - from;
  const keys = spareKeys(n);
  const entries = spareEntries(n);
  for (let i = 0; i < n; i++) {
    keys[i] = key[from + i] as number;
    entries[i] = entry[from + i] as number;
  }
  let left = 0;
  let right = middle;
  let out = from;
  while (left < n && right < to) {
    const a = keys[left] as number;
    const b = key[right] as number;
    if (b < a || (a === b && precedes(entry[right] as number, entries[left] as number))) {
      key[out] = b;
      entry[out++] = entry[right++] as number;
    } else {
      key[out] = a;
      entry[out++] = entries[left++] as number;
    }
  }
  for (; left < n; left++) {
    key[out] = keys[left] as number;
    entry[out++] = entries[left] as number;
  }
}
