// Two SHA-256 over a case: its logical digest (what evidence it holds, however it came) and its fingerprint (every plain row as
// logged, so that a changed row is found). Compressed columns carry checksums of their own.

import { createHash, hash } from "node:crypto";
import { KEPT } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { eachRecordRun, eachReject } from "./read.ts";

/** SHA-256 of the sorted distinct digests of records and of record-level rejects: the same evidence gives the same digest. */
export function logicalDigest(db: ReadDb): string {
  const digests: Buffer[] = [];
  for (const run of eachRecordRun(db)) {
    for (let i = 0; i < run.length; i++) {
      if (run.flags[i] === KEPT) digests.push(Buffer.from(run.digest.buffer, run.digest.byteOffset + i * 16, 16));
    }
  }
  for (const reject of eachReject(db)) {
    if (reject.tuple === null) digests.push(hash("sha256", `reject\n${reject.text}`, "buffer").subarray(0, 16));
  }
  digests.sort(Buffer.compare);
  const sum = createHash("sha256");
  digests.forEach((digest, i) => {
    if (i === 0 || !digest.equals(digests[i - 1] as Buffer)) sum.update(digest);
  });
  return sum.digest("hex");
}

const PLAIN = ["source", "folder", "member", "nic", "flow_log", "acl", "rule", "context", "segment", "reject"] as const;
const COLUMNS = [
  "SELECT id, segment_id, part, codec, length(bytes) FROM segment_part ORDER BY id",
  "SELECT id, source_id, first_member_id, last_member_id, records, codec, length(bytes) FROM record_run ORDER BY id",
  "SELECT id, source_id, at, length, codec, length(bytes) FROM evidence ORDER BY id",
] as const;

/** Over every plain as-logged row and the shape of every column row. */
export function fingerprint(db: ReadDb): string {
  const sum = createHash("sha256");
  for (const select of [...PLAIN.map((table) => `SELECT * FROM ${table} ORDER BY id`), ...COLUMNS]) {
    sum.update(`${select}\n`);
    for (const row of db.prepare(select).raw().iterate() as IterableIterator<unknown[]>) {
      sum.update(JSON.stringify(row.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value))));
      sum.update("\n");
    }
  }
  return sum.digest("hex");
}

export function keepFingerprint(db: WriteDb): void {
  const upsert = db.prepare("INSERT INTO property (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  db.transaction(() => {
    upsert.run("logical digest", logicalDigest(db));
    upsert.run("fingerprint", fingerprint(db));
  }).immediate();
}

export function property(db: ReadDb, name: "logical digest" | "fingerprint"): string | null {
  return (db.prepare("SELECT value FROM property WHERE name = ?").pluck().get(name) as string | undefined) ?? null;
}

/** While evidence is being added, neither is true any more. */
export function forgetFingerprint(db: WriteDb): void {
  db.prepare("DELETE FROM property WHERE name IN ('logical digest', 'fingerprint')").run();
}
