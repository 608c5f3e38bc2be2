// Runs children that damage a case (`fixtures/mutants.ts`), watches them, and counts. A child that ends or falls silent is a finding.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Operation } from "../../shared/notebook.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { ingestHere, noteHere } from "./ingest-here.ts";

const fixtures = join(import.meta.dirname, "fixtures");
type Child = "mutants.ts" | "recoveries.ts";
const HANG_MS = 5000;

export type Mutant = {
  readonly seed: number;
  readonly places: readonly number[];
  /** What `verify` says: `ok`, `found`, or the kind of its refusal. */
  readonly told: string;
  readonly findings: readonly string[];
  /** What the answers are: `same`, `other`, or the kind of refusal. */
  readonly shows: string;
};
export type Runs = { readonly mutants: Mutant[]; readonly crashed: number[]; readonly hung: number[] };

export const someNotes: readonly Operation[] = [
  { what: "host.status", host: "10.0.0.4", status: "compromised" },
  { what: "note.text", id: "n1", host: "10.0.0.4", scope: EVERYTHING, time: null, text: "Came in over RDP — café" },
  { what: "note.text", id: "n2", host: null, scope: EVERYTHING, time: 1741082400000, text: "Second thoughts." },
];

/** A small case with notes. */
export async function smallCase(caseFile: string, source: string, embed = true): Promise<void> {
  await ingestHere(caseFile, [source], { embed });
  noteHere(caseFile, someNotes);
}

export async function damageCase(
  caseFile: string,
  seed: number,
  count: number,
  child: Child = "mutants.ts",
): Promise<Runs> {
  const runs: Runs = { mutants: [], crashed: [], hung: [] };
  for (let next = seed; next < seed + count; ) next = await oneChild(child, caseFile, next, seed + count - next, runs);
  return runs;
}

/** Returns the seed to go on with. */
async function oneChild(script: Child, caseFile: string, first: number, count: number, runs: Runs): Promise<number> {
  const child = spawn(process.execPath, [join(fixtures, script), caseFile, String(first), String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let current = first;
  let done = first;
  let hung = false;
  let watch: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as { seed: number } | Mutant;
    clearTimeout(watch);
    if ("told" in told) {
      runs.mutants.push(told);
      done = told.seed + 1;
    } else {
      current = told.seed;
      watch = setTimeout(() => {
        hung = true;
        child.kill("SIGKILL");
      }, HANG_MS);
    }
  }
  clearTimeout(watch);
  if (done === first + count) return done;
  if (hung) runs.hung.push(current);
  else runs.crashed.push(current);
  return current + 1;
}

/** Content that changed although `verify` passed the case. */
export function undetected({ mutants }: Runs): Mutant[] {
  return mutants.filter(({ told, shows }) => told === "ok" && shows !== "same");
}

/** Answers that were given and are not those of the case as it was. */
export function silent({ mutants }: Runs): Mutant[] {
  return mutants.filter(({ shows }) => shows === "other");
}
