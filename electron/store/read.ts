// As-logged content for readers: sources, members, segments, records, rejects, evidence. Open members are invisible.

import type { Statement } from "better-sqlite3";
import { AppError } from "../../shared/failure.ts";
import type { Ms } from "../../shared/flow.ts";
import { type Part, type RecordColumns, SEGMENT_TUPLES } from "../segment/columns.ts";
import { decodeRecords } from "../segment/encode.ts";
import { unpack } from "../segment/frame.ts";
import { type ReadDb, versionOf } from "./database.ts";

export type SourceRow = {
  readonly id: number;
  readonly path: string;
  readonly kind: "folder" | "json" | "gzip" | "zip" | "tar" | "tar.gz" | "unknown";
  readonly sha256: Uint8Array | null;
  readonly bytes: number;
  readonly embedded: number;
  readonly addedTime: Ms;
  readonly state: "open" | "whole";
  readonly status: "complete" | "partial" | "unchanged" | "refused" | "interrupted";
  readonly reason: string | null;
};

export function listSources(db: ReadDb): SourceRow[] {
  return db
    .prepare(
      "SELECT id, path, kind, sha256, bytes, embedded, added_time AS addedTime, state, status, reason FROM source ORDER BY id",
    )
    .all() as SourceRow[];
}

export type MemberRow = {
  readonly id: number;
  readonly sourceId: number;
  readonly source: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Uint8Array | null;
  readonly fileBytes: number;
  readonly fileTime: Ms;
  readonly evidenceAt: number | null;
  readonly records: number;
  readonly duplicateRecords: number;
  readonly tuples: number;
  readonly rejects: number;
  readonly firstTime: Ms | null;
  readonly lastTime: Ms | null;
  readonly status: "complete" | "partial" | "refused";
  readonly reason: string | null;
  /** These three are null where version 1 or 2 wrote the member (see account.ts). */
  readonly rejectedRecords: number | null;
  readonly rejectedTuples: number | null;
  readonly duplicateTuples: number | null;
  readonly remark: string | null;
};

/** Since version 3. */
const SINCE_3 = {
  rejectedRecords: "rejected_records",
  rejectedTuples: "rejected_tuples",
  duplicateTuples: "duplicate_tuples",
  remark: "remark",
} as const;

function selectMember(db: ReadDb): string {
  const known = versionOf(db) >= 3;
  const later = Object.entries(SINCE_3).map(([name, column]) => `${known ? `member.${column}` : "NULL"} AS ${name}`);
  return MEMBER.replace("member.reason", `member.reason, ${later.join(", ")}`);
}

const MEMBER = `SELECT member.id, member.source_id AS sourceId, source.path AS source, folder.path || member.name AS path, member.bytes,
  member.sha256, member.file_bytes AS fileBytes, member.file_time AS fileTime, member.evidence_at AS evidenceAt, member.records,
  member.duplicate_records AS duplicateRecords, member.tuples, member.rejects, member.first_time AS firstTime,
  member.last_time AS lastTime, member.status, member.reason
  FROM member JOIN folder ON folder.id = member.folder_id JOIN source ON source.id = member.source_id
  WHERE member.state = 'whole'`;

/** In default order: of sources as added, of paths in byte order. */
export function listMembers(db: ReadDb): MemberRow[] {
  return db.prepare(`${selectMember(db)} ORDER BY member.source_id, member.id`).all() as MemberRow[];
}

export function membersOf(db: ReadDb, sourceId: number): MemberRow[] {
  return db.prepare(`${selectMember(db)} AND member.source_id = ? ORDER BY member.id`).all(sourceId) as MemberRow[];
}

/** The same one after another; no other statement may write meanwhile. */
export function eachMemberOf(db: ReadDb, sourceId: number): IterableIterator<MemberRow> {
  const select = `${selectMember(db)} AND member.source_id = ? ORDER BY member.id`;
  return db.prepare(select).iterate(sourceId) as IterableIterator<MemberRow>; // as selected; the table is STRICT
}

