// Where the program keeps its own files, by the rules of the operating system, and small JSON files in them: written whole or not
// at all, readable by their owner only. A damaged one is kept aside and begun anew.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** For settings. TIDEMARK_CONFIG_DIR names another. */
export function configFolder(environment: Environment = process.env, platform = process.platform): string {
  if (environment.TIDEMARK_CONFIG_DIR) return environment.TIDEMARK_CONFIG_DIR;
  if (platform === "win32") return join(environment.APPDATA ?? join(homedir(), "AppData", "Roaming"), "Tidemark");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Tidemark");
  return join(environment.XDG_CONFIG_HOME || join(homedir(), ".config"), "tidemark");
}

/** For what can be made again: the sample. TIDEMARK_SAMPLE_DIR names another. */
export function sampleFolder(environment: Environment = process.env, platform = process.platform): string {
  if (environment.TIDEMARK_SAMPLE_DIR) return environment.TIDEMARK_SAMPLE_DIR;
  if (platform === "win32") return join(environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "Tidemark");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Tidemark");
  return join(environment.XDG_DATA_HOME || join(homedir(), ".local", "share"), "tidemark");
}

/** What `check` makes of the file; null where there is none, or one that `check` does not take. */
export function readJson<T>(path: string, check: (value: unknown) => T | null): T | null {
  if (!existsSync(path)) return null;
  try {
    const checked = check(JSON.parse(readFileSync(path, "utf8")));
    if (checked !== null) return checked;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  renameSync(path, `${path}.damaged-${Date.now()}`);
  return null;
}

export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
