// Settled columns for readers.

import type { Statement } from "better-sqlite3";
import { decodeSettled, type SettledColumns } from "../segment/encode-settled.ts";
import type { ReadDb } from "./database.ts";

export type SettledRow = { readonly flows: number; readonly leftOut: number; readonly bytes: Uint8Array };

// Preparing a statement takes longer than running this one.
const reading = new WeakMap<ReadDb, Statement>();

/** As kept; null where the segment is not settled. */
export function readSettled(db: ReadDb, segmentId: number): SettledRow | null {
  const read =
    reading.get(db) ?? db.prepare("SELECT flows, left_out AS leftOut, bytes FROM settled_segment WHERE segment_id = ?");
  reading.set(db, read);
  return (read.get(segmentId) as SettledRow | undefined) ?? null;
}

/** `usual`: of each tuple (segment/encode-settled.ts). */
export function settledColumns(db: ReadDb, segmentId: number, usual: Uint8Array): SettledColumns | null {
  const row = readSettled(db, segmentId);
  return row && decodeSettled(row.bytes, usual);
}

/** Flows of the whole case. */
export function countFlows(db: ReadDb): number {
  return db.prepare("SELECT coalesce(sum(flows), 0) FROM settled_segment").pluck().get() as number;
}