/** Neither evidence nor a word of anybody's. For a case of the newest version. */
export function isEmpty(db: ReadDb): boolean {
  const there = "SELECT EXISTS (SELECT 1 FROM member WHERE state = 'whole') OR EXISTS (SELECT 1 FROM journal)";
  return db.prepare(there).pluck().get() === 0;
}

/** A segment as it lies in the case; its parts are read when asked for. */
export type SegmentRow = {
  readonly id: number;
  readonly sourceId: number;
  readonly firstMemberId: number;
  readonly tuples: number;
  readonly firstTime: Ms;
  readonly lastTime: Ms;
  /** Case-wide context id of each of the segment's contexts. */
  readonly contexts: Uint32Array;
  readonly otherStates: readonly string[];
};

/** Segments that may hold tuples with from ≤ time < to, in default order. */
export function listSegments(db: ReadDb, from: Ms | null = null, to: Ms | null = null): SegmentRow[] {
  const rows = db
    .prepare(
      `SELECT segment.id, segment.source_id AS sourceId, segment.first_member_id AS firstMemberId, segment.tuples,
         segment.first_time AS firstTime, segment.last_time AS lastTime, segment.contexts, segment.other_states AS otherStates
       FROM segment JOIN member ON member.id = segment.first_member_id
       WHERE member.state = 'whole' AND (@from IS NULL OR segment.last_time >= @from) AND (@to IS NULL OR segment.first_time < @to)
       ORDER BY segment.source_id, segment.id`,
    )
    .all({ from, to }) as (Omit<SegmentRow, "contexts" | "otherStates"> & {
    contexts: Uint8Array;
    otherStates: string | null;
  })[];
  for (const row of rows) refuseUnlikely(row);
  return rows.map((row) => ({
    ...row,
    contexts: new Uint32Array(Uint8Array.from(row.contexts).buffer), // a copy: to begin where a number may
    otherStates: row.otherStates === null ? [] : (JSON.parse(row.otherStates) as string[]),
  }));
}

/** Memory is taken for what these say. */
function refuseUnlikely({
  id,
  tuples,
  contexts,
}: {
  readonly id: number;
  readonly tuples: number;
  readonly contexts: Uint8Array;
}): void {
  if (tuples < 0 || tuples > SEGMENT_TUPLES || contexts.length % 4 !== 0 || contexts.length > SEGMENT_TUPLES * 4)
    throw new AppError(
      "case-damaged",
      `The case is damaged: segment ${id} says that it has ${tuples} tuples of ${contexts.length / 4} contexts, which no segment can have.`,
    );
}

/** Of all segments, those of open members too. */
export function countTuples(db: ReadDb): number {
  return db.prepare("SELECT coalesce(sum(tuples), 0) FROM segment").pluck().get() as number;
}

/** Compiled once a connection: parts are many. */
const readingParts = new WeakMap<ReadDb, Statement>();

/** One compressed part of a segment. */
export function readPart(db: ReadDb, segmentId: number, part: Part): Uint8Array {
  let read = readingParts.get(db);
  if (!read) {
    read = db.prepare("SELECT bytes FROM segment_part WHERE segment_id = ? AND part = ?").pluck();
    readingParts.set(db, read);
  }
  const bytes = read.get(segmentId, part);
  if (!(bytes instanceof Uint8Array)) throw new RangeError(`segment ${segmentId} has no part "${part}"`);
  return bytes;
}

/** A run of records; members count from `firstMemberId`. */
export type RecordRun = RecordColumns & { readonly firstMemberId: number };

/** A run as it lies in the case. `bytes`: of its frame. */
export type RecordRunRow = {
  readonly id: number;
  readonly sourceId: number;
  readonly firstMemberId: number;
  readonly lastMemberId: number;
  readonly records: number;
  readonly bytes: number;
};

