// The router: `look` answers questions, `work` is the one writer, each a process of its own. It parses nothing and queries nothing.
// What it knows of a call is its lane.

import type { CallName, CallOf, EventName, Params, Payload, Result } from "../../shared/contract.ts";
import { lanes } from "../../shared/lanes.ts";
import type { Ask } from "../../shared/rpc.ts";
import { keep, type Launch, type Limits, type ProcessName } from "./keeper.ts";

const LIMITS: Readonly<Record<ProcessName, Limits>> = {
  look: { silenceMs: 120_000, residentBytes: 4e9 },
  work: { silenceMs: 120_000, residentBytes: 1.5e9 },
};

export type Engine = {
  readonly ask: Ask;
  listen<E extends EventName>(event: E, hear: (payload: Payload<E>) => void): () => void;
  state(): Result<"engine.state">;
  /** Settles when both processes are gone; calls still in flight fail as "cancelled". */
  stop(): Promise<void>;
};

type Options = { readonly launch: Launch; readonly limits?: Partial<Record<ProcessName, Limits>> };

/** Each process is started by the first call that needs it. */
export function startEngine({ launch, limits = {} }: Options): Engine {
  const hearing = new Map<EventName, Set<(payload: never) => void>>();
  const look = keep("look", launch, limits.look ?? LIMITS.look, tell);
  const work = keep("work", launch, limits.work ?? LIMITS.work, tell);

  function tell<E extends EventName>(event: E, payload: Payload<E>): void {
    for (const hear of hearing.get(event) ?? []) hear(payload as never); // a listener of this event takes its payload
  }

  function state(): Result<"engine.state"> {
    return { look: look.state(), work: work.state() };
  }

  return {
    async ask<C extends CallName>(
      call: C,
      params: Params<C>,
      options?: { readonly signal?: AbortSignal },
    ): Promise<Result<C>> {
      const lane = lanes[call];
      if (lane === "read") return await look.ask(call, params, options);
      if (lane === "write") return await work.ask(call, params, options);
      return state() satisfies Result<CallOf<"host">> as Result<C>; // the only call of this lane
    },
    listen(event, hear) {
      const listeners = hearing.get(event) ?? new Set();
      hearing.set(event, listeners.add(hear as (payload: never) => void)); // as told above
      return () => listeners.delete(hear as (payload: never) => void);
    },
    state,
    async stop() {
      await Promise.all([look.stop(), work.stop()]);
    },
  };
}
