// Several ingest threads, one order: parts come out in the order of units, so that the first copy of a record, ids and default
// order are the same for any number of threads.

import { Worker } from "node:worker_threads";
import { AppError } from "../../shared/failure.ts";
import type { MemberEntry, UnitPart } from "../segment/part.ts";
import { kernelModule } from "./kernel.ts";
import type { Unit } from "./read-unit.ts";
import type { FromThread, ToThread } from "./thread.ts";

/** A member of at least this many bytes is a unit of its own; smaller ones are read together up to this. */
const UNIT_BYTES = 8 * 1024 * 1024;
/** What gzip data may become. */
const GZIP_FACTOR = 12;
const UNIT_MEMBERS = 4096;

export function unitsOf(members: readonly MemberEntry[], embed: boolean): Unit[] {
  const units: Unit[] = [];
  let waiting: MemberEntry[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (waiting.length > 0) units.push({ unit: units.length, members: waiting, embed });
    waiting = [];
    bytes = 0;
  };
  for (const member of members) {
    const size = member.bytes * (member.gzip ? GZIP_FACTOR : 1);
    if (waiting.length > 0 && (bytes + size > UNIT_BYTES || waiting.length === UNIT_MEMBERS)) flush();
    waiting.push(member);
    bytes += size;
  }
  flush();
  return units;
}

/** Threads that are started while it is still being found out what there is to read: starting takes them a while. */
export type ThreadsAhead = {
  /** So many bytes have been found so far; little is not worth it. */
  found(bytes: number): void;
  take(): Thread | undefined;
  /** Those that were not taken. */
  end(): void;
};

/** `failed` never comes to anything but a failure: a thread can end before anybody waits for it, and that is told to whoever does. */
export type Thread = { readonly worker: Worker; readonly failed: Promise<never> };

export function threadsAhead(jobs: number): ThreadsAhead {
  const ahead: Thread[] = [];
  let started = 0;
  return {
    found: (bytes) => {
      for (const wanted = Math.min(jobs, Math.floor(bytes / UNIT_BYTES)); started < wanted; started++)
        ahead.push(newThread());
    },
    take: () => ahead.shift(),
    end: () => {
      for (const { worker } of ahead.splice(0)) void worker.terminate();
    },
  };
}

function newThread(): Thread {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: kernelModule(),
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const failed = new Promise<never>((_, fail) => {
    worker.once("error", fail);
    worker.once("exit", () => fail(new Error("an ingest thread ended by itself")));
  });
  failed.catch(() => {}); // until somebody waits for it
  return { worker, failed };
}

/**
 * Reads all units on `jobs` threads; `write` gets their parts in order, one at a time. Aborting ends the threads and rejects with
 * `cancelled`; a part being written is written to its end.
 */
export function readUnits(
  units: readonly Unit[],
  jobs: number,
  write: (part: UnitPart) => Promise<void> | void,
  signal: AbortSignal,
  ahead: ThreadsAhead | null = null,
): Promise<void> {
  if (units.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const started = Array.from({ length: Math.min(jobs, units.length) }, () => ahead?.take() ?? newThread());
    const threads = started.map(({ worker }) => worker);
    const held = new Map<number, { part: UnitPart; thread: Worker }[]>();
    let given = 0; // units handed to threads
    let turn = 0; // unit whose parts are written now
    let writing = false;
    let over = false;

    const end = (failure: unknown): void => {
      if (over) return;
      over = true;
      signal.removeEventListener("abort", cancel);
      void Promise.all(threads.map((thread) => thread.terminate())).then(() =>
        failure === null ? resolve() : reject(failure),
      );
    };
    const cancel = (): void => end(new AppError("cancelled", "Adding evidence was cancelled."));
    signal.addEventListener("abort", cancel);
    if (signal.aborted) return cancel();

    const give = (thread: Worker): void => {
      const unit = units[given];
      if (!unit) return;
      given++;
      thread.postMessage({ kind: "unit", unit } satisfies ToThread);
    };

    const drain = async (): Promise<void> => {
      if (writing) return;
      writing = true;
      try {
        for (let next = held.get(turn)?.shift(); next && !over; next = held.get(turn)?.shift()) {
          await write(next.part);
          next.thread.postMessage({ kind: "written" } satisfies ToThread);
          if (next.part.last) {
            held.delete(turn);
            turn++;
          }
        }
        if (turn === units.length) end(null);
      } catch (thrown) {
        end(thrown);
      } finally {
        writing = false;
      }
    };

    for (const { worker: thread, failed } of started) {
      thread.on("message", (message: FromThread) => {
        if (over) return;
        if (message.kind === "failed") return end(new AppError(message.failure.kind, message.failure.message));
        const { part } = message;
        const list = held.get(part.unit);
        if (list) list.push({ part, thread });
        else held.set(part.unit, [{ part, thread }]);
        if (part.last) give(thread);
        void drain();
      });
      failed.catch(end);
      give(thread);
      give(thread); // one in hand and one waiting, so that no thread idles while its last part is written
    }
  });
}
