// What is no evidence and what is no case: one clear sentence, the right exit code, nothing half-made left behind.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ingest } from "../support/answers.ts";
import { folder, json, listing, type Run, rows, sha256, tidemark } from "../support/cli.ts";
import { evidence } from "../support/logs.ts";

const audit = JSON.stringify({
  records: [
    {
      time: "2025-03-04T10:00:00.0000000Z",
      category: "AuditEvent",
      resourceId: "/SUBSCRIPTIONS/X/RESOURCEGROUPS/Y/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/Z",
      operationName: "SecretGet",
      resultType: "Success",
      callerIpAddress: "192.0.2.7",
      properties: { id: "https://z.vault.azure.net/secrets/s", httpStatusCode: 200 },
    },
  ],
});

/** One or a few lines of plain words: no stack trace, no name of an exception, no code. */
function expectSentence(run: Run, about?: RegExp): void {
  const message = run.stderr.trim();
  expect(message).toMatch(/\w+ \w+ \w+/);
  expect(message).not.toMatch(/\n\s+at |node:internal|\bTypeError\b|\bSqliteError\b|\bENOENT\b|\[object|undefined/);
  if (about !== undefined) expect(message).toMatch(about);
}

describe("evidence that is none, alone: exit 3 and no case", () => {
  const home = folder([
    ["empty-folder/readme.txt", "hello"],
    ["audit/PT1H.json", audit],
    ["empty/PT1H.json", ""],
    ["words/PT1H.json", "this is not JSON"],
    ["other/PT1H.json", '{"hello":"world"}'],
    ["short/PT1H.json", '{"rec'],
    ["notgzip/PT1H.json.gz", "plain text"],
    ["notzip/logs.zip", "plain text, too"],
  ]);
  const cases: [string, string, RegExp][] = [
    ["a folder without flow logs", "empty-folder", /flow log/i],
    ["another service's PT1H.json, named by its category", "audit/PT1H.json", /AuditEvent/],
    ["a folder with only another service's PT1H.json", "audit", /AuditEvent/],
    ["an empty file", "empty/PT1H.json", /empty|0 bytes|too short|nothing|no flow log|not a flow log/i],
    ["words", "words/PT1H.json", /not|no /i],
    ["JSON of something else", "other/PT1H.json", /not|no /i],
    ["a few bytes", "short/PT1H.json", /short|not|no /i],
    ["a .gz that is none", "notgzip/PT1H.json.gz", /gzip|not|no /i],
    ["a .zip that is none", "notzip/logs.zip", /zip|not|no /i],
    [
      "a path that is not there",
      "nowhere/PT1H.json",
      /not there|no such|missing|not found|does not exist|cannot be found/i,
    ],
  ];
  test.each(cases)("%s", async (_, path, about) => {
    const desk = folder();
    const run = await tidemark("ingest", join(desk, "case.tidemark"), join(home, path));
    expect(run.code, run.stderr).toBe(3);
    expectSentence(run, about);
    expect(listing(desk)).toEqual([]);
  });
});

describe("evidence that is none beside evidence that is some: exit 1, and the good is kept", () => {
  const home = folder([
    ["audit/PT1H.json", audit],
    ["empty/PT1H.json", ""],
    ["good/nsg.json", evidence("nsg-v2.json")],
  ]);
  const caseFile = join(folder(), "case.tidemark");

  test("each source has its status and reason", async () => {
    const paths = ["good/nsg.json", "audit/PT1H.json", "empty/PT1H.json"].map((name) => join(home, name));
    const account = await json<Ingest>(["ingest", caseFile, ...paths, "--json"], 1);
    expect(account.sources.map(({ path, status, tuples }) => ({ path, status, tuples }))).toEqual([
      { path: paths[0], status: "complete", tuples: 153 },
      { path: paths[1], status: "refused", tuples: 0 },
      { path: paths[2], status: "refused", tuples: 0 },
    ]);
    expect(account.sources.map(({ reason }) => reason)).toEqual([
      null,
      expect.stringMatching(/AuditEvent/),
      expect.stringMatching(/\w+ \w+/),
    ]);
    expect(await rows(caseFile, "tuples")).toHaveLength(153);
  });

  test("a missing path does not keep the others out", async () => {
    const other = join(folder(), "case.tidemark");
    const run = await tidemark("ingest", other, join(home, "nowhere.json"), join(home, "good/nsg.json"), "--json");
    expect(run.code, run.stderr).toBe(1);
    expect(await rows(other, "tuples")).toHaveLength(153);
  });

  test("a folder with a foreign file among its members keeps its flow logs and names the foreign one", async () => {
    const run = await tidemark("ingest", join(folder(), "case.tidemark"), home, "--json");
    const { sources, added } = JSON.parse(run.stdout) as Ingest;
    expect(added.tuples).toBe(153);
    expect(run.code, run.stderr).toBe(1);
    expect(`${sources[0]?.reason} ${run.stderr}`).toMatch(/AuditEvent/);
  });
});

describe("a case that is none: exit 3, one sentence, nothing touched", () => {
  const desk = folder();
  const log = join(folder([["nsg.json", evidence("nsg-v2.json")]]), "nsg.json");
  const at = (name: string): string => join(desk, `${name}.tidemark`);

  beforeAll(async () => {
    await json(["ingest", at("good"), log, "--json"]);
    const bytes = readFileSync(at("good"));
    expect(bytes.subarray(68, 72).toString("latin1")).toBe("TDMK");
    const newer = Buffer.from(bytes);
    newer.writeUInt32BE(newer.readUInt32BE(60) + 1000, 60);
    writeFileSync(at("newer"), newer);
    writeFileSync(at("words"), "These are my notes about the incident.\n".repeat(300));
    writeFileSync(at("empty"), "");
    writeFileSync(at("cut"), bytes.subarray(0, Math.floor(bytes.length / 2)));
    const other = new DatabaseSync(at("other"));
    other.exec(
      "PRAGMA application_id = 1234; CREATE TABLE member (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO member VALUES (1, 'x')",
    );
    other.close();
  });

  const commands: [string, string[]][] = [
    ["info", []],
    ["query", ["--by", "conversations"]],
    ["verify", []],
  ];
  const names: [string, RegExp][] = [
    ["words", /not a .*case|no .*case|not a tidemark/i],
    ["empty", /empty|not a .*case|no .*case/i],
    ["other", /not a .*case|no .*case|another|not a tidemark/i],
    ["newer", /newer|later|version/i],
    ["missing", /not there|no such|missing|not found|does not exist|no case|cannot be found/i],
  ];
  for (const [name, about] of names) {
    test.each(commands)(`${name}.tidemark: %s`, async (command, more) => {
      const before = listing(desk);
      const hash = name === "missing" ? "" : sha256(at(name));
      const run = await tidemark(command, at(name), ...more);
      expect(run.code, run.stderr).toBe(3);
      expect(run.stdout).toBe("");
      expectSentence(run, about);
      expect(listing(desk)).toEqual(before);
      if (name !== "missing") expect(sha256(at(name))).toBe(hash);
    });
  }

  test.each(["words", "other", "newer"])("%s.tidemark: ingest does not write into it", async (name) => {
    const [before, hash] = [listing(desk), sha256(at(name))];
    const run = await tidemark("ingest", at(name), log);
    expect(run.code, run.stderr).toBe(3);
    expectSentence(run);
    expect(listing(desk)).toEqual(before);
    expect(sha256(at(name))).toBe(hash);
  });

  test("a case cut in half does not answer as if it were whole", async () => {
    const answers = await Promise.all([tidemark("verify", at("cut")), tidemark("query", at("cut"), "--by", "tuples")]);
    for (const run of answers) expect(run.stderr).not.toMatch(/\n\s+at |node:internal/);
    expect([1, 3]).toContain(answers[0]?.code);
    expect(answers[1]?.code, answers[1]?.stdout.slice(0, 300)).toBe(3);
  });

  test("evidence given as the case is not overwritten", async () => {
    const hash = sha256(log);
    const run = await tidemark("ingest", log, at("good"));
    expect(run.code, run.stderr).toBe(3);
    expectSentence(run);
    expect(sha256(log)).toBe(hash);
  });

  test("a folder given as the case", async () => {
    const run = await tidemark("info", desk);
    expect(run.code, run.stderr).toBe(3);
    expectSentence(run);
  });
});
