// A running ingest held up and let go on: nothing is written while it is paused, and so its threads stop soon after.

import { AppError } from "../../shared/failure.ts";

export type Pause = {
  set(paused: boolean): void;
  /** Settles when it is not paused; throws cancelled where that comes first. */
  goingOn(signal: AbortSignal): Promise<void>;
};

export function newPause(): Pause {
  let paused = false;
  let waiting: (() => void)[] = [];
  return {
    set(now) {
      paused = now;
      if (paused) return;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
    },
    async goingOn(signal) {
      while (paused && !signal.aborted) {
        await new Promise<void>((go) => {
          waiting.push(go);
          signal.addEventListener("abort", () => go(), { once: true });
        });
      }
      if (signal.aborted) throw new AppError("cancelled", "Adding evidence was cancelled.");
    },
  };
}
