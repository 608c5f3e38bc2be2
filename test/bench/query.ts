// `npm run bench:query`: how long an answer takes when a hand moves the brush: timeline and edges of scopes never asked before, through
// the engine, beside DuckDB on a table of the same logs. Exit 0 whatever the timings; 1 when the two do not say the same.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, startEngine } from "../../electron/engine/engine.ts";
import { forkProcess } from "../../electron/engine/fork.ts";
import { measure } from "./child.ts";
import { ingestWithDuckDb, ingestWithTidemark } from "./ingest.ts";
import { writeLogs } from "./logs.ts";
import { mixes } from "./mixes.ts";
import { type Options, readOptions, USAGE, WrongOption } from "./options.ts";
import { whole } from "./print.ts";
import { type BenchScope, scopesOf } from "./scopes.ts";

const SCOPES = 200;
const DUCKDB = join(import.meta.dirname, "duckdb-scopes.ts");

try {
  await benchQueries(readOptions(["--mix", "recorded", ...process.argv.slice(2)]));
} catch (error) {
  const wrong = error instanceof WrongOption;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${wrong ? `${USAGE}\n` : ""}`);
  process.exitCode = wrong ? 2 : 1;
}

type Said = { ms: number[]; tuples: number[]; edges: number[] };

async function benchQueries(options: Options): Promise<void> {
  const root = options.keep ?? mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  if (options.keep === null) process.on("exit", () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  for (const mix of options.mixes) {
    const folder = join(root, `query-${mix}`);
    const logs = join(folder, "logs");
    writeLogs(mixes[mix]!, options.tuples, logs);
    await ingestWithTidemark(logs, folder, options.tuples, "not embedded");
    await ingestWithDuckDb(logs, folder, options.tuples);
    rmSync(logs, { recursive: true, force: true });
    await compare(mix, folder, options.tuples);
  }
}

async function compare(mix: string, folder: string, tuples: number): Promise<void> {
  const engine = startEngine({ launch: forkProcess(join(folder, "case.tidemark")) });
  try {
    const began = performance.now();
    const info = await engine.ask("case.info", {});
    await ask(engine, { from: info.firstTime!, to: info.lastTime! + 1, filter: "", bin: "1h", binMs: 0, sql: "" });
    const firstMs = performance.now() - began;
    const [busiest] = (await rowsOf(engine, "endpoints")) as { ip: string }[];
    const [nic] = (await rowsOf(engine, "nics")) as { nic: string }[];
    const scopes = scopesOf(SCOPES, { from: info.firstTime!, to: info.lastTime! + 1 }, busiest!.ip, nic!.nic);
    const ours: Said = { ms: [], tuples: [], edges: [] };
    for (const scope of scopes) {
      const said = await ask(engine, scope);
      ours.ms.push(said.ms);
      ours.tuples.push(said.tuples);
      ours.edges.push(said.edges);
    }
    const memory = engine.state().look.residentBytes;
    const file = join(folder, "scopes.json");
    writeFileSync(file, JSON.stringify(scopes));
    const { stdout } = await measure([DUCKDB, join(folder, "peer.duckdb"), file]);
    const theirs = JSON.parse(stdout) as Said; // printed by duckdb-scopes.ts
    scopes.forEach(({ filter, from, to }, n) => {
      if (ours.tuples[n] !== theirs.tuples[n] || ours.edges[n] !== theirs.edges[n])
        throw new Error(
          `${mix}: ${filter} from ${from} to ${to}: Tidemark ${ours.tuples[n]} tuples, ${ours.edges[n]} edges; DuckDB ${theirs.tuples[n]}, ${theirs.edges[n]}`,
        );
    });
    print(mix, tuples, firstMs, memory, scopes, ours, theirs);
  } finally {
    await engine.stop();
  }
}

async function rowsOf(engine: Engine, by: "endpoints" | "nics"): Promise<readonly object[]> {
  const scope = { from: null, to: null, filter: "" };
  return (await engine.ask("query.rows", { by, scope, sort: null, limit: 1, after: 0, bin: null })).rows;
}

async function ask(
  engine: Engine,
  { from, to, filter, bin }: BenchScope,
): Promise<{ ms: number; tuples: number; edges: number }> {
  const scope = { from, to, filter };
  const start = performance.now();
  const [bins, edges] = await Promise.all([
    engine.ask("query.rows", { by: "timeline", scope, sort: null, limit: 0, after: 0, bin }),
    engine.ask("query.rows", { by: "edges", scope, sort: null, limit: 100, after: 0, bin: null }),
  ]);
  const ms = performance.now() - start;
  const tuples = bins.rows.reduce((sum, row) => sum + Number(row.tuples), 0);
  return { ms, tuples, edges: edges.rows.length + (edges.leftOut.count ?? 0) };
}

function at(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
}

function print(
  mix: string,
  tuples: number,
  firstMs: number,
  memory: number,
  scopes: readonly BenchScope[],
  ours: Said,
  theirs: Said,
): void {
  const lines = [
    `${mix}, ${whole(tuples)} tuples, ${SCOPES} scopes (random range × 12 filters), timeline and edges; Node ${process.version}, ${cpus().length} CPUs`,
    `first answer ${firstMs.toFixed(0)} ms after the start; look then has ${(memory / 1e6).toFixed(0)} MB`,
    `            median    90 %    99 %     most   ms`,
    ...(
      [
        ["Tidemark", ours.ms],
        ["DuckDB", theirs.ms],
      ] as const
    ).map(
      ([name, ms]) =>
        `${name.padEnd(10)} ${[0.5, 0.9, 0.99, 1].map((part) => at(ms, part).toFixed(1).padStart(7)).join(" ")}`,
    ),
    `DuckDB ÷ Tidemark at the median: ${(at(theirs.ms, 0.5) / at(ours.ms, 0.5)).toFixed(1)} ×`,
    ...[...new Set(scopes.map(({ filter }) => filter))].map((filter) => {
      const of = (ms: readonly number[]): string =>
        at(
          ms.filter((_, n) => scopes[n]?.filter === filter),
          0.5,
        ).toFixed(1);
      return `  ${of(ours.ms).padStart(7)} ms, DuckDB ${of(theirs.ms).padStart(7)} ms   ${filter || "(everything)"}`;
    }),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
