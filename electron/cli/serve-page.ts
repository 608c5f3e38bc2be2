// The built page, dist/renderer: built anew where its sources are newer, as in a checkout; a package brings it built.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../shared/failure.ts";

export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

const SOURCES = ["renderer", "shared", "build/vite.config.ts", "package-lock.json"];

/** Its folder. Throws where it cannot be built. */
export async function builtPage(): Promise<string> {
  const folder = join(projectFolder, "dist", "renderer");
  const built = newest(join(folder, "index.html"));
  const vite = join(projectFolder, "node_modules", "vite", "bin", "vite.js");
  if (!existsSync(vite) || SOURCES.every((source) => newest(join(projectFolder, source)) <= built)) return folder;
  process.stderr.write("Building the page …\n");
  const child = spawn(process.execPath, [vite, "build", "--config", "build/vite.config.ts"], {
    cwd: projectFolder,
    stdio: ["ignore", process.stderr, process.stderr], // standard output is for the address
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new AppError("bug", `The page could not be built: vite ended with ${code ?? "a signal"}.`);
  return folder;
}

/** Latest change of a file or of anything in a folder, ms since 1970; 0 where there is nothing. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
