// The peer's answers: DuckDB on the table that duckdb.ts made, opened read-only with two threads. A child of the benchmark; run as
// `node duckdb-scopes.ts FILE SCOPES.json`, prints {"ms":[…],"tuples":[…],"edges":[…]}, one of each a scope.

import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import type { BenchScope } from "./scopes.ts";

const [file = "", scopes = ""] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(scopes, "utf8")) as readonly BenchScope[]; // written by the benchmark
const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
await connection.run("SET threads=2");

const SUMS =
  "count(*), count(*) FILTER (state = 'D'), sum(packets_sent), sum(bytes_sent), sum(packets_received), sum(bytes_received)";
const said = { ms: [] as number[], tuples: [] as number[], edges: [] as number[] };
for (const { from, to, sql, binMs } of asked) {
  const where = `WHERE time >= ${from} AND time < ${to} AND (${sql})`;
  const start = performance.now();
  const bins = await connection.runAndReadAll(
    `SELECT time // ${binMs} * ${binMs} AS bin, ${SUMS} FROM tuple ${where} GROUP BY bin ORDER BY bin`,
  );
  const edges = await connection.runAndReadAll(
    `SELECT src, dst, ${SUMS}, min(time), max(time), count(*) OVER () AS edges FROM tuple ${where}
     GROUP BY src, dst ORDER BY count(*) DESC LIMIT 100`,
  );
  said.ms.push(performance.now() - start);
  said.tuples.push(bins.getRows().reduce((sum, row) => sum + Number(row[1]), 0));
  said.edges.push(Number(edges.getRows()[0]?.[10] ?? 0));
}
connection.closeSync();
instance.closeSync();
process.stdout.write(JSON.stringify(said));
