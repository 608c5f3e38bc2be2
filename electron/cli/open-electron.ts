// Starts the desktop window, and tells in one line why there is none. Electron's package comes without its program, which is
// downloaded at the first start: that and the start are given up after 20 s. TIDEMARK_NO_ELECTRON=1 leaves it alone.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { hasDisplay } from "./serve-browser.ts";
import { builtShell, projectFolder } from "./serve-page.ts";

const PATIENCE_MS = 20_000;

const electron = join(projectFolder, "node_modules", "electron");

/** The window's exit code; null where there is no window, which has been said. */
export async function openWindow(casePath: string | null, sampleFolder?: string): Promise<number | null> {
  const began = performance.now();
  const why = await start();
  if (typeof why === "number") return why;
  if (why !== "") process.stderr.write(`No desktop window: ${why}. The same app opens in a browser.\n`);
  return null;

  async function start(): Promise<number | string> {
    if (process.env.TIDEMARK_NO_ELECTRON === "1" || !hasDisplay()) return "";
    if (!existsSync(join(electron, "cli.js"))) return "it is not part of this installation";
    const got = await getProgram();
    if (got !== null) return got;
    const entry = await builtShell();
    const child = spawn(process.execPath, [join(electron, "cli.js"), entry, ...(casePath === null ? [] : [casePath])], {
      cwd: projectFolder,
      stdio: ["ignore", "inherit", "inherit"],
      env: sampleFolder === undefined ? process.env : { ...process.env, TIDEMARK_SAMPLE_DIR: sampleFolder },
    });
    const ended = endOf(child);
    const code = await Promise.race([ended, wait(PATIENCE_MS - (performance.now() - began), "running" as const)]);
    if (code === "running") return (await ended) ?? 1;
    return code === 0 ? 0 : `Electron ended with ${code ?? "a signal"}`;
  }

  /** Why Electron's program is not there; null where it is. */
  async function getProgram(): Promise<string | null> {
    if (process.env.ELECTRON_OVERRIDE_DIST_PATH || existsSync(join(electron, "path.txt"))) return null;
    process.stderr.write("Getting Electron, for at most 20 s …\n");
    const child = spawn(process.execPath, [join(electron, "install.js")], { stdio: "ignore" });
    const code = await Promise.race([endOf(child), wait(PATIENCE_MS, "late" as const, { ref: false })]);
    if (code === "late") child.kill("SIGKILL");
    if (code === 0) return null;
    return code === "late" ? "Electron could not be got within 20 s" : "Electron could not be downloaded";
  }
}

/** The exit code; null where it was ended by a signal or could not be started. */
function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => {
    child.on("error", () => settle(null));
    child.on("exit", (code) => settle(code));
  });
}
