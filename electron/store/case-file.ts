// Opening, creating and sealing a case. Looking changes no byte; the first change goes to WAL; who ends writing returns the file
// to one self-contained DELETE-mode file. A file from somewhere else is hostile until its header and schema have been checked.

import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { AppError } from "../../shared/failure.ts";
import {
  APPLICATION_ID,
  connectForReading,
  connectForWriting,
  guarded,
  type ReadDb,
  versionOf,
  type WriteDb,
} from "./database.ts";
import { fingerprint, keepRows, property } from "./fingerprint.ts";
import { acquireLock, type Lock } from "./lock.ts";
import { migrations, NEWEST } from "./migrations/list.ts";

const MAGIC = "SQLite format 3\0";

/** Throws not-found, case-damaged or case-from-future before SQLite sees the file. */
export function checkHeader(path: string): void {
  if (!existsSync(path)) throw new AppError("not-found", `There is no case at ${path}.`);
  const stat = statSync(path);
  if (!stat.isFile()) throw new AppError("case-damaged", `${path} is not a file, so it is not a case.`);
  const head = Buffer.alloc(100);
  const fd = openSync(path, "r");
  const read = readSync(fd, head, 0, 100, 0);
  closeSync(fd);
  if (stat.size === 0)
    throw new AppError(
      "case-damaged",
      `${path} is empty: making this case was interrupted, or its bytes are lost. Delete it, or give the case another name.`,
    );
  if (read < 100 || head.toString("latin1", 0, 16) !== MAGIC)
    throw new AppError("case-damaged", `${path} is not a Tidemark case: it does not begin like one.`);
  if (head.readUInt32BE(68) !== APPLICATION_ID)
    throw new AppError("case-damaged", `${path} is an SQLite file of another program, not a Tidemark case.`);
  const version = head.readUInt32BE(60);
  if (version > NEWEST)
    throw new AppError(
      "case-from-future",
      `${path} was written by a newer version (case format ${version}; this version reads up to ${NEWEST}).`,
    );
  if (version === 0) throw new AppError("case-damaged", `${path} was never finished: it holds no case format.`);
  if (head[18] === 1 && existsSync(`${path}-wal`))
    throw new AppError(
      "case-damaged",
      `${path} is sealed, but ${path}-wal lies beside it and could change what it shows; move that file away.`,
    );
}

