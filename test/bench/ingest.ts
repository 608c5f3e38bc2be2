// The two ways of ingesting that are compared, each a fresh process on the same logs, each checked for its number of tuples.

import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { measure } from "./child.ts";

export type Ingest = {
  /** Start-up left out. Tidemark: first byte read to every as-logged answer available. DuckDB: first statement to CHECKPOINT done. */
  readonly elapsedMs: number;
  /** Tidemark's settling, apart from `elapsedMs`; null where there is none. */
  readonly settleMs: number | null;
  /** The whole process, start-up and settling included. */
  readonly wallMs: number;
  readonly fileBytes: number;
  readonly peakBytes: number | null;
  readonly largestBytes: number | null;
  /** DuckDB's; null for Tidemark. */
  readonly version: string | null;
};

const TIDEMARK = join(import.meta.dirname, "..", "..", "electron", "cli", "tidemark.mjs");
const DUCKDB = join(import.meta.dirname, "duckdb.ts");
const TidemarkAnswer = z.object({
  added: z.object({ tuples: z.int() }),
  elapsedMs: z.number().positive(),
  settleMs: z.number().nullable(),
});
const DuckDbAnswer = z.object({ tuples: z.int(), elapsedMs: z.number().positive(), version: z.string() });

export async function ingestWithTidemark(
  logs: string,
  folder: string,
  tuples: number,
  evidence: "embedded" | "not embedded",
): Promise<Ingest> {
  clear(folder, "case.tidemark");
  const file = join(folder, "case.tidemark");
  const embed = evidence === "embedded" ? [] : ["--no-embed"];
  const { stdout, wallMs, ...peaks } = await measure([TIDEMARK, "ingest", file, logs, ...embed, "--json"]);
  const answer = TidemarkAnswer.parse(JSON.parse(stdout));
  sameTuples("Tidemark", answer.added.tuples, tuples);
  alone(folder, "case.tidemark");
  const { elapsedMs, settleMs } = answer;
  return { elapsedMs, settleMs, wallMs, ...peaks, fileBytes: statSync(file).size, version: null };
}

export async function ingestWithDuckDb(logs: string, folder: string, tuples: number): Promise<Ingest> {
  clear(folder, "peer.duckdb");
  const file = join(folder, "peer.duckdb");
  const { stdout, wallMs, ...peaks } = await measure([DUCKDB, logs, file]);
  const { elapsedMs, version, ...answer } = DuckDbAnswer.parse(JSON.parse(stdout));
  sameTuples("DuckDB", answer.tuples, tuples);
  alone(folder, "peer.duckdb");
  return { elapsedMs, settleMs: null, wallMs, ...peaks, fileBytes: statSync(file).size, version };
}

function sameTuples(who: string, found: number, made: number): void {
  if (found !== made) throw new Error(`${who} has ${found} tuples of ${made} that were generated`);
}

function beside(folder: string, name: string): string[] {
  return readdirSync(folder).filter((entry) => entry.startsWith(name) && entry !== name);
}

function clear(folder: string, name: string): void {
  for (const entry of [name, ...beside(folder, name)]) rmSync(join(folder, entry), { force: true });
}

/** The size compared is one file's: nothing of weight may lie beside it (an empty lock may). */
function alone(folder: string, name: string): void {
  for (const entry of beside(folder, name)) {
    const { size } = statSync(join(folder, entry));
    if (size > 65_536) throw new Error(`${entry} was left beside ${name} with ${size} bytes`);
  }
}
