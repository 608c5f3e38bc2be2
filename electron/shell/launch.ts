// Starts the engine's processes as Electron's utility processes: Node under Electron, apart from every page. After ready only.

import { fileURLToPath } from "node:url";
import { type UtilityProcess, utilityProcess } from "electron";
import type { Child, Launch } from "../engine/keeper.ts";
import { LEAVE } from "../engine/parent.ts";

const entries = {
  look: fileURLToPath(new URL("../look/main.ts", import.meta.url)),
  work: fileURLToPath(new URL("../work/main.ts", import.meta.url)),
  sql: fileURLToPath(new URL("../sql/main.ts", import.meta.url)),
};

export function launchUtility(casePath: string): Launch {
  return (name) =>
    childOf(
      utilityProcess.fork(entries[name], [casePath], {
        serviceName: `Tidemark ${name}`,
        stdio: ["ignore", "ignore", "inherit"],
      }),
    );
}

/** `kill()` of Electron asks politely; a process that must end is ended by its PID, as soon as it has one. */
function childOf(utility: UtilityProcess): Child {
  let over = false;
  let doomed = false;
  utility.once("spawn", () => {
    if (doomed) end(utility);
  });
  utility.once("exit", () => {
    over = true;
  });
  const send = (message: unknown): void => {
    if (!over) utility.postMessage(message);
  };
  return {
    wire: { send, onMessage: (receive) => utility.on("message", receive) },
    get pid() {
      return utility.pid ?? null;
    },
    onExit: (told) => utility.once("exit", (code) => told(`it ended with code ${code}`)),
    leave: () => send(LEAVE),
    kill() {
      doomed = true;
      if (!over) end(utility);
    },
  };
}

function end({ pid }: UtilityProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself meanwhile, which its exit tells
  }
}
