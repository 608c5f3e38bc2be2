// Ids of texts that come again and again, found by their bytes without decoding them.

import { type Batch, textId } from "./batch.ts";

/** A text as its bytes. `id`: in the texts of one batch. */
export type Met = { readonly bytes: Uint8Array; readonly id: number };

const RECENT = 1024;
// Texts met lately. Keyed by batch: ids belong to one.
const recentOf = new WeakMap<Batch, (Met | undefined)[]>();

/** The text at from … to, which holds no escape. */
export function textAt(batch: Batch, bytes: Uint8Array, from: number, to: number): Met {
  let recent = recentOf.get(batch);
  if (!recent) {
    recent = new Array<Met | undefined>(RECENT);
    recentOf.set(batch, recent);
  }
  let hash = to - from;
  for (let i = Math.max(from, to - 24); i < to; i++) hash = Math.imul(hash, 31) + (bytes[i] as number);
  const slot = (hash ^ (hash >>> 10)) & (RECENT - 1);
  const met = recent[slot];
  if (met?.bytes.length === to - from && standsAt(met, bytes, from)) return met;
  const id = textId(batch, Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8"));
  const made = { bytes: new Uint8Array(bytes.subarray(from, to)), id }; // a copy: a Buffer's slice is a view of the window
  recent[slot] = made;
  return made;
}

/** Whether the bytes from `from` on begin with the text. */
function standsAt(met: Met, bytes: Uint8Array, from: number): boolean {
  const text = met.bytes;
  for (let i = 0; i < text.length; i++) if (text[i] !== bytes[from + i]) return false;
  return true;
}
