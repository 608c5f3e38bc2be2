// R3: adding evidence with the N-th call of the file system or the database failing (EIO, ENOSPC, EACCES, EMFILE by turns), for
// N = 1, 2, 3 … until a run passes untouched. Each ends in a failure of a clear kind or a source that says what could not be read;
// no part of a batch stays; adding again comes to the same logical digest.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { folder } from "./cli.ts";
import { manyLogs } from "./logs.ts";

const fixtures = join(import.meta.dirname, "fixtures");

type Run = {
  readonly n: number;
  readonly code: string;
  readonly told: string;
  readonly struck: boolean;
  readonly left: readonly string[];
  readonly again: string;
  readonly same: boolean;
};

/** `step`: from one N to the next. Returns a line of figures. */
export async function failAtEach(where: "main" | "thread", step: number): Promise<string> {
  const all = await runs(where, step);
  const struck = all.filter((run) => run.struck);
  const kinds = new Map<string, number>();
  for (const { told } of struck) {
    const kind = told.split(/[:;]/)[0] ?? told;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const wrong = all.filter((run) => run.told.startsWith("bug") || run.left.length > 0 || !run.same);
  expect(all.at(-1)?.struck).toBe(false); // the loop ended by itself
  expect(wrong).toEqual([]);
  expect(struck.length).toBeGreaterThan(0);
  return `R3 ${where}: ${struck.length} faults, ${wrong.length} wrong; ${JSON.stringify(Object.fromEntries(kinds))}`;
}

async function runs(where: "main" | "thread", step: number): Promise<Run[]> {
  const source = folder(manyLogs(3, 3, 8));
  const child = spawn(
    process.execPath,
    ["--import", join(fixtures, "fault-hook.ts"), join(fixtures, "faults.ts"), folder(), source, where, String(step)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const all: Run[] = [];
  for await (const line of createInterface({ input: child.stdout })) all.push(JSON.parse(line) as Run);
  return all;
}
