// The journal in the file: appended, chained, upgraded to, and what verify says of each way to change it behind our back.

import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test, vi } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { caseInfo } from "../../electron/query/info.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { beginChanges, openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { versionOf } from "../../electron/store/database.ts";
import { fingerprint, logicalDigest } from "../../electron/store/fingerprint.ts";
import { appendEntries, hashEntry, listEntries, NOTHING_BEFORE } from "../../electron/store/journal.ts";
import { NEWEST } from "../../electron/store/migrations/list.ts";
import { AppError } from "../../shared/failure.ts";
import { Entry } from "../../shared/notebook.ts";
import { folder, sha256 } from "../support/cli.ts";
import { append, caseWith, findings, noteOf, statusOf, tamper, versionOne } from "../support/notebook.ts";

const written = [
  [noteOf("a"), statusOf("10.0.0.4", "suspected")],
  [noteOf("b", "ä😀\ud800\u0000")],
  [noteOf("a", "more")],
];
const four = (): string => caseWith(...written);

function entries(path: string): Entry[] {
  const db = openForReading(path);
  try {
    return listEntries(db);
  } finally {
    db.close();
  }
}

function copyOf(path: string): string {
  const copy = join(folder(), "copy.tidemark");
  copyFileSync(path, copy);
  return copy;
}

test("what was written is read again, in its order, as entries of the contract; the case is sealed", () => {
  const path = four();
  const found = entries(path);
  expect(found.map((entry) => entry.operation)).toEqual(written.flat());
  for (const entry of found) expect(Entry.parse(entry)).toEqual(entry);
  expect(new Set(found.map((entry) => entry.id)).size).toBe(4);
  expect(found.every((entry) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(entry.id))).toBe(true);
  expect(findings(path)).toEqual([]);
  expect(readdirSync(dirname(path))).toEqual(["a.tidemark"]);
  expect(readFileSync(path)[18]).toBe(1);
});

test("each hash is over the documented bytes", () => {
  const path = four();
  const db = new Database(path, { readonly: true });
  let previous = Buffer.alloc(32);
  for (const row of db.prepare("SELECT * FROM journal ORDER BY id").all() as Record<string, string & Buffer>[]) {
    const parts = [row.entry_id!, row.author!, String(row.time), row.operation!].map((text) => Buffer.from(text));
    const lengths = parts.map((part) => Buffer.from(part.length.toString(16).padStart(8, "0"), "hex"));
    const bytes = Buffer.concat([previous, ...parts.flatMap((part, i) => [lengths[i]!, part])]);
    expect(row.previous!.equals(previous)).toBe(true);
    previous = createHash("sha256").update(bytes).digest();
    expect(row.hash!.equals(previous)).toBe(true);
  }
  expect(db.prepare("SELECT value FROM property WHERE name = 'journal'").pluck().get()).toBe(
    `4 ${previous.toString("hex")}`,
  );
  db.close();
});

test("the document's example has the hash it says", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "case-format.md"), "utf8");
  const example = (name: string): string =>
    new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w*\\n([\\s\\S]*?)\\n\`\`\``).exec(text)?.[1] ?? "";
  const parts = (JSON.parse(example("entry")) as unknown[]).map((part) => Buffer.from(String(part)));
  const [entryId, author, time, operation] = parts as [Buffer, Buffer, Buffer, Buffer];
  const hash = hashEntry(NOTHING_BEFORE, { entryId, author, time, operation });
  expect(example("entry hash")).toBe(hash.toString("hex"));
  Entry.shape.operation.parse(JSON.parse(operation.toString()));
});

test("time never goes back, whatever the clock does", () => {
  const path = four();
  vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ["Date"] });
  append(path, [noteOf("tomorrow")]);
  vi.useRealTimers();
  append(path, [noteOf("c")]);
  const times = entries(path).map((entry) => entry.time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(findings(path)).toEqual([]);
});

test("is on disk before it is acknowledged (synchronous FULL), and ingest goes on as fast as before", () => {
  const open = openForWriting(caseWith());
  beginChanges(open.db);
  const synchronous = (): unknown => open.db.pragma("synchronous", { simple: true });
  let during: unknown = null;
  const probe = {
    ...noteOf("a"),
    toJSON(): unknown {
      during = [synchronous(), open.db.inTransaction, open.db.pragma("journal_mode", { simple: true })];
      return noteOf("a");
    },
  };
  appendEntries(open.db, "ada", Date.now(), [probe]);
  expect([during, synchronous()]).toEqual([[2, true, "wal"], 1]);
  open.close();
});

