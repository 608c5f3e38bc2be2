// What the kernel reads instead of the plain path, where it can: whole records of the usual form one after another (records.ts in
// kernel/), and single tuples. A record that was walked plainly and turned out to be its own canonical form leaves its header behind;
// records with the same header go on here, and their digest is taken of their bytes as they stand.

import { KEPT } from "../segment/columns.ts";
import type { Batch } from "./batch.ts";
import { addRecord } from "./batch-records.ts";
import { isInKernel } from "./batch-rows.ts";
import { digest16 } from "./digest.ts";
import { type Gathered, gather } from "./member-content.ts";
import type { At } from "./reject.ts";

/** Length of `{"time":"2022-09-14T09:00:52.5625085Z`. */
const HEADER_FROM = 37;
const TIME_FROM = Buffer.from('{"time":"');
const FLOWS = Buffer.from('"flowRecords":{"flows":[');

/** Headers that are known at a time: the kernel has slots for fewer. Records that each have one of their own would fill memory; all are met anew then. */
export const MOST_HEADERS = 8192;

/** Keeps the header of a record at from … to whose canonical form are its own bytes: what stands between its time and its first flow. */
export function keepHeader(
  batch: Batch,
  bytes: Buffer,
  from: number,
  to: number,
  header: { readonly nic: number; readonly flowLog: number },
): void {
  if (!isInKernel(batch, bytes)) return;
  const start = from + HEADER_FROM;
  if (bytes.compare(TIME_FROM, 0, TIME_FROM.length, from, from + TIME_FROM.length) !== 0 || bytes[start] !== 34) return;
  const own = bytes.subarray(start, to); // not in what comes after it: of another form all of the window would be searched each time
  const length = own.indexOf(FLOWS);
  if (length === -1) return;
  // One that stands in another value is not the record's own.
  const before = own.subarray(0, length);
  if (before.includes(123) || before.includes(91)) return;
  if (batch.headers.length === MOST_HEADERS) {
    batch.kernel.calls.forget();
    batch.headers.length = 0;
  }
  batch.headers.push(header);
  batch.kernel.calls.keepHeader(bytes.byteOffset + start, length + FLOWS.length, batch.headers.length - 1);
}

/**
 * Adds the records of the usual form that follow from `at` on, the first of them at `place`; returns where the last ends. Commas
 * and white space between them are passed over; bytes from `end` on do not count.
 */
export function addUsualRecords(
  batch: Batch,
  place: At,
  bytes: Buffer,
  at: number,
  end: number,
  gathered: Gathered,
): number {
  if (!isInKernel(batch, bytes)) return at;
  const { raw, kernel, headers } = batch;
  const { calls } = kernel;
  const base = bytes.byteOffset;
  const stopped = calls.records(base + at, base + end, place.member, place.record, raw.length);
  const count = calls.found.value;
  const size = calls.FOUND_BYTES.value / 4;
  const words = new Uint32Array(kernel.memory.buffer, calls.FOUND.value, count * size);
  const doubles = new Float64Array(kernel.memory.buffer, calls.FOUND.value, (count * size) / 2);
  for (let i = 0; i < count; i++) {
    const word = i * size;
    const from = (words[word] as number) - base;
    const to = (words[word + 1] as number) - base;
    const tuples = words[word + 2] as number;
    const { nic, flowLog } = headers[words[word + 3] as number] as Batch["headers"][number];
    const double = word / 2 + 2;
    const time = doubles[double] as number;
    raw.length += tuples;
    const span = { tuples, first: doubles[double + 1] as number, last: doubles[double + 2] as number };
    const own = { member: place.member, record: place.record + i };
    addRecord(batch, own, place.windowOffset + from, to - from, time, KEPT, digest16(bytes, from, to), span);
    gather(gathered, nic, flowLog, time);
  }
  return stopped - base;
}

/**
 * `start` is the byte after a tuple's opening quote; reads at most to `end`. Returns the position of the closing quote with one row
 * added (but for member, record, tuple, context, which the caller fills), or −1 with none where it is not of a usual form.
 */
export function addUsualTuple(batch: Batch, bytes: Buffer, start: number, end: number): number {
  const { raw, kernel } = batch;
  if (!isInKernel(batch, bytes) || start >= end || raw.length >= raw.time.length) return -1;
  const close = kernel.calls.tuple(bytes.byteOffset + start, bytes.byteOffset + end, raw.length);
  if (close === 0) return -1;
  raw.length++;
  return close - bytes.byteOffset;
}
