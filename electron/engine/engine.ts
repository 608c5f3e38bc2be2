// The router: `look` answers questions, `work` is the one writer, `sql` runs what experts type, each a process of its own. It parses nothing and queries nothing.
// What it knows of a call is its lane.

import type { CallName, CallOf, EventName, Params, Payload, Result } from "../../shared/contract.ts";
import { lanes } from "../../shared/lanes.ts";
import type { Ask } from "../../shared/rpc.ts";
import { type Keeper, keep, type Launch, type Limits, type ProcessName } from "./keeper.ts";

const LIMITS: Readonly<Record<ProcessName, Limits>> = {
  look: { silenceMs: 120_000, residentBytes: 4e9 },
  // Numbering conversations is one step: it took more than 120 s for 40 M tuples on a machine with ten times its work.
  work: { silenceMs: 600_000, residentBytes: 1.5e9 },
  sql: { silenceMs: 3_600_000, residentBytes: 4e9 }, // a statement gives no sign of life; it has a deadline of its own
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
  const sql = keep("sql", launch, limits.sql ?? LIMITS.sql, tell);

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
      if (lane === "sql") return await beforeDeadline(sql, call, params, options?.signal);
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
      await Promise.all([look.stop(), work.stop(), sql.stop()]);
    },
  };
}

/** A running statement hears nothing: cancelled or late, it ends with its process. */
async function beforeDeadline<C extends CallName>(
  sql: Keeper,
  call: C,
  params: Params<C>,
  signal: AbortSignal | undefined,
): Promise<Result<C>> {
  const { deadlineMs } = params as Params<"sql.run">; // the only call of this lane
  const seconds = deadlineMs / 1000;
  const late = (): void =>
    sql.end({ kind: "cancelled", message: `SQL: the statement took longer than ${seconds} s and was stopped.` });
  const cancel = (): void => sql.end({ kind: "cancelled", message: "SQL: the statement was stopped." });
  const timer = setTimeout(late, deadlineMs);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await sql.ask(call, params);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
