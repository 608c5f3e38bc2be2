// Whatever a query, a page or an export can return is found by `verify` when it has changed: each value of each column of each table of
// a case, one after another. SQLite itself finds nothing wrong with any of these changes. What `verify` need not find stands below, with
// the reason why no answer can depend on it.

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyCase } from "../../electron/query/verify.ts";
import { beginChanges, openForWriting } from "../../electron/store/case-file.ts";
import type { WriteDb } from "../../electron/store/database.ts";
import { keepFingerprint, keepProperty } from "../../electron/store/fingerprint.ts";
import { appendEntries } from "../../electron/store/journal.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, nsgRecord, vnetRecord } from "../support/logs.ts";

/** Column → why no answer depends on it, whatever it says. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  "endpoint_run.id": "only its table counts it; runs are told by source_id",
  "conversation_run.id": "only its table counts it; runs are told by source_id",
};

/** SQLite counts on from it or from the highest id in use: only a number after which no row could be added does harm. */
const ONLY_IF_ABSURD = "sqlite_sequence.seq";

const BEGIN = "1741082400000,2001:db8::1,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0";
const END = "1741082401000,2001:db8::1,10.0.0.5,40000,443,6,O,E,NX,3,300,4,400";
const JOINED = [
  "1741082401000,2001:db8::1,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0",
  "1741082402000,2001:db8::1,10.0.0.5,40000,443,6,O,E,NX,6,700,9,900",
];
const OTHER = "1741082403000,192.0.2.9,10.0.0.5,40001,22,6,I,Q,NX_ODD,1,40,0,0";

let db: WriteDb;
let path: string;

beforeAll(async () => {
  path = join(folder(), "case.tidemark");
  const one = vnetRecord([["UserRule_a", BEGIN, END, ...JOINED, OTHER, "not a tuple"]]);
  const two = vnetRecord([["UserRule_b", "1741082460000,10.0.0.5,192.0.2.9,1,53,17,O,D,NX,0,0,0,0"]], {
    time: "2025-03-04T10:01:04.1234567Z",
  });
  const nsg = nsgRecord(2, [["DefaultRule_x", "1741082400,10.0.0.6,192.0.2.9,35370,23,T,O,A,B,,,,"]]);
  const otherSide = vnetRecord([["UserRule_a", BEGIN.replace(",O,", ",I,"), END.replace(",O,", ",I,")]], {
    mac: "000D3A333333",
  });
  await ingestHere(path, [
    folder([
      ["a/PT1H.json", blob(one)],
      ["b/PT1H.json", blob(nsg)],
      ["c/PT1H.json", Buffer.from("no log at all, but long enough to tell")],
      ["d/PT1H.json", blob(otherSide)],
    ]),
  ]);
  await ingestHere(path, [folder([["a/PT1H.json", blob(one, two)]])]); // a later copy
  const open = openForWriting(path);
  db = open.db;
  beginChanges(db);
  appendEntries(db, "ada", 1741082400000, [
    { what: "host.status", host: "10.0.0.5", status: "suspected" },
    { what: "note.text", id: "n", host: null, scope: EVERYTHING, time: null, text: "odd" },
  ]);
  keepProperty(db, "recovered", JSON.stringify({ from: "a.tidemark", time: 1741082400000, lost: ["nothing"] }));
  keepFingerprint(db);
  db.pragma("foreign_keys = OFF");
});

afterAll(() => db.close());

function tablesOf(): string[] {
  const all = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  return all as string[];
}

type Column = { readonly name: string; readonly type: string; readonly notnull: number };
function columnsOf(table: string): Column[] {
  return db.pragma(`table_info(${table})`) as Column[];
}

/** Other values of the same type, as near to it as can be. */
function othersThan(value: unknown, { type, notnull }: Column, table: string, name: string): unknown[] {
  const others: unknown[] = [];
  if (name === "state") return [value === "open" ? "whole" : "open"];
  if (name === "relation") return ["same", "extension", "earlier", "altered"].filter((each) => each !== value);
  if (typeof value === "number") others.push(value + 1);
  else if (typeof value === "string") others.push(value === "" ? "x" : changedText(value));
  else if (value instanceof Uint8Array) others.push(changedBytes(value));
  else others.push(type === "INTEGER" ? 1 : type === "BLOB" ? Buffer.alloc(32) : "x");
  if (value !== null && notnull === 0 && table !== "sqlite_sequence") others.push(null);
  return others;
}

