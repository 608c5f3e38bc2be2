// What can still be read of a damaged case, row by row. A row is `whole` when it is as it was written; where nothing was kept of the
// rows (evidence was being added, or a case of an earlier version) what can be read counts as whole.

import { AppError } from "../../shared/failure.ts";
import { unpack } from "../segment/frame.ts";
import type { ReadDb } from "./database.ts";
import { type LoggedTable, property, selectOf, textOf } from "./fingerprint.ts";
import { entryOf, headOf, isAsWritten, type JournalRow, journalRow } from "./journal.ts";
import { isSame, readSums } from "./row-sums.ts";

export type Salvaged = {
  readonly id: number;
  readonly whole: boolean;
  readonly row: Readonly<Record<string, unknown>>;
};

/** Ascending by id; `missing`: ids of rows that cannot be read at all. */
export type SalvagedTable = { readonly rows: readonly Salvaged[]; readonly missing: readonly number[] };

/** Ids are tried one by one up to here where a table cannot be read through and nothing tells which there are. */
const MOST_TRIED = 5_000_000;

export function salvageTable(db: ReadDb, table: LoggedTable): SalvagedTable {
  const kept = keptSums(db, table);
  const select = db.prepare(selectOf(table).replace(" ORDER BY id", " WHERE id = ?")).raw();
  const columns = select.columns().map(({ name }) => name);
  const rows: Salvaged[] = [];
  const missing: number[] = [];
  for (const id of kept === null ? idsOf(db, table) : [...kept.keys()].sort((a, b) => a - b)) {
    const values = attempted(() => select.get(id) as unknown[] | undefined);
    if (values === undefined) {
      if (kept !== null) missing.push(id);
      continue;
    }
    const row = Object.fromEntries(columns.map((column, i) => [column, values[i]]));
    rows.push({ id, whole: kept === null || isSame(kept, id, textOf(values)), row });
  }
  return { rows, missing };
}

function keptSums(db: ReadDb, table: LoggedTable): ReadonlyMap<number, number> | null {
  return attempted(() => readSums(property(db, `rows ${table}`) ?? "")) ?? null;
}

function idsOf(db: ReadDb, table: LoggedTable): number[] {
  const ids = attempted(() => db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as number[]);
  if (ids !== undefined) return ids;
  const last = attempted(() => db.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").pluck().get(table));
  return Array.from({ length: Math.min(MOST_TRIED, Number(last ?? 0)) }, (_, i) => i + 1);
}

/** Undefined where it cannot be read. What is not about the file is thrown on. */
function attempted<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (thrown) {
    const isDamage = (thrown instanceof AppError && thrown.kind === "case-damaged") || thrown instanceof RangeError;
    if (isDamage || (thrown instanceof Error && "code" in thrown)) return undefined; // SqliteError: damaged pages
    throw thrown;
  }
}

/** The content of a compressed value, by its row; null where it cannot be had. */
export function salvageFrame(
  db: ReadDb,
  table: "segment_part" | "record_run" | "evidence",
  id: number,
): Uint8Array | null {
  const frame = attempted(() => db.prepare(`SELECT bytes FROM ${table} WHERE id = ?`).pluck().get(id));
  if (!(frame instanceof Uint8Array)) return null;
  return attempted(() => unpack(frame)) === undefined ? null : frame;
}

/** Entries as they were written; `lost`: the numbers of those that are not. */
export function salvageJournal(db: ReadDb): {
  readonly entries: readonly JournalRow[];
  readonly lost: readonly number[];
} {
  const entries: JournalRow[] = [];
  const lost: number[] = [];
  const last = attempted(() => headOf(db)?.entries) ?? lastEntryId(db);
  for (let id = 1; id <= last; id++) {
    const row = attempted(() => journalRow(db, id));
    if (row && isAsWritten(row) && isEntry(row)) entries.push(row);
    else lost.push(id);
  }
  return { entries, lost };
}

function lastEntryId(db: ReadDb): number {
  return Number(attempted(() => db.prepare("SELECT max(id) FROM journal").pluck().get()) ?? 0);
}

function isEntry(row: JournalRow): boolean {
  try {
    return entryOf(row).id !== "";
  } catch {
    return false; // an operation that this version does not know
  }
}
