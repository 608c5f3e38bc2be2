// SQL as an expert types it: the answers of `query --by` as tables, the case's own tables, nothing written, nothing endless.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../electron/engine/engine.ts";
import { sqlExamples } from "../../renderer/model/sql-examples.ts";
import { failureOf } from "../../shared/failure.ts";
import { bys, fieldsOf } from "../../shared/rows.ts";
import { folder, json, rows, sha256, tidemark } from "../support/cli.ts";
import { launch } from "../support/launch.ts";
import { mixedFiles } from "../support/mixed.ts";

const home = folder(mixedFiles);
const caseFile = join(folder(), "case.tidemark");
const engine = startEngine({ launch: launch(caseFile) });

beforeAll(async () => {
  await json(["ingest", caseFile, home, "--json"]);
});
afterAll(() => engine.stop());

async function sql(text: string, after = 0, most = 10_000, deadlineMs = 20_000): ReturnType<typeof run> {
  return await run(text, after, most, deadlineMs);
}
const run = (text: string, after: number, most: number, deadlineMs: number) =>
  engine.ask("sql.run", { sql: text, after, rows: most, deadlineMs });

async function failing(text: string, deadlineMs?: number): Promise<string> {
  return failureOf(
    await sql(text, 0, 10_000, deadlineMs).then(
      () => "no failure",
      (thrown: unknown) => thrown,
    ),
  ).message;
}

describe("tables", () => {
  test.each(bys.filter((by) => by !== "groups"))("%s has the rows of query --by", async (by) => {
    const said = await rows(caseFile, by);
    const fields = fieldsOf({ by });
    const found = await sql(`SELECT * FROM ${by}`);
    expect(found.fields).toEqual(fields);
    expect(found.rows).toEqual(
      said.map((row) =>
        fields.map((field) => {
          const value = (row as Record<string, unknown>)[field];
          return Array.isArray(value) ? value.join(" ") : value;
        }),
      ),
    );
  });

  test("take a filter and a range, in which a comma is none of SQL's", async () => {
    const all = await rows(caseFile, "tuples", "--filter", "dport in {22, 443}");
    const times = all.map((row) => Number(row.time)).sort((a, b) => a - b);
    const middle = times[times.length >> 1]!;
    const counted = await sql(
      `SELECT count(*), sum(time < ${middle}) FROM tuples('dport in {22, 443}') UNION ALL
       SELECT count(*), 0 FROM tuples('dport in {22, 443}', ${middle})`,
    );
    const before = times.filter((time) => time < middle).length;
    expect(counted.rows).toEqual([
      [times.length, before],
      [times.length - before, 0],
    ]);
  });

  test("add up with whole numbers, and join with the case's own", async () => {
    const [[total, type] = []] = (await sql("SELECT sum(bytesSent), typeof(sum(bytesSent)) FROM tuples")).rows;
    const said = await rows(caseFile, "tuples");
    expect([total, type]).toEqual([said.reduce((sum, row) => sum + Number(row.bytesSent ?? 0), 0), "integer"]);
    const own = await sql("SELECT (SELECT count(*) FROM member) = (SELECT count(*) FROM members)");
    expect(own.rows).toEqual([[1]]);
  });

  test("read by two windows, page by page in turns, are whole for both", async () => {
    const statements = ["SELECT time, srcIp FROM tuples", "SELECT dstIp FROM tuples ORDER BY bytesSent DESC"];
    const whole = await Promise.all(statements.map(async (text) => (await sql(text)).rows));
    const found: unknown[][] = [[], []];
    for (let after: number | null = 0; after !== null; ) {
      const pages: Awaited<ReturnType<typeof sql>>[] = [];
      for (const text of statements) pages.push(await sql(text, after, 7));
      for (const [i, { rows: page }] of pages.entries()) found[i]!.push(...page);
      after = pages[0]!.next;
    }
    expect(found).toEqual(whole);
    expect(failureOf(await sql("SELECT 1 UNION SELECT 2", 1).catch((thrown: unknown) => thrown)).kind).toBe(
      "interrupted",
    );
  });

  test("come in pages that go on where the last one ended", async () => {
    const whole = await sql("SELECT member, record, tuple FROM tuples");
    const found: unknown[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await sql("SELECT member, record, tuple FROM tuples", after, 7);
      expect(page.rows.length).toBeLessThanOrEqual(7);
      found.push(...page.rows);
      after = page.next;
    }
    expect(found).toEqual(whole.rows);
  });
});