export function openForReading(path: string): ReadDb {
  checkHeader(path);
  return guarded(path, () => {
    const db = connected(path);
    try {
      checkSchema(path, db);
      return db;
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

/** One that was not sealed needs a place for its -shm, and one whose sealing was cut off must be written once. */
function connected(path: string): ReadDb {
  try {
    return readable(path);
  } catch (thrown) {
    if (codeOf(thrown) === "SQLITE_READONLY_ROLLBACK") return undone(path);
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(thrown)) || !isInWal(path)) throw thrown;
    throw notClosed(path, "-wal");
  }
}

function readable(path: string): ReadDb {
  const db = connectForReading(path);
  try {
    db.pragma("data_version"); // reads: what cannot be read is told here
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/**
 * A process was killed between the first and the last step of sealing the case, or of beginning to change it: what it wrote to the
 * first page lies in a -journal, to be taken back, which SQLite does for one that may write only.
 */
function undone(path: string): ReadDb {
  if (pagesBefore(`${path}-journal`) === 0)
    throw new AppError(
      "case-damaged",
      `${path} was never finished: making this case was interrupted. Add evidence to it, and it is made again.`,
    );
  const lock = acquireLock(path);
  try {
    const db = connectForWriting(path);
    try {
      db.pragma("data_version");
    } finally {
      db.close();
    }
  } catch (thrown) {
    throw /^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(thrown)) ? notClosed(path, "-journal") : thrown;
  } finally {
    lock.release();
  }
  checkHeader(path);
  return readable(path);
}

/** Pages that the file had before what a -journal takes back (sqlite.org/fileformat2.html, 3). */
function pagesBefore(journal: string): number {
  const head = Buffer.alloc(20);
  const fd = openSync(journal, "r");
  readSync(fd, head, 0, 20, 0);
  closeSync(fd);
  return head.readUInt32BE(16);
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}

function notClosed(path: string, companion: string): AppError {
  return new AppError(
    "not-found",
    `${path} was not closed by what wrote it, and lies where nothing can be written; copy it with its ${companion} to a place that can be.`,
  );
}

/**
 * The case being written: one at a time, until `close`, which seals it. `patienceMs`: how long it may wait for readers to leave; where
 * not given, for those in the middle of reading only.
 */
export type OpenCase = {
  readonly path: string;
  readonly db: WriteDb;
  readonly created: boolean;
  close(patienceMs?: number): void;
};

/** Opens the case for changes, creating it if it is not there. Throws `busy` when it is being written elsewhere. */
export function openForWriting(path: string): OpenCase {
  if (existsSync(path)) checkHeader(path);
  const lock = acquireLock(path);
  try {
    const isNew = !existsSync(path);
    if (!isNew) checkHeader(path);
    return guarded(path, () => {
      let db: WriteDb | null = null;
      try {
        db = connectForWriting(path);
        const created = isNew || isUnmade(db);
        if (created) create(db);
        else checkSchema(path, db);
        const open = db;
        return { path, db, created, close: (patienceMs) => seal(open, lock, patienceMs) };
      } catch (thrown) {
        db?.close();
        if (isNew) for (const suffix of ["", "-journal"]) rmSync(path + suffix, { force: true }); // nothing was ever in it
        throw thrown;
      }
    });
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

/** SQLite has just undone the making of this case, in the middle of which a process was killed: nothing was ever in it. */
function isUnmade(db: ReadDb): boolean {
  return versionOf(db) === 0 && db.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
}

function create(db: WriteDb): void {
  db.pragma("page_size = 8192");
  db.transaction(() => {
    for (const { sql } of migrations) db.exec(sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${NEWEST}`);
  })();
}

/**
 * Before the first change of a session; a case of an earlier version is brought to this one. Throws `busy` at once while a reader is
 * in the middle of reading a sealed case. Bulk ingest survives a crash at any moment in WAL; `synchronous` FULL where people wrote.
 */
export function beginChanges(db: WriteDb): void {
  db.pragma("busy_timeout = 0");
  try {
    db.pragma("journal_mode = WAL");
  } finally {
    db.pragma("busy_timeout = 5000");
  }
  upgrade(db);
  db.pragma("synchronous = NORMAL");
  db.pragma("wal_autocheckpoint = 8192");
  db.pragma("cache_size = -32000");
}

/**
 * All steps to this version in one transaction: the case is of the version it was, or of this one. New columns change the fingerprint,
 * so it is taken anew; but not where the rows already differed from it, or damage would go unnoticed from then on.
 */
function upgrade(db: WriteDb): void {
  const version = versionOf(db);
  if (version === NEWEST) return;
  db.transaction(() => {
    const kept = property(db, "fingerprint");
    const isWhole = kept !== null && fingerprint(db) === kept;
    for (const { sql } of migrations.slice(version)) db.exec(sql);
    db.pragma(`user_version = ${NEWEST}`);
    if (isWhole) keepRows(db);
  }).immediate();
}

function seal(db: WriteDb, lock: Lock, patienceMs: number | undefined): void {
  try {
    if (db.pragma("journal_mode", { simple: true }) === "wal") {
      if (patienceMs !== undefined) db.pragma(`busy_timeout = ${patienceMs}`);
      db.pragma("wal_checkpoint(TRUNCATE)");
      leaveWal(db, patienceMs ?? 0);
    }
  } catch (thrown) {
    // A reader is still looking, or the disk is full: the case stays in WAL, whole, and who closes it next seals it.
    if (!(thrown instanceof Error && "code" in thrown && /^SQLITE_(BUSY|FULL)/.test(String(thrown.code)))) throw thrown;
  } finally {
    db.close();
    lock.release();
  }
}

function leaveWal(db: WriteDb, patienceMs: number): void {
  for (let waited = 0; ; waited += 50) {
    try {
      db.pragma("journal_mode = DELETE");
      return;
    } catch (thrown) {
      if (waited >= patienceMs) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); // SQLite does not wait here by itself
    }
  }
}

/** For a reader that looked on while a case was written: what the writer could not seal because of it. */
export function sealLeft(path: string): void {
  if (!existsSync(path) || !isInWal(path)) return; // a process that was killed before it made a case leaves a lock beside nothing
  try {
    openForWriting(path).close();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown; // still being written, or read-only: not this reader's to change
  }
}

/** Byte 18 of the header: 1 a self-contained file, 2 a file that goes with its -wal. */
function isInWal(path: string): boolean {
  const head = Buffer.alloc(20);
  const fd = openSync(path, "r");
  readSync(fd, head, 0, 20, 0);
  closeSync(fd);
  return head[18] === 2;
}

export function isBeingWritten(path: string): boolean {
  return existsSync(`${path}-lock`);
}

const SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name";

/** Every object of the schema must be exactly what its version has: no trigger, view or table of somebody else's. */
function checkSchema(path: string, db: ReadDb): void {
  const { version, found } = db.transaction(() => ({
    version: versionOf(db),
    found: db.prepare(SCHEMA).raw().all(),
  }))();
  if (version < 1 || version > NEWEST || JSON.stringify(found) !== expectedSchema(version))
    throw new AppError(
      "case-damaged",
      `${path} does not have the tables of a Tidemark case: it is damaged, or was changed by another program.`,
    );
}

const expected = new Map<number, string>();
function expectedSchema(version: number): string {
  let schema = expected.get(version);
  if (schema === undefined) {
    const db = connectForWriting(":memory:");
    for (const { sql } of migrations.slice(0, version)) db.exec(sql);
    schema = JSON.stringify(db.prepare(SCHEMA).raw().all());
    db.close();
    expected.set(version, schema);
  }
  return schema;
}
