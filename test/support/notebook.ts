// Operations, cases and engines for tests of the notebook.

import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { checkJournal } from "../../electron/query/verify-journal.ts";
import { beginChanges, openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { APPLICATION_ID } from "../../electron/store/database.ts";
import { appendEntries } from "../../electron/store/journal.ts";
import { migrations } from "../../electron/store/migrations/list.ts";
import type { Operation } from "../../shared/notebook.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder } from "./cli.ts";

export function noteOf(id: string, text = `text of ${id}`): Operation {
  return { what: "note.text", id, host: null, scope: EVERYTHING, time: null, text };
}

export function statusOf(host: string, status: "suspected" | "compromised" | "cleared" | null): Operation {
  return { what: "host.status", host, status };
}

/** A case with a notebook and no evidence; each list of operations in a transaction of its own. */
export function caseWith(...writes: readonly (readonly Operation[])[]): string {
  const path = join(folder(), "a.tidemark");
  append(path, ...writes);
  return path;
}

export function append(path: string, ...writes: readonly (readonly Operation[])[]): void {
  const open = openForWriting(path);
  beginChanges(open.db);
  for (const operations of writes) appendEntries(open.db, "ada", Date.now(), operations);
  open.close();
}

/** A case as version 1 made it; with the evidence of `from` where that is given. */
export function versionOne(from: string | null = null): string {
  const path = from ?? join(folder(), "v1.tidemark");
  const db = new Database(path);
  if (from === null) {
    db.pragma("page_size = 8192");
    db.exec(migrations[0]!.sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
  } else db.exec("DROP TABLE journal; DELETE FROM property WHERE name = 'journal'");
  db.pragma("user_version = 1");
  db.exec("VACUUM");
  db.close();
  return path;
}

/** What another program does to a case. */
export function tamper(path: string, sql: string, ...values: readonly unknown[]): void {
  const db = new Database(path);
  const { changes } = db.prepare(sql).run(...values);
  db.close();
  expect(changes).toBeGreaterThan(0);
}

export function findings(path: string): string[] {
  const db = openForReading(path);
  try {
    return checkJournal(db);
  } finally {
    db.close();
  }
}
