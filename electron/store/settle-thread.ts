// The thread that settles: reads the case by a connection of its own, and hands on what comes of it.

import { parentPort, workerData } from "node:worker_threads";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { openForReading } from "./case-file.ts";
import { guarded } from "./database.ts";
import { type SettlingStep, settleDays } from "./settle-days.ts";
import type { SettlingPlan } from "./settling-plan.ts";

/** `stopped[0]`: 1 when it is to end before it is done. */
export type ToSettling = { readonly path: string; readonly plan: SettlingPlan; readonly stopped: Int32Array };
export type FromSettling =
  | { readonly step: SettlingStep }
  | { readonly failure: Failure }
  | { readonly end: "whole" | "stopped" };

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
      if (Atomics.load(stopped, 0) === 1) return "stopped";
      port.postMessage({ step } satisfies FromSettling);
    }
    return "whole";
  } finally {
    db.close();
  }
}
