// Windows on cases, over the loopback's WebSocket with real engines: whatever lane a call has, it is answered by whom it should be.

import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Params } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder, listing, sha256 } from "../support/cli.ts";
import { manyLogs } from "../support/logs.ts";
import { type App, openWindow, smallCase, smallLog, startApp, type Window } from "../support/loopback.ts";

/** On a busy machine; a second is vitest's own. */
const SOON = { timeout: 20_000 };

let app: App;
beforeAll(async () => {
  app = await startApp();
});

const question = (by: Params<"query.rows">["by"]): Params<"query.rows"> => ({
  by,
  scope: EVERYTHING,
  sort: null,
  limit: 0,
  after: 0,
  bin: null,
});
const added = (...paths: string[]): Params<"source.add"> => ({ paths, upload: null, embed: true, jobs: 1 });

async function failing(asked: Promise<unknown>): Promise<readonly [string, string]> {
  const { kind, message } = await asked.then(() => expect.fail("it was answered"), failureOf);
  return [kind, message];
}

async function processesOf(window: Window): Promise<number[]> {
  const { look, work } = await window.ask("engine.state", {});
  return [look.pid, work.pid].filter((pid) => pid !== null);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  expect(pids.length).toBeGreaterThan(0);
  await vi.waitUntil(() => !pids.some(isAlive), { timeout: 10_000 });
}

describe("a window without a case", () => {
  test("is told so by calls of look and work, and has no engine", async () => {
    const window = await openWindow(app);
    const none = { state: "not started", pid: null, restarts: 0, residentBytes: 0 };
    for (const call of ["case.info", "case.verify", "nic.list", "notebook.read", "case.rebuild"] as const)
      expect(await failing(window.ask(call, {}))).toEqual(["bad-request", "No case is open in this window."]);
    expect(await failing(window.ask("query.rows", question("edges")))).toContain("No case is open in this window.");
    expect(await window.ask("engine.state", {})).toEqual({ look: none, work: none });
    await window.leave();
  });

  test("is asked only what the contract allows", async () => {
    const window = await openWindow(app);
    expect(await failing(window.ask("case.open", {} as never))).toEqual([
      "bad-request",
      expect.stringContaining("The parameters of case.open are not right"),
    ]);
    expect((await failing(window.ask("case.steal" as never, {} as never)))[1]).toBe(
      'There is no call "case.steal" here.',
    );
    expect((await failing(window.ask("constructor" as never, {} as never)))[0]).toBe("bad-request");
    await window.leave();
  });
});

