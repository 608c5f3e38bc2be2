// Electron's utility process as a process of Node that has a `parentPort` and no channel of Node's (utility-start.mjs).

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Emitter, emitterOf, strict } from "./strict.ts";

const START = fileURLToPath(new URL("utility-start.mjs", import.meta.url));

export type Forked = { readonly entry: string; readonly args: readonly string[]; readonly child: ChildProcess };

export function forkUtility(
  forked: Forked[],
  entry: string,
  args: readonly string[],
  options: { readonly serviceName?: string; readonly stdio?: readonly string[] },
): object {
  for (const key of Object.keys(options))
    if (!["serviceName", "stdio"].includes(key)) throw new Error(`The fake fork has no option ${key}.`);
  if (options.stdio !== undefined && options.stdio[0] !== "ignore")
    throw new Error("stdin of a utility process can only be ignored.");
  const child = fork(START, [entry, ...args], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  forked.push({ entry, args, child });
  const { on, once, emit }: Emitter = emitterOf("UtilityProcess", ["spawn", "exit", "message", "error"]);
  let pid: number | undefined; // known once it has been spawned, gone when it has ended
  child.on("spawn", () => {
    pid = child.pid;
    emit("spawn");
  });
  child.on("message", (message) => emit("message", message));
  child.on("exit", (code) => {
    pid = undefined;
    emit("exit", code ?? 1);
  });
  return strict("UtilityProcess", {
    on,
    once,
    postMessage: (message: unknown) => void (child.connected && child.send(message as object)),
    kill: () => child.kill("SIGTERM"),
    get pid() {
      return pid;
    },
  });
}
