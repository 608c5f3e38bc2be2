// Questions are worked out one at a time, in the order in which they came. Before each, what has arrived meanwhile is heard: a question
// that was cancelled before its turn came is not worked out.

import { setImmediate } from "node:timers/promises";
import { AppError } from "../../shared/failure.ts";

let last: Promise<unknown> = Promise.resolve();

/** Throws `cancelled` where `signal` was aborted before `run` began; what has begun runs to its end. */
export function inTurn<T>(signal: AbortSignal, run: () => T): Promise<T> {
  const own = last.then(async () => {
    if (!signal.aborted) await setImmediate(); // one turn of the event loop: messages that wait come in
    if (signal.aborted) throw new AppError("cancelled", "The question was cancelled before its turn came.");
    return run();
  });
  last = own.catch(() => {}); // told to the one who asked
  return own;
}
