// Activity of segments by the kernel, straight from a segment's parts to the bytes that are kept; activity.ts is the same done plainly, and
// held equal by test. A third of its processor time.

import { columns, kernelExports, layOutColumns, viewOf } from "./kernel-memory.ts";

/** What kernel/index.ts exports for it, but for addresses of columns. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  readActivityKeys(): void;
  readWhen(): number;
  readMarks(length: number, settled: number): number;
  addActivity(length: number): number;
  activityCounts(): number;
  activitySums(): number;
};

/** Parts of a segment as they were before they were compressed. `settled`: null where its flows are not. */
export type ActivityParts = {
  readonly tuples: number;
  readonly keys: Uint8Array;
  readonly when: Uint8Array;
  readonly counters: Uint8Array;
  readonly settled: Uint8Array | null;
};

/** Gives the bytes to be compressed and kept: views, good until it is called again. */
export type ActivityKernel = (parts: ActivityParts) => { readonly counts: Uint8Array; readonly sums: Uint8Array };

/** A segment has no more tuples or keys; no part of it more bytes; rows no more in each of the two. */
const SEGMENT = 65536;
const PART_BYTES = 6 * 1024 * 1024;
const OUT_BYTES = SEGMENT * 40;

export function newActivityKernel(): ActivityKernel {
  const calls = kernelExports({ precedes: () => 0, numberSix: () => {} }) as Calls; // as kernel/index.ts has it
  layOutColumns(calls, [
    ...columns(SEGMENT, { KEY_FLAGS: 1, TUPLE_KEY: 4, TUPLE_STEP: 8, TUPLE_STATE: 1, MARKS: 1 }),
    ...columns(SEGMENT, { HEAD: 4, BEFORE: 4, ACTIVITY: 64, ORDER: 4, SORTED: 8, WIDE: 8 }),
    ...columns(SEGMENT + 64, { COLUMN: 4 }),
    ["COUNTS_OUT", OUT_BYTES],
    ["SUMS_OUT", OUT_BYTES],
    ["PART", PART_BYTES],
  ]);
  const part = viewOf(calls, Uint8Array, "PART", PART_BYTES);
  return ({ tuples, keys, when, counters, settled }) => {
    part.set(keys);
    calls.readActivityKeys();
    part.set(when);
    if (calls.readWhen() !== tuples) throw new RangeError("a segment has not as many times as tuples");
    if (settled !== null) part.set(settled);
    if (calls.readMarks(tuples, settled === null ? 0 : 1) === 0)
      throw new RangeError("a segment has not as many marks as tuples");
    part.set(counters);
    calls.addActivity(tuples);
    return {
      counts: viewOf(calls, Uint8Array, "COUNTS_OUT", calls.activityCounts()),
      sums: viewOf(calls, Uint8Array, "SUMS_OUT", calls.activitySums()),
    };
  };
}