function changedText(text: string): string {
  const at = Math.floor(text.length / 2);
  const code = text.charCodeAt(at);
  return text.slice(0, at) + String.fromCharCode(code === 65 ? 66 : 65) + text.slice(at + 1);
}

function changedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return Buffer.from([0]);
  const middle = Buffer.from(bytes);
  middle[bytes.length >>> 1] = (middle[bytes.length >>> 1] as number) ^ 1;
  return middle;
}

/** Findings where the row has another value; null where SQLite does not take it. */
function findingsOf(table: string, column: string, rowid: unknown, key: string, value: unknown): string[] | null {
  db.exec("SAVEPOINT change");
  try {
    db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} IS ?`).run(value, rowid);
    return verifyCase(db, path, false).findings as string[];
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(String(thrown.code)))
      return null;
    throw thrown;
  } finally {
    db.exec("ROLLBACK TO change; RELEASE change");
  }
}

test("the case is as it was written, and holds a row of every table", () => {
  expect(verifyCase(db, path, false).findings).toEqual([]);
  for (const table of tablesOf())
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBeGreaterThan(0);
});

test("verify finds every value that is changed, in any column of any table", { timeout: 120_000 }, () => {
  const missed: string[] = [];
  let changes = 0;
  for (const table of tablesOf()) {
    const columns = columnsOf(table);
    const key = table === "property" || table === "sqlite_sequence" ? "name" : "rowid";
    const rows = db.prepare(`SELECT ${key} AS "the key", * FROM ${table}`).all() as Record<string, unknown>[];
    for (const column of columns) {
      const name = `${table}.${column.name}`;
      if (NOT_ASKED[name] !== undefined || name === ONLY_IF_ABSURD) continue;
      for (const row of table === "property" ? rows : someOf(rows)) {
        for (const value of othersThan(row[column.name], column, table, column.name)) {
          const found = findingsOf(table, column.name, row["the key"], key, value);
          if (found === null) continue;
          changes++;
          if (found.length === 0)
            missed.push(`${name} of ${row["the key"]}: ${shown(row[column.name])} → ${shown(value)}`);
        }
      }
    }
  }
  expect(missed).toEqual([]);
  expect(changes).toBeGreaterThan(300);
});

/** The first and the last. */
function someOf<T>(rows: readonly T[]): readonly T[] {
  return rows.filter((_, i) => i === 0 || i === rows.length - 1);
}

function shown(value: unknown): string {
  const text = value instanceof Uint8Array ? `${value.length} bytes` : String(value);
  return text.slice(0, 40);
}

test.each(Object.keys(NOT_ASKED))("%s is a column there is", (name) => {
  const [table = "", column] = name.split(".");
  expect(columnsOf(table).map((each) => each.name)).toContain(column);
});

test("a number from which no id could go on is found", () => {
  expect(findingsOf("sqlite_sequence", "seq", "member", "name", 2 ** 50)).toHaveLength(1);
});

test("a row of derived values that is gone, or that nothing was derived for, is found", () => {
  const changes = ["endpoint_run", "conversation_run", "segment_conversation", "settled_segment", "settled_day"]
    .concat("segment_activity", "member_copy")
    .flatMap((table) => {
      const first = columnsOf(table)
        .filter(({ name }) => name !== "id")
        .map(({ name }) => name);
      const [told, ...others] = first;
      return [
        `DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`,
        `INSERT INTO ${table} (${first.join(", ")}) SELECT 86400000 * 7 + max(${told}), ${others.join(", ")} FROM ${table}`,
      ];
    });
  for (const sql of changes) {
    db.exec("SAVEPOINT change");
    try {
      expect(db.prepare(sql).run().changes, sql).toBe(1);
      expect(verifyCase(db, path, false).findings, sql).not.toEqual([]);
    } finally {
      db.exec("ROLLBACK TO change; RELEASE change");
    }
  }
});
