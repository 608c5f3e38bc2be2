// The SQLite connection of a case. What a function may do is in its first argument: a reader cannot be handed to a writer.

import Database from "better-sqlite3";
import { AppError } from "../../shared/failure.ts";

declare const reads: unique symbol;
declare const writes: unique symbol;
export type ReadDb = Database.Database & { readonly [reads]: true };
export type WriteDb = ReadDb & { readonly [writes]: true };

/** First 4 bytes of "TDMK", at offset 68 of the file. */
export const APPLICATION_ID = 0x54444d4b;

/** For a file whose header has been checked. Nothing in it is trusted to run. */
export function connectForReading(path: string): ReadDb {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
  harden(db);
  return db as ReadDb; // brand: opened read-only
}

export function connectForWriting(path: string): WriteDb {
  const db = new Database(path, { timeout: 5000 });
  try {
    harden(db);
    db.pragma("foreign_keys = ON");
  } catch (thrown) {
    db.close();
    throw thrown;
  }
  return db as WriteDb; // brand: the caller holds the case's lock
}

function harden(db: Database.Database): void {
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
}

/** The version of the case's format, from 1 (docs/case-format.md). */
export function versionOf(db: ReadDb): number {
  return Number(db.pragma("user_version", { simple: true }));
}

/** Runs SQL work, giving SQLite's errors the kind an investigator can act on. */
export function guarded<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw translated(path, thrown);
  }
}

export function translated(path: string, thrown: unknown): unknown {
  if (!(thrown instanceof Database.SqliteError)) return ofSystem(path, thrown);
  const { code, message } = thrown;
  if (code === "SQLITE_FULL") return new AppError("disk-full", `There is no room left to write ${path}.`);
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" || message === "unsupported file format")
    return new AppError("case-damaged", `${path} is damaged: ${message}.`);
  if (code.startsWith("SQLITE_BUSY")) return new AppError("busy", `${path} is in use by another program.`);
  if (code.startsWith("SQLITE_CANTOPEN") || code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_IOERR"))
    return new AppError("not-found", `${path} cannot be read or written: ${message}.`);
  return thrown;
}

/** What the system refuses (`EIO`, `EACCES` …) is no bug either. */
function ofSystem(path: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code === "ENOSPC") return new AppError("disk-full", `There is no room left to write ${path}.`);
  if (thrown instanceof Error && /^E[A-Z]+$/.test(code))
    return new AppError("not-found", `${path} cannot be read or written: ${thrown.message}.`);
  return thrown;
}

/** What is behind an error that should not be: where SQLite finds the file damaged, that; else the error itself. */
export function behind(path: string, db: ReadDb, thrown: unknown): unknown {
  if (thrown instanceof AppError || thrown instanceof Database.SqliteError) return thrown;
  try {
    const found = db.pragma("integrity_check(1)", { simple: true });
    return found === "ok" ? thrown : new AppError("case-damaged", `${path} is damaged: ${String(found)}.`);
  } catch (damage) {
    return translated(path, damage);
  }
}
