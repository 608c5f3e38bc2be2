// What the benchmark is asked to do. A wrong option is a sentence, never a guess.

import { parseArgs } from "node:util";
import { mixes } from "./mixes.ts";

export type Options = {
  readonly tuples: number;
  readonly mixes: readonly string[];
  readonly runs: number;
  /** Folder that the logs, the last case and the last database are kept in; null: a temporary one. */
  readonly keep: string | null;
  readonly print: "table" | "json";
  readonly evidence: "embedded" | "not embedded";
  /** Page that the whole plan's figures are written to; null: what the other options say is printed. */
  readonly report: string | null;
};

export const USAGE = `npm run bench [-- --tuples N] [--mix a,b] [--runs N] [--keep DIR] [--embed] [--json]
npm run bench -- --report docs/performance.md
  --tuples N   of each mix: 1000000, 250k, 4M, 1G; default 1M
  --mix a,b    of ${Object.keys(mixes).join(", ")}; default the first four
  --runs N     of each program, alternating; the medians are shown; default 3
  --keep DIR   keeps logs, case and database there
  --embed      Tidemark embeds the evidence (default: hashes and references only)
  --json       one JSON document with every run
  --report F   measures everything (a quarter of an hour) and writes the page F; alone`;

export class WrongOption extends Error {}

const SUFFIX: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };

export function readOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const names = values.mix.split(",");
  for (const name of names) if (!(name in mixes)) throw new WrongOption(`there is no mix "${name}"`);
  return {
    tuples: count("--tuples", values.tuples),
    mixes: names,
    runs: count("--runs", values.runs),
    keep: values.keep ?? null,
    print: values.json ? "json" : "table",
    evidence: values.embed ? "embedded" : "not embedded",
    report: values.report ?? null,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        tuples: { type: "string", default: "1M" },
        mix: { type: "string", default: "recorded,dense,scan,tiny" },
        runs: { type: "string", default: "3" },
        keep: { type: "string" },
        json: { type: "boolean", default: false },
        embed: { type: "boolean", default: false },
        report: { type: "string" },
      },
    });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

function count(option: string, text: string): number {
  const [, digits = "", suffix = ""] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text) ?? [];
  const value = Number(digits) * (SUFFIX[suffix.toLowerCase()] ?? Number.NaN);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new WrongOption(`${option} takes a number such as 4M, not "${text}"`);
  return value;
}
