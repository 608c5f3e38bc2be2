// Answers for views: the newest question wins, the old answer stays until the new one is whole, and a changed case is asked again.

import { useEffect, useRef, useState } from "react";
import type { CallName, Params, Result } from "../../shared/contract.ts";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { byFrame } from "./by-frame.ts";
import { useSession } from "./session.ts";

/** `params`: what `value` answers. `pending`: a newer question is out. A failed question keeps the value before it. */
export type Answered<C extends CallName> = {
  readonly value: Result<C> | null;
  readonly params: Params<C> | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
};

/**
 * One question in flight a hook; while it is out only the newest waits. Null asks nothing and keeps nothing. A question whose answer
 * nobody would see any more is cancelled: the engine drops it unless it has begun.
 */
export function useAnswer<C extends CallName>(call: C, params: Params<C> | null): Answered<C> {
  const [answered, setAnswered] = useState<Answered<C>>(NOTHING);
  const revision = useSession((session) => session.revision);
  const connected = useSession((session) => session.connected && session.open !== null);
  const casePath = useSession((session) => session.open?.path ?? null);
  const key = params === null || !connected ? null : JSON.stringify(params);
  const line = useRef<Line<C>>({ wanted: null, running: false, epoch: 0, stop: null });

  useEffect(() => {
    const { current } = line;
    return () => {
      current.wanted = null;
      letGo(current);
    };
  }, []);

  // Another case: what is known of the one before is no answer to anything.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for its change
  useEffect(() => {
    letGo(line.current);
    setAnswered(NOTHING);
  }, [casePath]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters
  useEffect(() => {
    if (key === null || params === null) {
      line.current.wanted = null;
      letGo(line.current);
      setAnswered(NOTHING);
      return;
    }
    line.current.wanted = params;
    setAnswered((before) => (before.pending ? before : { ...before, pending: true }));
    if (!line.current.running) void run(call, line.current, setAnswered);
  }, [call, key, revision, casePath]);

  return answered;
}

const NOTHING = { value: null, params: null, failure: null, pending: false } as const;

/** `wanted`: the question to ask next. `epoch`: an answer to a question of an earlier one is not told. `stop`: of the one in flight. */
type Line<C extends CallName> = {
  wanted: Params<C> | null;
  running: boolean;
  epoch: number;
  stop: AbortController | null;
};

/** Nobody waits any more for what is in flight. A statement goes on: to cancel one ends its process, which others use too. */
function letGo<C extends CallName>(line: Line<C>): void {
  line.epoch += 1;
  line.stop?.abort();
}

async function run<C extends CallName>(
  call: C,
  line: Line<C>,
  tell: (next: (before: Answered<C>) => Answered<C>) => void,
): Promise<void> {
  /** Waits until it is drawn: what nobody sees need not be asked. */
  const told = (epoch: number, next: (before: Answered<C>) => Answered<C>): Promise<void> =>
    new Promise((drawn) =>
      byFrame(line, () => {
        if (line.epoch === epoch) tell((before) => ({ ...next(before), pending: line.wanted !== null }));
        drawn();
      }),
    );
  line.running = true;
  while (line.wanted !== null) {
    const { wanted: params, epoch } = line;
    line.wanted = null;
    line.stop = new AbortController();
    try {
      const value = await ask(call, params, call === "sql.run" ? {} : { signal: line.stop.signal });
      await told(epoch, (before) => ({ ...before, value, params, failure: null }));
    } catch (thrown) {
      const failure = failureOf(thrown);
      await told(epoch, (before) => ({ ...before, failure }));
    }
  }
  line.running = false;
}