export function recordRuns(db: ReadDb, memberId: number | null = null): RecordRunRow[] {
  return db
    .prepare(
      `SELECT record_run.id, record_run.source_id AS sourceId, first_member_id AS firstMemberId, last_member_id AS lastMemberId,
         record_run.records, length(record_run.bytes) AS bytes
       FROM record_run JOIN member ON member.id = record_run.first_member_id
       WHERE member.state = 'whole' AND (@member IS NULL OR (first_member_id <= @member AND last_member_id >= @member))
       ORDER BY record_run.source_id, record_run.id`,
    )
    .all({ member: memberId }) as RecordRunRow[];
}

export function readRecordRun(db: ReadDb, id: number): RecordRun {
  const row = db.prepare("SELECT first_member_id AS firstMemberId, bytes FROM record_run WHERE id = ?").get(id) as {
    firstMemberId: number;
    bytes: Uint8Array;
  };
  return { ...decodeRecords(row.bytes), firstMemberId: row.firstMemberId };
}

export function* eachRecordRun(db: ReadDb, memberId: number | null = null): Generator<RecordRun> {
  const ids = db
    .prepare(
      `SELECT record_run.id FROM record_run JOIN member ON member.id = record_run.first_member_id
       WHERE member.state = 'whole' AND (@member IS NULL OR (first_member_id <= @member AND last_member_id >= @member)) ORDER BY record_run.source_id, record_run.id`,
    )
    .pluck()
    .all({ member: memberId }) as number[];
  const get = db.prepare("SELECT first_member_id AS firstMemberId, bytes FROM record_run WHERE id = ?");
  for (const id of ids) {
    const row = get.get(id) as { firstMemberId: number; bytes: Uint8Array };
    yield { ...decodeRecords(row.bytes), firstMemberId: row.firstMemberId };
  }
}

export type RejectRow = {
  readonly memberId: number;
  readonly record: number;
  readonly tuple: number | null;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly text: string;
};

/** In default order. */
export function* eachReject(db: ReadDb): Generator<RejectRow> {
  const ids = db
    .prepare(
      "SELECT reject.id FROM reject JOIN member ON member.id = member_id WHERE member.state = 'whole' ORDER BY source_id, member_id, reject.id",
    )
    .pluck()
    .all() as number[];
  const get = db.prepare(
    "SELECT member_id AS memberId, record, tuple, offset, length, reason, text FROM reject WHERE id = ?",
  );
  for (const id of ids) yield get.get(id) as RejectRow;
}

/** Bytes from … from + length of a member's embedded content; null when it is not embedded. */
export type EvidenceReader = (member: MemberRow, from: number, length: number) => Uint8Array | null;

export function readEvidence(db: ReadDb, member: MemberRow, from: number, length: number): Uint8Array | null {
  return evidenceReader(db)(member, from, length);
}

/** For one reading of many members in their order: small ones lie together in a chunk, which is unpacked once. */
export function evidenceReader(db: ReadDb): EvidenceReader {
  const list = db
    .prepare("SELECT id, at FROM evidence WHERE source_id = ? AND at < ? AND at + length > ? ORDER BY at")
    .raw();
  const get = db.prepare("SELECT bytes FROM evidence WHERE id = ?").pluck();
  let last: { readonly id: number; readonly bytes: Uint8Array } = { id: -1, bytes: new Uint8Array(0) };

  return (member, from, length) => {
    if (member.evidenceAt === null) return null;
    const start = member.evidenceAt + from;
    const end = Math.min(member.evidenceAt + member.bytes, start + length);
    const out = new Uint8Array(Math.max(0, end - start));
    let filled = 0;
    for (const [id, at] of list.all(member.sourceId, end, start) as [number, number][]) {
      if (last.id !== id) last = { id, bytes: unpack(get.get(id) as Uint8Array) };
      const piece = last.bytes.subarray(Math.max(0, start - at), end - at);
      out.set(piece, Math.max(0, at - start));
      filled += piece.length;
    }
    if (filled !== out.length) throw new RangeError(`the evidence of ${member.path} is not all there`);
    return out;
  };
}
