// Settling in a thread beside the one that writes: what comes of each step is given to that, in order.

import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { AppError } from "../../shared/failure.ts";
import type { FromSettling, SettlingNews, ToSettling } from "./settle-thread.ts";
import type { SettlingPlan } from "./settling-plan.ts";

/** The thread is at work when this returns, and has ended when it settles. Throws `cancelled` where `signal` comes first. */
export async function settleBeside(
  path: string,
  plan: SettlingPlan,
  signal: AbortSignal,
  take: (news: SettlingNews) => void,
): Promise<void> {
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const stop = (): void => void Atomics.store(stopped, 0, 1);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const thread = new Worker(new URL("./settle-thread.ts", import.meta.url), {
    workerData: { path, plan, stopped } satisfies ToSettling,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  let failure: unknown = null;
  let end: "whole" | "stopped" | null = null;
  // One a turn: messages that wait come all in one, and a cancel would be heard after the last of them.
  const taken = async (before: Promise<void>, news: SettlingNews): Promise<void> => {
    await before;
    await setImmediate();
    if (failure !== null) return;
    try {
      take(news);
    } catch (thrown) {
      failure = thrown;
      stop();
    }
  };
  let taking = Promise.resolve();
  thread.on("message", (told: FromSettling) => {
    if ("step" in told || "activity" in told) taking = taken(taking, told);
    else if ("end" in told) end = told.end;
    else failure ??= new AppError(told.failure.kind, told.failure.message);
  });
  thread.once("error", (thrown) => {
    failure ??= thrown;
  });
  await new Promise((settle) => thread.once("exit", settle));
  await taking;
  signal.removeEventListener("abort", stop);
  if (failure !== null) throw failure;
  if (end === "stopped") throw new AppError("cancelled", CANCELLED);
  if (end === null) throw new Error("the thread that settles ended by itself");
}

export const CANCELLED =
  "Settling flows was stopped: all that was read is in the case, and adding the same evidence again settles its flows.";
