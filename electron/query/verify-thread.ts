// The thread that verifies a case, with a connection of its own.

import { parentPort, workerData } from "node:worker_threads";
import type { Verification, VerifyProgress } from "../../shared/contract.ts";
import { AppError, type Failure, failureOf } from "../../shared/failure.ts";
import { openForReading } from "../store/case-file.ts";
import { guarded, type ReadDb } from "../store/database.ts";
import { property } from "../store/fingerprint.ts";
import { verifyCase } from "./verify.ts";

export type ToVerify = { readonly path: string; readonly rebuilt: boolean };
export type FromVerify =
  | { readonly progress: VerifyProgress }
  | { readonly verification: Verification }
  | { readonly failure: Failure };

if (parentPort === null) throw new Error("a case is verified in a thread of its own");
const port = parentPort;
const { path, rebuilt } = workerData as ToVerify; // given by verify-in-thread.ts
port.postMessage(outcome());

function outcome(): FromVerify {
  try {
    return { verification: guarded(path, verified) };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

/** Evidence that comes or goes meanwhile would look like damage. */
function verified(): Verification {
  const db = openForReading(path);
  try {
    const before = stateOf(db);
    const verification = verifyCase(db, path, rebuilt, (progress) =>
      port.postMessage({ progress } satisfies FromVerify),
    );
    if (!verification.ok && stateOf(db) !== before)
      throw new AppError("busy", `${path} was changed while it was verified; verify it when that has ended.`);
    return verification;
  } finally {
    db.close();
  }
}

/** The same as long as nobody changes the evidence; the journal is read in one transaction. */
function stateOf(db: ReadDb): unknown {
  try {
    return property(db, "fingerprint") ?? db.pragma("data_version", { simple: true });
  } catch {
    return null; // damaged, as verifying says
  }
}
