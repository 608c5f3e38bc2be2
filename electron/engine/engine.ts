// The router and keeper of two processes: `look` answers questions, `work` is the one writer. It parses nothing and queries nothing.
// A process that falls silent, outgrows its memory or ends is started again on the same case; what was in flight fails as
// "interrupted", never hangs.

import { type CallName, type CallOf, calls, type EventName, type Params, type Payload, type Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { type Ask, type Connection, connect, type Wire } from "../../shared/rpc.ts";

export type ProcessName = "look" | "work";

/** A started process. `leave` lets it end by itself, `kill` ends it now. */
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

const LIMITS: Readonly<Record<ProcessName, Limits>> = {
  look: { silenceMs: 120_000, residentBytes: 4e9 },
  work: { silenceMs: 120_000, residentBytes: 1.5e9 },
};

/** More restarts than this within a minute are not a mishap. */
const RESTARTS_A_MINUTE = 3;
const LEAVE_MS = 2000;

export type Engine = {
  readonly ask: Ask;
  listen<E extends EventName>(event: E, hear: (payload: Payload<E>) => void): () => void;
  stop(): Promise<void>;
};

type State = Result<"engine.state">["look"]["state"];
type Kept = {
  readonly name: ProcessName;
  readonly limits: Limits;
  state: State;
  child: Child | null;
  connection: Connection | null;
  restarts: number[];
  residentBytes: number;
  lastBeat: number;
};

export function startEngine(options: { readonly launch: Launch; readonly limits?: Partial<Record<ProcessName, Limits>> }): Engine {
  const hearing = new Map<EventName, Set<(payload: never) => void>>();
  const processes = { look: newProcess("look"), work: newProcess("work") };
  let stopped = false;
  const watch = setInterval(() => {
    for (const kept of Object.values(processes)) checkSilence(kept);
  }, 250);

  function newProcess(name: ProcessName): Kept {
    const limits = options.limits?.[name] ?? LIMITS[name];
    return { name, limits, state: "not started", child: null, connection: null, restarts: [], residentBytes: 0, lastBeat: 0 };
  }

  function start(kept: Kept): Connection {
    const child = options.launch(kept.name);
    const connection = connect(child.wire);
    kept.state = kept.restarts.length > 0 ? "restarting" : "starting";
    kept.child = child;
    kept.connection = connection;
    kept.lastBeat = performance.now();
    child.wire.onMessage((message) => {
      const resident = beatOf(message);
      if (resident === null || kept.child !== child) return;
      kept.state = "running";
      kept.lastBeat = performance.now();
      kept.residentBytes = resident;
      if (resident > kept.limits.residentBytes)
        replace(kept, `it grew to ${Math.round(resident / 1e6)} MB, past its limit of ${Math.round(kept.limits.residentBytes / 1e6)} MB`);
    });
    for (const event of ["ingest.progress", "case.changed"] as const) connection.listen(event, (payload) => tell(event, payload));
    child.onExit((why) => {
      if (kept.child === child) replace(kept, why);
    });
    return connection;
  }

  function checkSilence(kept: Kept): void {
    if (kept.child === null || performance.now() - kept.lastBeat < kept.limits.silenceMs) return;
    replace(kept, `it gave no sign of life for ${kept.limits.silenceMs / 1000} s`);
  }

  /** Ends what is left of a process and fails what it was doing; the next question starts it anew. */
  function replace(kept: Kept, why: string): void {
    const { child, connection } = kept;
    kept.child = null;
    kept.connection = null;
    child?.kill();
    connection?.close({ kind: "interrupted", message: `The process "${kept.name}" ended (${why}) and is started again.` });
    if (stopped) return;
    const now = performance.now();
    kept.restarts = [...kept.restarts.filter((at) => now - at < 60_000), now];
    kept.state = kept.restarts.length > RESTARTS_A_MINUTE ? "stopped" : "restarting";
    tell("engine.restarted", { process: kept.name, reason: why });
    if (kept.state === "restarting") start(kept);
  }

  function connectionOf(name: ProcessName): Connection {
    const kept = processes[name];
    if (stopped) throw new AppError("cancelled", "The engine has been stopped.");
    if (kept.state === "stopped") {
      if (performance.now() - (kept.restarts.at(-1) ?? 0) < 60_000)
        throw new AppError("interrupted", `The process "${name}" ended ${kept.restarts.length} times within a minute and is not started again for now.`);
      kept.restarts = [];
    }
    return kept.connection ?? start(kept);
  }

  function tell<E extends EventName>(event: E, payload: Payload<E>): void {
    for (const hear of hearing.get(event) ?? []) hear(payload as never); // a listener of this event takes its payload
  }

  function stateOf(kept: Kept): Result<"engine.state">["look"] {
    return { state: kept.state, pid: kept.child?.pid ?? null, restarts: kept.restarts.length, residentBytes: kept.residentBytes };
  }

  return {
    async ask<C extends CallName>(call: C, params: Params<C>, asked: { readonly signal?: AbortSignal } = {}): Promise<Result<C>> {
      const { lane } = calls[call];
      if (lane === "host") {
        const state: Result<CallOf<"host">> = { look: stateOf(processes.look), work: stateOf(processes.work) };
        return state as Result<C>; // the only call of this lane
      }
      return await connectionOf(lane === "read" ? "look" : "work").ask(call, params, asked);
    },
    listen(event, hear) {
      const listeners = hearing.get(event) ?? new Set();
      hearing.set(event, listeners.add(hear as (payload: never) => void));
      return () => listeners.delete(hear as (payload: never) => void);
    },
    async stop() {
      stopped = true;
      clearInterval(watch);
      await Promise.all(Object.values(processes).map((kept) => end(kept)));
    },
  };
}

/** Lets it end by itself, and ends it when it does not. */
function end(kept: Kept): Promise<void> {
  const { child } = kept;
  kept.child = null;
  kept.state = "stopped";
  if (!child) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill(), LEAVE_MS);
    child.onExit(() => {
      clearTimeout(late);
      resolve();
    });
    child.leave();
  });
}

function beatOf(message: unknown): number | null {
  if (typeof message !== "object" || message === null || !("beat" in message)) return null;
  const { beat } = message;
  return typeof beat === "object" && beat !== null && "residentBytes" in beat && typeof beat.residentBytes === "number" ? beat.residentBytes : null;
}
