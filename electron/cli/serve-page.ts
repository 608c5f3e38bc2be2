// The built page, dist/renderer, the bundled shell of the window, dist/shell, and the bundled program: built anew where their
// sources are newer, as in a checkout; a package brings them built.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../shared/failure.ts";
import { bundledProgram } from "./bundled.mjs";

export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

const vite = join("node_modules", "vite", "bin", "vite.js");

/** What the window is made of, beside how. */
const code = ["electron", "shared", join("build", "bundle.mjs"), "package-lock.json"];

/** Its folder. Throws where it cannot be built. */
export async function builtPage(): Promise<string> {
  const index = join("dist", "renderer", "index.html");
  await built(
    "page",
    index,
    ["renderer", "shared", "build/vite.config.ts", "package-lock.json"],
    [vite, "build", "--config", "build/vite.config.ts"],
  );
  return dirname(join(projectFolder, index));
}

/** The file that Electron starts. Throws where it cannot be bundled. */
export async function builtShell(): Promise<string> {
  const main = join("dist", "shell", "main.mjs");
  const bundle = join("build", "bundle-shell.mjs");
  await built("window", main, [...code, bundle], [bundle]);
  return join(projectFolder, main);
}

/** For the commands that follow: this one runs on as what it was started from. Where it cannot be bundled, the sources run as well. */
export async function builtProgram(): Promise<void> {
  if (bundledProgram() !== null || !existsSync(join(projectFolder, vite))) return;
  await run("program", [join("build", "bundle-program.mjs")]).catch((thrown: unknown) =>
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)} Commands start more slowly.\n`),
  );
}

/** Nothing is built without the tool for it. */
async function built(
  what: string,
  result: string,
  sources: readonly string[],
  command: readonly string[],
): Promise<void> {
  const since = newest(join(projectFolder, result));
  const isNew = sources.every((source) => newest(join(projectFolder, source)) <= since);
  if (isNew || !existsSync(join(projectFolder, vite))) return;
  await run(what, command);
}

async function run(what: string, command: readonly string[]): Promise<void> {
  process.stderr.write(`Building the ${what} …\n`);
  const child = spawn(process.execPath, command, {
    cwd: projectFolder,
    stdio: ["ignore", process.stderr, process.stderr], // standard output is for the address
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0)
    throw new AppError("bug", `The ${what} could not be built: ${command[0]} ended with ${code ?? "a signal"}.`);
}

/** Latest change of a file or of anything in a folder, ms since 1970; 0 where there is nothing. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
