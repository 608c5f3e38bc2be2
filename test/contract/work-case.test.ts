// An empty case, a copy of a case, and a paused ingest, through real processes.

import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { acquireLock } from "../../electron/store/lock.ts";
import { NEWEST } from "../../electron/store/migrations/list.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import { bys } from "../../shared/rows.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder, json, listing, sha256, tidemark } from "../support/cli.ts";
import { engineOn, failed, isSealed } from "../support/engines.ts";
import { manyLogs } from "../support/logs.ts";
import { noteOf, statusOf } from "../support/notebook.ts";

const TUPLES = 24 * 10 * 60;
const logs = folder(manyLogs(24, 10, 60));
const adding = { paths: [logs], upload: null, embed: true, jobs: 2 };

describe("an empty case", () => {
  let caseFile: string;
  beforeAll(async () => {
    caseFile = join(folder(), "a.tidemark");
    await engineOn(caseFile).ask("case.create", {});
  });

  test("is one sealed file that says it holds nothing, to every question", async () => {
    const before = sha256(caseFile);
    expect([listing(dirname(caseFile)), isSealed(caseFile)]).toEqual([["a.tidemark"], true]);
    const info = await json<CaseInfo>(["info", caseFile, "--json"]);
    const none = { sources: 0, members: 0, records: 0, tuples: 0, nics: 0, endpoints: 0, conversations: 0, allowed: 0 };
    expect(info).toMatchObject({
      ...none,
      format: NEWEST,
      firstTime: null,
      lastTime: null,
      embedded: false,
      sourceList: [],
    });
    expect(await json(["verify", caseFile, "--json"])).toMatchObject({ ok: true, evidence: "none", findings: [] });
    expect((await tidemark("info", caseFile)).code).toBe(0);
    const engine = engineOn(caseFile);
    for (const by of bys) {
      const group = by === "groups" ? (["dstPort"] as const) : undefined;
      const question = { by, scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null };
      const asked = group ? { ...question, group: [...group] } : question;
      expect(await engine.ask("query.rows", asked)).toMatchObject({ rows: [], next: null });
    }
    expect((await tidemark("query", caseFile, "--by", "groups", "--group", "dstPort,decision")).code).toBe(0);
    expect(await engine.ask("notebook.read", {})).toEqual({ entries: 0, hosts: [], notes: [], views: [] });
    expect(sha256(caseFile)).toBe(before);
  });

  test("is not made over another file, nor where there is no folder", async () => {
    const [taken, nowhere] = [join(folder([["a.txt", "mine"]]), "a.txt"), join(folder(), "no", "a.tidemark")];
    expect(await failed(engineOn(caseFile).ask("case.create", {}))).toMatchObject({ kind: "bad-request" });
    expect(await failed(engineOn(taken).ask("case.create", {}))).toMatchObject({ kind: "bad-request" });
    expect(readFileSync(taken, "utf8")).toBe("mine");
    expect(listing(dirname(taken))).toEqual(["a.txt"]);
    expect(await failed(engineOn(nowhere).ask("case.create", {}))).toMatchObject({ kind: "not-found" });
  });

  test("takes evidence, and stays where all evidence was refused", async () => {
    const path = join(folder(), "b.tidemark");
    const engine = engineOn(path);
    await engine.ask("case.create", {});
    const text = join(folder([["a.json", '{"records":[{"category":"Other"}]}']]), "a.json");
    const refused = await engine.ask("source.add", { ...adding, paths: [text] });
    expect(refused.sources[0]?.status).toBe("refused");
    expect(listing(dirname(path))).toEqual(["b.tidemark"]);
    expect((await engine.ask("source.add", adding)).added.tuples).toBe(TUPLES);
    expect(await engine.ask("case.verify", {})).toMatchObject({ ok: true, tuples: TUPLES });
  });

  test("a case that an ingest began for evidence that was refused does not stay", async () => {
    const path = join(folder(), "c.tidemark");
    const text = join(folder([["a.json", '{"records":[{"category":"Other"}]}']]), "a.json");
    const engine = engineOn(path);
    expect((await engine.ask("source.add", { ...adding, paths: [text] })).sources[0]?.status).toBe("refused");
    expect(listing(dirname(path))).toEqual([]);
  });

  test("adding nothing, or a ticket that nobody turned into a path, is a bad request", async () => {
    const engine = engineOn(caseFile);
    for (const wrong of [{ paths: [] }, { upload: "ticket" }])
      expect(await failed(engine.ask("source.add", { ...adding, ...wrong }))).toMatchObject({ kind: "bad-request" });
    expect((await json<CaseInfo>(["info", caseFile, "--json"])).tuples).toBe(0);
  });
});

