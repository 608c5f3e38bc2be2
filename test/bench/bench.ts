// `npm run bench`: how fast and how small Tidemark ingests logs, beside DuckDB on the same files in the same run.
// Exit 0 whatever the timings; 1 when a program fails or does not hold exactly the tuples generated; 2 wrong option.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ingest, ingestWithDuckDb, ingestWithTidemark } from "./ingest.ts";
import { writeLogs } from "./logs.ts";
import { mixes } from "./mixes.ts";
import { type Options, readOptions, USAGE, WrongOption } from "./options.ts";
import { asPage, type Measurement, type Outcome, plan } from "./page.ts";
import { asText, goals, type Result, summarise } from "./print.ts";
import { withQuestions } from "./section.ts";

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  const wrong = error instanceof WrongOption;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n${wrong ? `${USAGE}\n` : ""}`);
  process.exitCode = wrong ? 2 : 1;
}

async function bench(options: Options): Promise<void> {
  const root = options.keep === null ? mkdtempSync(join(tmpdir(), "tidemark-bench-")) : resolve(options.keep);
  if (options.keep === null) process.on("exit", () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  const load = loadavg()[0] ?? 0;
  if (options.report !== null) {
    const report = resolve(options.report);
    const outcomes: Outcome[] = [];
    for (const measurement of plan) outcomes.push(await measurementOf(measurement, root));
    writeFileSync(report, withQuestions(asPage(outcomes, load), null, readFileSync(report, "utf8")));
    say(`${report} is written`);
    return;
  }
  const results: Result[] = [];
  for (const mix of options.mixes) {
    const folder = join(root, mix);
    if (existsSync(folder)) throw new WrongOption(`${folder} exists: its logs may be others`);
    mkdirSync(folder, { recursive: true });
    results.push(await compare(mix, folder, { ...options, peer: true }));
    if (options.keep === null) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const version = results[0]?.duckdb[0]?.version ?? "";
  const summaries = results.map(summarise);
  if (options.print === "table") process.stdout.write(asText(summaries, options, version, load));
  else {
    const mixResults = summaries.map((summary, i) => ({
      ...summary,
      runs: { tidemark: results[i]!.tidemark, duckdb: results[i]!.duckdb },
    }));
    const { tuples, runs, evidence } = options;
    process.stdout.write(
      `${JSON.stringify({ tuples, runs, evidence, load, duckdb: version, node: process.version, goals, mixes: mixResults }, null, 2)}\n`,
    );
  }
}

async function measurementOf({ name, ...how }: Measurement, root: string): Promise<Outcome> {
  const folder = join(root, `${name}-${how.tuples}-${how.evidence === "embedded" ? "embedded" : "plain"}`);
  mkdirSync(folder, { recursive: true });
  const summary = summarise(await compare(name, folder, how));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { measurement: { name, ...how }, summary };
}

type How = Pick<Options, "tuples" | "runs" | "evidence"> & { readonly peer: boolean };

async function compare(name: string, folder: string, options: How): Promise<Result> {
  const logFolder = join(folder, "logs");
  const start = performance.now();
  const logs = writeLogs(mixes[name]!, options.tuples, logFolder);
  // Logs on their way to the disk would slow down whoever reads them first. Where there is no `sync`, the medians must do.
  if (process.platform !== "win32") spawnSync("sync");
  const seconds = (performance.now() - start) / 1000;
  say(`${name}: ${(logs.bytes / 1e6).toFixed(0)} MB of logs in ${logs.blobs} blobs written in ${seconds.toFixed(1)} s`);
  const [tidemark, duckdb]: [Ingest[], Ingest[]] = [[], []];
  for (let run = 1; run <= options.runs; run++) {
    tidemark.push(await ingestWithTidemark(logFolder, folder, options.tuples, options.evidence));
    if (options.peer) duckdb.push(await ingestWithDuckDb(logFolder, folder, options.tuples));
    const [ours, theirs] = [tidemark.at(-1), duckdb.at(-1)].map((each) =>
      each ? `${(each.elapsedMs / 1000).toFixed(2)} s` : "not asked",
    );
    say(`${name}: run ${run} of ${options.runs}, Tidemark ${ours}, DuckDB ${theirs}`);
  }
  return { mix: name, logs, tidemark, duckdb };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
