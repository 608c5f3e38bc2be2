// The four forms of an answer, what a limit leaves out, and order.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sumRows, sumTuples } from "../support/answers.ts";
import { folder, json, type Row, rows, tidemark } from "../support/cli.ts";
import { blob, evidence, vnetRecord } from "../support/logs.ts";
import { type OracleTuple, readMembers, tupleKeys } from "../support/oracle.ts";

const file = join(folder([["vnet.json", evidence("vnet-v4-vnet-target.json")]]), "vnet.json");
const caseFile = join(folder(), "case.tidemark");
const { tuples } = readMembers([{ source: file, member: "vnet.json", bytes: evidence("vnet-v4-vnet-target.json") }]);

type Answer = { rows: Row[]; leftOut: Record<string, number> };

beforeAll(async () => {
  await json(["ingest", caseFile, file, "--json"]);
});

const query = (...args: string[]): ReturnType<typeof tidemark> => tidemark("query", caseFile, ...args);

describe("json", () => {
  test("is one document with rows and what was left out, by --json and by --format json", async () => {
    const [one, other] = await Promise.all([
      query("--by", "tuples", "--json"),
      query("--by", "tuples", "--format", "json"),
    ]);
    expect(one.stdout).toBe(other.stdout);
    const answer = JSON.parse(one.stdout) as Answer;
    expect(Object.keys(answer).slice(0, 2)).toEqual(["rows", "leftOut"]);
    expect(answer.rows).toEqual(tuples);
    expect(answer.leftOut.count).toBe(0);
  });

  test("shows 100 rows without --limit, all with --limit 0", async () => {
    const many = join(folder([["nsg.json", evidence("nsg-v2.json")]]), "nsg.json");
    const other = join(folder(), "other.tidemark");
    await json(["ingest", other, many, "--json"]);
    const some = await json<Answer>(["query", other, "--by", "tuples", "--json"]);
    const all = await json<Answer>(["query", other, "--by", "tuples", "--json", "--limit", "0"]);
    expect([some.rows.length, some.leftOut.count]).toEqual([100, 53]);
    expect([all.rows.length, all.leftOut.count]).toEqual([153, 0]);
    expect(all.rows.slice(0, 100)).toEqual(some.rows);
  });

  const minutes: [string, string[]][] = [
    ["tuples", []],
    ["conversations", []],
    ["edges", []],
    ["timeline", ["--bin", "1m"]],
  ];
  test.each(minutes)("a limit on %s tells the count and the sums of the rest", async (by, more) => {
    const all = await rows(caseFile, by, ...more);
    const answer = await json<Answer>(["query", caseFile, "--by", by, ...more, "--json", "--limit", "3"]);
    expect(answer.rows).toEqual(all.slice(0, 3));
    const sums = sumRows(all.slice(3));
    const fields = by === "tuples" ? counters : ["tuples", ...counters];
    const expected = fields.map((field) => [field, sums[field as keyof typeof sums]]);
    expect(answer.leftOut).toMatchObject({ count: all.length - 3, ...Object.fromEntries(expected) });
  });
});

const counters = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"];

describe("ndjson", () => {
  test("has one row a line and tells on standard error what was left out", async () => {
    const run = await query("--by", "tuples", "--format", "ndjson", "--limit", "5");
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as OracleTuple)).toEqual(tuples.slice(0, 5));
    expect(run.stderr).toContain(String(tuples.length - 5));
  });

  test("says nothing of a rest where there is none", async () => {
    const run = await query("--by", "tuples", "--format", "ndjson", "--limit", "0");
    expect(run.stdout.trimEnd().split("\n")).toHaveLength(tuples.length);
    expect(run.stderr).not.toMatch(/left out|more|rest/i);
  });
});

describe("csv", () => {
  test("has the contract's keys as its header, the same rows, and tells the rest on standard error", async () => {
    const run = await query("--by", "tuples", "--format", "csv", "--limit", "5");
    const [header, ...lines] = run.stdout.trimEnd().split(/\r?\n/);
    expect(header!.split(",").slice(0, tupleKeys.length)).toEqual(tupleKeys);
    const expected = tuples
      .slice(0, 5)
      .map((tuple) => Object.values(tuple).map((cell) => (cell === null ? "" : String(cell))));
    expect(lines.map(cells)).toEqual(expected);
    expect(run.stderr).toContain(String(tuples.length - 5));
  });

  test("quotes a cell that holds a comma, a quote or a line break", async () => {
    const rule = 'a,"b"\nc';
    const text = blob(vnetRecord([[rule, "1741082400000,10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0"]]));
    const odd = join(folder(), "odd.tidemark");
    await json(["ingest", odd, join(folder([["odd.json", text]]), "odd.json"), "--json"]);
    const run = await tidemark("query", odd, "--by", "tuples", "--format", "csv");
    expect(run.stdout).toContain('"a,""b""\nc"');
  });
});

describe("table", () => {
  test("is the default and shows every field of the first rows", async () => {
    const [plain, table] = await Promise.all([
      query("--by", "tuples", "--limit", "2"),
      query("--by", "tuples", "--limit", "2", "--format", "table"),
    ]);
    expect(plain.stdout).toBe(table.stdout);
    for (const text of ["srcIp", tuples[0]!.srcIp, tuples[1]!.dstIp, tuples[0]!.nic!])
      expect(table.stdout).toContain(text);
    expect(table.stdout + table.stderr).toContain(String(tuples.length - 2));
  });
});

describe("order", () => {
  const byPlace = (a: OracleTuple, b: OracleTuple): number => a.record - b.record || a.tuple - b.tuple;

  test("--sort bytesSent:desc, ties by place", async () => {
    const expected = [...tuples].sort((a, b) => b.bytesSent! - a.bytesSent! || byPlace(a, b));
    expect(await rows(caseFile, "tuples", "--sort", "bytesSent:desc")).toEqual(expected);
  });

  test("--sort time, ascending unless said, and with a limit the first of all", async () => {
    const expected = [...tuples].sort((a, b) => a.time - b.time || byPlace(a, b));
    expect(await rows(caseFile, "tuples", "--sort", "time")).toEqual(expected);
    const some = await json<Answer>([
      "query",
      caseFile,
      "--by",
      "tuples",
      "--sort",
      "time:asc",
      "--limit",
      "7",
      "--json",
    ]);
    expect(some.rows).toEqual(expected.slice(0, 7));
    const { tuples: _, allowed: _a, denied: _d, ...sums } = sumTuples(expected.slice(7));
    expect(some.leftOut).toMatchObject({ count: tuples.length - 7, ...sums });
  });

  test("conversations by bytes received, greatest first", async () => {
    const found = (await rows(caseFile, "conversations", "--sort", "bytesReceived:desc")).map(
      (row) => row.bytesReceived as number,
    );
    expect(found).toEqual([...found].sort((a, b) => b - a));
  });

  test("the timeline comes in order of time", async () => {
    const found = (await rows(caseFile, "timeline")).map((row) => row.time as number);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });
});

/** The cells of one line of CSV. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!,
  );
}