/** What `sha256sum -c` says of a copy. */
function sumCheck(to: string): string {
  return execFileSync("sh", ["-c", 'sha256sum -c "$0"', `${to}.sha256`], { cwd: dirname(to) }).toString();
}

describe("a copy", () => {
  let caseFile: string;
  beforeAll(async () => {
    caseFile = join(folder(), "a.tidemark");
    const engine = engineOn(caseFile);
    await engine.ask("source.add", adding);
    await engine.ask("notebook.write", {
      operations: [noteOf("a"), statusOf("10.0.0.4", "cleared"), noteOf("b"), removed("a")],
    });
    await engine.stop();
  });
  const removed = (id: string) => ({ what: "note.removed", id, removed: true }) as const;

  test("opens elsewhere with the same notes, status, digest and answers; its sum holds, and the case is as it was", async () => {
    const before = sha256(caseFile);
    const to = join(folder(), "co py.tidemark");
    const engine = engineOn(caseFile);
    const copied = await engine.ask("case.copy", { to });
    expect(copied).toEqual({ path: to, bytes: readFileSync(to).length, sha256: sha256(to) });
    expect(listing(dirname(to))).toEqual(["co py.tidemark", "co py.tidemark.sha256"]);
    expect(sumCheck(to)).toMatch(/: OK\n$/);
    expect(isSealed(to)).toBe(true);
    expect([sha256(caseFile), listing(dirname(caseFile))]).toEqual([before, ["a.tidemark"]]);

    const other = engineOn(to);
    expect(await other.ask("notebook.read", {})).toEqual(await engine.ask("notebook.read", {}));
    const [info, same] = [await engine.ask("case.info", {}), await other.ask("case.info", {})];
    expect({ ...same, fileBytes: 0 }).toEqual({ ...info, fileBytes: 0 });
    const question = { by: "tuples", scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null } as const;
    expect(await other.ask("query.rows", question)).toEqual(await engine.ask("query.rows", question));
    expect(await other.ask("case.verify", {})).toMatchObject({ ok: true, evidence: "verified", tuples: TUPLES });
    await other.ask("notebook.write", { operations: [noteOf("c")] });
    expect((await other.ask("notebook.read", {})).entries).toBe(5);
  });

  test("a name with a line end or a backslash has a sum that sha256sum reads", async () => {
    const to = join(folder(), "a\\b\nc.tidemark");
    await engineOn(caseFile).ask("case.copy", { to });
    const checked = sumCheck(to);
    expect(checked).toMatch(/: OK\n$/);
  });

  test("does not write over anything, and leaves nothing where it cannot be made", async () => {
    const engine = engineOn(caseFile);
    const before = sha256(caseFile);
    const taken = join(folder([["x.tidemark", "mine"]]), "x.tidemark");
    const sumTaken = join(folder([["x.tidemark.sha256", "mine"]]), "x.tidemark");
    for (const to of [caseFile, taken, sumTaken])
      expect(await failed(engine.ask("case.copy", { to }))).toMatchObject({ kind: "bad-request" });
    expect([readFileSync(taken, "utf8"), sha256(caseFile)]).toEqual(["mine", before]);
    expect([taken, sumTaken].map((path) => listing(dirname(path)))).toEqual([["x.tidemark"], ["x.tidemark.sha256"]]);
    const nowhere = join(folder(), "no", "x.tidemark");
    expect(await failed(engine.ask("case.copy", { to: nowhere }))).toMatchObject({ kind: "not-found" });
    const nothing = join(folder(), "none.tidemark");
    const to = join(folder(), "x.tidemark");
    expect(await failed(engineOn(nothing).ask("case.copy", { to }))).toMatchObject({ kind: "not-found" });
    expect(listing(dirname(to))).toEqual([]);
  });

  test("leaves nothing half-made when writing stops short, wherever it stops", () => {
    const script = join(import.meta.dirname, "..", "support", "fixtures", "copy-case.ts");
    for (const blocks of [0, 1, 40, 700]) {
      const to = join(folder(), "x.tidemark");
      const limited = `ulimit -f ${blocks} && exec "$0" "$@"`; // 512 bytes each
      const told = execFileSync("sh", ["-c", limited, process.execPath, script, caseFile, to]).toString();
      expect(JSON.parse(told)).toMatchObject({ kind: expect.stringMatching(/^(disk-full|not-found)$/) });
      expect(told).not.toContain(".part");
      expect(listing(dirname(to))).toEqual([]);
    }
  });

  test("leaves nothing of a case that is damaged inside", async () => {
    const [damaged, to] = [join(folder(), "d.tidemark"), join(folder(), "x.tidemark")];
    const bytes = readFileSync(caseFile);
    bytes.fill(0xff, 8192, Math.min(bytes.length, 40 * 8192));
    writeFileSync(damaged, bytes);
    expect((await failed(engineOn(damaged).ask("case.copy", { to }))).kind).toBe("case-damaged");
    expect(listing(dirname(to))).toEqual([]);
  });

  test("is made of a case that cannot be written: held by another, or write-protected", async () => {
    const copy = join(folder(), "protected.tidemark");
    writeFileSync(copy, readFileSync(caseFile));
    chmodSync(copy, 0o444);
    chmodSync(dirname(copy), 0o555);
    const [one, two] = [join(folder(), "1.tidemark"), join(folder(), "2.tidemark")];
    await engineOn(copy).ask("case.copy", { to: one });
    chmodSync(dirname(copy), 0o755);
    expect(listing(dirname(copy))).toEqual(["protected.tidemark"]);
    const lock = acquireLock(caseFile);
    await engineOn(caseFile).ask("case.copy", { to: two });
    lock.release();
    expect(sha256(one)).toBe(sha256(two));
  });

  test("notes written while it is made are kept, and it is refused while evidence is being added", async () => {
    const path = join(folder(), "n.tidemark");
    writeFileSync(path, readFileSync(caseFile));
    const engine = engineOn(path);
    const [one, two] = [join(folder(), "1.tidemark"), join(folder(), "2.tidemark")];
    const notes = ["x", "y", "z"].map((id) => engine.ask("notebook.write", { operations: [noteOf(id)] }));
    await Promise.all([engine.ask("case.copy", { to: one }), ...notes, engine.ask("case.copy", { to: two })]);
    expect((await engine.ask("notebook.read", {})).entries).toBe(7);
    for (const to of [one, two]) expect((await tidemark("verify", to)).code).toBe(0);

    const added = engine.ask("source.add", { ...adding, paths: [folder(manyLogs(2, 2, 10, 8))] });
    await engine.ask("source.pause", { paused: true });
    const to = join(folder(), "3.tidemark");
    expect(await failed(engine.ask("case.copy", { to }))).toMatchObject({ kind: "busy" });
    await engine.ask("source.pause", { paused: false });
    await added;
    expect((await engine.ask("case.copy", { to })).path).toBe(to);
  });
});

