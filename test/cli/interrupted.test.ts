// One writer at a time; and an ingest that is stopped, whenever and however, can be done again to the same end.

import { existsSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Info } from "../support/answers.ts";
import { folder, json, listing, type Run, type Running, start, tidemark } from "../support/cli.ts";
import { everythingIn } from "../support/everything.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { killAndGoOn } from "../support/kill.ts";
import { evidence, manyLogs } from "../support/logs.ts";

/** Long enough to be stopped in the middle: 60,000 tuples in 24 files, 4.5 MB. */
const home = folder(manyLogs(24, 25, 100));
const TUPLES = 24 * 25 * 100;

type End = { digest: string; tuples: unknown; answers: string };
let whole: End;
let wholeMs: number;

beforeAll(async () => {
  const caseFile = join(folder(), "case.tidemark");
  const began = performance.now();
  await json(["ingest", caseFile, home, "--json"]);
  wholeMs = performance.now() - began;
  whole = await endOf(caseFile);
  expect(whole.tuples).toBe(TUPLES);
});

/** What a case amounts to. */
async function endOf(caseFile: string): Promise<End> {
  const info = await json<Info>(["info", caseFile, "--json"]);
  return { digest: info.logicalDigest, tuples: info.tuples, answers: await everythingIn(caseFile, 0) };
}

