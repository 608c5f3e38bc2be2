// SQL over a case, read-only: its own tables (docs/case-format.md), and every answer of `query --by` as a table of that name, with
// filter and range as arguments: SELECT * FROM conversations('dst == public', 1741082400000). One statement that reads, no more.

import type { Question } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { type By, bys, type Cell, fieldsOf } from "../../shared/rows.ts";
import type { ReadDb } from "../store/database.ts";
import { tableOf } from "./answer.ts";
import type { Catalog } from "./catalog.ts";
import type { Facts } from "./facts.ts";
import { inScope } from "./in-scope.ts";
import { rowsThatHold } from "./row-conditions.ts";
import { placeOf, printPlace } from "./sql-place.ts";
import { sortTable } from "./table.ts";

/** A value as JSON carries it: whole numbers beyond 2⁵³ as text, bytes as `x'0A'`, at most so many of them. */
export type SqlCell = string | number | null;
const MOST_BYTES = 64;

/** Groups want fields to group by: SQL has its own way. */
const named = bys.filter((by) => by !== "groups");

/** Once a connection. `catalog` needs one of its own: while `db` runs a statement it can run no other. */
export function addTables(db: ReadDb, catalog: Catalog, facts: Facts): void {
  for (const by of named)
    db.table(by, {
      columns: [...fieldsOf({ by })],
      parameters: ["filter_", "from_", "to_"],
      *rows(...args: unknown[]) {
        yield* rowsOf(catalog, facts, by, args);
      },
    });
}

function* rowsOf(catalog: Catalog, facts: Facts, by: By, [filter, from, to]: readonly unknown[]): Generator<unknown[]> {
  const scope = { filter: typeof filter === "string" ? filter : "", from: instant(from), to: instant(to) };
  const question: Question = { by, scope, sort: null, limit: 0, after: 0, bin: null };
  const asked = inScope(catalog, scope, facts);
  const table = rowsThatHold(tableOf(catalog, question, asked, facts), asked.rows);
  const fields = fieldsOf({ by });
  for (const i of sortTable(table, null).order) {
    const row = table.row?.(i);
    yield fields.map((field) => sqlValue(row ? (row[field] ?? null) : table.cell(field, i)));
  }
}

function instant(value: unknown): number | null {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}

/** Whole numbers as SQLite's integers: it would take a JavaScript number for a REAL. */
function sqlValue(cell: Cell): unknown {
  if (typeof cell === "number") return Number.isSafeInteger(cell) ? BigInt(cell) : cell;
  return Array.isArray(cell) ? cell.join(" ") : cell;
}

export type Running = { readonly fields: readonly string[]; readonly rows: Iterator<readonly SqlCell[]> };

/** Throws AppError bad-request where it is not one statement that reads. */
export function startSql(db: ReadDb, sql: string): Running {
  const words = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "");
  if (!/^(select|with|values|explain)\b/i.test(words))
    throw new AppError("bad-request", "SQL: a case is only read: one SELECT, WITH, VALUES or EXPLAIN.");
  const statement = refusing(
    () => db.prepare(sql),
    (message) => placeIn(db, sql, message),
  );
  if (!statement.reader || !statement.readonly)
    throw new AppError("bad-request", "SQL: a case is only read, and this statement gives no rows.");
  const fields = distinct(statement.columns().map(({ name }) => name));
  const rows = statement.raw().safeIntegers().iterate() as IterableIterator<unknown[]>;
  return {
    fields,
    rows: {
      next() {
        const step = refusing(() => rows.next());
        return step.done ? { done: true, value: undefined } : { done: false, value: step.value.map(cellOf) };
      },
      return() {
        rows.return?.();
        return { done: true, value: undefined };
      },
    },
  };
}

/** " (line 2, character 10)"; nothing where it cannot be told. */
function placeIn(db: ReadDb, sql: string, message: string): string {
  const place = placeOf(sql, message, (beginning) => {
    try {
      db.prepare(beginning);
      return null;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown); // what it says is the answer
    }
  });
  return place === null ? "" : ` (${printPlace(sql, place)})`;
}

/** What SQLite says of a statement is the asker's to know. */
function refusing<T>(run: () => T, where: (message: string) => string = () => ""): T {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof AppError || !(thrown instanceof Error)) throw thrown;
    const code = "code" in thrown ? String(thrown.code) : "";
    if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_IOERR")) throw thrown;
    throw new AppError("bad-request", `SQL: ${thrown.message.slice(0, 1000)}${where(thrown.message)}.`);
  }
}

/** A second column of a name is `name_2`. */
function distinct(names: readonly string[]): string[] {
  const met = new Map<string, number>();
  return names.map((name) => {
    const n = (met.get(name) ?? 0) + 1;
    met.set(name, n);
    return n === 1 ? name : `${name}_${n}`;
  });
}

function cellOf(value: unknown): SqlCell {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (!(value instanceof Uint8Array)) return String(value);
  const hex = Buffer.from(value.subarray(0, MOST_BYTES)).toString("hex").toUpperCase();
  return `x'${hex}'${value.length > MOST_BYTES ? ` and ${value.length - MOST_BYTES} bytes more` : ""}`;
}
