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

/** One question in flight a hook; while it is out only the newest waits. Null asks nothing and keeps nothing. */
export function useAnswer<C extends CallName>(call: C, params: Params<C> | null): Answered<C> {
  const [answered, setAnswered] = useState<Answered<C>>({ value: null, params: null, failure: null, pending: false });
  const revision = useSession((session) => session.revision);
  const connected = useSession((session) => session.connected && session.open !== null);
  const key = params === null || !connected ? null : JSON.stringify(params);
  const line = useRef<Line<C>>({ wanted: null, running: false, silent: true });

  useEffect(() => {
    const { current } = line;
    return () => {
      current.wanted = null;
      current.silent = true;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters
  useEffect(() => {
    if (key === null || params === null) {
      line.current.wanted = null;
      line.current.silent = true;
      setAnswered({ value: null, params: null, failure: null, pending: false });
      return;
    }
    line.current.wanted = params;
    line.current.silent = false;
    setAnswered((before) => (before.pending ? before : { ...before, pending: true }));
    if (!line.current.running) void run(call, line.current, setAnswered);
  }, [call, key, revision]);

  return answered;
}

/** `wanted`: the question to ask next. `silent`: nothing is asked any more, so nothing is told. */
type Line<C extends CallName> = { wanted: Params<C> | null; running: boolean; silent: boolean };

async function run<C extends CallName>(
  call: C,
  line: Line<C>,
  tell: (next: (before: Answered<C>) => Answered<C>) => void,
): Promise<void> {
  /** Waits until it is drawn: what nobody sees need not be asked. */
  const told = (next: (before: Answered<C>) => Answered<C>): Promise<void> =>
    new Promise((drawn) =>
      byFrame(line, () => {
        if (!line.silent) tell((before) => ({ ...next(before), pending: line.wanted !== null }));
        drawn();
      }),
    );
  line.running = true;
  while (line.wanted !== null) {
    const params = line.wanted;
    line.wanted = null;
    try {
      const value = await ask(call, params);
      await told((before) => ({ ...before, value, params, failure: null }));
    } catch (thrown) {
      const failure = failureOf(thrown);
      await told((before) => ({ ...before, failure }));
    }
  }
  line.running = false;
}
