// The peer: DuckDB reads the same logs into one typed table in a database file. A child of the benchmark; run as
// `node duckdb.ts LOGS FILE`, prints {"tuples","elapsedMs","version"}.
//
// It is given every advantage found. M tuples/s at 1,000,000 tuples, dense / recorded, medians of three noisy runs:
//   string_split in the same step as unnest, input order not kept, CREATE TABLE AS   0.70 / 0.62   (this one)
//   the same, INSERT into a table made before                                       0.69 / 0.57
//   list_transform to split, then one unnest                                        0.55 / 0.57
//   the same as this one, input order kept (DuckDB's default)                       0.44 / 0.43
// In an earlier batch of two runs, dense, default storage version and no ENUMs, where this one made 0.44:
//   regexp_extract into a struct 0.42; read_text and from_json in place of read_json 0.32; split_part for each field 0.26
// The newest storage version with ENUMs for direction and state is worth 20 % of speed, and 9 % of size on dense logs.
// `maximum_object_size` makes no difference in speed. Very many small files cost it most (tiny: 0.15 to 0.24).
// DuckDB keeps no provenance (member, record, offset), takes no hash and looks for no duplicate; Tidemark does all three.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const RECORD =
  "STRUCT(macAddress VARCHAR, flowRecords STRUCT(flows STRUCT(aclID VARCHAR, flowGroups STRUCT(rule VARCHAR, flowTuples VARCHAR[])[])[]))";

const [logs = "", file = ""] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { storage_compatibility_version: "latest" });
const connection = await instance.connect();
const version = await first("SELECT version()");
const query = tableFrom(logs, largestFile(logs));

const start = performance.now();
await connection.run("SET threads=2");
await connection.run("SET preserve_insertion_order=false");
await connection.run(query);
await connection.run("CHECKPOINT");
const elapsedMs = performance.now() - start;

const tuples = Number(await first("SELECT count(*) FROM tuple"));
connection.closeSync();
instance.closeSync();
process.stdout.write(JSON.stringify({ tuples, elapsedMs, version }));

function tableFrom(folder: string, objectBytes: number): string {
  const glob = `'${join(folder, "**", "*.json").replaceAll("'", "''")}'`;
  // Hive partitioning would take `y=2026` in a path for a column.
  const options = `format='unstructured', hive_partitioning=false, maximum_object_size=${Math.max(objectBytes + 1, 2 ** 24)}`;
  return `
    CREATE TABLE tuple AS
    WITH record AS (SELECT unnest(records) AS r FROM read_json(${glob}, columns={records: '${RECORD}[]'}, ${options})),
         flow AS (SELECT r.macAddress AS mac, unnest(r.flowRecords.flows) AS f FROM record),
         flow_group AS (SELECT mac, f.aclID AS acl, unnest(f.flowGroups) AS g FROM flow),
         split AS (SELECT mac, acl, g.rule AS rule, string_split(unnest(g.flowTuples), ',') AS p FROM flow_group)
    SELECT p[1]::BIGINT AS time, mac, acl, rule, p[2] AS src, p[3] AS dst,
           p[4]::USMALLINT AS sport, p[5]::USMALLINT AS dport, p[6]::UTINYINT AS protocol,
           p[7]::ENUM('I', 'O') AS direction, p[8]::ENUM('B', 'C', 'E', 'D') AS state, p[9] AS encryption,
           nullif(p[10], '')::UBIGINT AS packets_sent, nullif(p[11], '')::UBIGINT AS bytes_sent,
           nullif(p[12], '')::UBIGINT AS packets_received, nullif(p[13], '')::UBIGINT AS bytes_received
    FROM split`;
}

function largestFile(folder: string): number {
  let most = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) most = Math.max(most, statSync(join(entry.parentPath, entry.name)).size);
  }
  return most;
}

async function first(sql: string): Promise<string> {
  return String((await connection.runAndReadAll(sql)).getRows()[0]?.[0]);
}
