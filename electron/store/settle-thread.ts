// The thread that settles: reads the case by a connection of its own, and hands on what comes of it. When nothing is left to settle it
// makes half of the activity that is then missing.

import { parentPort, workerData } from "node:worker_threads";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { type MadeActivity, makingActivity } from "./activity.ts";
import { openForReading } from "./case-file.ts";
import { guarded, type ReadDb } from "./database.ts";
import type { SettledOutcome } from "./pending-settled.ts";
import type { SegmentRow } from "./read.ts";
import { type SettlingStep, settleDays } from "./settle-days.ts";
import type { SettlingPlan } from "./settling-plan.ts";

/** `stopped[0]`: 1 when it is to end before it is done. */
export type ToSettling = { readonly path: string; readonly plan: SettlingPlan; readonly stopped: Int32Array };
export type FromSettling = SettlingNews | { readonly failure: Failure } | { readonly end: "whole" | "stopped" };

/** `helped`: ids of segments whose activity this thread makes. */
export type SettlingNews =
  | { readonly step: SettlingStep; readonly helped: readonly number[] }
  | { readonly activity: readonly MadeActivity[] };

/** Segments a message. */
const AT_ONCE = 8;

if (parentPort === null) throw new Error("flows are settled in a thread of its own");
const port = parentPort;
const { path, plan, stopped } = workerData as ToSettling; // given by settle-beside.ts
try {
  port.postMessage({ end: guarded(path, settleAll) } satisfies FromSettling);
} catch (thrown) {
  port.postMessage({ failure: failureOf(thrown) } satisfies FromSettling);
}

function settleAll(): "whole" | "stopped" {
  const db = openForReading(path);
  try {
    for (const step of settleDays(db, plan)) {
      if (isStopped()) return "stopped";
      const helped = step.day === step.days ? secondHalf(step.settled?.segments ?? []) : [];
      port.postMessage({ step, helped: helped.map(({ id }) => id) } satisfies FromSettling);
      makeActivity(db, helped);
    }
    return isStopped() ? "stopped" : "whole";
  } finally {
    db.close();
  }
}

function isStopped(): boolean {
  return Atomics.load(stopped, 0) === 1;
}

/** The thread that writes makes that of the others meanwhile. */
function secondHalf(segments: readonly SettledOutcome[]): readonly SettledOutcome[] {
  return segments.slice(Math.ceil(segments.length / 2));
}

function makeActivity(db: ReadDb, segments: readonly SettledOutcome[]): void {
  if (segments.length === 0) return;
  const make = makingActivity(db);
  const rowOf = new Map(plan.segments.map((row) => [row.id, row]));
  for (let at = 0; at < segments.length && !isStopped(); at += AT_ONCE) {
    const some = segments.slice(at, at + AT_ONCE);
    const activity = some.map((settled) => make(rowOf.get(settled.id) as SegmentRow, settled));
    port.postMessage({ activity } satisfies FromSettling);
  }
}
