// The folder in which a path was chosen last, kept in the settings folder: where the next dialog begins.

import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { configFolder, readJson, writeJson } from "./folders.ts";

/** Null where there is none, or no longer. */
export function lastFolder(): string | null {
  const folder = readJson(settingsFile(), (value) =>
    typeof value === "object" && value !== null && "folder" in value && typeof value.folder === "string"
      ? value.folder
      : null,
  );
  return folder !== null && isFolder(folder) ? folder : null;
}

/** A folder that was chosen itself counts, so does that of a file. */
export function rememberFolderOf(chosen: string): void {
  writeJson(settingsFile(), { folder: isFolder(chosen) ? chosen : dirname(chosen) });
}

function settingsFile(): string {
  return join(configFolder(), "dialogs.json");
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
