// Answers for views: the newest question wins, the old answer stays until the new one is whole, and a changed case is asked again.

import { useEffect, useRef, useState } from "react";
import type { CallName, Params, Result } from "../../shared/contract.ts";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { useSession } from "./session.ts";

/** `params`: what `value` answers. `pending`: a newer question is out. A failed question keeps the value before it. */
export type Answered<C extends CallName> = {
  readonly value: Result<C> | null;
  readonly params: Params<C> | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
};

/** One question in flight a hook; while it is out only the newest waits. Null asks nothing and keeps nothing. */
export function useAnswer<C extends CallName>(call: C, params: Params<C> | null): Answered<C> {
  const [answered, setAnswered] = useState<Answered<C>>({ value: null, params: null, failure: null, pending: false });
  const revision = useSession((session) => session.revision);
  const connected = useSession((session) => session.connected && session.open !== null);
  const key = params === null || !connected ? null : JSON.stringify(params);
  const line = useRef<Line<C>>({ wanted: null, running: false, gone: false });

  useEffect(() => {
    const { current } = line;
    current.gone = false;
    return () => {
      current.gone = true;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters
  useEffect(() => {
    if (key === null || params === null) {
      line.current.wanted = null;
      setAnswered({ value: null, params: null, failure: null, pending: false });
      return;
    }
    line.current.wanted = params;
    setAnswered((before) => (before.pending ? before : { ...before, pending: true }));
    if (!line.current.running) void run(call, line.current, setAnswered);
  }, [call, key, revision]);

  return answered;
}

type Line<C extends CallName> = { wanted: Params<C> | null; running: boolean; gone: boolean };

async function run<C extends CallName>(
  call: C,
  line: Line<C>,
  tell: (next: Answered<C> | ((before: Answered<C>) => Answered<C>)) => void,
): Promise<void> {
  line.running = true;
  while (line.wanted !== null && !line.gone) {
    const params = line.wanted;
    line.wanted = null;
    try {
      const value = await ask(call, params);
      if (!line.gone) tell({ value, params, failure: null, pending: line.wanted !== null });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (!line.gone) tell((before) => ({ ...before, failure, pending: line.wanted !== null }));
    }
  }
  line.running = false;
}
