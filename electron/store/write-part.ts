// Parts of evidence → rows of the case, one transaction a part. A member is open (invisible) until its last part, then whole.
// A little over 300 lines: what one transaction writes stands in one file.

import type Database from "better-sqlite3";
import { assert } from "../../shared/failure.ts";
import { DUPLICATE, KEPT, type PackedSegment, parts, REJECTED, type RecordColumns } from "../segment/columns.ts";
import { encodeRecords } from "../segment/encode.ts";
import { CODEC } from "../segment/frame.ts";
import { withoutRecords } from "../segment/pack.ts";
import type { EvidenceChunk, MemberContent, MemberEntry, MemberRead, RejectedText, UnitPart } from "../segment/part.ts";
import { guarded, type WriteDb } from "./database.ts";
import { addDigest, type DigestSet } from "./digest-set.ts";
import { contextIds, flowLogRow, nicId, type TextIds } from "./texts.ts";

/** `rejects`: rejected records, rejected tuples, and stretches inside a record. */
export type Counts = {
  records: number;
  duplicateRecords: number;
  rejectedRecords: number;
  tuples: number;
  duplicateTuples: number;
  rejectedTuples: number;
  rejects: number;
};

export function noCounts(): Counts {
  return {
    records: 0,
    duplicateRecords: 0,
    rejectedRecords: 0,
    tuples: 0,
    duplicateTuples: 0,
    rejectedTuples: 0,
    rejects: 0,
  };
}

/** Where a source's writing stands. */
export type SourceWriting = {
  readonly path: string;
  readonly db: WriteDb;
  readonly sourceId: number;
  readonly digests: DigestSet;
  readonly statements: Map<string, Database.Statement>;
  readonly texts: TextIds;
  readonly folders: Map<string, number>;
  /** Bytes of the source's evidence stream written by units before this one. */
  evidenceAt: number;
  unitEvidence: number;
  readonly counts: Counts;
  /** First row of the unit being written, and the counts of its members so far; null between units. */
  unit: UnitWriting | null;
};

/** `duplicates`: records of the unit, as member · 2³² + record: the rows of one may still come in the parts after its entry. */
type UnitWriting = {
  readonly firstMember: number;
  readonly members: MemberCounts[];
  readonly duplicates: Set<number>;
};

type MemberCounts = Counts & { first: number; last: number };

/** Compiled once a source: parts are many. */
function prepared(w: SourceWriting, sql: string): Database.Statement {
  const known = w.statements.get(sql);
  if (known) return known;
  const statement = w.db.prepare(sql);
  w.statements.set(sql, statement);
  return statement;
}

/** Writes a part whose unit has these members. `remarks`: on each of `part.members`. */
export function writePart(
  w: SourceWriting,
  part: UnitPart,
  entries: readonly MemberEntry[],
  remarks: readonly (string | null)[] = [],
): void {
  guarded(w.path, () => w.db.transaction(() => write(w, part, entries, remarks)).immediate());
}

function write(
  w: SourceWriting,
  part: UnitPart,
  entries: readonly MemberEntry[],
  remarks: readonly (string | null)[],
): void {
  const begun = w.unit;
  const members = begun?.members ?? entries.map(() => ({ ...noCounts(), first: Infinity, last: -Infinity }));
  const duplicates = begun?.duplicates ?? new Set<number>();
  markDuplicates(w, part.records, duplicates);
  for (let i = 0; i < part.records.length; i++) countRecord(members[part.records.member[i] as number], part.records, i);
  const isDuplicate = (member: number, record: number): boolean => duplicates.has(member * 2 ** 32 + record);
  const rejects = part.rejects.filter((reject) => countReject(members, reject, isDuplicate));

  const segments = part.segments
    .map((segment) => (duplicates.size === 0 ? segment : withoutRecords(segment, isDuplicate)))
    .filter((segment) => segment !== null);
  const contexts = segments.map((segment) => contextIds(w.texts, segment.contexts, segment.flowLogs)); // numbered first

  const closing = part.last ? { reads: part.members, remarks } : null;
  const firstMember = begun?.firstMember ?? addMembers(w, entries, members, closing);
  segments.forEach((segment, i) => {
    writeSegment(w, segment, contexts[i] as Uint32Array, firstMember);
  });
  writeRejects(w, rejects, firstMember);
  if (part.records.length > 0) writeRecords(w, part.records, firstMember + (part.records.member[0] as number));
  writeEvidence(w, part.evidence);
  if (closing === null) {
    w.unit = { firstMember, members, duplicates };
    return;
  }
  if (begun !== null) closeMembers(w, closing, firstMember, members);
  for (const counts of members)
    for (const field of Object.keys(w.counts) as (keyof Counts)[]) w.counts[field] += counts[field]; // keys of Counts
  w.evidenceAt += w.unitEvidence;
  w.unitEvidence = 0;
  w.unit = null;
}

