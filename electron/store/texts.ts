// The texts around tuples (NICs, flow logs, ACLs, rules, contexts) as rows, found again by their content.

import type Database from "better-sqlite3";
import type { Context, FlowLog } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";

/** Ids of all texts of the case, by table and content. */
export type TextIds = {
  readonly db: WriteDb;
  readonly known: Map<string, number>;
  readonly inserts: Map<string, Database.Statement>;
};

/** Columns in the order in which a text is told by them. */
const COLUMNS = {
  nic: ["mac"],
  acl: ["spelling", "entity"],
  rule: ["name"],
  flow_log: ["resource", "guid", "target", "format"],
  context: ["nic_id", "flow_log_id", "acl_id", "rule_id", "encryption"],
} as const;
type Table = keyof typeof COLUMNS;
type Value = string | number | null;

/** Loaded at once: asking for each by its content would look through the table each time. */
export function textIds(db: WriteDb): TextIds {
  const known = new Map<string, number>();
  for (const table of Object.keys(COLUMNS) as Table[]) {
    const rows = db
      .prepare(`SELECT id, ${COLUMNS[table].join(", ")} FROM ${table}`)
      .raw()
      .all() as [number, ...Value[]][];
    for (const [id, ...values] of rows) known.set(nameOf(table, values), id);
  }
  return { db, known, inserts: new Map() };
}

function nameOf(table: Table, values: readonly Value[]): string {
  let name: string = table;
  for (const value of values)
    name += typeof value === "string" ? `|${value.length}:${value}` : value === null ? "|" : `|#${value}`;
  return name;
}

/** Ids in `context` for the contexts of a segment, in their order. */
export function contextIds(ids: TextIds, contexts: readonly Context[], flowLogs: readonly FlowLog[]): Uint32Array {
  const logs = flowLogs.map((log) => flowLogRow(ids, log));
  return Uint32Array.from(contexts, (context) => contextRow(ids, context, logs[context.flowLog] as number));
}

function row(ids: TextIds, table: Table, values: readonly Value[]): number {
  const name = nameOf(table, values);
  const known = ids.known.get(name);
  if (known !== undefined) return known;
  let insert = ids.inserts.get(table);
  if (!insert) {
    const columns = COLUMNS[table];
    insert = ids.db.prepare(
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    );
    ids.inserts.set(table, insert);
  }
  const id = Number(insert.run(...values).lastInsertRowid);
  ids.known.set(name, id);
  return id;
}

/** Row ids of a NIC and of a flow log by themselves. */
export function nicId(ids: TextIds, mac: string): number {
  return row(ids, "nic", [mac]);
}

export function flowLogRow(ids: TextIds, { id, guid, target, format }: FlowLog): number {
  return row(ids, "flow_log", [id, guid, target, format]);
}

function contextRow(ids: TextIds, { nic, acl, rule, encryption }: Context, flowLog: number): number {
  return row(ids, "context", [
    nic === null ? null : row(ids, "nic", [nic]),
    flowLog,
    acl === null ? null : row(ids, "acl", [acl, acl.toLowerCase()]),
    rule === null ? null : row(ids, "rule", [rule]),
    encryption,
  ]);
}

/** A context with its texts, by id. */
export type ContextText = {
  readonly id: number;
  readonly nic: string | null;
  readonly flowLog: string | null;
  readonly guid: string | null;
  readonly target: string | null;
  readonly acl: string | null;
  readonly rule: string | null;
  readonly encryption: string | null;
};

export function listContexts(db: ReadDb): ContextText[] {
  return db
    .prepare(
      `SELECT context.id, nic.mac AS nic, flow_log.resource AS flowLog, flow_log.guid, flow_log.target,
         acl.spelling AS acl, rule.name AS rule, context.encryption
       FROM context
       JOIN flow_log ON flow_log.id = flow_log_id
       LEFT JOIN nic ON nic.id = nic_id LEFT JOIN acl ON acl.id = acl_id LEFT JOIN rule ON rule.id = rule_id
       ORDER BY context.id`,
    )
    .all() as ContextText[]; // as selected; the tables are STRICT
}
