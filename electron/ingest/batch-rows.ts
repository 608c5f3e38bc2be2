// The rows of a batch and the bytes they are read from: in the kernel's memory, and elsewhere while they are more than it has room for.

import type { Batch } from "./batch.ts";
import type { Span } from "./batch-records.ts";
import { type Filling, withWindow } from "./kernel.ts";

/** Whether the kernel can read these bytes into the batch's columns. */
export function isInKernel(batch: Batch, bytes: Buffer): boolean {
  return bytes.buffer === batch.kernel.memory.buffer && batch.raw === batch.kernel.raw;
}

/** Makes the kernel's window at least so large; what it holds stays. Views of the window and of columns from before are void. */
export function growWindow(batch: Batch, bytes: number): void {
  const home = batch.raw === batch.kernel.raw;
  batch.kernel = withWindow(batch.kernel, bytes);
  if (home) batch.raw = batch.kernel.raw;
}

/** Doubles the tuple columns, keeping their rows; they leave the kernel's memory. */
export function growTuples(batch: Batch): void {
  const grown = filling(batch.raw.time.length * 2);
  moveRows(batch.raw, grown);
  batch.raw = grown;
}

/** Columns that had to leave the kernel's memory go back where their rows are few again. */
export function takeRowsHome(batch: Batch): void {
  const { raw, kernel } = batch;
  if (raw === kernel.raw || raw.length > kernel.raw.time.length / 2) return;
  moveRows(raw, kernel.raw);
  batch.raw = kernel.raw;
}

function moveRows(from: Filling, to: Filling): void {
  to.length = from.length;
  for (const name of Object.keys(to) as (keyof Filling)[]) {
    const column = to[name];
    if (typeof column !== "number") column.set((from[name] as Float64Array).subarray(0, from.length));
  }
}

function filling(capacity: number): Filling {
  return {
    length: 0,
    time: new Float64Array(capacity),
    src: new Uint32Array(capacity),
    dst: new Uint32Array(capacity),
    srcPort: new Uint16Array(capacity),
    dstPort: new Uint16Array(capacity),
    kind: new Uint16Array(capacity),
    state: new Uint8Array(capacity),
    context: new Uint32Array(capacity),
    packetsSent: new Float64Array(capacity),
    bytesSent: new Float64Array(capacity),
    packetsReceived: new Float64Array(capacity),
    bytesReceived: new Float64Array(capacity),
    member: new Uint32Array(capacity),
    record: new Uint32Array(capacity),
    tuple: new Uint32Array(capacity),
    group: new Uint32Array(capacity),
    encryption: new Uint16Array(capacity),
  };
}

/** Of the rows from `firstRow` on. */
export function spanFrom({ raw }: Batch, firstRow: number): Span {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = firstRow; row < raw.length; row++) {
    const t = raw.time[row] as number;
    if (t < first) first = t;
    if (t > last) last = t;
  }
  return { tuples: raw.length - firstRow, first, last };
}
