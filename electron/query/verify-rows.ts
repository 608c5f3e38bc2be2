// The rows of a case against what was kept of them, and the file's structure. A row that differs is named, with what hangs on it.

import { CODEC } from "../segment/frame.ts";
import { changedRows } from "../store/changed-rows.ts";
import type { ReadDb } from "../store/database.ts";
import { fingerprint, type LoggedTable, loggedTables, property } from "../store/fingerprint.ts";
import { readSums } from "../store/row-sums.ts";
import type { Found, Verifying } from "./verifying.ts";

/** What a row of each table says, and so what cannot be relied on where one differs. */
const MEANING: Readonly<Record<LoggedTable, string>> = {
  source: "the path, hash, status and account of a source",
  folder: "the paths of the files below it",
  member: "a file's name, size, SHA-256, counts, times and status",
  nic: "the MAC address of a NIC, in every tuple it logged",
  flow_log: "the ids of a flow log, in every tuple of it",
  acl: "the name of an ACL, in every tuple it judged",
  rule: "the name of a rule, in every tuple it judged",
  context: "which NIC, flow log, ACL, rule and encryption tuples belong to",
  segment: "where a run of tuples belongs, and its times",
  reject: "the place, reason or text of a reject",
  segment_part: "which columns belong to which segment",
  record_run: "which records belong to which files",
  evidence: "which original bytes belong to which source",
};

const NAMED = 20;

export function checkRows({ db, attempt, found, members }: Verifying, kept: string | null): void {
  if (kept === null) return;
  const now = attempt("rows", "The rows cannot be read", () => fingerprint(db), null);
  if (now === kept) return;
  let named = 0;
  const paths = new Map(members.map((member) => [member.id, member.path]));
  for (const table of loggedTables) {
    const rows = attempt("rows", `The rows of table ${table} cannot be read`, () => changedRows(db, table), []);
    for (const { id, how } of rows.slice(0, NAMED)) {
      const name = table === "member" && paths.has(id) ? ` (${paths.get(id)})` : "";
      found("rows", `Row ${id} of table ${table}${name} ${how}: ${MEANING[table]} cannot be relied on.`);
    }
    if (rows.length > NAMED) found("rows", `… and ${rows.length - NAMED} more rows of table ${table}.`);
    named += rows.length;
  }
  if (now !== null && named === 0)
    found(
      "rows",
      /^[0-9a-f]{64}$/.test(kept) && property(db, "rows member") === null
        ? "A row that was logged differs from what was written (sources, members, texts, segments or rejects)."
        : "The fingerprint itself, or the account of an earlier loss, is not as it was written; the rows are.",
    );
}

/** What SQLite itself finds wrong, with the table's or index's name in place of the number of its tree. */
export function checkStructure(db: ReadDb, attempt: Verifying["attempt"], found: Found): void {
  const trees = new Map(
    attempt("structure", "The list of tables cannot be read", () => treesOf(db), []).map(([page, name]) => [
      page,
      name,
    ]),
  );
  const check = (): { integrity_check: string }[] => db.pragma("integrity_check(20)") as { integrity_check: string }[];
  for (const { integrity_check: line } of attempt("structure", "The file's structure cannot be read", check, [])) {
    if (line === "ok") continue;
    const named = line
      .replace(/^\*\*\* in database main \*\*\*\n?/, "")
      .replace(/\bTree (\d+)/g, (tree, page) =>
        trees.has(Number(page)) ? `table or index ${trees.get(Number(page))}` : tree,
      );
    found("structure", `The file's structure is damaged, so that rows may be missing: ${shortened(named)}.`);
  }
}

const LINES = 5;

function shortened(text: string): string {
  const lines = text.split("\n");
  const more = lines.length > LINES ? `; and ${lines.length - LINES} more` : "";
  return `${lines.slice(0, LINES).join("; ")}${more}`;
}

function treesOf(db: ReadDb): [number, string][] {
  return db.prepare("SELECT rootpage, name FROM sqlite_schema WHERE rootpage > 0").raw().all() as [number, string][];
}

const PROPERTIES: ReadonlySet<unknown> = new Set<unknown>([
  "logical digest",
  "fingerprint",
  "journal",
  "recovered",
  "lines",
  "settled",
  "activity",
  ...loggedTables.map((table) => `rows ${table}`),
]);

/** What no fingerprint covers: properties, the numbers that ids go on from, and the plain columns beside derived values. */
export function checkShape({ db, attempt, found }: Verifying, whole: boolean): void {
  const names = attempt("rows", "The properties cannot be read", () => list(db, "SELECT name FROM property"), []);
  for (const name of names)
    if (!PROPERTIES.has(name)) found("rows", `The property "${printable(name)}" is not one that a case has.`);
  const isOfToday = names.some((name) => String(name).startsWith("rows ")); // earlier versions kept none
  if (whole && isOfToday)
    for (const table of loggedTables)
      attempt(
        "rows",
        `The property "rows ${table}" is damaged`,
        () => readSums(property(db, `rows ${table}`) ?? ""),
        null,
      );
  for (const name of ["settled", "activity"] as const) {
    const value = attempt("rows", `The property "${name}" cannot be read`, () => property(db, name), null);
    if (value !== null && value !== "yes") found("derived", `The property "${name}" says neither yes nor nothing.`);
  }
  for (const { table: coded, rows } of attempt("derived", "Codecs cannot be read", () => otherCodecs(db), []))
    found("derived", `${rows} rows of table ${coded} are of a codec that this version does not know.`);
  const [table] = attempt("rows", "The numbers that ids go on from cannot be read", () => wrongSequence(db), []);
  if (table) found("rows", `Table sqlite_sequence does not say where the ids of table ${printable(table)} go on.`);
}

/** Derived tables with rows of another codec; of what was logged the fingerprint tells. */
function otherCodecs(db: ReadDb): { readonly table: string; readonly rows: number }[] {
  const tables = list(
    db,
    "SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c WHERE s.type = 'table' AND c.name = 'codec'",
  );
  const logged = new Set<unknown>(loggedTables);
  return tables
    .filter((table) => !logged.has(table))
    .map((table) => ({
      table: String(table),
      rows: Number(db.prepare(`SELECT count(*) FROM ${table} WHERE codec <> ${CODEC}`).pluck().get()),
    }))
    .filter(({ rows }) => rows > 0);
}

function list(db: ReadDb, sql: string): unknown[] {
  return db.prepare(sql).pluck().all();
}

/** SQLite counts on from here or from the highest id in use: only an absurd number does harm, as no row could be added after it. */
function wrongSequence(db: ReadDb): string[] {
  const rows = db.prepare("SELECT name, seq FROM sqlite_sequence").raw().all() as [unknown, unknown][];
  const tables = new Set<unknown>(list(db, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
  return rows.flatMap(([name, seq]) =>
    tables.has(name) && typeof seq === "number" && seq >= 0 && seq < 2 ** 48 ? [] : [String(name)],
  );
}

/** Text out of a damaged row, for a sentence. */
function printable(text: unknown): string {
  return String(text)
    .slice(0, 80)
    .replace(/[^\x20-\x7e]/g, "?");
}
