// Derived columns → bytes: the endpoints and conversations that a source brought, and a segment's key → conversation.

import type { ConversationColumns } from "../analysis/conversation-index.ts";
import { SEGMENT_TUPLES } from "./columns.ts";
import { pack, unpack } from "./frame.ts";
import { byteWriter, countOf, readDeltas, readIntegers, writeDeltas, writeIntegers } from "./integers.ts";

export function encodeEndpoints(v4: Uint32Array, v6: Uint8Array): Uint8Array {
  const out = byteWriter(v4.length * 4 + v6.length);
  writeIntegers(out, [v4.length, v6.length], 2);
  writeDeltas(out, v4);
  writeIntegers(out, v6, v6.length);
  return pack(out.bytes.subarray(0, out.at));
}

export function decodeEndpoints(frame: Uint8Array): { v4: Uint32Array; v6: Uint8Array } {
  const from = { bytes: unpack(frame), at: 0 };
  const sizes = new Uint32Array(2);
  readIntegers(from, sizes);
  const v4 = new Uint32Array(countOf(sizes[0], from.bytes.length)); // they differ, so their steps are not zero
  readDeltas(from, v4);
  const v6 = new Uint8Array(countOf(sizes[1], from.bytes.length + 16)); // all zero: one address at most
  readIntegers(from, v6);
  return { v4, v6 };
}

export function encodeConversations(columns: ConversationColumns): Uint8Array {
  const n = columns.length;
  const out = byteWriter(n * 10);
  writeIntegers(out, [n], 1);
  for (const column of [columns.context, columns.src]) writeDeltas(out, column);
  for (const column of [columns.dst, columns.service]) writeIntegers(out, column, n);
  return pack(out.bytes.subarray(0, out.at));
}

export function decodeConversations(frame: Uint8Array): ConversationColumns {
  const from = { bytes: unpack(frame), at: 0 };
  const head = new Uint32Array(1);
  readIntegers(from, head);
  const length = countOf(head[0], from.bytes.length); // they differ, so some column of them is not zero
  const crept = (): Uint32Array => {
    const column = new Uint32Array(length);
    readDeltas(from, column);
    return column;
  };
  const plain = (): Uint32Array => {
    const column = new Uint32Array(length);
    readIntegers(from, column);
    return column;
  };
  return { length, context: crept(), src: crept(), dst: plain(), service: plain() };
}

export function encodeMap(map: Uint32Array): Uint8Array {
  const out = byteWriter(map.length * 4);
  writeIntegers(out, [map.length], 1);
  writeIntegers(out, map, map.length);
  return pack(out.bytes.subarray(0, out.at));
}

export function decodeMap(frame: Uint8Array): Uint32Array {
  const from = { bytes: unpack(frame), at: 0 };
  const head = new Uint32Array(1);
  readIntegers(from, head);
  const map = new Uint32Array(countOf(head[0], SEGMENT_TUPLES));
  readIntegers(from, map);
  return map;
}
