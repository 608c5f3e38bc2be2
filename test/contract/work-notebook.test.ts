// The notebook through real processes: beside an ingest, beside another process, through kill -9, and on cases of version 1.

import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../electron/engine/engine.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { listEntries } from "../../electron/store/journal.ts";
import { NEWEST } from "../../electron/store/migrations/list.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import type { Operation } from "../../shared/notebook.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder, json, listing, sha256, tidemark } from "../support/cli.ts";
import { engineOn, failed, isSealed, until } from "../support/engines.ts";
import { manyLogs, randomFrom } from "../support/logs.ts";
import { append, asVersion, noteOf, statusOf, tamper, versionOne } from "../support/notebook.ts";

const TUPLES = 12 * 10 * 60;
const logs = folder(manyLogs(12, 10, 60));
const adding = { paths: [logs], upload: null, embed: true, jobs: 2 };
let plain: CaseInfo;

beforeAll(async () => {
  const caseFile = join(folder(), "plain.tidemark");
  await json(["ingest", caseFile, logs, "--json"]);
  plain = await json<CaseInfo>(["info", caseFile, "--json"]);
  expect(plain.tuples).toBe(TUPLES);
});

async function emptyCase(): Promise<{ caseFile: string; engine: Engine }> {
  const caseFile = join(folder(), "a.tidemark");
  const engine = engineOn(caseFile);
  await engine.ask("case.create", {});
  return { caseFile, engine };
}

const write = (engine: Engine, ...operations: Operation[]): Promise<unknown> =>
  engine.ask("notebook.write", { operations });

/** Operations as they stand in the journal. */
function written(caseFile: string): Operation[] {
  const db = openForReading(caseFile);
  const operations = listEntries(db).map((entry) => entry.operation);
  db.close();
  return operations;
}

describe("while evidence is being added", () => {
  test("a note is written without waiting for it, seen at once, and changes no evidence", async () => {
    const { caseFile, engine } = await emptyCase();
    let ended = false;
    const added = engine.ask("source.add", adding).finally(() => {
      ended = true;
    });
    await engine.ask("source.pause", { paused: true });
    await write(engine, noteOf("a"), statusOf("10.0.0.4", "compromised"));
    expect((await engine.ask("notebook.read", {})).notes.map((note) => note.text)).toEqual(["text of a"]);
    await write(engine, noteOf("a", "more"));
    const read = await engine.ask("notebook.read", {});
    expect([read.entries, read.notes[0]?.text, read.hosts[0]?.status]).toEqual([3, "more", "compromised"]);
    expect([ended, existsSync(`${caseFile}-lock`)]).toEqual([false, true]);

    await engine.ask("source.pause", { paused: false });
    expect((await added).added.tuples).toBe(TUPLES);
    const verified = await engine.ask("case.verify", {});
    expect([verified.findings, verified.logicalDigest]).toEqual([[], plain.logicalDigest]);
    expect((await engine.ask("case.info", {})).logicalDigest).toBe(plain.logicalDigest);
    await engine.stop();
    expect(listing(dirname(caseFile))).toEqual(["a.tidemark"]);
    expect(isSealed(caseFile)).toBe(true);
  });

  test("many stand in the journal in the order in which they were asked for, and all evidence is there", async () => {
    const { caseFile, engine } = await emptyCase();
    const added = engine.ask("source.add", adding);
    const wanted = Array.from({ length: 60 }, (_, i) => noteOf(`n${i}`));
    await Promise.all([added, ...wanted.map((operation) => write(engine, operation))]);
    expect(written(caseFile)).toEqual(wanted);
    expect(await engine.ask("case.verify", {})).toMatchObject({ ok: true, tuples: TUPLES });
  });

  test("a note also survives that the evidence is refused, or taken back, or derived anew", async () => {
    const { caseFile, engine } = await emptyCase();
    await write(engine, noteOf("a"));
    const text = join(folder([["a.json", '{"records":[{"category":"Other"}]}']]), "a.json");
    await engine.ask("source.add", { ...adding, paths: [text] });
    await engine.ask("source.add", adding);
    await Promise.all([engine.ask("case.rebuild", {}), write(engine, noteOf("b"))]);
    await Promise.all([engine.ask("source.undo", { source: logs }), write(engine, noteOf("c"))]);
    expect(await engine.ask("case.verify", {})).toMatchObject({ ok: true, tuples: 0 });
    expect((await engine.ask("notebook.read", {})).notes.map(({ id }) => id)).toEqual(["c", "b", "a"]);
    expect(existsSync(caseFile)).toBe(true);
  });
});

test("who made an entry and that the notebook changed are told", async () => {
  const { caseFile, engine } = await emptyCase();
  const heard: string[] = [];
  engine.listen("case.changed", ({ what }) => heard.push(what));
  await write(engine, noteOf("a"));
  await until(() => heard.length > 0);
  expect(heard).toEqual(["notebook"]);
  const { notes } = await engine.ask("notebook.read", {});
  expect(notes[0]?.author).toMatch(/./);
  expect(notes[0]?.author).not.toContain(hostname());
  expect(await failed(write(engine, { ...noteOf("b"), id: "" } as Operation))).toMatchObject({ kind: "bad-request" });
  expect(written(caseFile)).toHaveLength(1);
});

test("the case is sealed a moment after the last note, and when the process ends with a reader looking on", async () => {
  const { caseFile, engine } = await emptyCase();
  for (let i = 0; i < 5; i++) await write(engine, noteOf("a", `${i}`));
  expect(isSealed(caseFile)).toBe(false);
  await until(() => isSealed(caseFile));
  await until(() => listing(dirname(caseFile)).length === 1);

  await write(engine, noteOf("b"));
  expect((await engine.ask("notebook.read", {})).entries).toBe(6);
  await engine.stop();
  expect(listing(dirname(caseFile))).toEqual(["a.tidemark"]);
  expect(isSealed(caseFile)).toBe(true);
});