test.each(sqlExamples)("example: $title", async (example) => {
  expect((await sql(example.sql)).fields.length).toBeGreaterThan(1);
});

describe("what SQLite does not take is pointed at", () => {
  test.each([
    ["SELECT 1\nFORM tuples", 'near "tuples": syntax error (line 2, character 6)'],
    ["SELECT 'FROM', FROM FROM tuples", 'near "FROM": syntax error (line 1, character 16)'],
    ["SELECT time,\n  -- bites\n  'bites', bites FROM tuples", "no such column: bites (line 3, character 12)"],
    ["SELECT t.bites FROM tuples AS t", "no such column: t.bites (line 1, character 8)"],
    ["SELECT * FROM tuple_s", "no such table: tuple_s (line 1, character 15)"],
    ["SELECT (1", "incomplete input (line 1, character 10)"],
    ["SELECT 1 WHERE 'a", 'unrecognized token: "\'a" (line 1, character 16)'],
    ["SELECT bite(1)", "no such function: bite (line 1, character 8)"],
  ])("%s", async (text, sentence) => {
    expect(await failing(text)).toBe(`SQL: ${sentence}.`);
  });
});

describe("what is refused", () => {
  test.each([
    ["DELETE FROM member", "a case is only read"],
    ["UPDATE property SET value = 1", "a case is only read"],
    ["ATTACH 'other.db' AS other", "a case is only read"],
    ["PRAGMA journal_mode = WAL", "a case is only read"],
    ["  -- a remark\n /* another */ DROP TABLE member", "a case is only read"],
    ["SELECT 1; DELETE FROM member", "more than one statement"],
    ["WITH a AS (SELECT 1) DELETE FROM member", "gives no rows"],
    ["WITH a AS (SELECT 1) DELETE FROM member RETURNING id", "gives no rows"],
    ["SELECT * FROM nowhere", "no such table: nowhere"],
    ["SELECT load_extension('x')", "not authorized"],
    ["SELECT * FROM tuples('dprot == 1')", "did you mean dport"],
    ["SELEC 1", "a case is only read"],
  ])("%s", async (text, sentence) => {
    const before = sha256(caseFile);
    expect(await failing(text)).toContain(sentence);
    expect(sha256(caseFile)).toBe(before);
  });

  test("a statement without end, at its deadline; the next one is answered", async () => {
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    expect(await failing(endless, 700)).toBe("SQL: the statement took longer than 0.7 s and was stopped.");
    expect((await sql("SELECT 1")).rows).toEqual([[1]]);
  });

  test("on the command line, with 2 and a sentence; other options do not go with it", async () => {
    const wrong = await tidemark("query", caseFile, "--sql", "SELECT nowhere");
    expect([wrong.code, wrong.stderr]).toEqual([2, "tidemark: SQL: no such column: nowhere (line 1, character 8).\n"]);
    expect((await tidemark("query", caseFile, "--sql", "SELECT 1", "--by", "tuples")).code).toBe(2);
  });
});

test("the command line prints every form, and says when there is more", async () => {
  const csv = await tidemark("query", caseFile, "--sql", "SELECT 1 AS one, 'a,b' AS two", "--format", "csv");
  expect(csv.stdout).toBe('one,two\r\n1,"a,b"\r\n');
  const json = await tidemark("query", caseFile, "--sql", "SELECT 2 AS a, 3 AS a", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({ rows: [{ a: 2, a_2: 3 }] });
  const cut = await tidemark(
    "query",
    caseFile,
    "--sql",
    "SELECT time FROM tuples",
    "--limit",
    "3",
    "--format",
    "ndjson",
  );
  expect(cut.stdout.trim().split("\n")).toHaveLength(3);
  expect(cut.stderr).toContain("There are more rows than 3");
});
