// The SQL editor's knowledge: pieces of a statement, what can stand at a place of it, names as SQL takes them.

import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { answerTables, functions, keywords, nameInSql, piecesOf, proposalsAt } from "../../renderer/model/sql-words.ts";

const own = [{ name: "segment", words: "", fields: [{ name: "id", words: "integer" }] }];
const tables = [...answerTables, ...own];

/** Names that are proposed where | stands, and the word they take the place of; null where nothing is. */
function at(marked: string): { readonly names: readonly string[]; readonly typed: string } | null {
  const pos = marked.indexOf("|");
  const sql = marked.replace("|", "");
  const found = proposalsAt(sql, pos, tables);
  return found && { names: found.proposals.map(({ name }) => name), typed: sql.slice(found.from, pos) };
}

test("tables stand after FROM, JOIN and a comma between them", () => {
  const all = tables.map(({ name }) => name);
  for (const sql of [
    "SELECT * FROM |",
    "SELECT * FROM ed|",
    "FROM edges JOIN co|",
    "SELECT 1 FROM edges('a, b', 1, 2) e, |",
  ])
    expect(at(sql)?.names).toEqual(all);
  expect(at("SELECT * FROM ed|")?.typed).toBe("ed");
});

test("columns of the statement's tables come first, wherever these are named", () => {
  const first = (sql: string): string | undefined => at(sql)?.names[0];
  expect(first("SELECT | FROM edges")).toBe("srcIp");
  expect(at("SELECT | FROM edges")?.names).not.toContain("rule");
  expect(first("SELECT | FROM segment")).toBe("id");
  expect(at("SELECT s| FROM edges JOIN rules ON 1")?.names).toContain("rule");
  expect(at("SELECT a, | FROM edges")?.names).toContain("srcIp");
  expect(at("|")?.names).toContain("SELECT");
});

test("behind a table or its alias and a dot stand its columns only", () => {
  const ports = answerTables.find(({ name }) => name === "ports")!.fields.map(({ name }) => name);
  expect(at("SELECT p.| FROM ports('dport < 10') AS p")?.names).toEqual(ports);
  expect(at("SELECT p.ru| FROM edges e JOIN ports p ON 1")?.names).toEqual(ports);
  expect(at("SELECT ports.| FROM ports")?.names).toEqual(ports);
  expect(at("SELECT q.| FROM ports")).toBeNull();
});

test("nothing is proposed inside texts, remarks and numbers", () => {
  for (const sql of ["SELECT 'fro|m", "SELECT 'it''s| x'", "-- fr|", "/* a| */ SELECT", "SELECT 12|", "SELECT 1 -- x|"])
    expect(at(sql), sql).toBeNull();
  expect(at("SELECT 'x' |")).not.toBeNull();
});

test("pieces cover every sign of any text, in order, without an end of line lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab1'\"-/*.(), \n") }), (sql) => {
      let to = 0;
      for (const piece of piecesOf(sql)) {
        expect(sql.slice(to, piece.from).trim()).toBe("");
        expect(piece.to).toBeGreaterThan(piece.from);
        to = piece.to;
      }
      expect(sql.slice(to).trim()).toBe("");
      for (let pos = 0; pos <= sql.length; pos++) proposalsAt(sql, pos, tables);
    }),
  );
});

test("SQLite knows every function, and takes every column by the name it is given", () => {
  const db = new Database(":memory:");
  const known = new Set(db.prepare("SELECT name FROM pragma_function_list").pluck().all());
  expect(functions.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  for (const { fields } of tables)
    for (const { name } of fields) db.exec(`WITH t(${nameInSql(name)}) AS (SELECT 1) SELECT ${nameInSql(name)} FROM t`);
  expect([nameInSql("from"), nameInSql("srcIp"), nameInSql("a b")]).toEqual(['"from"', "srcIp", '"a b"']);
  expect(new Set(keywords).size).toBe(keywords.length);
});
