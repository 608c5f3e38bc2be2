// The parts of the SQL console that are arithmetic: history, places of errors, descriptions, examples.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sqlExamples } from "../../renderer/model/sql-examples.ts";
import { addRan, parseKept, placeIn, printKept, type Ran, wordAt } from "../../renderer/model/sql-history.ts";
import { fieldWords, tableWords } from "../../shared/row-words.ts";
import { bys, fieldsOf, groupable } from "../../shared/rows.ts";

const ran = (sql: string, time = 1): Ran => ({ sql, time, elapsedMs: 5, rows: 2 });

test("a statement that is run again stands first and once", () => {
  const history = ["SELECT 1", "SELECT 2", " SELECT 1\n"].reduce<readonly Ran[]>(
    (sum, sql, i) => addRan(sum, ran(sql, i)),
    [],
  );
  expect(history.map(({ sql }) => sql)).toEqual([" SELECT 1\n", "SELECT 2"]);
});

test("the history ends at a hundred", () => {
  const history = Array.from({ length: 150 }, (_, i) => ran(`SELECT ${i}`)).reduce<readonly Ran[]>(addRan, []);
  expect([history.length, history[0]?.sql]).toEqual([100, "SELECT 149"]);
});

test("draft and history survive being kept, and what is not right in them is left out", () => {
  const kept = { draft: "SELECT", history: [ran("SELECT 1"), { ...ran("SELECT 2"), rows: null }] };
  expect(parseKept(printKept(kept))).toEqual(kept);
  for (const text of [null, "", "[", "null", "[]", '{"draft":1,"history":[1,{"sql":"a"},null]}'])
    expect(parseKept(text)).toEqual({ draft: "", history: [] });
});

test("the place that a failure names is an offset of the statement", () => {
  const sql = "SELECT time,\n  bites FROM tuples";
  const at = placeIn(sql, "SQL: no such column: bites (line 2, character 3).");
  expect(at).toBe(sql.indexOf("bites"));
  expect(sql.slice(wordAt(sql, at!).from, wordAt(sql, at!).to)).toBe("bites");
  expect(placeIn(sql, "SQL: the statement was stopped.")).toBeNull();
  expect(placeIn("SELECT", "(line 9, character 9)")).toBeNull();
});

test("every table and field is described, in a sentence", () => {
  const fields = new Set([...bys.flatMap((by) => fieldsOf({ by, settled: true })), ...groupable]);
  for (const field of fields) expect(fieldWords[field], field).toMatch(/^[A-Za-z].+\.$/);
  for (const by of bys) expect(tableWords[by], by).toMatch(/^[A-Z].+\.$/);
});

test("docs/sql.md has the examples, and no others", () => {
  const [, section = ""] = readFileSync("docs/sql.md", "utf8").split("\n## Examples\n");
  const blocks = [...section.matchAll(/\n([^\n]+):\n\n```sql\n([\s\S]*?)\n```/g)];
  expect(blocks.map(([, title, sql]) => ({ title, sql }))).toEqual(sqlExamples);
});
