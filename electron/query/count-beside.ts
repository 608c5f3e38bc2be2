// Counts on two threads: this one and one beside it take parts in turns until none is left, so that the one beside may be late, or
// starved by other work, and costs the answer one part at most. It is started when something large is first counted.

import { Worker } from "node:worker_threads";
import { type Counting, countParts, DONE } from "./count-rows.ts";
import type { ToCount } from "./count-thread.ts";

/** `heads`: of the activity that it counts in. */
type Beside = { readonly thread: Worker; readonly bell: Int32Array; readonly heads: Uint32Array };

let beside: Beside | null = null;

/** Returns when all is counted. */
export function countBeside(counting: Counting): void {
  if (beside?.heads !== counting.heads) {
    void beside?.thread.terminate(); // nothing that it was told of another state of the case outlives it
    beside = start(counting.heads);
  }
  beside.thread.postMessage(counting); // memory is shared, not copied
  Atomics.add(beside.bell, 0, 1);
  Atomics.notify(beside.bell, 0);
  countParts(counting);
  const { parts, progress } = counting;
  for (let done = Atomics.load(progress, DONE); done !== parts.length - 1; done = Atomics.load(progress, DONE)) {
    if (done < 0) throw new Error("the thread that counts beside came to grief");
    Atomics.wait(progress, DONE, done);
  }
}

function start(heads: Uint32Array): Beside {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL("./count-thread.ts", import.meta.url), { workerData: { bell } satisfies ToCount });
  thread.unref();
  thread.once("error", () => {
    beside = null; // another is started with the next question
  });
  return { thread, bell, heads };
}
