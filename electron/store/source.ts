// The life of a source in a case: begun, gone on with after a crash, ended, undone.

import { DUPLICATE, KEPT } from "../segment/columns.ts";
import type { MemberEntry } from "../segment/part.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { addDigest, type DigestSet, hasDigest, newDigestSet } from "./digest-set.ts";
import { forgetFingerprint } from "./fingerprint.ts";
import { eachRecordRun, membersOf } from "./read.ts";
import { textIds } from "./texts.ts";
import { noCounts, type SourceWriting } from "./write-part.ts";

export type NewSource = {
  readonly path: string;
  readonly kind: string;
  readonly bytes: number;
  readonly embed: boolean;
  readonly addedTime: number;
};

/** Begins a source. `digests`: of every record in the case so far. */
export function beginSource(path: string, db: WriteDb, source: NewSource, digests: DigestSet): SourceWriting {
  forgetFingerprint(db);
  const id = Number(
    db
      .prepare(
        "INSERT INTO source (path, kind, bytes, embedded, added_time, state, status) VALUES (?, ?, ?, ?, ?, 'open', 'interrupted')",
      )
      .run(source.path, source.kind, source.bytes, source.embed ? 1 : 0, source.addedTime).lastInsertRowid,
  );
  return writing(path, db, id, digests);
}

function writing(path: string, db: WriteDb, sourceId: number, digests: DigestSet): SourceWriting {
  return {
    path,
    db,
    sourceId,
    digests,
    statements: new Map(),
    texts: textIds(db),
    folders: new Map(),
    evidenceAt: 0,
    unitEvidence: 0,
    counts: noCounts(),
    unit: null,
  };
}

/**
 * Goes on with a source whose adding did not end: its whole members stay when they are the first of `entries`, unchanged on disk;
 * otherwise it is taken out, or left as it is where others rely on its records, and null says that it begins anew. `done`: how many
 * entries need not be read again.
 */
export function resumeSource(
  db: WriteDb,
  source: NewSource,
  entries: readonly MemberEntry[],
): { readonly sourceId: number; readonly done: number; readonly evidenceAt: number } | null {
  const open = db
    .prepare("SELECT id, embedded FROM source WHERE state = 'open' AND path = ? AND kind = ? ORDER BY id DESC")
    .get(source.path, source.kind) as { id: number; embedded: number } | undefined;
  if (!open) return null;
  forgetFingerprint(db);
  const whole = membersOf(db, open.id);
  const same = whole.every((member, i) => {
    const entry = entries[i];
    return entry?.path === member.path && entry.bytes === member.fileBytes && entry.fileTime === member.fileTime;
  });
  if (!same || (open.embedded === 1) !== source.embed) {
    if (membersRelyingOn(db, open.id).length > 0) endCutOff(db, open.id);
    else removeSource(db, open.id);
    return null;
  }
  const evidenceAt = db.transaction(() => dropOpenMembers(db, open.id)).immediate();
  return { sourceId: open.id, done: whole.length, evidenceAt };
}

/** What was read of it stays: records of other sources count as seen before because it has them. */
function endCutOff(db: WriteDb, sourceId: number): void {
  db.transaction(() => {
    dropOpenMembers(db, sourceId);
    db.prepare("UPDATE source SET state = 'whole', status = 'partial', reason = ? WHERE id = ?").run(
      "its adding was cut off, and it has changed since; what was read of it stays, for sources added after it share records with it",
      sourceId,
    );
  }).immediate();
}

/** Returns where its evidence ends then. */
function dropOpenMembers(db: WriteDb, sourceId: number): number {
  const evidenceAt = membersOf(db, sourceId).reduce(
    (end, member) => (member.evidenceAt === null ? end : Math.max(end, member.evidenceAt + member.bytes)),
    0,
  );
  const openMembers = "SELECT id FROM member WHERE source_id = ? AND state = 'open'";
  db.prepare(`DELETE FROM segment WHERE first_member_id IN (${openMembers})`).run(sourceId);
  db.prepare(`DELETE FROM record_run WHERE first_member_id IN (${openMembers})`).run(sourceId);
  db.prepare("DELETE FROM evidence WHERE source_id = ? AND at >= ?").run(sourceId, evidenceAt);
  db.prepare("DELETE FROM member WHERE source_id = ? AND state = 'open'").run(sourceId);
  return evidenceAt;
}

