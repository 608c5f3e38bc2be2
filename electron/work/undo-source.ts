// Taking a source back: what it brought leaves the case, and records of other sources that were duplicates of it are read again
// from the embedded evidence, so that the case is as if the source had never been added. All of it in one transaction, before which
// they are read: cut off anywhere, or where the bytes cannot be read, the case is as it was.

import type { Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { MemberBytes } from "../archive/open-member.ts";
import { unitsOf } from "../ingest/pool.ts";
import { readUnit } from "../ingest/read-unit.ts";
import { EVIDENCE_CHUNK, type MemberEntry, type UnitPart } from "../segment/part.ts";
import { deriveActivity } from "../store/activity.ts";
import type { OpenCase } from "../store/case-file.ts";
import type { WriteDb } from "../store/database.ts";
import { deriveMissing } from "../store/derive.ts";
import { keepFingerprint } from "../store/fingerprint.ts";
import { listSources, type MemberRow, membersOf, readEvidence, type SourceRow } from "../store/read.ts";
import { settleMissing } from "../store/settle.ts";
import {
  continueSource,
  emptySource,
  endSource,
  loadDigests,
  membersRelyingOn,
  removeSource,
} from "../store/source.ts";
import { begin, type HeldCase } from "./held-case.ts";
import { letOthers } from "./let-others.ts";
import { writeUnit } from "./write-unit.ts";

/** `source`: the path it was added by; the newest where several were. */
export function undoSource(held: HeldCase, source: string): Promise<Result<"source.undo">> {
  return held.use("existing", (open) => undo(open, source));
}

async function undo(open: OpenCase, source: string): Promise<Result<"source.undo">> {
  const { db } = open;
  const alike = listSources(db).filter((each) => each.path === source);
  const found = alike.at(-1);
  if (!found) {
    const known = listSources(db).map((each) => each.path);
    throw new AppError(
      "not-found",
      `The case holds no source ${source}; it holds ${known.length > 0 ? known.join(", ") : "none"}.`,
    );
  }
  const members = membersOf(db, found.id);
  const records = members.reduce((sum, member) => sum + member.records, 0);
  const tuples = members.reduce((sum, member) => sum + member.tuples, 0);
  const { gone, again } = relyingOn(db, found);

  await begin(open);
  const rewritten: Rewritten[] = [];
  for (const source of again) rewritten.push(await readAgain(db, source));
  db.transaction(() => {
    if (idsOf(relyingOn(db, found)) !== idsOf({ gone, again }))
      throw new AppError("busy", "The case was added to meanwhile; nothing was taken back. Take it back again.");
    for (const source of [found, ...gone]) removeSource(db, source.id);
    for (const each of rewritten) rewrite(open.path, db, each);
  }).immediate();
  deriveMissing(db);
  await settleMissing(db, letOthers);
  await deriveActivity(db, letOthers);
  keepFingerprint(db);
  const pathsOf = (sources: readonly SourceRow[]): string[] => sources.map((each) => each.path);
  const left = new Set([found, ...gone].map(({ id }) => id)); // one of that path can leave with it
  const staying = alike.filter(({ id }) => !left.has(id)).map(({ addedTime }) => addedTime);
  return {
    addedTime: found.addedTime,
    records,
    tuples,
    alike: staying.length,
    staying,
    readAgain: pathsOf(again),
    addAgain: pathsOf(gone),
  };
}

type Relying = { readonly gone: readonly SourceRow[]; readonly again: readonly SourceRow[] };

function idsOf({ gone, again }: Relying): string {
  return JSON.stringify([gone, again].map((sources) => sources.map(({ id }) => id)));
}

/**
 * Sources with records that count as duplicates of what leaves the case, in their order. Those that are embedded are read again; the
 * others leave it too, and so those that rely on them count as well.
 */
function relyingOn(db: WriteDb, found: SourceRow): Relying {
  const sources = listSources(db);
  const relying = new Set<number>();
  const leaving = [found.id];
  for (let id = leaving.shift(); id !== undefined; id = leaving.shift()) {
    for (const { sourceId } of membersRelyingOn(db, id)) {
      if (relying.has(sourceId) || sourceId === found.id) continue;
      relying.add(sourceId);
      if (sources.find((each) => each.id === sourceId)?.embedded === 0) leaving.push(sourceId);
    }
  }
  const others = sources.filter((each) => relying.has(each.id));
  return {
    gone: others.filter(({ embedded }) => embedded === 0),
    again: others.filter(({ embedded }) => embedded === 1),
  };
}

/** A source as its embedded bytes read, compressed as it will be kept. */
type Rewritten = {
  readonly source: SourceRow;
  readonly parts: readonly { readonly part: UnitPart; readonly entries: readonly MemberEntry[] }[];
};

async function readAgain(db: WriteDb, source: SourceRow): Promise<Rewritten> {
  const members = membersOf(db, source.id);
  const byPath = new Map(members.map((member) => [member.path, member]));
  const entries = members.map(
    (member): MemberEntry => ({
      path: member.path,
      file: member.path,
      entry: null,
      gzip: false,
      bytes: member.fileBytes,
      fileTime: member.fileTime,
      refused: member.status === "refused" ? (member.reason ?? "refused") : null,
    }),
  );
  const parts: { part: UnitPart; entries: readonly MemberEntry[] }[] = [];
  for (const unit of unitsOf(entries, true))
    await readUnit(
      unit,
      async (part) => {
        parts.push({ part, entries: unit.members });
      },
      async (entry) => {
        const member = byPath.get(entry.path);
        return held(member ? contentOf(db, member) : []);
      },
    );
  return { source, parts };
}

function rewrite(casePath: string, db: WriteDb, { source, parts }: Rewritten): void {
  emptySource(db, source.id);
  const w = continueSource(casePath, db, { sourceId: source.id, evidenceAt: 0 }, loadDigests(db));
  for (const { part, entries } of parts) writeUnit(w, source.path, part, entries);
  endSource(w, source.sha256, source.status, source.reason);
}

function contentOf(db: WriteDb, member: MemberRow): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < member.bytes; at += EVIDENCE_CHUNK) {
    const chunk = readEvidence(db, member, at, Math.min(EVIDENCE_CHUNK, member.bytes - at));
    if (chunk) chunks.push(chunk);
  }
  return chunks;
}

function held(chunks: readonly Uint8Array[]): MemberBytes {
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  return { chunks: all(), damage: () => null, fileSha256: () => null };
}
