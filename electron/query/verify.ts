// Does the case still hold what was read? Structure, the fingerprint of all rows, the checksum of every compressed value, derived
// columns, the journal, and embedded evidence: its bytes against their SHA-256, the rejects' texts. Finds damage, not forgery.

import { createHash, hash } from "node:crypto";
import type { Verification } from "../../shared/contract.ts";
import { activityOf } from "../segment/activity.ts";
import { KEPT, parts } from "../segment/columns.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen, encodeActivity } from "../segment/encode.ts";
import { sameContent } from "../segment/frame.ts";
import type { ReadDb } from "../store/database.ts";
import { checkDerived } from "../store/derive.ts";
import { fingerprint, logicalDigest, property } from "../store/fingerprint.ts";
import {
  eachRecordRun,
  eachReject,
  listMembers,
  listSegments,
  listSources,
  type MemberRow,
  readEvidence,
  readPart,
} from "../store/read.ts";
import { checkJournal } from "./verify-journal.ts";

const FINDINGS = 100;
const WINDOW = 16 * 1024 * 1024;

/** `rebuilt`: derived columns have just been built anew. */
export function verifyCase(db: ReadDb, casePath: string, rebuilt: boolean): Verification {
  const findings: string[] = [];
  const found = (sentence: string): void => {
    findings.push(sentence);
  };
  const attempt = <T>(what: string, run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (thrown) {
      found(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`);
      return otherwise;
    }
  };

  for (const line of attempt(
    "The file's structure cannot be read",
    () => db.pragma("integrity_check(20)") as { integrity_check: string }[],
    [],
  ))
    if (line.integrity_check !== "ok") found(`The file's structure is damaged: ${line.integrity_check}.`);

  const members = attempt("The members cannot be listed", () => listMembers(db), []);
  const sources = attempt("The sources cannot be listed", () => listSources(db), []);
  const kept = attempt("The fingerprint cannot be read", () => property(db, "fingerprint"), null);
  if (kept === null) {
    if (sources.every((source) => source.state === "whole") && sources.length > 0)
      found("Adding evidence was interrupted before its end was recorded; add it again.");
  } else if (attempt("The rows cannot be read", () => fingerprint(db), "") !== kept)
    found("A row that was logged differs from what was written (sources, members, texts, segments or rejects).");

  const tuples = checkSegments(db, attempt, found, members);
  const records = checkRecords(db, attempt, found, members);
  const evidence = checkEvidence(
    db,
    attempt,
    found,
    members,
    sources.some((source) => source.embedded === 1),
  );
  const derivedFindings = attempt("The derived columns cannot be read", () => checkDerived(db), [
    "The derived columns could not be checked.",
  ]);
  if (kept !== null) for (const sentence of derivedFindings) found(sentence);
  const digest = attempt("The records cannot be digested", () => logicalDigest(db), "");
  const keptDigest = attempt("The logical digest cannot be read", () => property(db, "logical digest"), null);
  if (keptDigest !== null && keptDigest !== digest) found("The logical digest differs from the records.");

  for (const sentence of attempt("The journal cannot be read", () => checkJournal(db), [])) found(sentence);

  const shown = findings.slice(0, FINDINGS);
  if (findings.length > FINDINGS) shown.push(`… and ${findings.length - FINDINGS} more findings.`);
  return {
    case: casePath,
    ok: findings.length === 0,
    evidence,
    derived: derivedFindings.length > 0 ? "damaged" : rebuilt ? "rebuilt" : "verified",
    members: members.length,
    records,
    tuples,
    logicalDigest: digest,
    findings: shown,
  };
}

type Attempt = <T>(what: string, run: () => T, otherwise: T) => T;
type Found = (sentence: string) => void;

function checkSegments(db: ReadDb, attempt: Attempt, found: Found, members: readonly MemberRow[]): number {
  let tuples = 0;
  const byMember = new Map<number, number>();
  for (const segment of attempt("The segments cannot be listed", () => listSegments(db), [])) {
    const name = `Segment ${segment.id}`;
    attempt(
      `${name} is damaged`,
      () => {
        const { addresses, keys } = decodeKeys(readPart(db, segment.id, "keys"));
        const { length, key, time, state } = decodeWhen(readPart(db, segment.id, "when"));
        const srcPort = decodePorts(readPart(db, segment.id, "ports"), length);
        const counters = decodeCounters(readPart(db, segment.id, "counters"), length);
        const place = decodePlace(readPart(db, segment.id, "place"), length);
        if (length !== segment.tuples) found(`${name} holds ${length} tuples, not ${segment.tuples}.`);
        if (key.some((each) => each >= keys.length)) throw new RangeError("a tuple has a key that is not there");
        for (let i = 0; i < length; i++) {
          const member = segment.firstMemberId + (place.member[i] as number);
          byMember.set(member, (byMember.get(member) ?? 0) + 1);
        }
        const activity = encodeActivity(
          activityOf({ addresses, keys, tuples: { length, key, time, state, srcPort, ...counters, ...place } }),
        );
        if (!sameContent(activity, readPart(db, segment.id, "activity")))
          found(`${name}: its activity differs from its tuples.`);
        tuples += length;
      },
      undefined,
    );
  }
  for (const member of members)
    if ((byMember.get(member.id) ?? 0) !== member.tuples)
      found(`${member.path}: its segments hold ${byMember.get(member.id) ?? 0} tuples, not ${member.tuples}.`);
  const expected = attempt(
    "The parts cannot be counted",
    () => db.prepare("SELECT count(*) * ? FROM segment").pluck().get(parts.length),
    0,
  );
  const there = attempt(
    "The parts cannot be counted",
    () => db.prepare("SELECT count(*) FROM segment_part").pluck().get(),
    0,
  );
  if (expected !== there) found(`${String(there)} parts of segments are there, not ${String(expected)}.`);
  return tuples;
}

function checkRecords(db: ReadDb, attempt: Attempt, found: Found, members: readonly MemberRow[]): number {
  const tuples = new Map<number, number>();
  const records = attempt(
    "A run of records is damaged",
    () => {
      let count = 0;
      for (const run of eachRecordRun(db)) {
        for (let i = 0; i < run.length; i++) {
          if (run.flags[i] !== KEPT) continue;
          count++;
          const member = run.firstMemberId + (run.member[i] as number);
          tuples.set(member, (tuples.get(member) ?? 0) + (run.tuples[i] as number));
        }
      }
      return count;
    },
    0,
  );
  for (const member of members)
    if ((tuples.get(member.id) ?? 0) !== member.tuples)
      found(`${member.path}: its records bring ${tuples.get(member.id) ?? 0} tuples, not ${member.tuples}.`);
  return records;
}

function checkEvidence(
  db: ReadDb,
  attempt: Attempt,
  found: Found,
  members: readonly MemberRow[],
  embedded: boolean,
): Verification["evidence"] {
  if (members.length === 0) return "none";
  if (!embedded) return "not embedded";
  let whole = true;
  for (const member of members) {
    if (member.evidenceAt === null || member.sha256 === null) continue;
    const ok = attempt(
      `The evidence of ${member.path} is damaged`,
      () => {
        const sum = createHash("sha256");
        for (let at = 0; at < member.bytes; at += WINDOW)
          sum.update(readEvidence(db, member, at, Math.min(WINDOW, member.bytes - at)) ?? "");
        return Buffer.compare(sum.digest(), member.sha256 as Uint8Array) === 0;
      },
      null,
    );
    if (ok === false) found(`The evidence of ${member.path} differs from its SHA-256.`);
    whole &&= ok === true;
  }
  const byId = new Map(members.map((member) => [member.id, member]));
  for (const reject of attempt("The rejects cannot be read", () => [...eachReject(db)], [])) {
    const member = byId.get(reject.memberId);
    if (!member || member.evidenceAt === null) continue;
    const bytes = attempt(
      `A reject of ${member.path} has no text`,
      () => readEvidence(db, member, reject.offset, reject.length),
      null,
    );
    if (bytes === null) continue;
    const text = Buffer.from(bytes).toString("utf8");
    if (!text.startsWith(reject.text.replace(/\uFFFD+$/, "")) && hash("sha256", text) !== hash("sha256", reject.text))
      found(`${member.path}: the reject at byte ${reject.offset} differs from the evidence.`);
  }
  return whole ? "verified" : "damaged";
}