export function continueSource(
  path: string,
  db: WriteDb,
  resumed: { readonly sourceId: number; readonly evidenceAt: number },
  digests: DigestSet,
): SourceWriting {
  const w = writing(path, db, resumed.sourceId, digests);
  w.evidenceAt = resumed.evidenceAt;
  for (const row of db.prepare("SELECT id, path FROM folder WHERE source_id = ?").all(resumed.sourceId) as {
    id: number;
    path: string;
  }[])
    w.folders.set(row.path, row.id);
  return w;
}

export function endSource(w: SourceWriting, sha256: Uint8Array | null, status: string, reason: string | null): void {
  w.db
    .prepare("UPDATE source SET state = 'whole', sha256 = ?, status = ?, reason = ? WHERE id = ?")
    .run(sha256, status, reason, w.sourceId);
}

/** Takes everything a source brought out of the case; derived columns of it and of later sources go with it. */
export function removeSource(db: WriteDb, sourceId: number): void {
  db.transaction(() => {
    emptySource(db, sourceId);
    db.prepare("DELETE FROM source WHERE id = ?").run(sourceId);
  }).immediate();
}

/** Leaves the source as it was when it was begun, to be read again. */
export function emptySource(db: WriteDb, sourceId: number): void {
  forgetFingerprint(db);
  db.transaction(() => {
    db.prepare("UPDATE source SET state = 'open', status = 'interrupted' WHERE id = ?").run(sourceId);
    db.prepare(
      "DELETE FROM segment_conversation WHERE segment_id IN (SELECT id FROM segment WHERE source_id >= ?)",
    ).run(sourceId);
    db.prepare("DELETE FROM conversation_run WHERE source_id >= ?").run(sourceId);
    db.prepare("DELETE FROM endpoint_run WHERE source_id >= ?").run(sourceId);
    for (const table of ["segment", "record_run", "evidence"])
      db.prepare(`DELETE FROM ${table} WHERE source_id = ?`).run(sourceId);
    db.prepare("DELETE FROM member WHERE source_id = ?").run(sourceId);
    db.prepare("DELETE FROM folder WHERE source_id = ?").run(sourceId);
  })();
}

/** Every record kept in the case. */
export function loadDigests(db: ReadDb): DigestSet {
  const set = newDigestSet(
    (db.prepare("SELECT coalesce(sum(records), 0) FROM record_run").pluck().get() as number) + 1024,
  );
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) if (run.flags[i] === KEPT) addDigest(set, run.digest, i * 16);
  }
  return set;
}

/** Members of other sources that have records counted as duplicates of records which `sourceId` brought. */
export function membersRelyingOn(
  db: ReadDb,
  sourceId: number,
): { readonly sourceId: number; readonly memberId: number }[] {
  const own = newDigestSet(1024);
  const sourceOf = new Map(
    (db.prepare("SELECT id, source_id FROM member").raw().all() as [number, number][]).map(([id, source]) => [
      id,
      source,
    ]),
  );
  for (const run of eachRecordRun(db)) {
    if (sourceOf.get(run.firstMemberId) !== sourceId) continue;
    for (let i = 0; i < run.length; i++) if (run.flags[i] === KEPT) addDigest(own, run.digest, i * 16);
  }
  const relying = new Map<number, number>();
  for (const run of eachRecordRun(db)) {
    const source = sourceOf.get(run.firstMemberId) as number;
    if (source === sourceId) continue;
    for (let i = 0; i < run.length; i++) {
      if (run.flags[i] === DUPLICATE && hasDigest(own, run.digest, i * 16))
        relying.set(run.firstMemberId + (run.member[i] as number), source);
    }
  }
  return [...relying].map(([memberId, source]) => ({ memberId, sourceId: source }));
}
