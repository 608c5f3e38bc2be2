// One UTC day settled (docs/settling.md): its tuples and the flows at hand give marks, adjusted counters, and the flows at hand on the
// next day. A day of many tuples is taken in shares by source and destination, so that memory stays bounded.

import { adjustCounters, byPlace, noneDiffering } from "./adjust-counters.ts";
import type { DaySegment, Logs } from "./day-segment.ts";
import { addAtHand, inOrder, noneFound } from "./flows-at-hand.ts";
import { gatherDay } from "./gather-day.ts";
import { keptColumn } from "./kept-columns.ts";
import { type ClockDifferences, leaveOut } from "./leave-out.ts";
import { DAY, type FlowsAtHand } from "./settled.ts";
import { stitchFlows } from "./stitch-flows.ts";

/** Tuples of a share; about 80 bytes each. */
const SHARE = 1_500_000;

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

const dayMarks = keptColumn(Uint8Array);
const dayUsual = keptColumn(Uint8Array);

/** A share at a time, for a day can take minutes. `day`: its begin, ms. `tuples`: about how many it has. */
export function* settlingDay(
  day: number,
  tuples: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share = SHARE,
): Generator<void, SettledDay> {
  let places = 0;
  for (const segment of segments) places += segment.length;
  const marks = dayMarks(places).fill(0, 0, places);
  const usual = dayUsual(places).fill(0, 0, places);
  const clocks: ClockDifferences = new Map();
  const differing = noneDiffering();
  const next = noneFound();
  const parts = Math.max(1, Math.ceil(tuples / share));
  for (let part = 0; part < parts; part++) {
    const gathered = gatherDay(day, segments, logs, atHand, { part, parts }, usual);
    const stitched = stitchFlows(day, gathered, segments, logs, atHand, marks);
    const totals = adjustCounters(gathered, stitched, segments, atHand, marks, differing);
    leaveOut(day, gathered, stitched, logs, marks, clocks);
    addAtHand(next, day + DAY, gathered, stitched, logs, totals);
    yield;
  }
  const { at, values } = byPlace(differing);
  return { marks, usual, adjustedAt: at, adjusted: values, atHand: inOrder(next), clocks };
}

/** How many of the marked tuples have all of these bits. */
export function countMarks(marks: Uint8Array, bits: number): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (((marks[i] as number) & bits) === bits) count++;
  return count;
}
