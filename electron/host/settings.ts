// What the investigator set for all cases, a file each in `settings/` of the settings folder, so that two windows that set different
// things never take one another's back. Never in a case.

import { rmSync } from "node:fs";
import { join } from "node:path";
import type { SettingName } from "../../shared/contract.ts";
import { readJson, writeJson } from "./folders.ts";

export type Settings = {
  /** Null: not set. */
  read(name: SettingName): string | null;
  /** Null forgets it. */
  write(name: SettingName, value: string | null): void;
};

export function openSettings(folder: string): Settings {
  const fileOf = (name: SettingName): string => join(folder, "settings", `${name}.json`);
  return {
    read: (name) => readJson(fileOf(name), valueIn),
    write(name, value) {
      if (value === null) rmSync(fileOf(name), { force: true });
      else writeJson(fileOf(name), { value });
    },
  };
}

function valueIn(read: unknown): string | null {
  return typeof read === "object" && read !== null && "value" in read && typeof read.value === "string"
    ? read.value
    : null;
}
