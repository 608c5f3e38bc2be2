// Ctrl-Z while evidence is added: what writes pauses first, then this process stops as a shell expects; `fg` goes on.

import type { Engine } from "../engine/engine.ts";

/** Until the returned function is called. Where there is no Ctrl-Z (Windows) nothing happens. */
export function pauseOnSuspend(engine: Engine): () => void {
  if (process.platform === "win32") return () => {};
  // The whole group may have been stopped by the same key: nobody waits for an answer.
  const pause = (paused: boolean): void => void engine.ask("source.pause", { paused }).catch(() => {});
  const suspend = (): void => {
    pause(true);
    process.stderr.write("\ntidemark: paused; nothing is written until it goes on (fg).\n");
    setImmediate(() => process.kill(process.pid, "SIGSTOP"));
  };
  const goOn = (): void => {
    pause(false);
    process.stderr.write("tidemark: going on.\n");
  };
  process.on("SIGTSTP", suspend);
  process.on("SIGCONT", goOn);
  return () => {
    process.off("SIGTSTP", suspend);
    process.off("SIGCONT", goOn);
  };
}
