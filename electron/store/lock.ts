// One writer a case: `CASE-lock` beside it is a SQLite file held exclusively, which frees itself when its holder dies.

import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { AppError } from "../../shared/failure.ts";

export type Lock = { release(): void };

const OWNER = /tidemark-owner (\d+)@([^\n]{1,255})\n/;

/** Throws `busy` naming process and host when another process writes this case. */
export function acquireLock(casePath: string): Lock {
  const path = `${casePath}-lock`;
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = existsSync(path) ? statSync(path).ino : null;
    let db: Database.Database | null = null;
    try {
      db = new Database(path, { timeout: 0 });
      db.pragma("locking_mode = EXCLUSIVE"); // the first write's lock is kept until the connection closes
      db.pragma("journal_mode = MEMORY"); // what it says is worth nothing after a crash
      db.pragma("synchronous = OFF");
      const text = `tidemark-owner ${process.pid}@${hostname()}\n`;
      db.exec("BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS owner (text TEXT NOT NULL) STRICT; DELETE FROM owner;");
      db.prepare("INSERT INTO owner VALUES (?)").run(text);
      db.exec("COMMIT");
    } catch (thrown) {
      db?.close();
      if (thrown instanceof Database.SqliteError && thrown.code.startsWith("SQLITE_BUSY")) throw inUse(casePath, path);
      throw new AppError("not-found", `${path} cannot be written: ${whyNotWritten(path, thrown)}.`);
    }
    // A holder that was just ending may have removed the file that was opened here.
    if (existsSync(path) && (before === null || statSync(path).ino === before)) return held(db, path);
    db.close();
  }
  throw new AppError("busy", `${casePath} is changing hands; try again.`);
}

function whyNotWritten(path: string, thrown: unknown): string {
  if (!existsSync(dirname(path))) return `there is no folder ${dirname(path)}`;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof Database.SqliteError ? thrown.code : "";
  return /^SQLITE_(CANTOPEN|READONLY)/.test(code)
    ? `its folder is read-only or not yours (${said}); a case there can be looked at, and changed once it is copied elsewhere`
    : said;
}

/** What is no longer reached is closed, and its lock with it: whoever forgets to let go of a case still has it. */
const holding = new Set<Database.Database>();

function held(db: Database.Database, path: string): Lock {
  let open = true;
  holding.add(db);
  return {
    release() {
      if (!open) return;
      open = false;
      holding.delete(db);
      if (process.platform !== "win32") removed(path);
      db.close();
      if (process.platform === "win32") removed(path);
      removed(`${path}-journal`);
    },
  };
}

/** One that stays where it cannot be removed is free all the same: who holds it says the lock inside. */
function removed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // tried
  }
}

function inUse(casePath: string, lockPath: string): AppError {
  let owner: RegExpExecArray | null = null;
  for (let attempt = 0; attempt < 20 && owner === null; attempt++) {
    if (attempt > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25); // it may just be writing its name
    try {
      owner = OWNER.exec(readFileSync(lockPath, "latin1"));
    } catch {
      break; // gone again, or not readable by this user: the case is in use all the same
    }
  }
  const by = owner ? `PID ${owner[1]} on ${owner[2]}` : "another process";
  return new AppError("busy", `${casePath} is in use by ${by}.`);
}