describe("a paused ingest", () => {
  /** An ingest that is paused before its first part is written. */
  async function paused(signal?: AbortSignal) {
    const caseFile = join(folder(), "a.tidemark");
    const engine = engineOn(caseFile);
    await engine.ask("case.create", {});
    let progress = 0;
    engine.listen("ingest.progress", () => progress++);
    const added = engine.ask("source.add", adding, signal ? { signal } : undefined);
    const outcome = added.then(
      (account) => account.added.tuples,
      () => null,
    );
    await engine.ask("source.pause", { paused: true });
    return { engine, added, outcome, progressed: () => progress };
  }

  test("writes nothing until it goes on, and then everything", async () => {
    const { engine, added, progressed } = await paused();
    const at = progressed();
    await wait(700);
    expect(progressed()).toBe(at);
    expect((await engine.ask("case.info", {})).tuples).toBe(0);
    await engine.ask("source.pause", { paused: false });
    expect((await added).added.tuples).toBe(TUPLES);
    expect(progressed()).toBeGreaterThan(at);
  });

  test("can be cancelled, and done again without a pause", async () => {
    const controller = new AbortController();
    const { engine, added } = await paused(controller.signal);
    controller.abort();
    expect(await failed(added)).toMatchObject({ kind: "cancelled" });
    await engine.ask("source.pause", { paused: true }); // nothing runs: this holds up nothing
    expect((await engine.ask("source.add", adding)).added.tuples).toBe(TUPLES);
    expect(await engine.ask("case.verify", {})).toMatchObject({ ok: true, tuples: TUPLES });
  });

  test("pausing twice and going on once goes on; so does pausing again in between", async () => {
    const { engine, outcome } = await paused();
    for (const again of [true, false, true, true, false]) await engine.ask("source.pause", { paused: again });
    expect(await outcome).toBe(TUPLES);
  });
});
