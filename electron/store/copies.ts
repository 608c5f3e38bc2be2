// Which members are downloads of one blob: of the same NIC, flow log and hour by their content, whatever their paths. Derived: each such
// member is compared with the one before it that holds the most records.

import { type BlobRecords, type Copy, type Relation, relate } from "../analysis/blob-copies.ts";
import { REJECTED } from "../segment/columns.ts";
import { type ReadDb, versionOf, type WriteDb } from "./database.ts";
import { eachRecordRun } from "./read.ts";

/** Records looked at in one pass: 16 bytes each are held. */
const PASS = 2_000_000;

type Blob = { readonly id: number; readonly key: string; readonly records: number };
type Pair = { readonly member: Blob; readonly earlier: Blob };
export type CopyRow = Copy & { readonly memberId: number; readonly earlierId: number };

/** Brings `member_copy` up to date: members that came since, and those whose earlier copy has gone. */
export function deriveCopies(db: WriteDb): void {
  const kept = new Set(db.prepare("SELECT member_id FROM member_copy").pluck().all() as number[]);
  const found = compare(
    db,
    pairsIn(db).filter(({ member }) => !kept.has(member.id)),
  );
  db.transaction(() => keep(db, found)).immediate();
}

/** Works all of it out anew; until it is known, what was stands. */
export function deriveCopiesAnew(db: WriteDb): void {
  const found = compare(db, pairsIn(db));
  db.transaction(() => {
    db.exec("DELETE FROM member_copy");
    keep(db, found);
  }).immediate();
}

function keep(db: WriteDb, rows: readonly CopyRow[]): void {
  const insert = db.prepare("INSERT INTO member_copy (member_id, earlier_id, relation, missing) VALUES (?, ?, ?, ?)");
  for (const { memberId, earlierId, relation, missing } of rows) insert.run(memberId, earlierId, relation, missing);
}

export type CopyCounts = { readonly [R in Relation]: number };

export function noCopies(): CopyCounts {
  return { same: 0, extension: 0, earlier: 0, altered: 0 };
}

/** By source id; a source without copies has none. */
export function copiesBySource(db: ReadDb): Map<number, CopyCounts> {
  const counts = new Map<number, CopyCounts>();
  if (versionOf(db) < 3) return counts;
  const rows = db
    .prepare("SELECT source_id, relation, count(*) FROM member_copy JOIN member ON member.id = member_id GROUP BY 1, 2")
    .raw()
    .all() as [number, Relation, number][];
  for (const [source, relation, count] of rows)
    counts.set(source, { ...(counts.get(source) ?? noCopies()), [relation]: count });
  return counts;
}

export function listCopies(db: ReadDb): CopyRow[] {
  if (versionOf(db) < 3) return [];
  return db
    .prepare(
      "SELECT member_id AS memberId, earlier_id AS earlierId, relation, missing FROM member_copy ORDER BY member_id",
    )
    .all() as CopyRow[]; // as selected; the table is STRICT and checked
}

/** Sentences about copies that differ from what the records give. */
export function checkCopies(db: ReadDb): string[] {
  if (versionOf(db) < 3) return [];
  const nameOf = (row: CopyRow): string => `${row.earlierId} ${row.relation} ${row.missing}`;
  const made = new Map(compare(db, pairsIn(db)).map((row) => [row.memberId, nameOf(row)]));
  const kept = new Map(listCopies(db).map((row) => [row.memberId, nameOf(row)]));
  return [...new Set([...made.keys(), ...kept.keys()])]
    .filter((id) => made.get(id) !== kept.get(id))
    .map((id) => `Member ${id}: which earlier copy of the blob it belongs to differs from its records.`);
}

/** Every blob but the first of its NIC, flow log and hour, with the longest before it. */
function pairsIn(db: ReadDb): Pair[] {
  const blobs = db
    .prepare(
      `SELECT member.id, json_array(nic_id, format, lower(coalesce(resource, guid, '')), first_hour) AS key,
         records + duplicate_records AS records
       FROM member JOIN flow_log ON flow_log.id = flow_log_id
       WHERE state = 'whole' AND blob = 1 ORDER BY source_id, member.id`,
    )
    .all() as Blob[];
  const longest = new Map<string, Blob>();
  const pairs: Pair[] = [];
  for (const blob of blobs) {
    const earlier = longest.get(blob.key);
    if (earlier) pairs.push({ member: blob, earlier });
    if (!earlier || blob.records > earlier.records) longest.set(blob.key, blob);
  }
  return pairs;
}

function compare(db: ReadDb, pairs: readonly Pair[]): CopyRow[] {
  const rows: CopyRow[] = [];
  for (let from = 0; from < pairs.length; ) {
    const wanted = new Map<number, number>();
    let records = 0;
    let to = from;
    for (; to < pairs.length && (to === from || records < PASS); to++) {
      for (const blob of Object.values(pairs[to] as Pair)) {
        if (!wanted.has(blob.id)) records += blob.records;
        wanted.set(blob.id, blob.records);
      }
    }
    const held = recordsOf(db, wanted);
    for (const { member, earlier } of pairs.slice(from, to)) {
      const [copy, other] = [held.get(member.id), held.get(earlier.id)];
      const related = copy && other ? relate(copy, other) : null;
      if (related) rows.push({ memberId: member.id, earlierId: earlier.id, ...related });
    }
    from = to;
  }
  return rows.sort((a, b) => a.memberId - b.memberId);
}

type Filling = { digests: Uint8Array; length: number; firstTime: number; lastTime: number };

/** `wanted`: members, and how many records each has. */
function recordsOf(db: ReadDb, wanted: ReadonlyMap<number, number>): Map<number, BlobRecords> {
  const found = new Map<number, Filling>();
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) {
      const id = run.firstMemberId + (run.member[i] as number);
      const records = wanted.get(id);
      if (records === undefined || run.flags[i] === REJECTED) continue;
      let own = found.get(id);
      if (!own) {
        own = { digests: new Uint8Array(records * 16), length: 0, firstTime: Infinity, lastTime: -Infinity };
        found.set(id, own);
      }
      own.digests.set(run.digest.subarray(i * 16, i * 16 + 16), own.length);
      own.length += 16;
      const time = run.time[i] as number;
      if (time === -1) continue;
      if (time < own.firstTime) own.firstTime = time;
      if (time > own.lastTime) own.lastTime = time;
    }
  }
  return found;
}
