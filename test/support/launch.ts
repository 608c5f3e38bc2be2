// The engine's processes as tests start them: bundled, as a command starts them, while the bundle that `npm test` makes is of these sources.

import { join } from "node:path";
import { type Entries, forkProcess } from "../../electron/engine/fork.ts";
import type { Launch } from "../../electron/engine/keeper.ts";

type Bundled = { bundledProgram(folder?: string): string | null };
const { bundledProgram } = (await import(new URL("../../electron/cli/bundled.mjs", import.meta.url).href)) as Bundled; // plain JavaScript without types

const folder = bundledProgram();
const entry = (name: string): string => join(folder ?? "", `${name}-main.mjs`);
const entries: Entries | undefined =
  folder === null ? undefined : { look: entry("look"), work: entry("work"), sql: entry("sql") };

export const launch = (casePath: string): Launch => forkProcess(casePath, entries);