/** Sends a signal to every process of a run, as Ctrl-C in a terminal or an out-of-memory killer does. */
function signal(running: Running, name: NodeJS.Signals): void {
  try {
    process.kill(-running.child.pid!, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has already ended
  }
}

/** Ingests again until nobody else holds the case: what a killed run left may take a moment to go. */
async function ingestAgain(caseFile: string): Promise<Run> {
  for (let tries = 0; ; tries += 1) {
    const run = await tidemark("ingest", caseFile, home, "--json");
    if (run.code !== 3 || tries === 20 || !run.stderr.includes("in use")) return run;
    await wait(250);
  }
}

describe("kill -9 in the middle of ingest, then ingest again", () => {
  test("five kills: the case holds together after each, and comes to the same content", async () => {
    const small = folder(manyLogs(24, 10, 60));
    const made = join(folder(), "case.tidemark");
    const began = performance.now();
    await ingestHere(made, [small], { jobs: 2 });
    const ms = performance.now() - began;
    const parts = [0.1, 0.3, 0.5, 0.2, 0.7].map((part) => part * ms);
    for (const moments of [parts.slice(0, 3), parts.slice(3)]) {
      const caseFile = join(folder(), "case.tidemark");
      const { wrong, content } = await killAndGoOn(caseFile, small, moments);
      expect(wrong).toEqual([]);
      expect(content).toBe(await everythingIn(made, 0));
      expect(listing(dirname(caseFile))).toEqual(["case.tidemark"]);
    }
  });

  test("of its first process alone: the others end, and the case can be used", async () => {
    const caseFile = join(folder(), "case.tidemark");
    const running = start(["ingest", caseFile, home, "--json"]);
    await wait(wholeMs * 0.6);
    running.child.kill("SIGKILL");
    await Promise.race([running.ended, wait(10_000)]);
    const again = await ingestAgain(caseFile);
    expect(again.code, again.stderr).toBe(0);
    expect((await json<Info>(["info", caseFile, "--json"])).logicalDigest).toBe(whole.digest);
  });
});

/** Starts an ingest and lets it come so far that it writes; `pauseMs` later it is in the middle. */
async function startWriting(caseFile: string, pauseMs: number): Promise<Running> {
  const running = start(["ingest", caseFile, home, "--json"]);
  for (let tries = 0; tries < 4000 && !existsSync(`${caseFile}-wal`); tries += 1) await wait(2);
  await wait(pauseMs);
  return running;
}

describe("Ctrl-C", () => {
  test("ends with 130, the case consistent, and ingest again completes it", async () => {
    let caseFile = "";
    let stopped: Run | null = null;
    for (const pauseMs of [60, 20, 0]) {
      caseFile = join(folder(), "case.tidemark");
      const running = await startWriting(caseFile, pauseMs);
      signal(running, "SIGINT");
      stopped = await running.ended;
      if (stopped.code !== 0) break; // 0: this machine was faster than the pause
    }
    expect([stopped?.code, stopped?.signal], stopped?.stderr).toEqual([130, null]);
    expect(stopped?.stderr).not.toMatch(/\n\s+at /);
    if (existsSync(caseFile)) {
      expect(listing(dirname(caseFile))).toEqual(["case.tidemark"]);
      expect((await tidemark("verify", caseFile)).code).toBe(0);
    }
    const again = await ingestAgain(caseFile);
    expect(again.code, again.stderr).toBe(0);
    expect(await endOf(caseFile)).toEqual(whole);
  });
});

describe("Ctrl-Z", () => {
  test("pauses: nothing is written until it goes on, then it comes to the same end", async () => {
    const caseFile = join(folder(), "case.tidemark");
    const running = await startWriting(caseFile, 0);
    running.child.kill("SIGTSTP"); // as the key does, but to the first process alone: the others must be asked
    await wait(300);
    const written = (): number => [caseFile, `${caseFile}-wal`].reduce((sum, file) => sum + statSync(file).size, 0);
    const before = written();
    await wait(400);
    expect(written()).toBe(before);
    running.child.kill("SIGCONT");
    const done = await running.ended;
    expect(done.code, done.stderr).toBe(0);
    expect(done.stderr).toMatch(/paused; nothing is written.*\n.*going on/);
    expect(await endOf(caseFile)).toEqual(whole);
  });
});

describe("while one ingest is writing", () => {
  const small = join(folder([["nsg.json", evidence("nsg-v2.json")]]), "nsg.json");

  test("a second writer is refused with PID and host and harms nothing, and the case can be read", async () => {
    const caseFile = join(folder(), "case.tidemark");
    await json(["ingest", caseFile, small, "--json"]);
    const first = await startWriting(caseFile, 20);
    signal(first, "SIGSTOP"); // held in the middle for as long as this takes
    const other = join(folder([["vnet.json", evidence("vnet-v4-vnet-target.json")]]), "vnet.json");
    const second = await tidemark("ingest", caseFile, other);
    const reader = await tidemark("info", caseFile, "--json");
    signal(first, "SIGCONT");
    const done = await first.ended;

    expect(second.code, second.stderr).toBe(3);
    const [, pid, host] = /in use by (?:PID )?(\d+) on (\S+?)[.,;]?(?:\s|$)/i.exec(second.stderr) ?? [];
    expect(host, second.stderr).toBe(hostname());
    expect(Number(pid)).toBeGreaterThan(0);
    expect(reader.code, reader.stderr).toBe(0);
    expect((JSON.parse(reader.stdout) as Info).tuples).toBeGreaterThanOrEqual(153);
    expect(done.code, done.stderr).toBe(0);
    expect((await json<Info>(["info", caseFile, "--json"])).tuples).toBe(TUPLES + 153);
    expect(listing(dirname(caseFile))).toEqual(["case.tidemark"]);
  });

  test("reading all the time does not disturb it, nor the case's end", async () => {
    const caseFile = join(folder(), "case.tidemark");
    await json(["ingest", caseFile, small, "--json"]);
    const first = start(["ingest", caseFile, home, "--json"]);
    let ended = false;
    const done = first.ended.finally(() => {
      ended = true;
    });
    const seen: number[] = [];
    while (!ended) seen.push((await json<Info>(["info", caseFile, "--json"])).tuples as number);
    expect((await done).code).toBe(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect((await json<Info>(["info", caseFile, "--json"])).tuples).toBe(TUPLES + 153);
    expect(listing(dirname(caseFile))).toEqual(["case.tidemark"]);
  });
});