describe("opening a case", () => {
  test("answers with its real path and name, and changes no byte of it", async () => {
    const path = await smallCase();
    const before = [sha256(path), listing(dirname(path))];
    const link = join(folder(), "link.tidemark");
    symlinkSync(path, link);
    const window = await openWindow(app);
    expect(await window.ask("case.open", { path: link })).toEqual({ path, name: "small", readOnly: null });
    expect((await window.ask("query.rows", question("tuples"))).rows.map((row) => row.srcIp)).toEqual([
      "10.0.0.4",
      "10.0.0.4",
    ]);
    const pids = await processesOf(window);
    await window.leave();
    await gone(pids);
    expect([sha256(path), listing(dirname(path))]).toEqual(before);
  });

  test("that is missing, no case, damaged or of a newer version fails as the engine says", async () => {
    const window = await openWindow(app);
    const good = await smallCase();
    const bytes = readFileSync(good);
    const changed = (change: (copy: Buffer) => void): Buffer => {
      const copy = Buffer.from(bytes);
      change(copy);
      return copy;
    };
    const home = folder([
      ["text.tidemark", "hello"],
      ["cut.tidemark", bytes.subarray(0, 8192 * 2 + 100)],
      ["future.tidemark", changed((copy) => copy.writeUInt32BE(9999, 60))],
    ]);
    const kinds: Record<string, string> = {};
    for (const name of ["missing", "text", "cut", "future"])
      [kinds[name]] = await failing(window.ask("case.open", { path: join(home, `${name}.tidemark`) }));
    expect(kinds).toEqual({
      missing: "not-found",
      text: "case-damaged",
      cut: "case-damaged",
      future: "case-from-future",
    });
    expect((await failing(window.ask("case.open", { path: home })))[0]).toBe("case-damaged");
    expect((await failing(window.ask("case.open", { path: "small.tidemark" })))[0]).toBe("bad-request");
    expect((await failing(window.ask("case.info", {})))[1]).toBe("No case is open in this window.");
    await window.ask("case.open", { path: good });
    await failing(window.ask("case.open", { path: join(home, "text.tidemark") }));
    expect((await window.ask("case.info", {})).tuples).toBe(2); // the one before is still open
    await window.leave();
  });

  test("that is marked read-only says so, refuses changes with that sentence and answers questions", async () => {
    const path = await smallCase();
    chmodSync(path, 0o444);
    const window = await openWindow(app);
    const { readOnly } = await window.ask("case.open", { path });
    expect(readOnly).toMatch(/read-only|may not write/);
    const logs = join(folder([["b.json", smallLog("10.0.0.9")]]), "b.json");
    const refused = ["bad-request", readOnly];
    expect(await failing(window.ask("source.add", added(logs)))).toEqual(refused);
    expect(await failing(window.ask("source.undo", { source: "x" }))).toEqual(refused);
    expect(await failing(window.ask("case.rebuild", {}))).toEqual(refused);
    expect(await failing(window.ask("upload.ticket", {}))).toEqual(refused);
    expect((await window.ask("case.info", {})).tuples).toBe(2);
    await window.leave();
    chmodSync(path, 0o644);
  });

  test("as new makes an empty one, which takes evidence and is sealed when left", async () => {
    const home = folder([["a.json", smallLog("10.0.0.9")]]);
    const path = join(home, "new case.tidemark");
    const window = await openWindow(app);
    expect(await window.ask("case.new", { path })).toEqual({ path, name: "new case", readOnly: null });
    expect((await window.ask("case.info", {})).tuples).toBe(0);
    await window.ask("source.add", added(join(home, "a.json")));
    expect((await window.ask("case.info", {})).tuples).toBe(2);
    expect((await window.ask("recent.list", {})).cases[0]?.path).toBe(path);
    const pids = await processesOf(window);
    await window.leave();
    await gone(pids);
    expect(listing(home)).toEqual(["a.json", "new case.tidemark"]);
  });

  test("as new is refused where a file is, and nothing of it is changed", async () => {
    const path = await smallCase();
    const before = sha256(path);
    const window = await openWindow(app);
    expect(await failing(window.ask("case.new", { path }))).toEqual([
      "bad-request",
      expect.stringContaining("is there already"),
    ]);
    const nowhere = join(folder(), "no folder", "new.tidemark");
    expect((await failing(window.ask("case.new", { path: nowhere })))[0]).toBe("not-found");
    expect([sha256(path), existsSync(dirname(nowhere))]).toEqual([before, false]);
    await window.leave();
  });

  test("is remembered with its figures, newest first; what is missing is marked and can be forgotten", async () => {
    const one = await startApp();
    const window = await openWindow(one);
    const [first, second] = [await smallCase(), await smallCase()];
    for (const path of [first, second, first]) await window.ask("case.open", { path });
    const { cases } = await window.ask("recent.list", {});
    expect(cases.map(({ path, name, tuples, nics, missing }) => [path, name, tuples, nics, missing])).toEqual([
      [first, "small", 2, 1, false],
      [second, "small", 2, 1, false],
    ]);
    const moved = await smallCase();
    await window.ask("case.open", { path: moved });
    await window.ask("case.close", {});
    rmSync(moved);
    expect((await window.ask("recent.list", {})).cases[0]).toMatchObject({ path: moved, missing: true });
    await window.ask("recent.forget", { path: null });
    expect((await window.ask("recent.list", {})).cases.map(({ path }) => path)).toEqual([first, second]);
    await window.ask("recent.forget", { path: second });
    expect((await window.ask("recent.list", {})).cases.map(({ path }) => path)).toEqual([first]);
    await window.leave();
  });
});

describe("two windows on one case", () => {
  test("share its engine; both hear of a change, a window on another case does not", async () => {
    const path = await smallCase();
    const [one, two, other] = [await openWindow(app), await openWindow(app), await openWindow(app)];
    const heard: string[] = [];
    for (const [name, window] of [
      ["one", one],
      ["two", two],
      ["other", other],
    ] as const)
      window.listen("case.changed", ({ what }) => heard.push(`${name}: ${what}`));
    await one.ask("case.open", { path });
    await two.ask("case.open", { path });
    await other.ask("case.open", { path: await smallCase() });
    const logs = join(folder([["b.json", smallLog("10.0.0.9", "000D3A222222")]]), "b.json");
    const account = await one.ask("source.add", added(logs));
    expect(account.added).toMatchObject({ records: 1, tuples: 2 });
    await vi.waitUntil(() => heard.length >= 2, SOON);
    expect(heard.sort()).toEqual(["one: evidence", "two: evidence"]);
    expect((await two.ask("case.info", {})).tuples).toBe(4);
    expect((await other.ask("case.info", {})).tuples).toBe(2);
    expect(await processesOf(one)).toEqual(await processesOf(two));
    await vi.waitUntil(async () => {
      const { cases } = await one.ask("recent.list", {});
      return cases.find((each) => each.path === path)?.tuples === 4;
    }, SOON);

    const pids = await processesOf(two);
    await one.leave();
    expect((await two.ask("case.info", {})).tuples).toBe(4);
    await two.leave();
    await gone(pids);
    await other.leave();
  });

  test("leave its engine one after the other: by closing, by opening another, by closing the case", async () => {
    const [path, next] = [await smallCase(), await smallCase()];
    const [one, two] = [await openWindow(app), await openWindow(app)];
    await one.ask("case.open", { path });
    await two.ask("case.open", { path });
    const pids = await processesOf(one);
    await one.ask("case.open", { path: next });
    expect(pids.every(isAlive)).toBe(true);
    await two.ask("case.close", {});
    await gone(pids);
    expect(await failing(two.ask("case.info", {}))).toEqual(["bad-request", "No case is open in this window."]);
    expect((await one.ask("case.info", {})).tuples).toBe(2);
    const last = await processesOf(one);
    one.socket.terminate(); // as a browser that crashes
    await gone(last);
    await two.leave();
  });

  test("an engine outlives a page that loads again", async () => {
    const patient = await startApp({ lingerMs: 60_000 });
    const path = await smallCase();
    const before = await openWindow(patient);
    await before.ask("case.open", { path });
    const pids = await processesOf(before);
    await before.leave();
    const after = await openWindow(patient);
    await after.ask("case.open", { path });
    expect(await processesOf(after)).toEqual(pids);
    await patient.close();
    await gone(pids);
  });
});

