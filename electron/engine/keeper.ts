// Keeps one process of the engine alive. One that falls silent, outgrows its memory or ends is started again on the same case; what
// was in flight fails as "interrupted", never hangs. The next one is started only when the one before is gone: never two at a time.

import type { EventName, Payload, Result } from "../../shared/contract.ts";
import { AppError, type Failure } from "../../shared/failure.ts";
import { eventNames } from "../../shared/lanes.ts";
import { type Ask, type Connection, connect, type Wire } from "../../shared/rpc.ts";
import { beatOf } from "./beat.ts";

export type ProcessName = "look" | "work" | "sql";

/** A started process. `onExit` tells once, also where it could not be started. `leave` lets it end by itself, `kill` ends it now. */
export type Child = {
  readonly wire: Wire;
  readonly pid: number | null;
  onExit(told: (why: string) => void): void;
  leave(): void;
  kill(): void;
};
export type Launch = (name: ProcessName) => Child;

/** `silenceMs`: without a beat for so long a process counts as hung; a long synchronous step is legitimate. */
export type Limits = { readonly silenceMs: number; readonly residentBytes: number };

export type ProcessState = Result<"engine.state">["look"];
export type Tell = <E extends EventName>(event: E, payload: Payload<E>) => void;

export type Keeper = {
  readonly ask: Ask;
  state(): ProcessState;
  /** Ends the process now; what it was asked fails so. The next call starts another. */
  end(failure: Failure): void;
  stop(): Promise<void>;
};

/** A process and the calls it answers. `gone` settles when it has ended. */
type Life = {
  readonly child: Child;
  readonly connection: Connection;
  readonly gone: Promise<string>;
  silentMs: number;
};

const MINUTE_MS = 60_000;
/** A process that ends more often than this within a minute is given up, until that minute is over. */
const RESTARTS_A_MINUTE = 3;
const WATCH_MS = 250;
const LEAVE_MS = 2000;

/** Starts nothing until the first call. */
export function keep(name: ProcessName, launch: Launch, limits: Limits, tell: Tell): Keeper {
  let life: Life | null = null;
  let ending: Promise<unknown> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  let state: ProcessState["state"] = "not started";
  let launches = 0;
  let residentBytes = 0;
  let ends: readonly number[] = [];
  let watch: ReturnType<typeof setInterval> | undefined;

  function start(): Life {
    const child = launched();
    const connection = connect(child.wire);
    const gone = new Promise<string>((settle) => child.onExit(settle));
    const started: Life = { child, connection, gone, silentMs: 0 };
    life = started;
    state = launches++ > 0 ? "restarting" : "starting";
    for (const event of eventNames) connection.listen(event, (payload) => tell(event, payload));
    child.wire.onMessage((message) => {
      const bytes = beatOf(message);
      if (bytes !== null && life === started) beaten(started, bytes);
    });
    void gone.then((why) => {
      if (life === started) replace(started, why);
    });
    watch ??= setInterval(lookAfter, WATCH_MS).unref();
    return started;
  }

  /** A start that fails at once is a process that ended at once. */
  function launched(): Child {
    try {
      return launch(name);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const nothing = (): void => {};
      return {
        wire: { send: nothing, onMessage: nothing },
        pid: null,
        onExit: (told) => told(why),
        leave: nothing,
        kill: nothing,
      };
    }
  }

  function beaten(by: Life, bytes: number): void {
    by.silentMs = 0;
    state = "running";
    residentBytes = bytes;
    const inMb = (n: number): string => `${Math.round(n / 1e6)} MB`;
    if (bytes > limits.residentBytes)
      replace(by, `it grew to ${inMb(bytes)}, past its limit of ${inMb(limits.residentBytes)}`);
  }

  /** Silence is counted in ticks, not read from a clock: a host that was itself stopped or asleep blames nobody for it. */
  function lookAfter(): void {
    if (life === null) return;
    life.silentMs += WATCH_MS;
    if (life.silentMs >= limits.silenceMs) replace(life, `it gave no sign of life for ${limits.silenceMs / 1000} s`);
  }

  function replace(ended: Life, why: string): void {
    life = null;
    ends = [...recentEnds(), performance.now()];
    const again = ends.length <= RESTARTS_A_MINUTE;
    state = again ? "restarting" : "stopped";
    const then = again ? "is started again" : "is not started again for now: too many ends within a minute";
    ended.connection.close({ kind: "interrupted", message: `The process "${name}" ended (${why}) and ${then}.` });
    ended.child.kill();
    ending = ended.gone.then(() => {
      if (!again || stopping !== null || life !== null) return;
      start();
      tell("engine.restarted", { process: name, reason: why });
    });
  }

  function recentEnds(): readonly number[] {
    const now = performance.now();
    return ends.filter((at) => now - at < MINUTE_MS);
  }

  function running(): Life {
    if (stopping !== null) throw new AppError("cancelled", "The engine has been stopped.");
    if (life !== null) return life;
    if (recentEnds().length > RESTARTS_A_MINUTE)
      throw new AppError(
        "interrupted",
        `The process "${name}" ended too often within a minute and is not started again for now.`,
      );
    return start();
  }

  function end(failure: Failure): void {
    if (life === null) return;
    const ended = life;
    life = null;
    state = "not started";
    ended.connection.close(failure);
    ended.child.kill();
    ending = ended.gone;
  }

  async function stop(): Promise<void> {
    clearInterval(watch);
    const last = life;
    life = null;
    state = "stopped";
    if (last !== null) {
      const late = setTimeout(() => last.child.kill(), LEAVE_MS);
      last.child.leave();
      await last.gone;
      clearTimeout(late);
      last.connection.close({ kind: "cancelled", message: "The engine has been stopped." });
    }
    await ending;
  }

  return {
    async ask(call, params, options) {
      await ending;
      return await running().connection.ask(call, params, options);
    },
    state: () => ({ state, pid: life?.child.pid ?? null, restarts: Math.max(0, launches - 1), residentBytes }),
    end,
    stop: () => (stopping ??= stop()),
  };
}
