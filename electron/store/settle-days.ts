// Days settled one after another (docs/settling.md 5); a day whose segments and flows at hand are what they were before is not settled
// again. Reads only: what comes of it is given out in steps, for whoever writes or compares.

import { forgetColumns } from "../analysis/kept-columns.ts";
import type { ClockDifferences } from "../analysis/leave-out.ts";
import { keptMarks, settlingDay } from "../analysis/settle-day.ts";
import { DAY, noFlows } from "../analysis/settled.ts";
import { newSettlingKernel, type SettlingKernel } from "../analysis/settling-kernel.ts";
import { decodeAtHand, encodeAtHand } from "../segment/encode-settled.ts";
import { sameContent } from "../segment/frame.ts";
import type { ReadDb } from "./database.ts";
import { type PendingSettled, pendingSettled, type SettledOutcome } from "./pending-settled.ts";
import type { SegmentRow } from "./read.ts";
import { readSettled } from "./read-settled.ts";
import { idsOf, type SettlingPlan } from "./settling-plan.ts";
import { type SettlingSegment, settlingSegments } from "./settling-segment.ts";

/** A day's outcome as it is kept, with the ids of its segments. */
export type DayRow = { readonly segments: Uint8Array; readonly atHand: Uint8Array; readonly clocks: string };

/** Days that were settled since the step before, and all that is known by then of their segments: to be written in one transaction. */
export type Settled = {
  readonly days: readonly (readonly [day: number, row: DayRow])[];
  readonly segments: readonly SettledOutcome[];
};

/** `day` of `days` is the next to be settled, or in the middle of it. */
export type SettlingStep = { readonly day: number; readonly days: number; readonly settled: Settled | null };

/** Days in one transaction hold about so many tuples, or are so many. */
const TUPLES = 1_000_000;
const DAYS = 500;

/** What is kept of a case that is being settled does not change but by what is given out here. */
export function* settleDays(db: ReadDb, plan: SettlingPlan): Generator<SettlingStep, void> {
  const segmentOf = settlingSegments(db, plan.logs.ofContext);
  const kernel = newSettlingKernel();
  const pending = pendingSettled((id) => readSettled(db, id)?.bytes ?? null);
  let rows: [day: number, row: DayRow][] = [];
  let carried: Uint8Array | null = null; // at the end of the day before, where that is not what it was
  let before = Number.NEGATIVE_INFINITY;
  let number = 0;
  const days = plan.days.size;
  for (const [day, places] of plan.days) {
    yield { day: number++, days, settled: null };
    const kept = dayRow(db, day);
    if (before !== day - DAY) carried = null;
    before = day;
    const own = places.map((place) => plan.segments[place] as SegmentRow);
    const ids = idsOf(own);
    if (kept && carried === null && Buffer.compare(kept.segments, ids) === 0) continue;
    const atHand: Uint8Array | null = carried ?? dayRow(db, day - DAY)?.atHand ?? null;
    const shares = settleDay(kernel, day, own.map(segmentOf), plan, atHand, pending);
    let step = shares.next();
    for (; step.done !== true; step = shares.next()) yield { day: number, days, settled: null };
    const row: DayRow = { ...step.value, segments: ids };
    rows.push([day, row]);
    carried = kept && sameContent(kept.atHand, row.atHand) ? null : row.atHand;
    if (pending.size() < TUPLES && rows.length < DAYS) continue;
    yield { day: number, days, settled: { days: rows, segments: pending.takeAll(day) } };
    rows = [];
  }
  forgetColumns();
  yield { day: number, days, settled: { days: rows, segments: pending.takeAll(Number.POSITIVE_INFINITY) } };
}

export function dayRow(db: ReadDb, day: number): DayRow | null {
  const row = db.prepare("SELECT segments, at_hand AS atHand, clocks FROM settled_day WHERE day = ?").get(day);
  return (row as DayRow | undefined) ?? null;
}

/** Gives `pending` what the day says of each segment; a share of the day at a time. */
export function* settleDay(
  kernel: SettlingKernel,
  day: number,
  segments: readonly SettlingSegment[],
  { logs: { logs } }: SettlingPlan,
  atHand: Uint8Array | null,
  pending: PendingSettled,
): Generator<void, Omit<DayRow, "segments">> {
  let tuples = 0;
  for (const { row, length } of segments) tuples += length * partOn(day, row);
  const settled = yield* settlingDay(kernel, day, tuples, segments, logs, atHand ? decodeAtHand(atHand) : noFlows());
  const { adjustedAt, adjusted } = settled;
  let start = 0;
  let from = 0;
  for (const segment of segments) {
    const end = start + segment.length;
    let to = from;
    while (to < adjustedAt.length && (adjustedAt[to] as number) < end) to++;
    const own = {
      marks: settled.marks.subarray(start, end),
      adjusted: { rows: adjustedAt.slice(from, to).map((at) => at - start), values: adjusted.slice(from * 4, to * 4) },
    };
    if (segment.isOfOneDay) pending.addWhole(day, segment, keptMarks(kernel, start, segment.length), own.adjusted);
    else pending.add(day, segment, own);
    start = end;
    from = to;
  }
  return { atHand: encodeAtHand(settled.atHand), clocks: clockText(settled.clocks) };
}

/** About what part of a segment's tuples is of the day, were they spread evenly over its time. */
function partOn(day: number, { firstTime, lastTime }: SegmentRow): number {
  const span = lastTime - firstTime + 1;
  return Math.max(0, Math.min(lastTime + 1, day + DAY) - Math.max(firstTime, day)) / span;
}

/** By NIC ascending: differences in ms ascending, each with its number of flows. */
function clockText(clocks: ClockDifferences): string {
  return JSON.stringify(
    [...clocks].sort(([a], [b]) => a - b).map(([nic, found]) => [nic, [...found].sort(([a], [b]) => a - b)]),
  );
}
