// Settled columns kept, brought up to date and checked (docs/settling.md 5). Days are settled one after another; a day whose segments and
// flows at hand are what they were before is not settled again. A reader can do the same without writing, to check what is kept.

import { forgetColumns } from "../analysis/kept-columns.ts";
import type { ClockDifferences } from "../analysis/leave-out.ts";
import { settlingDay } from "../analysis/settle-day.ts";
import { DAY, noFlows } from "../analysis/settled.ts";
import { decodeAtHand, encodeAtHand } from "../segment/encode-settled.ts";
import { CODEC, sameContent } from "../segment/frame.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { forgetProperty, keepProperty, property } from "./fingerprint.ts";
import { type PendingSettled, pendingSettled, type SettledOutcome } from "./pending-settled.ts";
import { listSegments, type SegmentRow } from "./read.ts";
import { readSettled } from "./read-settled.ts";
import { linesIn, type SettlingLogs, settlingLogs } from "./settling-logs.ts";
import { type SettlingSegment, type SettlingSegments, settlingSegments } from "./settling-segment.ts";

/** A day's outcome as it is kept, with the ids of its segments. */
type DayRow = { readonly segments: Uint8Array; readonly atHand: Uint8Array; readonly clocks: string };

/** One transaction for so many tuples, or days, that were settled. */
const TUPLES = 4_000_000;
const DAYS = 500;

/** Called before each day that is settled, and within one of many tuples; what it awaits can write the case in between. */
export type BetweenDays = (day: number, days: number) => Promise<void>;

/** Settles what is not settled yet. What was written when this is interrupted need not be settled again. */
export async function settleMissing(db: WriteDb, between: BetweenDays): Promise<void> {
  if (isSettled(db)) return;
  const { logs, days } = settling(db);
  keepLines(db, logs.text);
  forgetDaysWithout(db, days);
  const pending = pendingSettled((id) => readSettled(db, id)?.bytes ?? null);
  const rows: [day: number, row: DayRow][] = [];
  const write = (): void => {
    db.transaction(() => writeOutcome(db, rows.splice(0), pending.take("all"))).immediate();
  };
  let carried: Uint8Array | null = null; // at the end of the day before, where that is not what it was
  let before = Number.NEGATIVE_INFINITY;
  let number = 0;
  for (const [day, segments] of days) {
    await between(number++, days.size);
    const kept = dayRow(db, day);
    if (before !== day - DAY) carried = null;
    before = day;
    const ids = idsOf(segments);
    if (kept && carried === null && Buffer.compare(kept.segments, ids) === 0) continue;
    const atHand: Uint8Array | null = carried ?? dayRow(db, day - DAY)?.atHand ?? null;
    const shares = settlingOne(day, segments, logs, atHand, pending);
    let step = shares.next();
    for (; step.done !== true; step = shares.next()) await between(number, days.size);
    const row: DayRow = { ...step.value, segments: ids };
    rows.push([day, row]);
    carried = kept && sameContent(kept.atHand, row.atHand) ? null : row.atHand;
    if (pending.size() > TUPLES || rows.length === DAYS) write();
  }
  write();
  keepProperty(db, "settled", "yes");
  forgetColumns();
}

export function isSettled(db: ReadDb): boolean {
  return property(db, "settled") !== null;
}

/** Throws all of it away and settles again. */
export async function settleAnew(db: WriteDb, between: BetweenDays): Promise<void> {
  db.transaction(() => forgetSettled(db)).immediate();
  await settleMissing(db, between);
}

function forgetSettled(db: WriteDb): void {
  db.exec("DELETE FROM settled_segment; DELETE FROM settled_day;");
  forgetProperty(db, "settled");
}

/** Sentences about settled columns that differ from what the tuples give; settles everything once more to find out. */
export function checkSettled(db: ReadDb): string[] {
  if (!isSettled(db)) return [];
  const findings: string[] = [];
  const { rows, logs, days } = settling(db);
  if (property(db, "lines") !== logs.text) findings.push("The lines of flow logs differ from the segments.");
  const pending = pendingSettled(() => null);
  const compare = ({ id, flows, leftOut, bytes }: SettledOutcome): void => {
    const kept = readSettled(db, id);
    if (!kept || !sameContent(kept.bytes, bytes) || kept.flows !== flows || kept.leftOut !== leftOut)
      findings.push(`The settled flows of segment ${id} differ from its tuples.`);
  };
  let atHand: Uint8Array | null = null;
  let before = Number.NEGATIVE_INFINITY;
  for (const [day, segments] of days) {
    const shares = settlingOne(day, segments, logs, before === day - DAY ? atHand : null, pending);
    let step = shares.next();
    while (step.done !== true) step = shares.next();
    const made = step.value;
    const kept = dayRow(db, day);
    if (!kept || !sameContent(kept.atHand, made.atHand) || kept.clocks !== made.clocks)
      findings.push(`The flows at hand at the end of ${dateOf(day)} differ from its tuples.`);
    before = day;
    atHand = made.atHand;
    pending.take(day).forEach(compare);
  }
  const counted = db.prepare("SELECT (SELECT count(*) FROM settled_segment), (SELECT count(*) FROM settled_day)").raw();
  const [keptSegments, keptDays] = counted.get() as [number, number];
  if (keptSegments !== rows || keptDays !== days.size)
    findings.push(`${keptSegments} segments of ${rows} and ${keptDays} days of ${days.size} are settled.`);
  return findings;
}

function dateOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

type Settling = { readonly rows: number; readonly logs: SettlingLogs; readonly days: Days };
type Days = ReadonlyMap<number, readonly SettlingSegment[]>;

function settling(db: ReadDb): Settling {
  const rows = listSegments(db);
  const logs = settlingLogs(db, rows);
  return { rows: rows.length, logs, days: daysOf(rows, settlingSegments(db, logs.ofContext)) };
}

/** Each day (its begin) with the segments that hold tuples of it, ascending. */
function daysOf(rows: readonly SegmentRow[], segmentOf: SettlingSegments): Days {
  const days = new Map<number, SettlingSegment[]>();
  for (const row of rows) {
    const segment = segmentOf(row);
    for (const day of segment.days()) {
      const own = days.get(day);
      if (own) own.push(segment);
      else days.set(day, [segment]);
    }
  }
  return new Map([...days].sort(([a], [b]) => a - b));
}

function idsOf(segments: readonly SettlingSegment[]): Uint8Array {
  return Buffer.from(Float64Array.from(segments, ({ row }) => row.id).buffer);
}

function dayRow(db: ReadDb, day: number): DayRow | null {
  const row = db.prepare("SELECT segments, at_hand AS atHand, clocks FROM settled_day WHERE day = ?").get(day);
  return (row as DayRow | undefined) ?? null;
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
function forgetDaysWithout(db: WriteDb, days: Days): void {
  const kept = db.prepare("SELECT day FROM settled_day").pluck().all() as number[];
  const forget = db.prepare("DELETE FROM settled_day WHERE day IN (?, ?)");
  db.transaction(() => {
    for (const day of kept) if (!days.has(day)) forget.run(day, day + DAY);
  }).immediate();
}

function writeOutcome(db: WriteDb, days: readonly [number, DayRow][], segments: readonly SettledOutcome[]): void {
  const keepDay = db.prepare(
    "INSERT OR REPLACE INTO settled_day (day, segments, codec, at_hand, clocks) VALUES (?, ?, ?, ?, ?)",
  );
  for (const [day, row] of days) keepDay.run(day, row.segments, CODEC, row.atHand, row.clocks);
  const keep = db.prepare(
    "INSERT OR REPLACE INTO settled_segment (segment_id, flows, left_out, codec, bytes) VALUES (?, ?, ?, ?, ?)",
  );
  for (const { id, flows, leftOut, bytes } of segments) keep.run(id, flows, leftOut, CODEC, bytes);
}

/** Gives `pending` what the day says of each segment; a share of the day at a time. */
function* settlingOne(
  day: number,
  segments: readonly SettlingSegment[],
  { logs }: SettlingLogs,
  atHand: Uint8Array | null,
  pending: PendingSettled,
): Generator<void, Omit<DayRow, "segments">> {
  let tuples = 0;
  for (const { row, length } of segments) tuples += length * shareOfDay(day, row);
  const settled = yield* settlingDay(day, tuples, segments, logs, atHand ? decodeAtHand(atHand) : noFlows());
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
    pending.add(day, segment, own, settled.usual.subarray(start, end));
    start = end;
    from = to;
  }
  return { atHand: encodeAtHand(settled.atHand), clocks: clockText(settled.clocks) };
}

/** About what part of a segment's tuples is of the day, were they spread evenly over its time. */
function shareOfDay(day: number, { firstTime, lastTime }: SegmentRow): number {
  const span = lastTime - firstTime + 1;
  return Math.max(0, Math.min(lastTime + 1, day + DAY) - Math.max(firstTime, day)) / span;
}

/** By NIC ascending: differences in ms ascending, each with its number of flows. */
function clockText(clocks: ClockDifferences): string {
  return JSON.stringify(
    [...clocks].sort(([a], [b]) => a - b).map(([nic, found]) => [nic, [...found].sort(([a], [b]) => a - b)]),
  );
}
