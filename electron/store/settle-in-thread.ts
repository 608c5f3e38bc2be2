// A day settled by two: this thread takes every other share of it, another thread with a connection of its own the rest.

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AppError, type Failure } from "../../shared/failure.ts";
import { joined, type SettledDay, settleShares, sharesForTwo } from "../analysis/settle-day.ts";
import { noFlows } from "../analysis/settled.ts";
import { decodeAtHand } from "../segment/encode-settled.ts";
import { tuplesOn } from "./settling-days.ts";
import type { SettlingLogs } from "./settling-logs.ts";
import type { SettlingSegment } from "./settling-segment.ts";

/** Tuples below which a thread takes longer to start than it saves. */
const FEW = 400_000;

/** `atHand`: as it is kept. */
export type ToSettle = { readonly day: number; readonly parts: number; readonly atHand: Uint8Array | null };
export type FromSettling = { readonly settled: SettledDay } | { readonly failure: Failure };

export type SettlingThread = {
  settle(asked: ToSettle): Promise<SettledDay>;
  end(): void;
};

/** Whether two are faster than one. */
export function isForTwo(day: number, segments: readonly SettlingSegment[]): boolean {
  return availableParallelism() > 1 && tuplesOn(day, segments) >= FEW;
}

/** The case's segments must not change until it ends. */
export function settlingThread(path: string): SettlingThread {
  const thread = new Worker(new URL("./settle-thread.ts", import.meta.url), { workerData: path });
  let ended: Error | null = null;
  thread.on("error", (thrown: Error) => {
    ended = thrown;
  });
  return {
    settle(asked) {
      return new Promise<SettledDay>((settle, fail) => {
        if (ended) return fail(ended);
        thread.once("error", fail);
        thread.once("message", (told: FromSettling) => {
          thread.off("error", fail);
          if ("settled" in told) settle(told.settled);
          else fail(new AppError(told.failure.kind, told.failure.message));
        });
        thread.postMessage(asked);
      });
    },
    end: () => void thread.terminate(),
  };
}

export async function settleTogether(
  thread: SettlingThread,
  day: number,
  segments: readonly SettlingSegment[],
  { logs }: SettlingLogs,
  atHand: Uint8Array | null,
): Promise<SettledDay> {
  const parts = sharesForTwo(tuplesOn(day, segments));
  const theirs = thread.settle({ day, parts, atHand });
  theirs.catch(() => {}); // told where it is awaited
  const own = settleShares(day, { from: 0, step: 2, parts }, segments, logs, atHand ? decodeAtHand(atHand) : noFlows());
  return joined(own, await theirs);
}
