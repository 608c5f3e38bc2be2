// What is derived of the evidence, brought up to date after it has changed: conversations, digests, flows,
// activity.

import { AppError } from "../../shared/failure.ts";
import { deriveActivity, derivingActivity, keepActivity, type MadeActivity } from "../store/activity.ts";
import type { OpenCase } from "../store/case-file.ts";
import type { WriteDb } from "../store/database.ts";
import { deriveMissing, isAllDerived } from "../store/derive.ts";
import { keepFingerprint, property } from "../store/fingerprint.ts";
import { countTuples, type SegmentRow } from "../store/read.ts";
import { settleMissing, settleMissingBeside } from "../store/settle.ts";
import { CANCELLED } from "../store/settle-beside.ts";
import { letOthers } from "./let-others.ts";

/** Below this many tuples in the case it takes longer to start a thread than to settle them. */
const FEW = 300_000;

/** `day` of `days` is being settled. */
export type TellSettling = (day: number, days: number) => void;

/**
 * Flows are settled in a thread of their own while conversations are derived, where `jobs` are more than one. Where `signal` comes first
 * it throws `cancelled`: the case is consistent then, and its flows are settled when evidence is added again.
 */
export async function deriveAndSettle(
  open: OpenCase,
  tell: TellSettling,
  how: { readonly jobs: number; readonly signal: AbortSignal },
): Promise<void> {
  await deriveAndSettleFlows(open, tell, how);
  await deriveActivity(open.db, async () => {
    await letOthers();
    if (how.signal.aborted) throw new AppError("cancelled", CANCELLED);
  });
}

async function deriveAndSettleFlows(
  { path, db }: OpenCase,
  tell: TellSettling,
  { jobs, signal }: { readonly jobs: number; readonly signal: AbortSignal },
): Promise<void> {
  if (jobs === 1 || countTuples(db) < FEW) {
    deriveLogged(db);
    await settleMissing(db, async (day, days) => {
      tell(day, days);
      await letOthers();
      if (signal.aborted) throw new AppError("cancelled", CANCELLED);
    });
    return;
  }
  const broken = new AbortController();
  const derive = derivingActivity(db);
  const written = (segments: readonly SegmentRow[]): void => {
    if (!signal.aborted) derive(segments);
  };
  const made = (activity: readonly MadeActivity[]): void => {
    if (!signal.aborted) keepActivity(db, activity);
  };
  const told = { day: tell, written, made };
  const settling = settleMissingBeside(path, db, told, AbortSignal.any([signal, broken.signal]));
  try {
    deriveLogged(db);
  } catch (thrown) {
    broken.abort();
    await settling.catch(() => {}); // what was thrown first is told
    throw thrown;
  }
  await settling;
}

/** What does not take long: all but flows. */
export function deriveLogged(db: WriteDb): void {
  const isRead = property(db, "fingerprint") === null;
  if (isRead || !isAllDerived(db)) deriveMissing(db); // a rebuild was killed: what was logged is as it was
  if (isRead) keepFingerprint(db);
}
