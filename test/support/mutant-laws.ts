// What must hold of every mutant, and the child that reads them under watch.

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Found } from "./read-bytes.ts";

/** Whatever looks like a tuple in a flow log is in a record that is kept or in a reject: nothing is passed over unseen. */
export function tuplesOutside(found: Found, bytes: Buffer): string[] {
  if (found.members[0]!.status === "refused")
    return found.records.length + found.rejects.length > 0 ? ["refused, and yet something"] : [];
  const spans = found.records.map(({ offset, bytes: length }) => [offset, offset + length] as const);
  const faults: string[] = [];
  for (const { index } of bytes.toString("latin1").matchAll(/"\d{10,13},[\d.]+,[\d.]+,\d+,\d+,/g))
    if (!spans.some(([from, to]) => index >= from && index < to)) faults.push(`a tuple at byte ${index} is nowhere`);
  return faults;
}

export type Mutants = {
  mutants: number;
  bytes: number;
  tuples: number;
  rejects: number;
  refused: number;
  /** Milliseconds. */
  slowest: number;
  peak: number;
  faults: string[];
};

const CHILD = join(import.meta.dirname, "fixtures", "read-mutants.ts");
/** A child that says nothing for so long hangs: a hundred mutants take a fraction of a second. */
const SILENCE_MS = 60_000;

/** Reads mutants of a seed in a process of its own. A crash and a hang are faults that name the hundred where they happened. */
export async function readMutants(seed: number, first: number, ms: number): Promise<Mutants> {
  const child = spawn(process.execPath, [CHILD, String(seed), String(first), String(ms)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const err: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const { lines, silent, code } = await watched(child);
  const last = lines.at(-1) ?? "";
  if (last.startsWith("{")) return JSON.parse(last) as Mutants;
  const what = silent ? "hangs" : `ends with ${code}: ${Buffer.concat(err).toString("utf8").slice(-2000)}`;
  return {
    mutants: 0,
    bytes: 0,
    tuples: 0,
    rejects: 0,
    refused: 0,
    slowest: 0,
    peak: 0,
    faults: [`seed ${seed}, ${last}: it ${what}`],
  };
}

function watched(child: ChildProcess): Promise<{ lines: string[]; silent: boolean; code: number | null }> {
  let text = "";
  let silent = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      silent = true;
      child.kill("SIGKILL");
    }, SILENCE_MS);
  };
  heard();
  return new Promise((settle) => {
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      heard();
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      settle({ lines: text.trim().split("\n"), silent, code });
    });
  });
}
