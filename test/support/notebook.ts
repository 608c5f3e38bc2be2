// Operations, cases and engines for tests of the notebook.

import { renameSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { checkJournal } from "../../electron/query/verify-journal.ts";
import { beginChanges, openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { APPLICATION_ID, type WriteDb } from "../../electron/store/database.ts";
import { fingerprint } from "../../electron/store/fingerprint.ts";
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
  return asVersion(1, from);
}

/** A case as an earlier version made it, in place of `from` where that is given: its rows in the tables and columns of that time. */
export function asVersion(version: number, from: string | null = null): string {
  const made = join(folder(), `v${version}.tidemark`);
  const db = new Database(made);
  db.pragma("page_size = 8192");
  for (const { sql } of migrations.slice(0, version)) db.exec(sql);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${version}`);
  if (from === null) {
    db.close();
    return made;
  }
  db.prepare("ATTACH ? AS newer").run(from);
  const tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
  db.pragma("foreign_keys = OFF");
  for (const table of db.prepare(tables).pluck().all() as string[]) {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all().join(", ");
    db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
  }
  const known = version < 2 ? "'logical digest', 'fingerprint'" : "'logical digest', 'fingerprint', 'journal'";
  db.exec(`DELETE FROM property WHERE name NOT IN (${known})`);
  db.prepare("UPDATE property SET value = ? WHERE name = 'fingerprint'").run(fingerprint(db as WriteDb));
  db.exec("DETACH newer");
  db.close();
  renameSync(made, from);
  return from;
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
