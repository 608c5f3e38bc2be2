// Recovering a case in this process, and tampering with one as damage would.

import Database from "better-sqlite3";
import { verifyCase } from "../../electron/query/verify.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { recover } from "../../electron/work/recover.ts";
import type { Recovery, Verification } from "../../shared/contract.ts";

export async function recoverHere(from: string, path: string): Promise<Recovery> {
  const { signal } = new AbortController();
  return await recover({ path, from, now: Date.UTC(2025, 2, 5), announce: () => {}, signal });
}

export function verifyHere(path: string): Verification {
  const db = openForReading(path);
  try {
    return verifyCase(db, path, false);
  } finally {
    db.close();
  }
}

/** SQL as no part of the program would run it. */
export function tamper(path: string, sql: string, ...values: readonly unknown[]): void {
  const db = new Database(path);
  try {
    db.pragma("foreign_keys = OFF");
    if (db.prepare(sql).run(...values).changes === 0) throw new Error(`nothing changed: ${sql}`);
  } finally {
    db.close();
  }
}

/** One bit in the middle of a compressed value. */
export function flipFrame(path: string, table: string, where: string): void {
  const db = new Database(path);
  const { id, bytes } = db.prepare(`SELECT id, bytes FROM ${table} WHERE ${where} LIMIT 1`).get() as {
    id: number;
    bytes: Buffer;
  };
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 16;
  db.prepare(`UPDATE ${table} SET bytes = ? WHERE id = ?`).run(bytes, id);
  db.close();
}
