// Settled columns kept and brought up to date (docs/settling.md 5), in this thread or in one beside it, which leaves this one free to
// derive and to write. Each step is written in one transaction: what was written when this is interrupted need not be settled again.

import { DAY } from "../analysis/settled.ts";
import { CODEC } from "../segment/frame.ts";
import type { MadeActivity } from "./activity.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { forgetProperty, keepProperty, property } from "./fingerprint.ts";
import type { SegmentRow } from "./read.ts";
import { settleBeside } from "./settle-beside.ts";
import { type Settled, settleDays } from "./settle-days.ts";
import { linesIn } from "./settling-logs.ts";
import { planSettling, type SettlingPlan } from "./settling-plan.ts";

/** Called before each day that is settled, and within one of many tuples; what it awaits can write the case in between. */
export type BetweenDays = (day: number, days: number) => Promise<void>;

export function isSettled(db: ReadDb): boolean {
  return property(db, "settled") !== null;
}

/** Settles what is not settled yet, in this thread. */
export async function settleMissing(db: WriteDb, between: BetweenDays): Promise<void> {
  if (isSettled(db)) return;
  const plan = begin(db);
  for (const { day, days, settled } of settleDays(db, plan)) {
    if (settled) writeSettled(db, settled);
    else await between(day, days);
  }
  keepProperty(db, "settled", "yes");
}

/**
 * What is told while flows are settled beside: the day that is next; segments whose flows have been written, all of them; activity of such
 * segments that was made beside, of which the former is not told.
 */
export type BesideTold = {
  readonly day: (day: number, days: number) => void;
  readonly written: (segments: readonly SegmentRow[]) => void;
  readonly made: (activity: readonly MadeActivity[]) => void;
};

/** Settles what is not settled yet in a thread beside this one, which has begun when this returns. Throws `cancelled` where `signal` comes first. */
export async function settleMissingBeside(
  path: string,
  db: WriteDb,
  told: BesideTold,
  signal: AbortSignal,
): Promise<void> {
  if (isSettled(db)) return;
  const plan = begin(db);
  const rowOf = new Map(plan.segments.map((segment) => [segment.id, segment]));
  await settleBeside(path, plan, signal, (news) => {
    if ("activity" in news) return told.made(news.activity);
    const { day, days, settled } = news.step;
    if (!settled) return told.day(day, days);
    writeSettled(db, settled);
    const own = settled.segments.filter(({ id, isWhole }) => isWhole && !news.helped.includes(id));
    told.written(own.map(({ id }) => rowOf.get(id) as SegmentRow));
  });
  keepProperty(db, "settled", "yes");
}

/** Throws all of it away and settles again. */
export async function settleAnew(db: WriteDb, between: BetweenDays): Promise<void> {
  forgetSettled(db);
  await settleMissing(db, between);
}

function forgetSettled(db: WriteDb): void {
  db.transaction(() => {
    db.exec("DELETE FROM settled_segment; DELETE FROM settled_day;");
    forgetProperty(db, "settled");
    forgetProperty(db, "activity"); // it says that activity is of what was settled
  }).immediate();
}

/** What is kept is of the plan's lines and days from now on. */
function begin(db: WriteDb): SettlingPlan {
  const plan = planSettling(db);
  keepLines(db, plan.logs.text);
  forgetDaysWithout(db, plan);
  return plan;
}

/** Where a flow log at a NIC has come to stand in another line, nothing that was settled holds. */
function keepLines(db: WriteDb, text: string): void {
  const kept = property(db, "lines");
  if (kept === text) return;
  const now = linesIn(text);
  const moved = kept !== null && [...linesIn(kept)].some(([log, line]) => now.has(log) && now.get(log) !== line);
  db.transaction(() => {
    if (moved) forgetSettled(db);
    keepProperty(db, "lines", text);
  }).immediate();
}

/** Days whose evidence was taken back; the day after each is settled again. */
function forgetDaysWithout(db: WriteDb, { days }: SettlingPlan): void {
  const kept = db.prepare("SELECT day FROM settled_day").pluck().all() as number[];
  const forget = db.prepare("DELETE FROM settled_day WHERE day IN (?, ?)");
  db.transaction(() => {
    for (const day of kept) if (!days.has(day)) forget.run(day, day + DAY);
  }).immediate();
}

function writeSettled(db: WriteDb, { days, segments }: Settled): void {
  const keepDay = db.prepare(
    "INSERT OR REPLACE INTO settled_day (day, segments, codec, at_hand, clocks) VALUES (?, ?, ?, ?, ?)",
  );
  const keep = db.prepare(
    "INSERT OR REPLACE INTO settled_segment (segment_id, flows, left_out, codec, bytes) VALUES (?, ?, ?, ?, ?)",
  );
  db.transaction(() => {
    for (const [day, row] of days) keepDay.run(day, row.segments, CODEC, row.atHand, row.clocks);
    for (const { id, flows, leftOut, bytes } of segments) keep.run(id, flows, leftOut, CODEC, bytes);
  }).immediate();
}
