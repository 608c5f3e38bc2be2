// What each logged row was, in four bytes: where the fingerprint says that some row differs, these say which one. Kept in a property a
// table, as text: base64 of a frame with the count of rows, their ids (creeping) and their CRC-32.

import { crc32 } from "node:zlib";
import { pack, unpack } from "../segment/frame.ts";
import { byteWriter, countOf, deltas, readIntegers, undoDeltas, writeIntegers } from "../segment/integers.ts";

export type RowSums = Map<string, { readonly ids: number[]; readonly sums: number[] }>;

export function newRowSums(): RowSums {
  return new Map();
}

export function addRow(rows: RowSums, table: string, id: number, text: string): void {
  let list = rows.get(table);
  if (!list) {
    list = { ids: [], sums: [] };
    rows.set(table, list);
  }
  list.ids.push(id);
  list.sums.push(crc32(text));
}

export function printSums(rows: RowSums, table: string): string {
  const { ids = [], sums = [] } = rows.get(table) ?? {};
  const out = byteWriter(ids.length * 6);
  writeIntegers(out, [ids.length], 1);
  writeIntegers(out, deltas(Float64Array.from(ids), ids.length, 0), ids.length);
  writeIntegers(out, Uint32Array.from(sums), sums.length);
  return Buffer.from(pack(out.bytes.subarray(0, out.at))).toString("base64");
}

/** Id → CRC-32. Throws case-damaged. */
export function readSums(text: string): ReadonlyMap<number, number> {
  const from = { bytes: unpack(Buffer.from(text, "base64")), at: 0 };
  const head = new Uint32Array(1);
  readIntegers(from, head);
  const ids = new Float64Array(countOf(head[0], from.bytes.length)); // they ascend, so their steps are not zero
  readIntegers(from, ids);
  const sums = new Uint32Array(ids.length);
  readIntegers(from, sums);
  undoDeltas(ids, 0);
  return new Map(Array.from(ids, (id, i) => [id, sums[i] as number]));
}

/** Whether the row is as it was written. */
export function isSame(kept: ReadonlyMap<number, number>, id: number, text: string): boolean {
  return kept.get(id) === crc32(text);
}
