// The cases opened last, in `recents.json` of the settings folder: what the first screen lists. Never in a case.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CaseInfo, calls, type OpenCase, type Result } from "../../shared/contract.ts";
import { readJson, writeJson } from "./folders.ts";

type Listed = Result<"recent.list">;

const MOST = 20;

export type Recents = {
  list(): Listed;
  remember(open: OpenCase, info: CaseInfo): void;
  /** New figures of a case that is listed; nothing where it is not. */
  refresh(path: string, info: CaseInfo): void;
  /** Null: every one that is missing. */
  forget(path: string | null): void;
};

export function openRecents(folder: string): Recents {
  const file = join(folder, "recents.json");

  /** Read anew each time: another host of this user may have written it. */
  function read(): Listed["cases"] {
    const checked = readJson(file, (value) => calls["recent.list"].result.safeParse(value).data ?? null);
    return checked?.cases ?? [];
  }

  function write(cases: Listed["cases"]): void {
    writeJson(file, { cases: cases.slice(0, MOST) } satisfies Listed);
  }

  return {
    list: () => ({ cases: read().map((each) => ({ ...each, missing: !existsSync(each.path) })) }),
    remember({ path, name }, info) {
      const newest = { path, name, openedTime: Date.now(), missing: false, ...figures(info) };
      write([newest, ...read().filter((each) => each.path !== path)]);
    },
    refresh(path, info) {
      const cases = read();
      if (cases.some((each) => each.path === path))
        write(cases.map((each) => (each.path === path ? { ...each, ...figures(info) } : each)));
    },
    forget(path) {
      write(read().filter((each) => (path === null ? existsSync(each.path) : each.path !== path)));
    },
  };
}

function figures(
  info: CaseInfo,
): Pick<Listed["cases"][number], "bytes" | "tuples" | "nics" | "firstTime" | "lastTime"> {
  const { fileBytes, tuples, nics, firstTime, lastTime } = info;
  return { bytes: fileBytes, tuples, nics, firstTime, lastTime };
}
