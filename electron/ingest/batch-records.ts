// The records of a batch: columns that grow as they are filled.

import type { RecordColumns } from "../segment/columns.ts";

/** Records with the first and last time of their tuples (infinite where there are none), which are not kept. */
export type BatchRecords = RecordColumns & {
  length: number;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
};

export function recordColumns(capacity: number): BatchRecords {
  return {
    length: 0,
    member: new Uint32Array(capacity),
    record: new Uint32Array(capacity),
    offset: new Float64Array(capacity),
    bytes: new Float64Array(capacity),
    time: new Float64Array(capacity),
    tuples: new Uint32Array(capacity),
    flags: new Uint8Array(capacity),
    digest: new Uint8Array(capacity * 16),
    firstTime: new Float64Array(capacity),
    lastTime: new Float64Array(capacity),
  };
}

/** Tuples of a record, and their first and last time; infinite where there are none. */
export type Span = { readonly tuples: number; readonly first: number; readonly last: number };

/** `records` is replaced where it grows. */
export function addRecord(
  batch: { records: BatchRecords },
  place: { readonly member: number; readonly record: number },
  offset: number,
  bytes: number,
  time: number,
  flags: number,
  digest: Uint8Array,
  span: Span,
): void {
  if (batch.records.length === batch.records.member.length) growRecords(batch);
  const { records } = batch;
  const at = records.length++;
  records.member[at] = place.member;
  records.record[at] = place.record;
  records.offset[at] = offset;
  records.bytes[at] = bytes;
  records.time[at] = time;
  records.tuples[at] = span.tuples;
  records.flags[at] = flags;
  for (let i = 0; i < 16; i++) records.digest[at * 16 + i] = digest[i] as number;
  records.firstTime[at] = span.first;
  records.lastTime[at] = span.last;
}

function growRecords(batch: { records: BatchRecords }): void {
  const old = batch.records;
  const grown = recordColumns(old.member.length * 2);
  grown.length = old.length;
  for (const name of Object.keys(grown) as (keyof BatchRecords)[]) {
    const column = grown[name];
    if (typeof column !== "number") column.set(old[name] as Float64Array);
  }
  batch.records = grown;
}
