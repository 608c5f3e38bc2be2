// Activity of segments by the kernel, straight from a segment's parts to the bytes that are kept; activity.ts is the same done plainly, and
// held equal by test. A third of its processor time.

import { damagedPart } from "./day-segment.ts";
import { columns, kernelExports, layOutColumns, PART_BYTES, putPart, viewOf } from "./kernel-memory.ts";

/** What kernel/index.ts exports for it, but for addresses of columns. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  /** `bytes`: of the part at PART, as in the next three. All throw where it does not hold what it says. */
  readActivityKeys(bytes: number): void;
  readActivityWhen(bytes: number, tuples: number): void;
  readMarks(bytes: number, tuples: number): void;
  addActivity(bytes: number, tuples: number): number;
  noMarks(tuples: number): void;
  activityCounts(): number;
  activitySums(): number;
};

/** Parts of a segment as they were before they were compressed. `settled`: null where its flows are not. */
export type ActivityParts = {
  readonly id: number;
  readonly tuples: number;
  part(name: "keys" | "when" | "counters"): Uint8Array;
  readonly settled: (() => Uint8Array) | null;
};

/** Gives the bytes to be compressed and kept: views, good until it is called again. Throws case-damaged. */
export type ActivityKernel = (parts: ActivityParts) => { readonly counts: Uint8Array; readonly sums: Uint8Array };

/** A segment has no more tuples or keys; its rows no more bytes in each of the two. */
const SEGMENT = 65536;
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
  return ({ id, tuples, part: partOf, settled }) => {
    const read = (name: string, bytesOf: () => Uint8Array, run: (bytes: number) => void): void => {
      try {
        run(putPart(part, bytesOf()));
      } catch (thrown) {
        throw damagedPart(id, name, thrown);
      }
    };
    read("keys", () => partOf("keys"), calls.readActivityKeys);
    read(
      "when",
      () => partOf("when"),
      (bytes) => calls.readActivityWhen(bytes, tuples),
    );
    if (settled === null) calls.noMarks(tuples);
    else read("settled", settled, (bytes) => calls.readMarks(bytes, tuples));
    read(
      "counters",
      () => partOf("counters"),
      (bytes) => calls.addActivity(bytes, tuples),
    );
    return {
      counts: viewOf(calls, Uint8Array, "COUNTS_OUT", calls.activityCounts()),
      sums: viewOf(calls, Uint8Array, "SUMS_OUT", calls.activitySums()),
    };
  };
}
