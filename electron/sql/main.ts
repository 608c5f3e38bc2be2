// The process `sql`: runs what an expert typed, on a connection of its own. A statement that never ends is ended with the process.

import type { Result } from "../../shared/contract.ts";
import { AppError, assert } from "../../shared/failure.ts";
import { attend } from "../engine/child.ts";
import { openCountries } from "../enrich/countries.ts";
import { openCatalog } from "../query/catalog.ts";
import { factsOf } from "../query/facts.ts";
import { addTables, type Running, startSql } from "../query/sql.ts";
import { openForReading } from "../store/case-file.ts";
import { guarded, type ReadDb } from "../store/database.ts";

const [, , path] = process.argv;
assert(path !== undefined, "sql is started with the path of a case");
const casePath = path;
const countries = openCountries();

/** What a page may take as JSON. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Those begun before so many others are told that they cannot be gone on with. */
const MOST_BEGUN = 100;

// The statement asked last stays where its last page ended, so that the next page goes on from there. Where another was asked meanwhile
// (by another window), it is run again and its first rows are passed over: of one state of the case they are the same.
let open: {
  readonly db: ReadDb;
  /** For the answers behind the tables. */
  readonly answering: ReadDb;
  readonly version: unknown;
  running: (Running & { sql: string; at: number }) | null;
  /** Statements of which a first page was given. */
  readonly begun: Set<string>;
} | null = null;

/** Tables are of one state of the case. */
function reading(): NonNullable<typeof open> {
  if (open !== null && open.answering.pragma("data_version", { simple: true }) !== open.version) close();
  if (open === null) {
    const db = openForReading(casePath);
    const answering = openForReading(casePath);
    addTables(db, openCatalog(answering), factsOf(answering, countries.of));
    open = {
      db,
      answering,
      version: answering.pragma("data_version", { simple: true }),
      running: null,
      begun: new Set(),
    };
  }
  return open;
}

function close(): void {
  open?.running?.rows.return?.();
  open?.db.close();
  open?.answering.close();
  open = null;
}

function page(sql: string, after: number, most: number): Result<"sql.run"> {
  const state = reading();
  if (state.running === null || state.running.sql !== sql || state.running.at !== after) {
    if (after > 0 && !state.begun.has(sql))
      throw new AppError("interrupted", "SQL: the case has changed while the statement was read; run it again.");
    state.running?.rows.return?.();
    state.running = { ...startSql(state.db, sql), sql, at: 0 };
    if (state.begun.size === MOST_BEGUN) state.begun.clear();
    state.begun.add(sql);
    while (state.running.at < after && !state.running.rows.next().done) state.running.at++;
  }
  const { running } = state;
  const rows: Result<"sql.run">["rows"] = [];
  for (let bytes = 0; rows.length < most && bytes < PAGE_BYTES; ) {
    const step = running.rows.next();
    if (step.done) {
      state.running = null;
      return { fields: [...running.fields], rows, next: null };
    }
    rows.push([...step.value]);
    running.at++;
    for (const cell of step.value) bytes += typeof cell === "string" ? cell.length * 2 + 8 : 20;
  }
  return { fields: [...running.fields], rows, next: running.at };
}

attend<"sql">(
  () => ({
    "sql.run": ({ sql, after, rows }) =>
      guarded(casePath, () => {
        try {
          return page(sql, after, rows);
        } catch (thrown) {
          if (open) open.running = null; // it cannot be gone on with
          throw thrown;
        }
      }),
  }),
  close,
);
