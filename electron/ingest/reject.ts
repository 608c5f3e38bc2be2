// What is no tuple: its place, its text, the reason.

import type { Batch } from "./batch.ts";
import { Malformed, type Walker } from "./json.ts";

/** Longest original text kept with a reject, in bytes; offset and length always lead to the whole. */
export const REJECT_TEXT = 65536;

/** Most rejects inside one record; a record with more of them is a reject as a whole. */
const RECORD_REJECTS = 131_072;
let first = 0;

/** A record begins: its rejects are counted from here. */
export function countRejectsAnew(batch: Batch): void {
  first = batch.rejects.length;
}

/** Where the record stands: member (in the batch), number, and the offset in the member of the window's first byte. */
export type At = { readonly member: number; readonly record: number; readonly windowOffset: number };

/** Bytes from … to of the window, counted and kept. */
export function reject(
  batch: Batch,
  w: Walker,
  place: At,
  tuple: number | null,
  from: number,
  to: number,
  reason: string,
): void {
  if (batch.rejects.length - first >= RECORD_REJECTS)
    throw new Malformed(from, `more than ${RECORD_REJECTS} of its tuples cannot be read`);
  batch.rejects.push({
    member: place.member,
    record: place.record,
    tuple,
    offset: place.windowOffset + from,
    length: to - from,
    ...cutText(w.bytes, from, to, reason),
  });
}

/** The original text, at most REJECT_TEXT bytes of it; a cut is told in the reason. */
export function cutText(bytes: Uint8Array, from: number, to: number, reason: string): { reason: string; text: string } {
  const cut = to - from > REJECT_TEXT;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, REJECT_TEXT)).toString("utf8");
  return { reason: cut ? `${reason} (the first ${REJECT_TEXT} of ${to - from} bytes are shown)` : reason, text };
}