/** Whether it is to be written: not one of a record that was told as a reject where it came first. */
function countReject(
  members: readonly MemberCounts[],
  reject: RejectedText,
  isDuplicate: (member: number, record: number) => boolean,
): boolean {
  const counts = members[reject.member] as MemberCounts;
  if (isDuplicate(reject.member, reject.record)) {
    if (reject.tuple !== null) counts.duplicateTuples++;
    return false;
  }
  counts.rejects++;
  if (reject.tuple !== null) counts.rejectedTuples++;
  return true;
}

function writeRejects(w: SourceWriting, rejects: readonly RejectedText[], firstMember: number): void {
  const insert = prepared(
    w,
    "INSERT INTO reject (member_id, record, tuple, offset, length, reason, text) VALUES (?,?,?,?,?,?,?)",
  );
  for (const { member, record, tuple, offset, length, reason, text } of rejects)
    insert.run(firstMember + member, record, tuple, offset, length, reason, text);
}

function writeEvidence(w: SourceWriting, evidence: readonly EvidenceChunk[]): void {
  const insert = prepared(w, "INSERT INTO evidence (source_id, at, length, codec, bytes) VALUES (?,?,?,?,?)");
  for (const chunk of evidence) {
    insert.run(w.sourceId, w.evidenceAt + chunk.at, chunk.length, CODEC, chunk.bytes);
    w.unitEvidence = Math.max(w.unitEvidence, chunk.at + chunk.length);
  }
}

/** The last two steps of a path differ from blob to blob (`macAddress=…/PT1H.json`); what stands before them is shared by many. */
function split(path: string): readonly [string, string] {
  const at = path.lastIndexOf("/", path.lastIndexOf("/") - 1) + 1;
  return [path.slice(0, at), path.slice(at)];
}

function folderId(w: SourceWriting, folder: string): number {
  const known = w.folders.get(folder);
  if (known !== undefined) return known;
  const id = Number(
    prepared(w, "INSERT INTO folder (source_id, path) VALUES (?, ?)").run(w.sourceId, folder).lastInsertRowid,
  );
  w.folders.set(folder, id);
  return id;
}

function markDuplicates(w: SourceWriting, records: RecordColumns, duplicates: Set<number>): void {
  for (let i = 0; i < records.length; i++) {
    if (records.flags[i] === REJECTED || addDigest(w.digests, records.digest, i * 16)) continue;
    records.flags[i] = DUPLICATE;
    duplicates.add((records.member[i] as number) * 2 ** 32 + (records.record[i] as number));
  }
}

function countRecord(counts: MemberCounts | undefined, records: UnitPart["records"], i: number): void {
  if (!counts) return;
  if (records.flags[i] === DUPLICATE) {
    counts.duplicateRecords++;
    counts.duplicateTuples += records.tuples[i] as number;
  } else if (records.flags[i] === REJECTED) counts.rejectedRecords++;
  else if (records.flags[i] === KEPT) {
    counts.records++;
    counts.tuples += records.tuples[i] as number;
    counts.first = Math.min(counts.first, records.firstTime[i] as number);
    counts.last = Math.max(counts.last, records.lastTime[i] as number);
  }
}

function writeSegment(w: SourceWriting, segment: PackedSegment, contexts: Uint32Array, firstMember: number): void {
  const id = prepared(
    w,
    "INSERT INTO segment (source_id, first_member_id, tuples, first_time, last_time, contexts, other_states) VALUES (?,?,?,?,?,?,?)",
  ).run(
    w.sourceId,
    firstMember + segment.firstMember,
    segment.tuples,
    segment.firstTime,
    segment.lastTime,
    Buffer.from(contexts.buffer),
    segment.otherStates.length > 0 ? JSON.stringify(segment.otherStates) : null,
  ).lastInsertRowid;
  const insert = prepared(w, "INSERT INTO segment_part (segment_id, part, codec, bytes) VALUES (?, ?, ?, ?)");
  for (const part of parts) insert.run(id, part, CODEC, segment.parts[part]);
}

