// What the engine promises of its processes, kept against real ones: they are ended, hang, grow, and leave nothing behind.

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { type Engine, startEngine } from "../../electron/engine/engine.ts";
import { forkEntry } from "../../electron/engine/fork.ts";
import type { Child, Limits } from "../../electron/engine/keeper.ts";
import type { Question } from "../../shared/contract.ts";
import { type Failure, failureOf } from "../../shared/failure.ts";

const entry = (name: string): string => new URL(`../support/fixtures/engine/${name}.ts`, import.meta.url).pathname;
const patient: Limits = { silenceMs: 60_000, residentBytes: 4e9 };

const started: Engine[] = [];
afterAll(() => Promise.all(started.splice(0).map((engine) => engine.stop())));

function engineOf(script: string, limits: Limits = patient): Engine {
  const launch = (): Child => forkEntry(entry(script), ["the case"]);
  const engine = startEngine({ launch, limits: { look: limits, work: limits } });
  started.push(engine);
  return engine;
}

/** What the process is to do; without a word it answers with its PID. */
function question(filter: string): Question {
  return { by: "edges", scope: { from: null, to: null, filter }, sort: null, limit: 0, after: 0, bin: null };
}

async function pidOf(engine: Engine): Promise<number> {
  return (await engine.ask("query.rows", question(""))).rows[0]?.pid as number;
}

async function failure(call: Promise<unknown>): Promise<Failure> {
  return await call.then(() => expect.fail("it was answered"), failureOf);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("each process starts with the first call that needs it, on the case", async () => {
  const engine = engineOf("child");
  const none = { state: "not started", pid: null, restarts: 0, residentBytes: 0 };
  expect(await engine.ask("engine.state", {})).toEqual({ look: none, work: none });
  const { rows, remarks } = await engine.ask("query.rows", question(""));
  expect(remarks).toEqual(["the case"]);
  expect(engine.state()).toMatchObject({ look: { state: "running", pid: rows[0]?.pid, restarts: 0 }, work: none });
});

test("announcements of a process are heard, and its lane is its own", async () => {
  const engine = engineOf("child");
  const heard: unknown[] = [];
  engine.listen("case.changed", (payload) => heard.push(payload));
  const { added } = await engine.ask("source.add", { paths: ["a", "b"], upload: null, embed: true, jobs: 1 });
  expect(heard).toEqual([{ revision: 2, what: "evidence" }]);
  expect(added.tuples).not.toBe(await pidOf(engine));
});

test("a process is not blamed for the silence of its host", async () => {
  const limits = { ...patient }; // changed below: they are looked at anew at every tick
  const engine = engineOf("child", limits);
  const pid = await pidOf(engine);
  limits.silenceMs = 2000;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2300); // the host does nothing at all
  await wait(300);
  expect(await pidOf(engine)).toBe(pid);
});

describe.concurrent("a process that", () => {
  /** The call fails as interrupted, saying why; the next one is answered by a new process. */
  async function replaced(engine: Engine, does: string, harm: (pid: number) => void = () => {}): Promise<Failure> {
    const heard: unknown[] = [];
    engine.listen("engine.restarted", (payload) => heard.push(payload));
    const before = await pidOf(engine);
    const inFlight = failure(engine.ask("query.rows", question(does)));
    harm(before);
    const failed = await inFlight;
    const after = await pidOf(engine);
    expect([isAlive(before), after === before, engine.state().look.restarts, failed.kind]).toEqual([
      false,
      false,
      1,
      "interrupted",
    ]);
    const [, reason] = /^The process "look" ended \((.*)\) and is started again\.$/.exec(failed.message) ?? [];
    expect(heard).toEqual([{ process: "look", reason }]);
    return failed;
  }

  test("is ended from outside is started again", async () => {
    const failed = await replaced(engineOf("child"), "wait", (pid) => process.kill(pid, "SIGKILL"));
    expect(failed.message).toContain("it was ended by SIGKILL");
  });

  test("ends without an answer is started again", async () => {
    expect((await replaced(engineOf("child"), "exit")).message).toContain("it ended with code 7");
  });

  test("hangs is started again", async () => {
    const limits = { ...patient }; // short only while it hangs: how long a start takes is not what is tested
    const engine = engineOf("child", limits);
    engine.listen("engine.restarted", () => {
      limits.silenceMs = patient.silenceMs;
    });
    const failed = await replaced(engine, "hang", () => {
      limits.silenceMs = 1000;
    });
    expect(failed.message).toContain("it gave no sign of life for 1 s");
  });

  test("outgrows its memory is started again", async () => {
    const failed = await replaced(engineOf("child", { ...patient, residentBytes: 300e6 }), "grow");
    expect(failed.message).toMatch(/it grew to \d+ MB, past its limit of 300 MB/);
  });

  test("cannot be started is given up after three restarts", async () => {
    const engine = engineOf("broken");
    const first = await failure(engine.ask("query.rows", question("")));
    expect(first.message).toBe('The process "look" ended (it ended with code 9) and is started again.');
    while (engine.state().look.state !== "stopped") await wait(20);
    const last = await failure(engine.ask("query.rows", question("")));
    expect(last).toEqual({
      kind: "interrupted",
      message: 'The process "look" ended too often within a minute and is not started again for now.',
    });
    expect(engine.state().look).toMatchObject({ restarts: 3, pid: null });
  });
});

describe.concurrent("stopping", () => {
  test("ends both processes and fails what is in flight and what comes after", async () => {
    const engine = engineOf("child");
    const { added } = await engine.ask("source.add", { paths: ["a"], upload: null, embed: true, jobs: 1 });
    const look = await pidOf(engine);
    const inFlight = failure(engine.ask("query.rows", question("wait")));
    await engine.stop();
    expect([look, added.tuples].map(isAlive)).toEqual([false, false]);
    const cancelled = { kind: "cancelled", message: "The engine has been stopped." };
    expect([await inFlight, await failure(pidOf(engine))]).toEqual([cancelled, cancelled]);
  });

  test("while a process is being loaded leaves none", async () => {
    const engine = engineOf("child");
    const inFlight = failure(pidOf(engine));
    await wait(0);
    const { pid } = engine.state().look;
    await engine.stop();
    expect([(await inFlight).kind, isAlive(pid!)]).toEqual(["cancelled", false]);
  });

  test("ends one that does not leave, after two seconds", async () => {
    const engine = engineOf("stubborn");
    const inFlight = failure(pidOf(engine));
    await wait(300);
    const { pid } = engine.state().look;
    const began = performance.now();
    await engine.stop();
    expect([(await inFlight).kind, isAlive(pid!)]).toEqual(["cancelled", false]);
    expect(performance.now() - began).toBeGreaterThan(1900);
  });

  test("is not needed where the host is ended: its processes end by themselves", async () => {
    const host = fork(entry("host"), [], { stdio: ["ignore", "pipe", "inherit", "ipc"], execArgv: [] });
    const [line] = (await once(host.stdout!, "data")) as [Buffer];
    const pids = JSON.parse(String(line)) as number[];
    expect(pids.map(isAlive)).toEqual([true, true]);
    host.kill("SIGKILL");
    for (let tries = 0; pids.some(isAlive) && tries < 150; tries++) await wait(20);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });
});
