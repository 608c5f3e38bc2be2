// Does the case still hold what was read? Structure, every row, the checksum of every compressed value, derived columns, the journal,
// and embedded evidence: its bytes against their SHA-256, the rejects' texts; where a sum lies beside the file, every byte of it. Each
// finding names the place and what it means. Finds damage, not forgery. Runs to its end in one step: `verify-in-thread.ts` starts it.

import type { Verification, VerifyProgress } from "../../shared/contract.ts";
import { checkActivity } from "../store/activity.ts";
import { checkSettled } from "../store/check-settled.ts";
import type { ReadDb } from "../store/database.ts";
import { checkDerived } from "../store/derive.ts";
import { logicalDigest, property } from "../store/fingerprint.ts";
import { readLoss } from "../store/loss.ts";
import { listMembers, listSources } from "../store/read.ts";
import { checkAccounts } from "./verify-account.ts";
import { checkRecords, checkSegments } from "./verify-columns.ts";
import { checkEvidence } from "./verify-evidence.ts";
import { checkFile } from "./verify-file.ts";
import { checkJournal } from "./verify-journal.ts";
import { checkRows, checkShape, checkStructure } from "./verify-rows.ts";
import { type Found, progressOf, type Verifying } from "./verifying.ts";

const FINDINGS = 100;

/** `rebuilt`: derived columns have just been built anew. `tell`: is told a few times a second. */
export function verifyCase(
  db: ReadDb,
  casePath: string,
  rebuilt: boolean,
  tell: (progress: VerifyProgress) => void = () => {},
): Verification {
  const findings: string[] = [];
  const about = new Set<Parameters<Found>[0]>();
  const found: Found = (what, sentence) => {
    about.add(what);
    if (!findings.includes(sentence)) findings.push(sentence);
  };
  const attempt: Verifying["attempt"] = (what, place, run, otherwise) => {
    try {
      return run();
    } catch (thrown) {
      found(what, `${place}: ${reasonOf(thrown)}.`);
      return otherwise;
    }
  };

  const progress = progressOf(
    tell,
    attempt("structure", "The case cannot be measured", () => bytesIn(db), 0),
  );
  const through = progress.through;
  through("structure", 0);
  const fileHash = checkFile(casePath, found);
  checkStructure(db, attempt, found);
  const members = attempt("structure", "The members cannot be listed", () => listMembers(db), []);
  const sources = attempt("structure", "The sources cannot be listed", () => listSources(db), []);
  const kept = attempt("structure", "The fingerprint cannot be read", () => property(db, "fingerprint"), null);
  const v: Verifying = { db, members, found, attempt, through };

  through("rows", 0);
  checkRows(v, kept);
  checkShape(v, kept !== null);
  if (kept === null && sources.length > 0) found("unfinished", unfinished(sources));
  const tuples = checkSegments(v);
  const records = checkRecords(v);
  for (const sentence of attempt(
    "columns",
    "The accounts of members cannot be checked",
    () => checkAccounts(db, members),
    [],
  ))
    found("columns", sentence);
  const evidence = checkEvidence(v, sources);
  through("derived", 0);
  const derivedFindings = attempt(
    "derived",
    "The derived columns cannot be read",
    () => [...checkDerived(db), ...checkSettled(db), ...checkActivity(db)],
    ["The derived columns could not be checked."],
  );
  if (kept !== null) for (const sentence of derivedFindings) found("derived", sentence);
  const digest = attempt("columns", "The records cannot be digested", () => logicalDigest(db), "");
  const keptDigest = attempt("rows", "The logical digest cannot be read", () => property(db, "logical digest"), null);
  if (kept !== null && keptDigest !== digest) found("rows", "The logical digest differs from the records.");
  for (const sentence of attempt("journal", "The journal cannot be read", () => checkJournal(db), []))
    found("journal", sentence);
  progress.end();

  const shown = findings.slice(0, FINDINGS);
  if (findings.length > FINDINGS) shown.push(`… and ${findings.length - FINDINGS} more findings.`);
  return {
    case: casePath,
    ok: findings.length === 0,
    detects: "damage, not forgery: the case is not signed",
    fileHash,
    evidence: evidence.found,
    derived: derivedFindings.length > 0 ? "damaged" : rebuilt ? "rebuilt" : "verified",
    members: members.length,
    records,
    tuples,
    logicalDigest: digest,
    findings: shown,
    remarks: evidence.remarks,
    advice: adviceOn(about),
    recovered: attempt("rows", "The account of what was lost cannot be read", () => readLoss(db), null),
  };
}

/** A failure's sentence without its full stop: it stands inside another. */
function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, "");
}

function unfinished(sources: readonly { readonly path: string; readonly state: string }[]): string {
  const open = sources.find((source) => source.state === "open");
  return open
    ? `Adding ${open.path} has not ended, so its rows have no fingerprint yet and a changed one would not be found.`
    : "Adding evidence was interrupted before its end was recorded, so the rows have no fingerprint.";
}

function adviceOn(about: ReadonlySet<Parameters<Found>[0]>): string | null {
  const only = (...what: Parameters<Found>[0][]): boolean => [...about].every((each) => what.includes(each));
  if (about.size === 0) return null;
  if (only("unfinished")) return "Add the same evidence again: adding goes on where it ended.";
  if (only("file"))
    return "If the case was changed on purpose since, save a copy anew; if not, go back to the copy that the sum was made of.";
  if (only("derived", "file")) return 'Nothing logged is lost: "tidemark verify CASE --rebuild" derives it anew.';
  return 'Keep this file as it is. "tidemark recover CASE -o NEW" writes what is whole into a new case and lists what is lost.';
}

/** What is gone through: frames of segments and records as they lie, evidence as it was. */
function bytesIn(db: ReadDb): number {
  return ["length(bytes)) FROM segment_part", "length(bytes)) FROM record_run", "length) FROM evidence"].reduce(
    (sum, of) => sum + Number(db.prepare(`SELECT total(${of}`).pluck().get()),
    0,
  );
}
