// Looking changes nothing: not the case, not its folder, not the evidence; and answers do not depend on the number of jobs.

import { statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder, inPairs, json, listing, sha256, tidemark } from "../support/cli.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { infoOf, rowsOf } from "../support/written.ts";

const home = folder([...mixedFiles, ...manyLogs(20, 10, 30)]);
const kinds = ["tuples", "conversations", "edges", "endpoints", "timeline", "members", "rejects"] as const;
const [one, three] = [join(folder(), "case.tidemark"), join(folder(), "case.tidemark")];
const longAgo = new Date("2021-03-04T05:06:07Z");
const files = listing(home).filter((name) => name.endsWith(".json"));
const stand = (): string[] =>
  files.map((name) => `${name} ${sha256(join(home, name))} ${statSync(join(home, name)).mtimeMs}`);
let before: string[];

beforeAll(async () => {
  for (const name of files) utimesSync(join(home, name), longAgo, longAgo);
  before = stand();
  await json(["ingest", one, home, "--jobs", "1", "--json"]);
  await json(["ingest", three, home, "--jobs", "3", "--json"]);
});

test("ingest leaves the evidence as it is: every byte, every time, every name", () => {
  expect(stand()).toEqual(before);
  expect(listing(home).filter((name) => name.endsWith(".json"))).toEqual(files);
});

test("ingest leaves one file: the case", () => {
  expect(listing(dirname(one))).toEqual(["case.tidemark"]);
});

test("looking leaves the case's SHA-256 and leaves no file beside it, also when many look at once", async () => {
  const hash = sha256(one);
  const looks = [["info", one], ["verify", one], ...kinds.map((by) => ["query", one, "--by", by])];
  const runs = await inPairs(looks, (args) => tidemark(...args));
  expect(runs.map((run) => run.code)).toEqual(runs.map(() => 0));
  expect(sha256(one)).toBe(hash);
  expect(listing(dirname(one))).toEqual(["case.tidemark"]);
});

describe("one job and three jobs give", () => {
  test("the same logical digest and counters", () => {
    const { fileBytes: _, ...rest } = infoOf(one);
    expect(infoOf(three)).toMatchObject(rest);
  });

  test.each(kinds)("the same answer byte for byte: %s", (by) => {
    const [a, b] = [one, three].map((path) => JSON.stringify(rowsOf(path, by)));
    expect(a?.length).toBeGreaterThan(50);
    expect(a === b).toBe(true);
  });
});
