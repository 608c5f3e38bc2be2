// The thread that counts beside the one that answers: sleeps until the bell rings, takes parts of what it is told to count, and keeps
// nothing of it. A counting that was over before it woke has no parts left.

import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Counting, countParts, DONE } from "./count-rows.ts";

/** `bell[0]`: how often it has rung. */
export type ToCount = { readonly bell: Int32Array };

if (parentPort === null) throw new Error("what is counted beside is counted in a thread");
const port = parentPort;
const { bell } = workerData as ToCount; // given by count-beside.ts
for (let heard = 0; ; ) {
  Atomics.wait(bell, 0, heard);
  heard = Atomics.load(bell, 0);
  for (let told = receiveMessageOnPort(port); told !== undefined; told = receiveMessageOnPort(port))
    help(told.message as Counting); // sent by count-beside.ts
}

function help(counting: Counting): void {
  try {
    countParts(counting);
  } catch (thrown) {
    Atomics.store(counting.progress, DONE, -0x80000000);
    Atomics.notify(counting.progress, DONE);
    throw thrown;
  }
}
