// The benchmark's figures as text: a table of both programs, then a line a mix with the ratios beside the goals.

import { cpus } from "node:os";
import type { Ingest } from "./ingest.ts";
import type { Logs } from "./logs.ts";
import type { Options } from "./options.ts";

export type Result = {
  readonly mix: string;
  readonly logs: Logs;
  readonly tidemark: readonly Ingest[];
  readonly duckdb: readonly Ingest[];
};

/** Medians of the runs; memory is the most that any run took. */
export type Figures = {
  readonly tuplesPerSecond: number;
  readonly tuplesPerSecondWall: number;
  /** Null where flows were not settled. */
  readonly tuplesPerSecondSettled: number | null;
  readonly bytesPerTuple: number;
  /** Of all processes together, and of the largest. */
  readonly peakBytes: number | null;
  readonly largestBytes: number | null;
};

/** Tidemark beside DuckDB: speed is theirs divided into ours (more is better), size ours divided by theirs (less is better). */
type Ratios = {
  readonly speed: number;
  readonly speedWall: number;
  /** DuckDB settles nothing: its speed is the same as without. */
  readonly speedSettled: number | null;
  readonly size: number;
};

export type Summary = {
  readonly mix: string;
  readonly logs: Logs;
  readonly tidemark: Figures;
  /** Null, as the ratios then: it was not asked. */
  readonly duckdb: Figures | null;
  readonly ratios: Ratios | null;
};

/** Told beside the figures as information: a timing never fails a run. */
export const goals = {
  speed: 3,
  speedEmbedded: 2,
  speedScan: 1.5,
  speedSettled: 2.2,
  size: 0.8,
  peakBytes: 600e6,
} as const;

export function summarise({ mix, logs, tidemark, duckdb }: Result): Summary {
  const ours = figures(tidemark, logs.tuples);
  if (duckdb.length === 0) return { mix, logs, tidemark: ours, duckdb: null, ratios: null };
  const theirs = figures(duckdb, logs.tuples);
  const ratios = {
    speed: ours.tuplesPerSecond / theirs.tuplesPerSecond,
    speedWall: ours.tuplesPerSecondWall / theirs.tuplesPerSecondWall,
    speedSettled: ours.tuplesPerSecondSettled === null ? null : ours.tuplesPerSecondSettled / theirs.tuplesPerSecond,
    size: ours.bytesPerTuple / theirs.bytesPerTuple,
  };
  return { mix, logs, tidemark: ours, duckdb: theirs, ratios };
}

function figures(runs: readonly Ingest[], tuples: number): Figures {
  const perSecond = (ms: (run: Ingest) => number): number => tuples / (median(runs.map(ms)) / 1000);
  const most = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    tuplesPerSecond: perSecond((run) => run.elapsedMs),
    tuplesPerSecondWall: perSecond((run) => run.wallMs),
    tuplesPerSecondSettled: runs.some((run) => run.settleMs === null)
      ? null
      : perSecond((run) => run.elapsedMs + (run.settleMs ?? 0)),
    bytesPerTuple: median(runs.map((run) => run.fileBytes)) / tuples,
    peakBytes: most(runs.map((run) => run.peakBytes)),
    largestBytes: most(runs.map((run) => run.largestBytes)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** `load`: how much else the machine was doing, processes waiting or running. */
export function asText(summaries: readonly Summary[], options: Options, version: string, load: number): string {
  const runs = options.runs === 1 ? "one run" : `medians of ${options.runs} runs (memory: the most of any)`;
  const table = [
    ["mix", "logs", "", "tuples/s", "whole process", "with settling", "bytes/tuple", "peak memory", "largest process"],
  ];
  const verdicts = [["mix", "speed", "", "whole process", "with settling", "size", "", "memory", ""]];
  for (const { mix, logs, tidemark, duckdb, ratios } of summaries) {
    const size = `${(logs.bytes / 1e6).toFixed(0)} MB, ${whole(logs.blobs)} blobs`;
    table.push([mix, size, "Tidemark", ...cells(tidemark)]);
    if (duckdb === null || ratios === null) continue;
    table.push(["", "", "DuckDB", ...cells(duckdb)]);
    const peak = tidemark.largestBytes;
    verdicts.push([
      mix,
      times(ratios.speed),
      ratios.speed >= speedGoal(mix, options.evidence) ? "ok" : "below",
      times(ratios.speedWall),
      ratios.speedSettled === null ? "-" : times(ratios.speedSettled),
      times(ratios.size),
      ratios.size <= goals.size ? "ok" : "below",
      megabytes(peak),
      peak === null ? "" : peak <= goals.peakBytes ? "ok" : "below",
    ]);
  }
  const goal = `goals: speed ≥ ${times(goals.speed)} (embedded ${times(goals.speedEmbedded)}, scan ${times(goals.speedScan)}), with settling ≥ ${times(goals.speedSettled)}, size ≤ ${times(goals.size)}, memory of the writing process ≤ ${megabytes(goals.peakBytes)}; information, no run fails by them`;
  return [
    `Tidemark beside DuckDB ${version} (2 threads), ${whole(options.tuples)} tuples a mix, ${runs}`,
    `evidence ${options.evidence}; Node ${process.version}, ${cpus().length} CPUs, load average ${load.toFixed(1)} before the start; tuples/s without start-up, "whole process" with it`,
    "",
    ...aligned(table, 3),
    "",
    ...aligned(verdicts, 1),
    goal,
    "",
  ].join("\n");
}

/** Of the ratio before settling. */
export function speedGoal(mix: string, evidence: Options["evidence"]): number {
  return evidence === "embedded" ? goals.speedEmbedded : mix === "scan" ? goals.speedScan : goals.speed;
}

function cells(f: Figures): string[] {
  const settled = f.tuplesPerSecondSettled === null ? "-" : whole(f.tuplesPerSecondSettled);
  const speeds = [whole(f.tuplesPerSecond), whole(f.tuplesPerSecondWall), settled];
  return [...speeds, f.bytesPerTuple.toFixed(2), megabytes(f.peakBytes), megabytes(f.largestBytes)];
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

export function megabytes(bytes: number | null): string {
  return bytes === null ? "not measured" : `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Columns two spaces apart; those from `right` on end at their right edge. */
function aligned(rows: readonly (readonly string[])[], right: number): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < right ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}
