// Does each member's account say what its records and rejects give? Read = added + seen before + rejected, for records and for tuples.

import { workOutAccounts } from "../store/account.ts";
import type { ReadDb } from "../store/database.ts";
import type { MemberRow } from "../store/read.ts";

const WORDS = {
  records: "records",
  duplicateRecords: "records seen before",
  rejectedRecords: "rejected records",
  tuples: "tuples",
  duplicateTuples: "tuples of records seen before",
  rejectedTuples: "rejected tuples",
} as const;

/** Sentences about accounts that do not hold. What version 1 or 2 did not keep is not asked for. */
export function checkAccounts(db: ReadDb, members: readonly MemberRow[]): string[] {
  const findings: string[] = [];
  const worked = workOutAccounts(db);
  const rejects = new Map(
    db.prepare("SELECT member_id, count(*) FROM reject GROUP BY member_id").raw().all() as [number, number][],
  );
  for (const member of members) {
    const found = worked.get(member.id);
    for (const field of Object.keys(WORDS) as (keyof typeof WORDS)[]) {
      const [kept, made] = [member[field], found?.[field] ?? 0];
      if (kept !== null && kept !== made)
        findings.push(`${member.path}: its account says ${kept} ${WORDS[field]}, its records give ${made}.`);
    }
    const there = rejects.get(member.id) ?? 0;
    if (there !== member.rejects) findings.push(`${member.path}: ${there} rejects are there, not ${member.rejects}.`);
  }
  return findings;
}
