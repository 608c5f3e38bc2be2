// `verify` may pass a case only while its answers and its evidence are those that were taken in.

import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { folder, inPairs, json, rows, sha256, start, tidemark } from "../support/cli.ts";
import { damageCase, smallCase, undetected } from "../support/damage.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

const desk = folder();
const caseFile = join(desk, "case.tidemark");
const kinds = ["tuples", "conversations", "members", "rejects"];
let answers: string[];

const ask = (path: string): Promise<string[]> =>
  inPairs(kinds, async (by) => (await tidemark("query", path, "--by", by, "--limit", "0", "--json")).stdout);

beforeAll(async () => {
  await json(["ingest", caseFile, folder([...mixedFiles, ...manyLogs(4, 10, 60)]), "--json"]);
  answers = await ask(caseFile);
});

test("passes a case as it was made, embedded or not, and says which", async () => {
  const verified = await json<Record<string, unknown>>(["verify", caseFile, "--json"]);
  expect(verified.evidence).not.toBe("not embedded");
  const bare = join(desk, "bare.tidemark");
  await json(["ingest", bare, folder(mixedFiles), "--no-embed", "--json"]);
  expect(await json<Record<string, unknown>>(["verify", bare, "--json"])).toMatchObject({ evidence: "not embedded" });
  expect(await json<Record<string, unknown>>(["info", bare, "--json"])).toMatchObject({ embedded: false });
});

test("a case without embedded evidence gives the same tuples", async () => {
  const [home, bare, full] = [folder(mixedFiles), join(desk, "bare2.tidemark"), join(desk, "full2.tidemark")];
  await json(["ingest", bare, home, "--no-embed", "--json"]);
  await json(["ingest", full, home, "--json"]);
  expect(await rows(bare, "tuples")).toEqual(await rows(full, "tuples"));
});

test("does not pass a case whose middle was overwritten", async () => {
  const path = join(desk, "overwritten.tidemark");
  copyFileSync(caseFile, path);
  const bytes = readFileSync(path);
  bytes.fill(0x41, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 9000);
  writeFileSync(path, bytes);
  const run = await tidemark("verify", path);
  expect([1, 3]).toContain(run.code);
  expect(`${run.stdout}${run.stderr}`).toMatch(/\w+ \w+ \w+/);
});

test("--rebuild derives anew and changes no answer", async () => {
  const path = join(desk, "rebuilt.tidemark");
  copyFileSync(caseFile, path);
  const run = await tidemark("verify", path, "--rebuild");
  expect(run.code, run.stderr).toBe(0);
  expect(await ask(path)).toEqual(answers);
});

test("60 damaged cases: none crashes or hangs, and whatever differs in an answer is found", async () => {
  const path = join(desk, "small.tidemark");
  await smallCase(path, folder(mixedFiles));
  const runs = await damageCase(path, 20_000, 60);
  expect(runs).toMatchObject({ crashed: [], hung: [] });
  expect(undetected(runs)).toEqual([]);
  expect(runs.mutants.filter(({ told, shows }) => told === "bug" || shows === "bug" || shows === "other")).toEqual([]);
});

test("says that it detects damage and not forgery, and compares the whole file with the sum of a copy", async () => {
  const to = join(desk, "sum.tidemark");
  copyFileSync(caseFile, to);
  const sum = createHash("sha256").update(readFileSync(to)).digest("hex");
  writeFileSync(`${to}.sha256`, `${sum}  sum.tidemark\n`);
  const same = await json<Record<string, unknown>>(["verify", to, "--json"]);
  expect(same).toMatchObject({ ok: true, fileHash: "same", detects: expect.stringMatching(/damage, not forgery/) });

  const bytes = readFileSync(to);
  bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1;
  bytes[97] = bytes[97]! ^ 1; // the number of the SQLite that wrote it: no answer shows it
  writeFileSync(to, bytes);
  const differs = await json<Record<string, unknown>>(["verify", to, "--json"], 1);
  expect(differs).toMatchObject({ ok: false, fileHash: "differs" });
});

test("Ctrl-C ends it with 130 and leaves the case as it was", async () => {
  const before = sha256(caseFile);
  const running = start(["verify", caseFile]);
  await wait(350);
  process.kill(-running.child.pid!, "SIGINT");
  const { code, signal, stderr } = await running.ended;
  expect([0, 130, "SIGINT"], stderr).toContain(code ?? signal); // 0: it was faster; a signal: it had not begun
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(sha256(caseFile)).toBe(before);
});
