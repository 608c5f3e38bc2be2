// Two SHA-256 over a case: its logical digest (what evidence it holds, however it came) and its fingerprint (every plain row as
// logged, so that a changed row is found). Compressed columns carry checksums of their own; the journal is a chain (journal.ts).

import { createHash, hash } from "node:crypto";
import { KEPT } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { eachRecordRun, eachReject } from "./read.ts";

/** SHA-256 of the sorted distinct digests of records and of record-level rejects: the same evidence gives the same digest. */
export function logicalDigest(db: ReadDb): string {
  let bytes = new Uint8Array(1 << 16);
  let count = 0;
  const add = (from: Uint8Array, at: number): void => {
    if ((count + 1) * 16 > bytes.length) {
      const grown = new Uint8Array(bytes.length * 2);
      grown.set(bytes);
      bytes = grown;
    }
    for (let i = 0; i < 16; i++) bytes[count * 16 + i] = from[at + i] as number;
    count++;
  };
  for (const run of eachRecordRun(db))
    for (let i = 0; i < run.length; i++) if (run.flags[i] === KEPT) add(run.digest, i * 16);
  for (const reject of eachReject(db))
    if (reject.tuple === null) add(hash("sha256", `reject\n${reject.text}`, "buffer"), 0);

  const order = sortDigests(bytes, count);
  const sorted = new Uint8Array(count * 16);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const at = (order[i] as number) * 16;
    if (i > 0 && compareDigests(bytes, at, (order[i - 1] as number) * 16) === 0) continue;
    sorted.set(bytes.subarray(at, at + 16), kept++ * 16);
  }
  return createHash("sha256")
    .update(sorted.subarray(0, kept * 16))
    .digest("hex");
}

function compareDigests(bytes: Uint8Array, a: number, b: number): number {
  for (let i = 0; i < 16; i++) {
    const difference = (bytes[a + i] as number) - (bytes[b + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Positions of 16-byte digests in ascending order: dealt out by their first two bytes, then a few at a time. */
function sortDigests(bytes: Uint8Array, count: number): Uint32Array {
  const starts = new Uint32Array(65537);
  const digit = (i: number): number => ((bytes[i * 16] as number) << 8) | (bytes[i * 16 + 1] as number);
  for (let i = 0; i < count; i++) starts[digit(i) + 1] = (starts[digit(i) + 1] as number) + 1;
  for (let d = 1; d <= 65536; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
  const order = new Uint32Array(count);
  const next = starts.slice();
  for (let i = 0; i < count; i++) {
    const d = digit(i);
    order[next[d] as number] = i;
    next[d] = (next[d] as number) + 1;
  }
  for (let d = 0; d < 65536; d++) {
    const [from, to] = [starts[d] as number, starts[d + 1] as number];
    if (to - from > 1) order.subarray(from, to).sort((a, b) => compareDigests(bytes, a * 16, b * 16));
  }
  return order;
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
      sum.update(
        JSON.stringify(row.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value))),
      );
      sum.update("\n");
    }
  }
  return sum.digest("hex");
}

export function keepFingerprint(db: WriteDb): void {
  db.transaction(() => {
    keepProperty(db, "logical digest", logicalDigest(db));
    keepProperty(db, "fingerprint", fingerprint(db));
  }).immediate();
}

type Property = "logical digest" | "fingerprint" | "journal";

export function keepProperty(db: WriteDb, name: Property, value: string): void {
  db.prepare(
    "INSERT INTO property (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(name, value);
}

export function property(db: ReadDb, name: Property): string | null {
  return (db.prepare("SELECT value FROM property WHERE name = ?").pluck().get(name) as string | undefined) ?? null;
}

/** While evidence is being added, neither is true any more. */
export function forgetFingerprint(db: WriteDb): void {
  db.prepare("DELETE FROM property WHERE name IN ('logical digest', 'fingerprint')").run();
}