test("all operations of a call are written, or none", () => {
  const path = four();
  const open = openForWriting(path);
  beginChanges(open.db);
  const broken = { ...noteOf("z"), toJSON: () => expect.fail("the power went") };
  expect(() => appendEntries(open.db, "ada", Date.now(), [noteOf("y"), broken])).toThrow("the power went");
  appendEntries(open.db, "ada", Date.now(), [noteOf("x")]);
  open.close();
  expect(entries(path).map((entry) => entry.operation)).toEqual([...written.flat(), noteOf("x")]);
  expect(findings(path)).toEqual([]);
});

test("notes change neither the fingerprint nor the logical digest", () => {
  const path = caseWith();
  const digests = (): string[] => {
    const db = openForReading(path);
    const both = [fingerprint(db), logicalDigest(db)];
    db.close();
    return both;
  };
  const before = digests();
  append(path, ...written);
  expect(digests()).toEqual(before);
});

describe("a case of version 1", () => {
  test("is read without a byte changed: no notes, whole, format 1", () => {
    const path = versionOne();
    const before = sha256(path);
    const db = openForReading(path);
    expect(listEntries(db)).toEqual([]);
    expect(verifyCase(db, path, false)).toMatchObject({ ok: true, findings: [] });
    expect(caseInfo(openCatalog(db), versionOf(db), 0)).toMatchObject({ format: 1, tuples: 0, firstTime: null });
    db.close();
    openForWriting(path).close(); // opened and left alone
    expect([sha256(path), readdirSync(dirname(path))]).toEqual([before, ["v1.tidemark"]]);
  });

  test("becomes the newest by its first change, with the schema of a new case", () => {
    const path = versionOne();
    append(path, [noteOf("a")]);
    const schema = (of: string): unknown => {
      const db = openForReading(of);
      const all = db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").all();
      expect(versionOf(db)).toBe(NEWEST);
      db.close();
      return all;
    };
    expect(schema(path)).toEqual(schema(caseWith()));
    expect(entries(path)).toHaveLength(1);
  });

  test("that says it is version 2, and the reverse, are refused", () => {
    const [one, two] = [versionOne(), four()];
    for (const [path, version] of [
      [one, 2],
      [two, 1],
    ] as const) {
      const db = new Database(path);
      db.pragma(`user_version = ${version}`);
      db.close();
      expect(() => openForReading(path)).toThrow(/does not have the tables/);
      expect(() => openForWriting(path)).toThrow(/does not have the tables/);
    }
  });
});

