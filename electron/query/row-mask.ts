// Which rows of each segment a question is about, where that is not told by the row itself: a bit a row.

import type { SegmentView } from "./segment-view.ts";

/** By segment; a segment that is not in it has no such row. */
export type RowMask = ReadonlyMap<number, Uint8Array>;

export function newBits(rows: number): Uint8Array {
  return new Uint8Array((rows + 7) >>> 3);
}

export function setBit(bits: Uint8Array, row: number): void {
  bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
}

function hasBit(bits: Uint8Array, row: number): boolean {
  return ((bits[row >>> 3] as number) & (1 << (row & 7))) !== 0;
}

export function inBoth(one: RowMask, other: RowMask): RowMask {
  const both = new Map<number, Uint8Array>();
  for (const [segment, bits] of one) {
    const others = other.get(segment);
    if (others)
      both.set(
        segment,
        bits.map((byte, i) => byte & (others[i] as number)),
      );
  }
  return both;
}

/** Takes out of `rows` (null: all rows) what is not in the mask. */
export function masked(mask: RowMask, view: SegmentView, rows: Uint8Array | null): Uint8Array {
  const length = view.segment.tuples;
  const bits = mask.get(view.segment.id);
  if (!bits) return new Uint8Array(length);
  const own = rows ?? new Uint8Array(length).fill(1);
  for (let i = 0; i < length; i++) if (!hasBit(bits, i)) own[i] = 0;
  return own;
}
