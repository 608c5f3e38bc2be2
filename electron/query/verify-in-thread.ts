// Verifies a case in a thread, so that its process goes on answering. Cancelling answers at once; a statement that is running then
// runs to its end unheard.

import { Worker } from "node:worker_threads";
import type { Verification, VerifyProgress } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { FromVerify, ToVerify } from "./verify-thread.ts";

export async function verifyInThread(
  asked: ToVerify,
  tell: (progress: VerifyProgress) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const thread = new Worker(new URL("./verify-thread.ts", import.meta.url), { workerData: asked });
  try {
    return await new Promise<Verification>((settle, fail) => {
      const cancel = (): void => fail(new AppError("cancelled", "Verifying was cancelled."));
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      thread.on("message", (told: FromVerify) => {
        if ("progress" in told) tell(told.progress);
        else if ("verification" in told) settle(told.verification);
        else fail(new AppError(told.failure.kind, told.failure.message));
      });
      thread.once("error", fail);
      thread.once("exit", () => fail(new Error("the thread that verifies ended by itself")));
    });
  } finally {
    void thread.terminate();
  }
}
