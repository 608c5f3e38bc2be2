// Two SHA-256 over a case: its logical digest (what evidence it holds, however it came) and its fingerprint (every plain row as
// logged, so that a changed row is found; row-sums.ts says which). Compressed columns carry checksums of their own; the journal is a
// chain (journal.ts).

import { createHash, hash } from "node:crypto";
import { KEPT } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { eachRecordRun, eachReject } from "./read.ts";
import { addRow, newRowSums, printSums } from "./row-sums.ts";

/**
 * SHA-256 of the sorted distinct digests of records and of record-level rejects: the same evidence gives the same digest. `counts`:
 * whether a member does; those of one unit came in one transaction, and all do or none.
 */
export function logicalDigest(db: ReadDb, counts: (memberId: number) => boolean = () => true): string {
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
  for (const run of eachRecordRun(db)) {
    if (!counts(run.firstMemberId)) continue;
    for (let i = 0; i < run.length; i++) if (run.flags[i] === KEPT) add(run.digest, i * 16);
  }
  for (const reject of eachReject(db))
    if (reject.tuple === null && counts(reject.memberId)) add(hash("sha256", `reject\n${reject.text}`, "buffer"), 0);

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
const COLUMNS = {
  segment_part: "SELECT id, segment_id, part, codec, length(bytes) FROM segment_part ORDER BY id",
  record_run:
    "SELECT id, source_id, first_member_id, last_member_id, records, codec, length(bytes) FROM record_run ORDER BY id",
  evidence: "SELECT id, source_id, at, length, codec, length(bytes) FROM evidence ORDER BY id",
} as const;

const SELECTS: Readonly<Record<LoggedTable, string>> = {
  ...(Object.fromEntries(PLAIN.map((table) => [table, `SELECT * FROM ${table} ORDER BY id`])) as Record<
    (typeof PLAIN)[number],
    string
  >), // its keys are those of the list
  ...COLUMNS,
};

/** A table as logged: its rows count in the fingerprint, those of compressed columns by their shape. */
export type LoggedTable = (typeof PLAIN)[number] | keyof typeof COLUMNS;
export const loggedTables = [...PLAIN, ...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])] as const;

/** The rows of a table as the fingerprint counts them: id, and a text in which every value stands. */
export function* rowTexts(db: ReadDb, table: LoggedTable): Generator<readonly [id: number, text: string]> {
  for (const row of db.prepare(SELECTS[table]).raw().iterate() as IterableIterator<unknown[]>)
    yield [Number(row[0]), textOf(row)];
}

export function selectOf(table: LoggedTable): string {
  return SELECTS[table];
}

/** A row's values as text. */
export function textOf(row: readonly unknown[]): string {
  return JSON.stringify(row.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value)));
}

const RECOVERED = "SELECT name, value FROM property WHERE name = 'recovered'";

/** Over every plain as-logged row and the shape of every column row. `each` is told of every row. */
export function fingerprint(
  db: ReadDb,
  each: (table: LoggedTable, id: number, text: string) => void = () => {},
): string {
  const sum = createHash("sha256");
  for (const table of loggedTables) {
    sum.update(`${SELECTS[table]}\n`);
    for (const [id, text] of rowTexts(db, table)) {
      sum.update(text);
      sum.update("\n");
      each(table, id, text);
    }
  }
  const recovered = db.prepare(RECOVERED).raw().get();
  if (recovered !== undefined) sum.update(`${RECOVERED}\n${JSON.stringify(recovered)}\n`);
  return sum.digest("hex");
}

export function keepFingerprint(db: WriteDb): void {
  db.transaction(() => {
    keepProperty(db, "logical digest", logicalDigest(db));
    keepRows(db);
  }).immediate();
}

/** The fingerprint and the sums of rows, as the rows stand. */
export function keepRows(db: WriteDb): void {
  const sums = newRowSums();
  keepProperty(
    db,
    "fingerprint",
    fingerprint(db, (table, id, text) => addRow(sums, table, id, text)),
  );
  for (const table of loggedTables) keepProperty(db, `rows ${table}`, printSums(sums, table));
}

type Property =
  | "logical digest"
  | "fingerprint"
  | "journal"
  | "recovered"
  | "lines"
  | "settled"
  | "activity"
  | `rows ${LoggedTable}`;

export function keepProperty(db: WriteDb, name: Property, value: string): void {
  db.prepare(
    "INSERT INTO property (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(name, value);
}

export function property(db: ReadDb, name: Property): string | null {
  return (db.prepare("SELECT value FROM property WHERE name = ?").pluck().get(name) as string | undefined) ?? null;
}

/** While evidence is being added, none of it is true any more. */
export function forgetFingerprint(db: WriteDb): void {
  db.prepare(
    "DELETE FROM property WHERE name IN ('logical digest', 'fingerprint', 'settled', 'activity') OR name LIKE 'rows %'",
  ).run();
}

export function forgetProperty(db: WriteDb, name: Property): void {
  db.prepare("DELETE FROM property WHERE name = ?").run(name);
}
