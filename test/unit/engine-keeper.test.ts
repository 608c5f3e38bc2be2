// The keeper's order of events, with processes that exist only here and a clock that is turned by hand.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Child, type Keeper, keep, type Launch } from "../../electron/engine/keeper.ts";
import { failureOf } from "../../shared/failure.ts";
import { EVERYTHING } from "../../shared/scope.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Fake = Child & { readonly log: string[]; exit(why: string): void; say(message: unknown): void };

/** A process that ends when the test says so; `log`: what the keeper did to it. */
function fake(): Fake {
  const exits: ((why: string) => void)[] = [];
  const receivers: ((message: unknown) => void)[] = [];
  const log: string[] = [];
  return {
    wire: { send: () => log.push("asked"), onMessage: (receive) => receivers.push(receive) },
    pid: 1,
    onExit: (told) => exits.push(told),
    leave: () => log.push("let go"),
    kill: () => log.push("killed"),
    log,
    exit: (why) => exits.splice(0).forEach((told) => void told(why)),
    say: (message) => receivers.forEach((receive) => void receive(message)),
  };
}

const limits = { silenceMs: 5000, residentBytes: 1e9 };

function kept(launch?: Launch): { keeper: Keeper; fakes: Fake[]; told: unknown[] } {
  const fakes: Fake[] = [];
  const told: unknown[] = [];
  const start: Launch = () => fakes[fakes.push(fake()) - 1]!;
  return { keeper: keep("work", launch ?? start, limits, (...each) => told.push(each)), fakes, told };
}

function ask(keeper: Keeper): Promise<string> {
  const question = { by: "edges", scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null } as const;
  return keeper.ask("query.rows", question).then(
    () => "answered",
    (thrown) => failureOf(thrown).message,
  );
}

const turn = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test("the next process is started only when the one before is gone, and a call waits for it", async () => {
  const { keeper, fakes, told } = kept();
  const first = ask(keeper);
  await turn(limits.silenceMs);
  expect(await first).toBe('The process "work" ended (it gave no sign of life for 5 s) and is started again.');
  const second = ask(keeper);
  await turn(1000);
  expect([fakes.map(({ log }) => log), keeper.state().state, told]).toEqual([[["asked", "killed"]], "restarting", []]);
  fakes[0]!.exit("it was ended by SIGKILL");
  await turn(0);
  expect([fakes.map(({ log }) => log), told]).toEqual([
    [["asked", "killed"], ["asked"]],
    [["engine.restarted", { process: "work", reason: "it gave no sign of life for 5 s" }]],
  ]);
  fakes[1]!.say({ beat: { residentBytes: 5 } });
  fakes[1]!.say({ id: 1, result: null });
  expect([await second, keeper.state()]).toEqual([
    "answered",
    { state: "running", pid: 1, restarts: 1, residentBytes: 5 },
  ]);
});

test("a process that beats now and then is left alone", async () => {
  const { keeper, fakes } = kept();
  void ask(keeper);
  for (let seconds = 0; seconds < 60; seconds += 4) {
    await turn(4000);
    fakes[0]?.say({ beat: { residentBytes: limits.residentBytes } });
  }
  expect([fakes.map(({ log }) => log), keeper.state().restarts]).toEqual([[["asked"]], 0]);
});

test("what a process that was replaced still says counts for nothing", async () => {
  const { keeper, fakes, told } = kept();
  void ask(keeper);
  await turn(0);
  fakes[0]!.say({ beat: { residentBytes: 2e9 } });
  fakes[0]!.say({ beat: { residentBytes: 3e9 } });
  fakes[0]!.exit("");
  fakes[0]!.say({ beat: { residentBytes: 4e9 } });
  await turn(0);
  expect([fakes.length, told.length, keeper.state().restarts, keeper.state().residentBytes]).toEqual([2, 1, 1, 2e9]);
});

test("a process that ends four times within a minute is given up, and tried again when the minute is over", async () => {
  const { keeper, fakes } = kept();
  void ask(keeper);
  for (const i of [0, 1, 2, 3]) {
    await turn(1000);
    fakes[i]!.exit("it ended with code 1");
  }
  await turn(50_000);
  expect(await ask(keeper)).toBe(
    'The process "work" ended too often within a minute and is not started again for now.',
  );
  expect([fakes.length, keeper.state().state]).toEqual([4, "stopped"]);
  await turn(10_000);
  void ask(keeper);
  await turn(0);
  expect([fakes.length, fakes[4]!.log]).toEqual([5, ["asked"]]);
});

test("a start that throws is a process that ended", async () => {
  const { keeper } = kept(() => {
    throw new Error("no more processes");
  });
  expect(await ask(keeper)).toBe('The process "work" ended (no more processes) and is started again.');
  await turn(0);
  expect(keeper.state()).toEqual({ state: "stopped", pid: null, restarts: 3, residentBytes: 0 });
});

test("stopping waits for a process that is being ended, and starts none", async () => {
  const { keeper, fakes, told } = kept();
  void ask(keeper);
  await turn(limits.silenceMs);
  const order: string[] = [];
  const stopped = keeper.stop().then(() => order.push("stopped"));
  await turn(5000);
  order.push("gone");
  fakes[0]!.exit("");
  await stopped;
  expect([order, fakes.length, told, await ask(keeper)]).toEqual([
    ["gone", "stopped"],
    1,
    [],
    "The engine has been stopped.",
  ]);
});

test("stopping before anything was started is done at once, and leaves no timer", async () => {
  const { keeper } = kept();
  await keeper.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test("stopping lets a process go, ends it after two seconds, and leaves no timer", async () => {
  const { keeper, fakes } = kept();
  const call = ask(keeper);
  await turn(0);
  const stopped = keeper.stop();
  await turn(1999);
  expect(fakes[0]!.log).toEqual(["asked", "let go"]);
  await turn(1);
  expect(fakes[0]!.log).toEqual(["asked", "let go", "killed"]);
  fakes[0]!.exit("it was ended by SIGKILL");
  await stopped;
  expect([await call, vi.getTimerCount()]).toEqual(["The engine has been stopped.", 0]);
});
