// Starts the engine's processes under Node. Electron starts the same two with utilityProcess.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Launch } from "./keeper.ts";

/** The first file of each process. */
export type Entries = Readonly<Record<Parameters<Launch>[0], string>>;

const beside: Entries = {
  look: fileURLToPath(new URL("../look/main.ts", import.meta.url)),
  work: fileURLToPath(new URL("../work/main.ts", import.meta.url)),
  sql: fileURLToPath(new URL("../sql/main.ts", import.meta.url)),
};

/**
 * glibc keeps what large buffers leave behind, an arena a thread; handed back at once, `work` peaks about 130 MB lower and takes no
 * longer (measured on 4 M dense tuples). Other systems do not look at these names.
 */
const handBack = { MALLOC_MMAP_THRESHOLD_: "262144", MALLOC_TRIM_THRESHOLD_: "262144", MALLOC_ARENA_MAX: "2" };

/** In MB. Listing 100,000 files left V8's young space at its largest, and it is not handed back: 70 to 120 MB less. */
const smallSpaces = ["--max-semi-space-size=4"];

const frugal = { environment: handBack, execArgv: smallSpaces };

/** `entries`: of another bundle of the program than this file is of. */
export function forkProcess(casePath: string, entries = beside): Launch {
  return (name) => forkEntry(entries[name], [casePath], name === "work" ? frugal : {});
}

type Options = { readonly environment?: Readonly<Record<string, string>>; readonly execArgv?: readonly string[] };

/** Standard output stays with the one that starts it. */
export function forkEntry(
  entry: string,
  args: readonly string[],
  { environment = {}, execArgv = [] }: Options = {},
): ReturnType<Launch> {
  const child = fork(entry, args, {
    env: { ...process.env, ...environment },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [...execArgv],
  });
  return {
    wire: {
      send: (message) => {
        if (child.connected) child.send(message as object, () => {}); // a child that has just ended is told by its exit
      },
      onMessage: (receive) => child.on("message", receive),
    },
    pid: child.pid ?? null,
    onExit: (told) => {
      let once = false;
      const tell = (why: string): void => {
        if (!once) told(why);
        once = true;
      };
      child.on("error", (error) => tell(error.message));
      child.on("exit", (code, signal) =>
        tell(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`),
      );
    },
    leave: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => child.kill("SIGKILL"),
  };
}
