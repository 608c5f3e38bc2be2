// The journal of a case: operations people made, only ever appended. Each entry's hash covers the one before, and a property keeps
// how many there are and the last hash, so that a changed, missing or moved entry is found. Cases of version 1 have none.
//
//   hash = SHA-256 of previous ‖ for each of entry_id, author, time in decimal digits, operation: its length (4 bytes, big-endian) ‖ its bytes

import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../../shared/failure.ts";
import { Entry, type Operation } from "../../shared/notebook.ts";
import { type ReadDb, versionOf, type WriteDb } from "./database.ts";
import { keepProperty, property } from "./fingerprint.ts";

const FIRST_VERSION = 2;

/** What the first entry is chained to. */
export const NOTHING_BEFORE = Buffer.alloc(32);

/** An entry as its bytes stand in the file, so that each of them counts. `time`: decimal digits. */
export type JournalRow = {
  readonly id: number;
  readonly entryId: Buffer;
  readonly author: Buffer;
  readonly time: Buffer;
  readonly operation: Buffer;
  readonly previous: Buffer;
  readonly hash: Buffer;
};

/** In the order in which they were written. */
export function journalRows(db: ReadDb): JournalRow[] {
  if (versionOf(db) < FIRST_VERSION) return [];
  return db.prepare(`${ENTRY} ORDER BY id`).all() as JournalRow[]; // as selected; the table is STRICT
}

const ENTRY = `SELECT id, CAST(entry_id AS BLOB) AS entryId, CAST(author AS BLOB) AS author, CAST(CAST(time AS TEXT) AS BLOB) AS time,
  CAST(operation AS BLOB) AS operation, previous, hash FROM journal`;

export function journalRow(db: ReadDb, id: number): JournalRow | undefined {
  return db.prepare(`${ENTRY} WHERE id = ?`).get(id) as JournalRow | undefined; // as above
}

export function hashEntry(
  previous: Uint8Array,
  entry: Pick<JournalRow, "entryId" | "author" | "time" | "operation">,
): Buffer {
  const sum = createHash("sha256").update(previous);
  for (const part of [entry.entryId, entry.author, entry.time, entry.operation]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    sum.update(length).update(part);
  }
  return sum.digest();
}

/** The row as an entry; throws what zod throws where it is none. */
export function entryOf(row: JournalRow): Entry {
  return Entry.parse({
    id: row.entryId.toString(),
    author: row.author.toString(),
    time: Number(row.time.toString()),
    operation: JSON.parse(row.operation.toString()),
  });
}

/** Whether the entry says what was written, by its own hash; what stands before and after it is another matter. */
export function isAsWritten(row: JournalRow): boolean {
  return hashEntry(row.previous, row).equals(row.hash);
}

/** Every entry. Throws case-damaged where one is not as it was written: a notebook without it would say something else. */
export function listEntries(db: ReadDb): Entry[] {
  return journalRows(db).map((row) => {
    try {
      if (isAsWritten(row)) return entryOf(row);
    } catch {
      // told below
    }
    throw new AppError(
      "case-damaged",
      `Entry ${row.id} of the journal is not as it was written, so the notebook cannot be shown; verify the case.`,
    );
  });
}

/** What the property says of the journal: how many entries, and the hash of the last one. */
export function headOf(db: ReadDb): { readonly entries: number; readonly hash: Buffer } | null {
  const [, entries, hash] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(property(db, "journal") ?? "") ?? [];
  return entries === undefined || hash === undefined
    ? null
    : { entries: Number(entries), hash: Buffer.from(hash, "hex") };
}

/** Appends in a transaction of its own; when it returns, the entries survive a power cut. `now`: ms since 1970 UTC. */
export function appendEntries(db: WriteDb, author: string, now: number, operations: readonly Operation[]): void {
  db.pragma("synchronous = FULL");
  try {
    db.transaction(() => append(db, author, now, operations)).immediate();
  } finally {
    db.pragma("synchronous = NORMAL");
  }
}

function append(db: WriteDb, author: string, now: number, operations: readonly Operation[]): void {
  const last = lastEntry(db);
  const time = Math.max(now, last.time);
  write(
    db,
    last,
    operations.map((operation) => ({ entryId: uuidv7(time), author, time, operation: JSON.stringify(operation) })),
  );
}

/** Entries of another journal, as they stand there, into an empty one: the same entries give the same chain. */
export function restoreEntries(db: WriteDb, rows: readonly JournalRow[]): void {
  const texts = rows.map(({ entryId, author, time, operation }) => ({
    entryId: entryId.toString(),
    author: author.toString(),
    time: Number(time.toString()),
    operation: operation.toString(),
  }));
  if (texts.length > 0) db.transaction(() => write(db, lastEntry(db), texts)).immediate();
}

type EntryText = {
  readonly entryId: string;
  readonly author: string;
  readonly time: number;
  readonly operation: string;
};

function write(db: WriteDb, last: { readonly id: number; readonly hash: Buffer }, entries: readonly EntryText[]): void {
  let { id, hash } = last;
  const insert = db.prepare(
    "INSERT INTO journal (id, entry_id, author, time, operation, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  for (const { entryId, author, time, operation } of entries) {
    const previous = hash;
    hash = hashEntry(previous, {
      entryId: Buffer.from(entryId),
      author: Buffer.from(author),
      time: Buffer.from(String(time)),
      operation: Buffer.from(operation),
    });
    insert.run(++id, entryId, author, time, operation, previous, hash);
  }
  keepProperty(db, "journal", `${id} ${hash.toString("hex")}`);
}

/** Throws case-damaged where the journal does not end as was kept: appending would hide what is missing. */
function lastEntry(db: ReadDb): { readonly id: number; readonly time: number; readonly hash: Buffer } {
  const row = db.prepare("SELECT id, time, hash FROM journal ORDER BY id DESC LIMIT 1").get() as
    | { id: number; time: number; hash: Buffer }
    | undefined;
  const head = headOf(db);
  if (row === undefined ? property(db, "journal") !== null : row.id !== head?.entries || !row.hash.equals(head.hash))
    throw new AppError(
      "case-damaged",
      "The journal does not end as it was written, so nothing is added to it; verify the case.",
    );
  return row ?? { id: 0, time: 0, hash: NOTHING_BEFORE };
}

/** Time first, then chance (RFC 9562). */
function uuidv7(time: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(time % 2 ** 48, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