describe("cancelling", () => {
  test("reaches the process that answers: adding stops, what was whole stays, and can be gone on with", async () => {
    const path = await smallCase();
    const home = folder(manyLogs(48, 25, 100));
    const window = await openWindow(app);
    await window.ask("case.open", { path });
    const stop = new AbortController();
    const adding = failing(window.ask("source.add", added(home), { signal: stop.signal }));
    await vi.waitUntil(() => existsSync(`${path}-lock`), { interval: 2, timeout: 10_000 });
    stop.abort();
    expect((await adding)[0]).toBe("cancelled");
    const between = (await window.ask("case.info", {})).tuples;
    expect(between).toBeGreaterThanOrEqual(2);
    expect(between).toBeLessThan(2 + 48 * 25 * 100);
    await window.ask("source.add", added(home));
    expect((await window.ask("case.info", {})).tuples).toBe(2 + 48 * 25 * 100);
    await window.leave();
  });
});

describe("a process that is killed", () => {
  test("is told to the window and started again on the same case", async () => {
    const window = await openWindow(app);
    await window.ask("case.open", { path: await smallCase() });
    const heard: unknown[] = [];
    window.listen("engine.restarted", (payload) => heard.push(payload));
    const [look] = await processesOf(window);
    process.kill(look!, "SIGKILL");
    await vi.waitUntil(() => heard.length > 0, SOON);
    expect(heard).toEqual([{ process: "look", reason: "it was ended by SIGKILL" }]);
    expect((await window.ask("case.info", {})).tuples).toBe(2);
    await window.leave();
  });
});

describe("the sample", () => {
  test("is made once, told while it is made, and is a case that holds together", { timeout: 120_000 }, async () => {
    const one = await startApp();
    const [first, second] = [await openWindow(one), await openWindow(one)];
    const told = [0, 0];
    first.listen("ingest.progress", () => told[0]!++);
    second.listen("ingest.progress", () => told[1]!++);
    const [a, b] = await Promise.all([first.ask("sample.open", {}), second.ask("sample.open", {})]);
    expect(a).toEqual(b);
    expect(a.readOnly).toBeNull();
    expect(told.every((n) => n > 0)).toBe(true);
    const truth = JSON.parse(readFileSync(join(dirname(a.path), "truth.json"), "utf8")) as {
      totals: { tuples: number };
    };
    expect((await second.ask("case.info", {})).tuples).toBe(truth.totals.tuples);
    expect(listing(dirname(a.path)).filter((name) => name.includes("tidemark"))).toEqual(["sample-incident.tidemark"]);
    await Promise.all([first.leave(), second.leave()]);
    const before = sha256(a.path);
    const later = await openWindow(one);
    expect((await later.ask("sample.open", {})).path).toBe(a.path);
    await later.leave();
    await wait(50);
    expect(sha256(a.path)).toBe(before);
  });
});

test("there are no native dialogs, and a folder is listed for the page's own", async () => {
  const window = await openWindow(app);
  const home = folder([["case.tidemark", ""]]);
  expect(await window.ask("path.pick", { purpose: "open-case", name: "" })).toEqual({ native: false, paths: [] });
  const { entries, parent } = await window.ask("path.list", { folder: home, purpose: "open-case" });
  expect([parent, entries.map(({ name, kind }) => [name, kind])]).toEqual([dirname(home), [["case.tidemark", "case"]]]);
  expect((await window.ask("path.list", { folder: null, purpose: "evidence" })).folder).toBe(home);
  expect(await failing(window.ask("path.list", { folder: join(home, "x"), purpose: "evidence" }))).toEqual([
    "not-found",
    `There is no folder at ${join(home, "x")}.`,
  ]);
  await window.leave();
});
