// What may be opened as a case: its header and schema are checked before anything in it is believed, and looking changes no byte.

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { beginChanges, openForReading, openForWriting, sealLeft } from "../../electron/store/case-file.ts";
import { APPLICATION_ID } from "../../electron/store/database.ts";
import { NEWEST } from "../../electron/store/migrations/list.ts";
import { AppError } from "../../shared/failure.ts";
import { folder, sha256 } from "../support/cli.ts";

function emptyCase(): string {
  const path = join(folder(), "a.tidemark");
  openForWriting(path).close();
  return path;
}

/** A case changed by SQL as another program would. */
function changed(sql: string): string {
  const path = emptyCase();
  const db = new Database(path);
  db.exec(sql);
  db.close();
  return path;
}

function refused(open: () => { close(): void }): AppError {
  try {
    open().close();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error("it was opened");
}

test("a new case is sealed: one file, ours, of the newest version, and opens again", () => {
  const path = emptyCase();
  expect(readdirSync(dirname(path))).toEqual(["a.tidemark"]);
  const db = openForReading(path);
  const pragma = (name: string): unknown => db.pragma(name, { simple: true });
  expect([pragma("application_id"), pragma("user_version"), pragma("journal_mode")]).toEqual([
    APPLICATION_ID,
    NEWEST,
    "delete",
  ]);
  expect(() => db.exec("DELETE FROM property")).toThrow(/readonly/);
  db.close();
});

test("every table is STRICT", () => {
  const db = openForReading(emptyCase());
  const loose = db.prepare(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'",
  );
  expect(loose.pluck().all()).toEqual([]);
  db.close();
});

test("looking and changing leave it sealed, and looking changes no byte", () => {
  const path = emptyCase();
  const writing = openForWriting(path);
  beginChanges(writing.db);
  writing.db.exec("INSERT INTO property VALUES ('a', 'b')");
  expect(existsSync(`${path}-wal`)).toBe(true);
  writing.close();
  const before = sha256(path);
  const db = openForReading(path);
  expect(db.prepare("SELECT value FROM property").pluck().all()).toEqual(["b"]);
  db.close();
  expect([sha256(path), readdirSync(dirname(path))]).toEqual([before, ["a.tidemark"]]);
});

test("a case that was being written can be looked at, and the one who closes last seals it", () => {
  const path = emptyCase();
  const writing = openForWriting(path);
  beginChanges(writing.db);
  writing.db.exec("INSERT INTO property VALUES ('a', 'b')");
  const db = openForReading(path);
  expect(db.prepare("SELECT value FROM property").pluck().all()).toEqual(["b"]);
  expect(refused(() => openForWriting(path)).kind).toBe("busy");
  writing.close();
  db.close();
  openForWriting(path).close();
  expect(readdirSync(dirname(path))).toEqual(["a.tidemark"]);
});

describe("is refused, by readers and writers alike, and left as it is:", () => {
  const cases: readonly (readonly [string, () => string, AppError["kind"], RegExp])[] = [
    ["a folder", () => folder(), "case-damaged", /is not a file/],
    ["an empty file", () => file(""), "case-damaged", /is empty: making this case was interrupted/],
    ["a text", () => file("Dear reader,\n".repeat(50)), "case-damaged", /does not begin like one/],
    ["a header and no more", () => file("SQLite format 3\0"), "case-damaged", /does not begin like one/],
    ["a file of another program", () => changed("PRAGMA application_id = 7"), "case-damaged", /of another program/],
    ["a newer version", () => changed(`PRAGMA user_version = ${NEWEST + 1}`), "case-from-future", /newer version/],
    ["version 0", () => changed("PRAGMA user_version = 0"), "case-damaged", /never finished/],
    [
      "a trigger",
      () => changed("CREATE TRIGGER t AFTER INSERT ON rule BEGIN DELETE FROM acl; END"),
      "case-damaged",
      /tables/,
    ],
    ["a view", () => changed("CREATE VIEW v AS SELECT 1"), "case-damaged", /tables/],
    ["a table too many", () => changed("CREATE TABLE t (a TEXT) STRICT"), "case-damaged", /tables/],
    ["a table too few", () => changed("DROP TABLE property"), "case-damaged", /tables/],
    ["another column", () => changed("ALTER TABLE rule ADD COLUMN more TEXT"), "case-damaged", /tables/],
    ["a stray -wal", withWal, "case-damaged", /-wal lies beside it/],
    ["a file cut off", cutOff, "case-damaged", /damaged/],
  ];

  test.each(cases)("%s", (_, make, kind, sentence) => {
    const path = make();
    const files = (): unknown => [readdirSync(dirname(path)).filter((name) => path.endsWith(name)), bytes(path)];
    const before = files();
    for (const open of [() => openForReading(path), () => openForWriting(path)]) {
      const told = refused(open);
      expect([told.kind, told.message]).toEqual([kind, expect.stringMatching(sentence)]);
      expect(told.message).toContain(path);
    }
    expect(files()).toEqual(before);
    expect(existsSync(`${path}-lock`)).toBe(false);
  });

  function bytes(path: string): string | null {
    return readdirSync(dirname(path), { withFileTypes: true }).some(
      (entry) => entry.isFile() && path.endsWith(entry.name),
    )
      ? sha256(path)
      : null;
  }
  function file(text: string): string {
    const path = join(folder(), "a.tidemark");
    writeFileSync(path, text);
    return path;
  }
  function withWal(): string {
    const path = emptyCase();
    writeFileSync(`${path}-wal`, "");
    return path;
  }
  function cutOff(): string {
    const path = emptyCase();
    truncateSync(path, 8192);
    return path;
  }
});

test("a case that is not there is not made by looking for it", () => {
  const path = join(folder(), "a.tidemark");
  expect(refused(() => openForReading(path))).toMatchObject({ kind: "not-found" });
  expect(readdirSync(dirname(path))).toEqual([]);
});

test("a process killed before it made its case leaves a lock beside nothing: readers have nothing to seal, and a writer makes the case", () => {
  const path = join(folder(), "a.tidemark");
  writeFileSync(`${path}-lock`, "");
  expect(() => sealLeft(path)).not.toThrow();
  expect(refused(() => openForReading(path)).kind).toBe("not-found");
  openForWriting(path).close();
  expect(readdirSync(dirname(path))).toEqual(["a.tidemark"]);
});

test("a case whose making was cut off by a kill at its last step is refused to readers, and made again by a writer", () => {
  const [path, live] = [emptyCase(), join(folder(), "live")];
  const making = new Database(live);
  making.pragma("page_size = 8192");
  making.pragma("cache_size = 1"); // so that its journal is on disk before it is done
  making.exec(
    `BEGIN; CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
     SELECT hex(randomblob(4000)) FROM n`,
  );
  copyFileSync(`${live}-journal`, `${path}-journal`); // what undoes everything from an empty file on
  making.close();
  expect(refused(() => openForReading(path)).kind).toMatch(/case-damaged|not-found/);
  const writing = openForWriting(path);
  expect(writing.created).toBe(true);
  writing.close();
  openForReading(path).close();
  expect(readdirSync(dirname(path))).toEqual(["a.tidemark"]);
});

test.each(["sealing", "beginning to change"])(
  "a case whose writer was killed while %s it is as it was, to readers too",
  (step) => {
    const path = emptyCase();
    const before = readFileSync(path);
    const changed = Buffer.from(before);
    changed.set(step === "sealing" ? [1, 1] : [2, 2], 18); // the two bytes of its first page that say how it is written
    const left = step === "sealing" ? Buffer.from(before).fill(2, 18, 20) : before;
    writeFileSync(path, changed);
    writeFileSync(`${path}-journal`, journalOf(left));
    const db = openForReading(path);
    expect(db.prepare("SELECT count(*) FROM member").pluck().get()).toBe(0);
    db.close();
    expect(existsSync(`${path}-journal`)).toBe(false);
    expect(readFileSync(path).subarray(18, 20)).toEqual(left.subarray(18, 20));
  },
);

/** What SQLite writes before it changes the first page (sqlite.org/fileformat2.html, 3): that page as it was, and a sum of it. */
function journalOf(bytes: Buffer): Buffer {
  const [sector, page] = [512, bytes.readUInt16BE(16)];
  const journal = Buffer.alloc(sector + 4 + page + 4);
  journal.write("d9d505f920a163d7", "hex");
  for (const [i, value] of [1, 0, bytes.length / page, sector, page].entries()) journal.writeUInt32BE(value, 8 + 4 * i);
  journal.writeUInt32BE(1, sector);
  bytes.copy(journal, sector + 4, 0, page);
  let sum = 0;
  for (let at = page - 200; at > 0; at -= 200) sum += bytes[at]!;
  journal.writeUInt32BE(sum, sector + 4 + page);
  return journal;
}

test("a path that SQLite would take for an address or a setting is a path", () => {
  const home = folder();
  const odd = join(home, "file:a?mode=memory#%41", "%20.tidemark");
  mkdirSync(dirname(odd), { recursive: true });
  copyFileSync(emptyCase(), odd);
  openForReading(odd).close();
  openForWriting(odd).close();
  expect(readdirSync(dirname(odd))).toEqual(["%20.tidemark"]);
});