test("another process is told who writes, and writes when that one is done", async () => {
  const { caseFile, engine } = await emptyCase();
  const other = engineOn(caseFile);
  const added = engine.ask("source.add", adding);
  await engine.ask("source.pause", { paused: true });
  await write(engine, noteOf("a"));
  const busy = await failed(write(other, noteOf("b")));
  expect(busy).toMatchObject({ kind: "busy" });
  expect(busy.message).toContain(`PID ${engine.state().work.pid} on ${hostname()}`);
  expect((await other.ask("notebook.read", {})).entries).toBe(1);
  await engine.ask("source.pause", { paused: false });
  await added;
  await until(() => !existsSync(`${caseFile}-lock`));
  await write(other, noteOf("b"));
  expect((await engine.ask("notebook.read", {})).notes.map(({ id }) => id)).toEqual(["b", "a"]);
});

test("a case that is not there is not made by a note", async () => {
  const caseFile = join(folder(), "none.tidemark");
  expect(await failed(write(engineOn(caseFile), noteOf("a")))).toMatchObject({ kind: "not-found" });
  expect(listing(dirname(caseFile))).toEqual([]);
});

describe("kill -9 in the middle of writing", () => {
  const random = randomFrom(9);
  test.each([3, 17, 40, 61])("after %d acknowledged: each of those is there, and the chain is whole", async (count) => {
    const { caseFile, engine } = await emptyCase();
    await write(engine, noteOf("first"));
    const acknowledged = new Set<string>(["first"]);
    let asked = 0;
    const writer = async (): Promise<void> => {
      for (;;) {
        const id = `n${asked++}`;
        await write(engine, noteOf(id, "x".repeat(Math.floor(random() * 20_000))));
        acknowledged.add(id);
        if (acknowledged.size === count) process.kill(engine.state().work.pid as number, "SIGKILL");
      }
    };
    const failures = await Promise.all([writer(), writer(), writer()].map(failed));
    expect(failures.map(({ kind }) => kind)).toEqual(["interrupted", "interrupted", "interrupted"]);
    await write(engine, noteOf("last")); // by the process that was started again
    acknowledged.add("last");
    await engine.stop();

    const ids = written(caseFile).map((operation) => (operation.what === "note.text" ? operation.id : ""));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.length - acknowledged.size).toBeLessThanOrEqual(3); // written, and killed before it was said
    expect((await tidemark("verify", caseFile)).code).toBe(0);
    expect(listing(dirname(caseFile))).toEqual(["a.tidemark"]);
  });
});

describe("a case of version 1 with evidence", () => {
  let caseFile: string;
  beforeAll(async () => {
    caseFile = join(folder(), "one.tidemark");
    await json(["ingest", caseFile, logs, "--json"]);
    versionOne(caseFile);
  });

  test("looked at all round is the same file after, and answers as the newest does", async () => {
    const before = sha256(caseFile);
    const engine = engineOn(caseFile);
    const info = await engine.ask("case.info", {});
    expect({ ...info, format: NEWEST, fileBytes: 0 }).toEqual({ ...plain, flows: null, fileBytes: 0 });
    expect(info.format).toBe(1);
    expect(await engine.ask("notebook.read", {})).toEqual({ entries: 0, hosts: [], notes: [], views: [] });
    expect(await engine.ask("case.verify", {})).toMatchObject({ ok: true, findings: [] });
    const question = { by: "edges", scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null } as const;
    expect((await engine.ask("query.rows", question)).rows.length).toBeGreaterThan(0);
    await engine.stop();
    for (const command of ["info", "verify"]) expect((await tidemark(command, caseFile)).code).toBe(0);
    expect([sha256(caseFile), listing(dirname(caseFile))]).toEqual([before, ["one.tidemark"]]);
  });

  test("becomes the newest by its first note, under the eyes of a reader", async () => {
    const engine = engineOn(caseFile);
    expect((await engine.ask("case.info", {})).format).toBe(1);
    await write(engine, noteOf("a"));
    expect((await engine.ask("notebook.read", {})).notes).toHaveLength(1);
    const info = await engine.ask("case.info", {});
    expect({ ...info, fileBytes: 0 }).toEqual({ ...plain, flows: null, fileBytes: 0 }); // flows wait for evidence or --rebuild
    await engine.stop();
    expect((await tidemark("verify", caseFile)).code).toBe(0);
    expect(isSealed(caseFile)).toBe(true);
  });
});

describe("a case of version 2 with evidence", () => {
  const wholeAfterNote = async (spoil: (path: string) => void): Promise<readonly [before: boolean, after: boolean]> => {
    const path = join(folder(), "two.tidemark");
    await json(["ingest", path, logs, "--json"]);
    asVersion(2, path);
    spoil(path);
    const isWhole = (): boolean => {
      const db = openForReading(path);
      const { ok } = verifyCase(db, path, false);
      db.close();
      return ok;
    };
    const before = isWhole();
    append(path, [noteOf("a")]);
    return [before, isWhole()];
  };

  test("is whole before and after it is brought to the newest", async () => {
    expect(await wholeAfterNote(() => {})).toEqual([true, true]);
  });

  test("that was damaged is so after it as well", async () => {
    expect(await wholeAfterNote((path) => tamper(path, "UPDATE member SET name = 'other' WHERE id = 3"))).toEqual([
      false,
      false,
    ]);
  });
});
