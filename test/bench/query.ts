// `npm run bench:query`: how long an answer takes when a hand moves the brush: timeline and edges of scopes never asked before, through
// the engine, beside DuckDB on a table of the same logs; with --report FILE the page's section of questions is written. Exit 0 whatever the timings; 1 when the two do not say the same.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
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
import { withQuestions } from "./section.ts";

const SCOPES = 200;
/** Asked before them, and at most asked while evidence is added. */
const COLD = 60;
const ADDING = 200;
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
  const sections: string[] = [];
  for (const mix of options.mixes) {
    const folder = join(root, `query-${mix}`);
    const logs = join(folder, "logs");
    writeLogs(mixes[mix]!, options.tuples, logs);
    await ingestWithTidemark(logs, folder, options.tuples, "not embedded");
    await ingestWithDuckDb(logs, folder, options.tuples);
    rmSync(logs, { recursive: true, force: true });
    const text = asText(await compare(mix, folder, options.tuples));
    process.stdout.write(`${text}\n`);
    sections.push(`\`\`\`\n${text}\n\`\`\``);
  }
  if (options.report === null) return;
  const page = readFileSync(options.report, "utf8");
  const command = `npm run bench:query -- --tuples ${options.tuples} --mix ${options.mixes.join(",")} --report docs/performance.md`;
  const text = `Written by \`${command}\`. *Cold*: scopes asked first after the start; *warm*: the ${SCOPES} after them, none asked before. Goals:\n10 M tuples median 25 ms, 100 M 150 ms, 99 % three times that, DuckDB five times slower, the first answer of 100 M after 1.5 s.\n\n${sections.join("\n\n")}`;
  writeFileSync(options.report, withQuestions(page, text, page));
}

type Found = {
  readonly mix: string;
  readonly tuples: number;
  readonly firstMs: number;
  readonly memory: number;
  readonly scopes: readonly BenchScope[];
  readonly cold: Said;
  readonly ours: Said;
  readonly theirs: Said;
  /** Of scopes asked while evidence is being added. */
  readonly whileAdding: Said;
  readonly load: number;
};

async function compare(mix: string, folder: string, tuples: number): Promise<Found> {
  const load = loadavg()[0] ?? 0;
  const engine = startEngine({ launch: forkProcess(join(folder, "case.tidemark")) });
  try {
    const began = performance.now();
    const info = await engine.ask("case.info", {});
    const range = { from: info.firstTime!, to: info.lastTime! + 1 };
    await ask(engine, { ...range, filter: "", bin: "1h", binMs: 0, sql: "" });
    const firstMs = performance.now() - began;
    const [busiest] = (await rowsOf(engine, "endpoints")) as { ip: string }[];
    const [nic] = (await rowsOf(engine, "nics")) as { nic: string }[];
    const all = scopesOf(COLD + SCOPES + ADDING, range, busiest!.ip, nic!.nic);
    const scopes = all.slice(COLD, COLD + SCOPES);
    const cold = await askAll(engine, all.slice(0, COLD));
    const ours = await askAll(engine, scopes);
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
    const whileAdding = await askWhileAdding(engine, folder, tuples, all.slice(COLD + SCOPES));
    return { mix, tuples, firstMs, memory, scopes, cold, ours, theirs, whileAdding, load };
  } finally {
    await engine.stop();
  }
}

async function askAll(engine: Engine, scopes: readonly BenchScope[], goOn: () => boolean = () => true): Promise<Said> {
  const said: Said = { ms: [], tuples: [], edges: [] };
  for (const scope of scopes) {
    if (!goOn()) break;
    const { ms, tuples, edges } = await ask(engine, scope);
    said.ms.push(ms);
    said.tuples.push(tuples);
    said.edges.push(edges);
  }
  return said;
}

/** Other logs are added to the same case by all its threads; questions are asked as long as that lasts. */
async function askWhileAdding(
  engine: Engine,
  folder: string,
  tuples: number,
  scopes: readonly BenchScope[],
): Promise<Said> {
  const more = join(folder, "more");
  writeLogs(mixes.dense!, Math.ceil(tuples / 4), more);
  let isAdding = true;
  const adding = engine
    .ask("source.add", { paths: [more], upload: null, embed: false, jobs: cpus().length })
    .finally(() => {
      isAdding = false;
    });
  const said = await askAll(engine, scopes, () => isAdding);
  await adding;
  rmSync(more, { recursive: true, force: true });
  return said;
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
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

function asText({ mix, tuples, firstMs, memory, scopes, cold, ours, theirs, whileAdding, load }: Found): string {
  const named = [
    ["Tidemark, cold", cold],
    ["Tidemark, warm", ours],
    ["DuckDB", theirs],
    ["Tidemark, while evidence is added", whileAdding],
  ] as const;
  const middle = (ms: readonly number[], filter: string): string =>
    at(
      ms.filter((_, n) => scopes[n]?.filter === filter),
      0.5,
    )
      .toFixed(1)
      .padStart(7);
  return [
    `${mix}, ${whole(tuples)} tuples; ${SCOPES} scopes (random range × 12 filters), timeline and edges of each`,
    `Node ${process.version}, ${cpus().length} CPUs, load average ${load.toFixed(1)} before the first question`,
    `first answer ${firstMs.toFixed(0)} ms after the start; look has ${(memory / 1e6).toFixed(0)} MB after the last`,
    `${"ms".padEnd(36)} median    90 %    99 %     most   scopes`,
    ...named.map(
      ([name, { ms }]) =>
        `${name.padEnd(34)} ${[0.5, 0.9, 0.99, 1].map((part) => at(ms, part).toFixed(1).padStart(7)).join(" ")} ${String(ms.length).padStart(8)}`,
    ),
    `DuckDB ÷ Tidemark at the median: ${(at(theirs.ms, 0.5) / at(ours.ms, 0.5)).toFixed(1)} ×`,
    `while evidence is added ÷ warm at the median: ${(at(whileAdding.ms, 0.5) / at(ours.ms, 0.5)).toFixed(1)} ×`,
    ...[...new Set(scopes.map(({ filter }) => filter))].map(
      (filter) =>
        `  ${middle(ours.ms, filter)} ms, DuckDB ${middle(theirs.ms, filter)} ms   ${filter || "(everything)"}`,
    ),
  ].join("\n");
}
