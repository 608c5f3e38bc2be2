// One UTC day settled (docs/settling.md): its tuples and the flows at hand give marks, adjusted counters, and the flows at hand on the
// next day. A day of many tuples is taken in shares by source and destination, so that memory stays bounded; segments are
// unpacked once for several of them.

import { adjustCounters, byPlace, type Differing, keepingCounters } from "./adjust-counters.ts";
import type { DaySegment, Logs } from "./day-segment.ts";
import { addAtHand, inOrder, noneFound } from "./flows-at-hand.ts";
import { gatherDay, placesOf } from "./gather-day.ts";
import { type ClockDifferences, leaveOut } from "./leave-out.ts";
import { DAY, type FlowsAtHand } from "./settled.ts";
import { layOut, type SettlingKernel } from "./settling-kernel.ts";
import { stitchFlows } from "./stitch-flows.ts";

/**
 * Tuples: of a part, which is unpacked at a time, 20 bytes each and some for their channels; of a share of it, at most 220 bytes each, as
 * a rule half of that.
 */
const MOST = { ofPart: 5_000_000, ofShare: 1_000_000 };

/** By place among the rows of the day's segments, taken one after another. `marks` and `usual` are good until another day is settled. */
export type SettledDay = {
  readonly marks: Uint8Array;
  /** The mark that the tuple would have if its flow were logged from B to E. Both: of other days' rows 0. */
  readonly usual: Uint8Array;
  /** Places ascending, four values each. */
  readonly adjustedAt: Uint32Array;
  readonly adjusted: Float64Array;
  readonly atHand: FlowsAtHand;
  readonly clocks: ClockDifferences;
};

/** A share at a time, for a day can take minutes. `day`: its begin, ms. `tuples`: about how many it has. */
export function* settlingDay(
  kernel: SettlingKernel,
  day: number,
  tuples: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  most = MOST,
): Generator<void, SettledDay> {
  layOut(kernel, { places: placesOf(segments), rows: 0, ofShare: 0, carried: 0, logs: 0 });
  kernel.columns.marks.fill(0);
  kernel.columns.usual.fill(0);
  const clocks: ClockDifferences = new Map();
  const differing: Differing[] = [];
  const next = noneFound();
  const parts = Math.max(1, Math.ceil(tuples / most.ofPart));
  const shares = Math.min(MOST_SHARES, Math.max(1, Math.ceil(tuples / parts / most.ofShare)));
  for (let part = 0; part < parts; part++) {
    const gathered = gatherDay(kernel, day, segments, logs, atHand, { part, parts, shares });
    const counted = shares === 1 ? segments : keepingCounters(segments);
    for (let share = 0; share < shares; share++) {
      const entries = kernel.calls.dealOut(gathered.rows, atHand.length, share);
      const flows = stitchFlows(kernel, day, logs, atHand);
      differing.push(adjustCounters(kernel, gathered, flows, counted, atHand));
      leaveOut(kernel, day, { gathered, share, entries }, flows, logs, clocks);
      addAtHand(kernel, next, day + DAY, gathered, flows, logs);
      yield;
    }
  }
  const { at, values } = byPlace(differing);
  const { marks, usual } = kernel.columns;
  return { marks, usual, adjustedAt: at, adjusted: values, atHand: inOrder(next), clocks };
}

/** Its number is a byte. */
const MOST_SHARES = 256;

/** What is kept of a segment's marks: the bits in which they differ from the usual ones (good until the next call), and counts. */
export type KeptMarks = { readonly differing: Uint8Array; readonly flows: number; readonly leftOut: number };

/** Of the day settled last. `first`: the place of the segment's first tuple. */
export function keptMarks({ calls, columns }: SettlingKernel, first: number, length: number): KeptMarks {
  calls.differFromUsual(first, length);
  const { marksFirst, marksLeftOut } = calls;
  return { differing: columns.part.subarray(0, length), flows: marksFirst.value, leftOut: marksLeftOut.value };
}

/** How many of the marked tuples have all of these bits. */
export function countMarks(marks: Uint8Array, bits: number): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (((marks[i] as number) & bits) === bits) count++;
  return count;
}