describe("verify names the first entry that is not right", () => {
  const whole = four();
  const columns = ["entry_id", "author", "operation", "previous", "hash"] as const;

  test.each(columns)("any byte of %s, in any entry", (column) => {
    const db = new Database(whole, { readonly: true });
    const cells = db.prepare(`SELECT id, CAST(${column} AS BLOB) AS bytes FROM journal ORDER BY id`).all();
    db.close();
    for (const { id, bytes } of cells as { id: number; bytes: Buffer }[]) {
      const copy = copyOf(whole);
      const into = column === "previous" || column === "hash" ? "?" : "CAST(? AS TEXT)";
      for (let at = 0; at < bytes.length; at += column === "operation" ? 7 : 1) {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ (1 << (at % 8));
        tamper(copy, `UPDATE journal SET ${column} = ${into} WHERE id = ?`, changed, id);
        expect(findings(copy)).toEqual([expect.stringMatching(new RegExp(`^Entry ${id} of the journal is not as`))]);
      }
    }
  });

  const changes: readonly (readonly [string, string, RegExp])[] = [
    ["a time", "UPDATE journal SET time = time + 1 WHERE id = 2", /^Entry 2 .* differs from its hash/],
    ["an empty author", "UPDATE journal SET author = '' WHERE id = 3", /^Entry 3 .* differs from its hash/],
    ["a longer hash", "UPDATE journal SET hash = CAST(hash || x'00' AS BLOB) WHERE id = 1", /^Entry 1 /],
    ["an id", "UPDATE journal SET id = 9 WHERE id = 4", /^Entry 9 .* where entry 4 belongs/],
    ["the first removed", "DELETE FROM journal WHERE id = 1", /^Entry 2 .* where entry 1 belongs/],
    ["one in the middle removed", "DELETE FROM journal WHERE id = 2", /^Entry 3 .* where entry 2 belongs/],
    ["the last removed", "DELETE FROM journal WHERE id = 4", /does not end as it was written: it has 3 entries, and 4/],
    ["all removed", "DELETE FROM journal", /does not end as it was written: it has 0 entries, and 4/],
    ["the count lost", "DELETE FROM property WHERE name = 'journal'", /does not end .* it was not kept how many/],
    ["the count changed", "UPDATE property SET value = '5' || substr(value, 2) WHERE name = 'journal'", /and 5 were/],
    [
      "the last hash changed",
      "UPDATE property SET value = substr(value, 1, 65) || '!' WHERE name = 'journal'",
      /not kept/,
    ],
  ];
  test.each(changes)("%s", (_, sql, sentence) => {
    const copy = copyOf(whole);
    tamper(copy, sql);
    expect(findings(copy)).toEqual([expect.stringMatching(sentence)]);
    const db = openForReading(copy);
    expect(verifyCase(db, copy, false)).toMatchObject({ ok: false, findings: [expect.stringMatching(sentence)] });
    db.close();
  });

  test("one in the middle removed, and those after it moved up", () => {
    const copy = copyOf(whole);
    tamper(copy, "DELETE FROM journal WHERE id = 2");
    for (const id of [3, 4]) tamper(copy, "UPDATE journal SET id = id - 1 WHERE id = ?", id);
    expect(findings(copy)).toEqual([expect.stringMatching(/^Entry 2 .* does not follow the entry before/)]);
  });

  test("two that changed places", () => {
    const copy = copyOf(whole);
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ])
      tamper(copy, "UPDATE journal SET id = ? WHERE id = ?", to, from);
    expect(findings(copy)).toEqual([expect.stringMatching(/^Entry 2 .* does not follow the entry before/)]);
  });

  test("one that is chained well but is no operation, or goes back in time, or has no UUID", () => {
    const forged: readonly (readonly [Partial<Record<string, string>>, RegExp])[] = [
      [{ operation: '{"what":"host.shutdown"}' }, /not one this version knows/],
      [{ operation: "not JSON" }, /not one this version knows/],
      [{ operation: JSON.stringify(statusOf("", "cleared")) }, /not one this version knows/],
      [{ time: "5" }, /its time is before/],
      [{ entryId: "0" }, /not a UUID/],
    ];
    for (const [change, sentence] of forged) {
      const copy = copyOf(whole);
      forge(copy, change);
      expect(findings(copy)).toEqual([expect.stringMatching(sentence)]);
    }
  });

  /** Appends an entry as somebody would who can compute hashes. */
  function forge(path: string, change: Partial<Record<string, string>>): void {
    const db = new Database(path);
    const last = db.prepare("SELECT * FROM journal ORDER BY id DESC").get() as { time: number; hash: Buffer };
    const entry = {
      entryId: "01957f3a-5c00-7abc-8def-0123456789ab",
      author: "mallory",
      time: String(last.time),
      operation: JSON.stringify(noteOf("z")),
      ...change,
    };
    const hash = hashEntry(last.hash, {
      entryId: Buffer.from(entry.entryId),
      author: Buffer.from(entry.author),
      time: Buffer.from(entry.time),
      operation: Buffer.from(entry.operation),
    });
    db.prepare("INSERT INTO journal VALUES (5, ?, ?, ?, ?, ?, ?)").run(
      entry.entryId,
      entry.author,
      Number(entry.time),
      entry.operation,
      last.hash,
      hash,
    );
    db.prepare("UPDATE property SET value = ? WHERE name = 'journal'").run(`5 ${hash.toString("hex")}`);
    db.close();
  }
});

test("nothing is appended to a journal whose end is missing, and one that cannot be read is not shown in part", () => {
  const path = four();
  tamper(path, "DELETE FROM journal WHERE id = 4");
  expect(() => append(path, [noteOf("c")])).toThrow(
    expect.objectContaining({ kind: "case-damaged", message: expect.stringMatching(/nothing is added/) }),
  );
  const other = four();
  tamper(other, "UPDATE journal SET operation = 'x' WHERE id = 2");
  expect(() => entries(other)).toThrow(AppError);
  expect(() => entries(other)).toThrow(/Entry 2 of the journal is not as it was written/);
});
