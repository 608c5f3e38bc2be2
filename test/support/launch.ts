// The engine's processes as tests start them: bundled, as a command starts them, while the bundle that `npm test` makes is of these sources.

import { join } from "node:path";
import { bundledProgram } from "../../electron/cli/bundled.mjs";
import { type Entries, forkProcess } from "../../electron/engine/fork.ts";
import type { Launch } from "../../electron/engine/keeper.ts";

function entriesIn(folder: string): Entries {
  const entry = (name: string): string => join(folder, `${name}-main.mjs`);
  return { look: entry("look"), work: entry("work"), sql: entry("sql") };
}

const folder = bundledProgram();
const entries = folder === null ? undefined : entriesIn(folder);

export const launch = (casePath: string): Launch => forkProcess(casePath, entries);
