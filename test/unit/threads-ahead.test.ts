// A thread that is started before there is anything to read, and ends before it is given something, fails the reading, and nothing else.

import { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { readUnits, threadsAhead } from "../../electron/ingest/pool.ts";

const { started } = vi.hoisted(() => ({ started: [] as EventEmitter[] }));
vi.mock("node:worker_threads", () => ({
  Worker: class extends EventEmitter {
    constructor() {
      super();
      started.push(this);
    }
    postMessage(): void {}
    async terminate(): Promise<void> {
      this.emit("exit", 1);
    }
  },
}));

const MANY = 1 << 30;
const units = [{ unit: 0, members: [], embed: false }];
const { signal } = new AbortController();

test("what ended it is what reading fails with", async () => {
  const ahead = threadsAhead(1);
  ahead.found(MANY);
  started.at(-1)?.emit("error", new Error("no memory for a thread"));
  started.at(-1)?.emit("exit", 1);
  await setImmediate(); // where nobody heard it, it would be told here
  await expect(readUnits(units, 1, () => {}, signal, ahead)).rejects.toThrow("no memory for a thread");
});

test("one that ends without a word is told too", async () => {
  const ahead = threadsAhead(1);
  ahead.found(MANY);
  started.at(-1)?.emit("exit", 1);
  await expect(readUnits(units, 1, () => {}, signal, ahead)).rejects.toThrow("an ingest thread ended by itself");
});

test("threads that are not needed end without a failure", async () => {
  const ahead = threadsAhead(2);
  ahead.found(MANY);
  ahead.end();
  await setImmediate();
});
