// What bytes are, by their first ones and never by a name: a zip archive, a tar archive, gzip data, or something else.

import { constants, gunzipSync, inflateRawSync } from "node:zlib";
import { bytesAt, type Store } from "./store.ts";

export type Sniffed = "zip" | "tar" | "gzip" | "other";

/** Where a tar header says what it is. */
const USTAR = 257;

/** Unpacked bytes that suffice to tell. */
const HEAD = 512;
/** Packed bytes that nearly always give them, and those that do. */
const FIRST_LOOK = 768;
const SECOND_LOOK = 128 * 1024;
/** More is nothing that an honest file becomes. */
const HEAD_OUT = 8 * 1024 * 1024;

export function sniff(head: Buffer): Sniffed {
  if (head.length >= 4) {
    const magic = head.readUInt32LE(0);
    if (magic === 0x04034b50 || magic === 0x06054b50) return "zip";
  }
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  return head.length >= USTAR + 5 && head.toString("latin1", USTAR, USTAR + 5) === "ustar" ? "tar" : "other";
}

export type Content = {
  /** What the bytes are once a deflated entry is inflated. */
  readonly outer: Sniffed;
  /** Of gzip data: what is in it. */
  readonly inner: Sniffed | null;
};

/** What a stretch of a store holds, `deflated` or as it is. Damaged bytes are "other": what is wrong is told when they are read. */
export function contentOf(store: Store, at: number, length: number, deflated: boolean): Content {
  const first = look(store, at, length, deflated, FIRST_LOOK);
  return first ?? look(store, at, length, deflated, SECOND_LOOK) ?? { outer: "other", inner: null };
}

/** Null: more bytes are needed to tell. */
function look(store: Store, at: number, length: number, deflated: boolean, packed: number): Content | null {
  const all = packed >= length;
  const bytes = bytesAt(store, at, Math.min(packed, length));
  const head = deflated ? headOf(bytes, inflateRawSync) : bytes;
  if (!all && head.length < HEAD) return packed === SECOND_LOOK ? { outer: sniff(head), inner: null } : null;
  const outer = sniff(head);
  if (outer !== "gzip") return { outer, inner: null };
  const inside = headOf(head, gunzipSync);
  if (!all && inside.length < HEAD && packed !== SECOND_LOOK) return null;
  return { outer, inner: sniff(inside) };
}

/** What a cut stretch unpacks to; nothing where it is damaged. */
function headOf(bytes: Buffer, unpack: typeof gunzipSync): Buffer {
  try {
    return unpack(bytes, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1024, maxOutputLength: HEAD_OUT });
  } catch {
    return Buffer.alloc(0); // told when it is read
  }
}