/** Members inside a run count from its first. */
function writeRecords(w: SourceWriting, records: RecordColumns, base: number): void {
  const shift = records.member[0] as number;
  for (let i = 0; i < records.length; i++) records.member[i] = (records.member[i] as number) - shift;
  const last = base + (records.member[records.length - 1] as number);
  prepared(
    w,
    "INSERT INTO record_run (source_id, first_member_id, last_member_id, records, codec, bytes) VALUES (?,?,?,?,?,?)",
  ).run(w.sourceId, base, last, records.length, CODEC, encodeRecords(records));
}

/** nic_id, flow_log_id, first_hour, last_hour, blob. */
function contentColumns(w: SourceWriting, content: MemberContent | null): (number | null)[] {
  if (content === null) return [null, null, null, null, 0];
  const { nics, flowLogs, firstHour, lastHour, isBlob } = content;
  const [nic = null, ...otherNics] = nics;
  const [flowLog, ...otherLogs] = flowLogs;
  return [
    nic === null || otherNics.length > 0 ? null : nicId(w.texts, nic),
    flowLog === undefined || (otherLogs.length > 0 && !isBlob) ? null : flowLogRow(w.texts, flowLog),
    firstHour,
    lastHour,
    isBlob ? 1 : 0,
  ];
}

/** What the last part of a unit tells of its members. */
type Closing = { readonly reads: readonly MemberRead[]; readonly remarks: readonly (string | null)[] };

const CLOSED =
  `bytes, sha256, file_sha256, evidence_at, records, duplicate_records, tuples, rejects, first_time, last_time, state, status, reason,
  rejected_records, rejected_tuples, duplicate_tuples, nic_id, flow_log_id, first_hour, last_hour, blob, remark`
    .split(",")
    .map((column) => column.trim());

/** Values of the columns CLOSED. */
function closedColumns(w: SourceWriting, read: MemberRead, counts: MemberCounts, remark: string | null): unknown[] {
  return [
    read.bytes,
    read.sha256,
    read.fileSha256,
    read.evidenceAt === null ? null : w.evidenceAt + read.evidenceAt,
    counts.records,
    counts.duplicateRecords,
    counts.tuples,
    counts.rejects,
    Number.isFinite(counts.first) ? counts.first : null,
    Number.isFinite(counts.last) ? counts.last : null,
    "whole",
    read.status,
    read.reason,
    counts.rejectedRecords,
    counts.rejectedTuples,
    counts.duplicateTuples,
    ...contentColumns(w, read.content),
    remark,
  ];
}

const OPENED = ["source_id", "folder_id", "name", "file_bytes", "file_time"];
const INSERT_OPEN = `INSERT INTO member (${OPENED.join(", ")}, bytes, records, duplicate_records, tuples, rejects, state, status)
  VALUES (${OPENED.map(() => "?").join(", ")}, 0, 0, 0, 0, 0, 'open', 'interrupted')`;
const INSERT_WHOLE = `INSERT INTO member (${[...OPENED, ...CLOSED].join(", ")}) VALUES (${[...OPENED, ...CLOSED].map(() => "?").join(", ")})`;
const UPDATE_CLOSED = `UPDATE member SET ${CLOSED.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`;

/** Rows of a unit's members, whole at once where its first part is its last. The id of the first. */
function addMembers(
  w: SourceWriting,
  entries: readonly MemberEntry[],
  members: readonly MemberCounts[],
  closing: Closing | null,
): number {
  const insert = prepared(w, closing === null ? INSERT_OPEN : INSERT_WHOLE);
  let firstMember = 0;
  entries.forEach((entry, i) => {
    const [folder, name] = split(entry.path);
    const opened = [w.sourceId, folderId(w, folder), name, entry.bytes, entry.fileTime];
    const read = closing?.reads[i];
    const closed = read ? closedColumns(w, read, members[i] as MemberCounts, closing.remarks[i] ?? null) : [];
    const id = Number(insert.run(...opened, ...closed).lastInsertRowid);
    if (i === 0) firstMember = id;
    assert(id === firstMember + i, "members of a unit have consecutive ids");
  });
  return firstMember;
}

function closeMembers(
  w: SourceWriting,
  { reads, remarks }: Closing,
  firstMember: number,
  members: readonly MemberCounts[],
): void {
  const update = prepared(w, UPDATE_CLOSED);
  reads.forEach((read, i) => {
    update.run(...closedColumns(w, read, members[i] as MemberCounts, remarks[i] ?? null), firstMember + i);
  });
}
