// What is measured for docs/performance.md, and the page: figures only as they were printed in that run.

import { cpus, totalmem } from "node:os";
import type { Options } from "./options.ts";
import { goals, megabytes, type Summary, speedGoal, times, whole } from "./print.ts";

export type Measurement = Pick<Options, "tuples" | "runs" | "evidence"> & {
  readonly name: string;
  /** Whether DuckDB reads the same logs in the same run. */
  readonly peer: boolean;
};
export type Outcome = { readonly measurement: Measurement; readonly summary: Summary };

const plain = { evidence: "not embedded", peer: true } as const;
const M = 1_000_000;

export const plan: readonly Measurement[] = [
  ...["recorded", "dense", "scan", "tiny"].map((name) => ({ name, tuples: M, runs: 1, ...plain })),
  ...["recorded", "dense", "scan", "tiny"].map((name) => ({ name, tuples: 4 * M, runs: 2, ...plain })),
  { name: "recorded", tuples: 4 * M, runs: 2, evidence: "embedded", peer: true },
  { name: "recorded", tuples: 16 * M, runs: 1, ...plain },
  { name: "one", tuples: 16_400_000, runs: 1, evidence: "not embedded", peer: false },
  { name: "small", tuples: 2 * M, runs: 1, ...plain },
];

export function asPage(outcomes: readonly Outcome[], load: number): string {
  const rows = outcomes.map(
    ({ measurement: { name, tuples, evidence }, summary: { logs, tidemark, duckdb, ratios } }) => [
      name,
      `${tuples / M} M`,
      evidence === "embedded" ? "yes" : "no",
      `${whole(logs.bytes / 1e6)} MB, ${whole(logs.blobs)} files`,
      whole(tidemark.tuplesPerSecond),
      duckdb ? whole(duckdb.tuplesPerSecond) : "",
      ratios ? `${times(ratios.speed)} (${times(speedGoal(name, evidence))})` : "",
      ratios?.speedSettled ? `${times(ratios.speedSettled)} (${times(goals.speedSettled)})` : "",
      tidemark.bytesPerTuple.toFixed(1),
      ratios ? `${times(ratios.size)} (${evidence === "embedded" ? "no goal" : times(goals.size)})` : "",
      megabytes(tidemark.largestBytes),
      megabytes(tidemark.peakBytes),
    ],
  );
  const head = [
    ...["logs", "tuples", "embedded", "size", "tuples/s", "DuckDB's", "÷ DuckDB's (goal)", "with settling (goal)"],
    ...["bytes a tuple in the case", "÷ DuckDB's file (goal)", "peak memory of work", "of all processes"],
  ];
  const runs = Math.max(...outcomes.map(({ measurement }) => measurement.runs));
  return [
    "# Performance",
    "",
    "Written by `npm run bench -- --report docs/performance.md`; nothing here is typed by hand. What the logs are: test/bench/mixes.ts.",
    "",
    `Node ${process.version}, ${cpus().length} CPUs, ${whole(totalmem() / 2 ** 30)} GiB, load average ${load.toFixed(1)} before the start. Medians of up to`,
    `${runs} runs, alternating with DuckDB (2 threads) on the same files; tuples a second from the first byte read to every as-logged answer`,
    `available; *with settling*: conversations, flows and digests too, which DuckDB does not do. *Work* is the process that writes`,
    `the case (goal ${megabytes(goals.peakBytes)}).`,
    "",
    `| ${head.join(" | ")} |`,
    `|${head.map(() => "---|").join("")}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    growth(outcomes),
    "",
  ].join("\n");
}

/** A tuple at 16 M beside one at 4 M. */
function growth(outcomes: readonly Outcome[]): string {
  const of = (tuples: number): Summary | undefined =>
    outcomes.find(({ measurement: m }) => m.name === "recorded" && m.tuples === tuples && m.evidence === "not embedded")
      ?.summary;
  const [four, sixteen] = [of(4 * M), of(16 * M)];
  if (!four || !sixteen) return "";
  const speed = four.tidemark.tuplesPerSecond / sixteen.tidemark.tuplesPerSecond;
  const settled = (four.tidemark.tuplesPerSecondSettled ?? 0) / (sixteen.tidemark.tuplesPerSecondSettled ?? 1);
  return `A tuple of the recorded traffic at 16 M costs ${times(speed)} one at 4 M before settling, ${times(settled)} with it (goal ≤ 1.15 ×).`;
}
