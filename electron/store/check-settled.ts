// Whether the settled columns that are kept are what the tuples give: settles everything once more to find out.

import { forgetColumns } from "../analysis/kept-columns.ts";
import { DAY } from "../analysis/settled.ts";
import { newSettlingKernel } from "../analysis/settling-kernel.ts";
import { sameContent } from "../segment/frame.ts";
import type { ReadDb } from "./database.ts";
import { property } from "./fingerprint.ts";
import { pendingSettled, type SettledOutcome } from "./pending-settled.ts";
import type { SegmentRow } from "./read.ts";
import { readSettled } from "./read-settled.ts";
import { isSettled } from "./settle.ts";
import { dayRow, settleDay } from "./settle-days.ts";
import { idsOf, planSettling } from "./settling-plan.ts";
import { settlingSegments } from "./settling-segment.ts";

/** Sentences about what differs. */
export function checkSettled(db: ReadDb): string[] {
  if (!isSettled(db)) return [];
  const findings: string[] = [];
  const plan = planSettling(db);
  if (property(db, "lines") !== plan.logs.text) findings.push("The lines of flow logs differ from the segments.");
  const segmentOf = settlingSegments(db, plan.logs.ofContext);
  const kernel = newSettlingKernel();
  const pending = pendingSettled(() => null);
  const compare = ({ id, flows, leftOut, bytes }: SettledOutcome): void => {
    const kept = readSettled(db, id);
    if (!kept || !sameContent(kept.bytes, bytes) || kept.flows !== flows || kept.leftOut !== leftOut)
      findings.push(`The settled flows of segment ${id} differ from its tuples.`);
  };
  let atHand: Uint8Array | null = null;
  let before = Number.NEGATIVE_INFINITY;
  for (const [day, places] of plan.days) {
    const own = places.map((place) => segmentOf(plan.segments[place] as SegmentRow));
    const shares = settleDay(kernel, day, own, plan, before === day - DAY ? atHand : null, pending);
    let step = shares.next();
    while (step.done !== true) step = shares.next();
    const made = step.value;
    const kept = dayRow(db, day);
    if (!kept || !sameContent(kept.atHand, made.atHand) || kept.clocks !== made.clocks)
      findings.push(`The flows at hand at the end of ${dateOf(day)} differ from its tuples.`);
    else if (Buffer.compare(kept.segments, idsOf(own.map(({ row }) => row))) !== 0)
      findings.push(`${dateOf(day)} was settled of other segments than have its tuples.`);
    before = day;
    atHand = made.atHand;
    pending.takeWhole(day).forEach(compare);
  }
  forgetColumns();
  const counted = db.prepare("SELECT (SELECT count(*) FROM settled_segment), (SELECT count(*) FROM settled_day)").raw();
  const [keptSegments, keptDays] = counted.get() as [number, number];
  const { segments, days } = plan;
  if (keptSegments !== segments.length || keptDays !== days.size)
    findings.push(`${keptSegments} segments of ${segments.length} and ${keptDays} days of ${days.size} are settled.`);
  return findings;
}

function dateOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
