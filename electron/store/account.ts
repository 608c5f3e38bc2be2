// The account of each member worked out from its records and rejects: what `member` keeps of it since version 3, so that what is kept
// can be checked, and members of earlier versions have one too.

import { DUPLICATE, KEPT, REJECTED } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { addDigest, newDigestSet, slotOfDigest } from "./digest-set.ts";
import { eachMemberOf, eachRecordRun, listMembers, type MemberRow } from "./read.ts";

export type MemberAccount = {
  records: number;
  duplicateRecords: number;
  rejectedRecords: number;
  tuples: number;
  duplicateTuples: number;
  rejectedTuples: number;
};

export type AccountedMember = Omit<MemberRow, keyof MemberAccount> & Readonly<MemberAccount>;

/** As `listMembers`, each with its account: as kept, or worked out where version 1 or 2 wrote the member. */
export function accountedMembers(db: ReadDb): AccountedMember[] {
  const rows = listMembers(db);
  if (rows.every(isAccounted)) return rows;
  const worked = workOutAccounts(db);
  return rows.map((row) => accounted(row, worked));
}

/** The members of a source one after another. */
export function* eachAccountedMember(db: ReadDb, sourceId: number): Generator<AccountedMember> {
  const missing =
    "SELECT EXISTS (SELECT 1 FROM member WHERE source_id = ? AND state = 'whole' AND rejected_records IS NULL)";
  const worked =
    db.prepare(missing).pluck().get(sourceId) === 1 ? workOutAccounts(db) : new Map<number, MemberAccount>();
  for (const row of eachMemberOf(db, sourceId)) yield accounted(row, worked);
}

function accounted(row: MemberRow, worked: ReadonlyMap<number, MemberAccount>): AccountedMember {
  if (isAccounted(row)) return row;
  const { rejectedRecords = 0, rejectedTuples = 0, duplicateTuples = 0 } = worked.get(row.id) ?? {};
  return { ...row, rejectedRecords, rejectedTuples, duplicateTuples };
}

function isAccounted(row: MemberRow): row is MemberRow & AccountedMember {
  return row.rejectedRecords !== null;
}

/** By member id; a member without records has none. */
export function workOutAccounts(db: ReadDb): Map<number, MemberAccount> {
  const accounts = new Map<number, MemberAccount>();
  const of = (member: number): MemberAccount => {
    let account = accounts.get(member);
    if (!account) {
      account = {
        records: 0,
        duplicateRecords: 0,
        rejectedRecords: 0,
        tuples: 0,
        duplicateTuples: 0,
        rejectedTuples: 0,
      };
      accounts.set(member, account);
    }
    return account;
  };
  const rejected = rejectedTuples(db);
  const duplicates = newDigestSet(1024);
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) {
      const account = of(run.firstMemberId + (run.member[i] as number));
      if (run.flags[i] === REJECTED) account.rejectedRecords++;
      else if (run.flags[i] === DUPLICATE) {
        account.duplicateRecords++;
        addDigest(duplicates, run.digest, i * 16);
      } else {
        account.records++;
        account.tuples += run.tuples[i] as number;
      }
    }
  }
  for (const [member, byRecord] of rejected) for (const count of byRecord.values()) of(member).rejectedTuples += count;
  if (duplicates.size === 0) return accounts;

  // A duplicate has as many tuples as the record that came first; only that one's rejects are kept.
  const tuples = new Float64Array(duplicates.used.length);
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) {
      const slot = run.flags[i] === KEPT ? slotOfDigest(duplicates, run.digest, i * 16) : -1;
      if (slot === -1) continue;
      const member = run.firstMemberId + (run.member[i] as number);
      tuples[slot] = (run.tuples[i] as number) + (rejected.get(member)?.get(run.record[i] as number) ?? 0);
    }
  }
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) {
      if (run.flags[i] !== DUPLICATE) continue;
      const slot = slotOfDigest(duplicates, run.digest, i * 16);
      of(run.firstMemberId + (run.member[i] as number)).duplicateTuples += tuples[slot] as number;
    }
  }
  return accounts;
}

/** Keeps what was worked out: where members came from columns, the rejects of records seen before were not among them. */
export function keepWorkedAccounts(db: WriteDb): void {
  const update = db.prepare(
    "UPDATE member SET rejected_records = ?, rejected_tuples = ?, duplicate_tuples = ? WHERE id = ?",
  );
  db.transaction(() => {
    for (const [id, { rejectedRecords, rejectedTuples, duplicateTuples }] of workOutAccounts(db))
      update.run(rejectedRecords, rejectedTuples, duplicateTuples, id);
  }).immediate();
}

/** How many tuples are rejects, by member and record. */
function rejectedTuples(db: ReadDb): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  const rows = db.prepare(
    `SELECT member_id, record, count(*) FROM reject JOIN member ON member.id = member_id
     WHERE tuple IS NOT NULL AND member.state = 'whole' GROUP BY member_id, record`,
  );
  for (const [member, record, count] of rows.raw().iterate() as IterableIterator<[number, number, number]>) {
    const byRecord = found.get(member) ?? new Map<number, number>();
    byRecord.set(record, count);
    found.set(member, byRecord);
  }
  return found;
}
