// Parts of evidence → rows of the case, one transaction a part. A member is open (invisible) until its last part, then whole.

import type Database from "better-sqlite3";
import { assert } from "../../shared/failure.ts";
import { DUPLICATE, KEPT, type PackedSegment, parts, REJECTED, type RecordColumns } from "../segment/columns.ts";
import { encodeRecords } from "../segment/encode.ts";
import { CODEC } from "../segment/frame.ts";
import { withoutRecords } from "../segment/pack.ts";
import type { MemberContent, MemberEntry, UnitPart } from "../segment/part.ts";
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
  w.unit ??= openMembers(w, entries);
  const { firstMember, members, duplicates } = w.unit;
  const base = firstMember + (part.records.length > 0 ? (part.records.member[0] as number) : 0);

  markDuplicates(w, part.records, duplicates);
  const isDuplicate = (member: number, record: number): boolean => duplicates.has(member * 2 ** 32 + record);
  for (let i = 0; i < part.records.length; i++) countRecord(members[part.records.member[i] as number], part.records, i);
  for (const segment of part.segments) {
    const kept = duplicates.size === 0 ? segment : withoutRecords(segment, isDuplicate);
    if (kept) writeSegment(w, kept, firstMember);
  }
  const insertReject = prepared(
    w,
    "INSERT INTO reject (member_id, record, tuple, offset, length, reason, text) VALUES (?,?,?,?,?,?,?)",
  );
  for (const reject of part.rejects) {
    const counts = members[reject.member] as MemberCounts;
    if (isDuplicate(reject.member, reject.record)) {
      if (reject.tuple !== null) counts.duplicateTuples++; // told as a reject where the record came first
      continue;
    }
    insertReject.run(
      firstMember + reject.member,
      reject.record,
      reject.tuple,
      reject.offset,
      reject.length,
      reject.reason,
      reject.text,
    );
    counts.rejects++;
    if (reject.tuple !== null) counts.rejectedTuples++;
  }
  if (part.records.length > 0) writeRecords(w, part.records, base);
  const insertEvidence = prepared(w, "INSERT INTO evidence (source_id, at, length, codec, bytes) VALUES (?,?,?,?,?)");
  for (const chunk of part.evidence) {
    insertEvidence.run(w.sourceId, w.evidenceAt + chunk.at, chunk.length, CODEC, chunk.bytes);
    w.unitEvidence = Math.max(w.unitEvidence, chunk.at + chunk.length);
  }
  if (part.last) {
    closeMembers(w, part, remarks, firstMember, members);
    w.evidenceAt += w.unitEvidence;
    w.unitEvidence = 0;
    w.unit = null;
  }
}

function openMembers(w: SourceWriting, entries: readonly MemberEntry[]): UnitWriting {
  const insert = prepared(
    w,
    `INSERT INTO member (source_id, folder_id, name, bytes, file_bytes, file_time, records, duplicate_records, tuples, rejects, state, status)
     VALUES (?, ?, ?, 0, ?, ?, 0, 0, 0, 0, 'open', 'interrupted')`,
  );
  let firstMember = 0;
  entries.forEach((entry, i) => {
    const [folder, name] = split(entry.path);
    const id = Number(insert.run(w.sourceId, folderId(w, folder), name, entry.bytes, entry.fileTime).lastInsertRowid);
    if (i === 0) firstMember = id;
    assert(id === firstMember + i, "members of a unit have consecutive ids");
  });
  const members = entries.map(() => ({ ...noCounts(), first: Infinity, last: -Infinity }));
  return { firstMember, members, duplicates: new Set() };
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

function writeSegment(w: SourceWriting, segment: PackedSegment, firstMember: number): void {
  const contexts = contextIds(w.texts, segment.contexts, segment.flowLogs);
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

function closeMembers(
  w: SourceWriting,
  part: UnitPart,
  remarks: readonly (string | null)[],
  firstMember: number,
  members: readonly MemberCounts[],
): void {
  const update = prepared(
    w,
    `UPDATE member SET bytes = ?, sha256 = ?, file_sha256 = ?, evidence_at = ?, records = ?, duplicate_records = ?, tuples = ?, rejects = ?,
       first_time = ?, last_time = ?, state = 'whole', status = ?, reason = ?, rejected_records = ?, rejected_tuples = ?, duplicate_tuples = ?,
       nic_id = ?, flow_log_id = ?, first_hour = ?, last_hour = ?, blob = ?, remark = ? WHERE id = ?`,
  );
  part.members.forEach((read, i) => {
    const counts = members[i] as MemberCounts;
    update.run(
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
      read.status,
      read.reason,
      counts.rejectedRecords,
      counts.rejectedTuples,
      counts.duplicateTuples,
      ...contentColumns(w, read.content),
      remarks[i] ?? null,
      firstMember + i,
    );
    for (const field of Object.keys(w.counts) as (keyof Counts)[]) w.counts[field] += counts[field]; // keys of Counts
  });
}
