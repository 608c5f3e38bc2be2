// The texts around tuples (NICs, flow logs, ACLs, rules, contexts) as rows, found again by their content.

import type { Context, FlowLog } from "../segment/columns.ts";
import type { ReadDb, WriteDb } from "./database.ts";

/** Ids of texts met while writing. */
export type TextIds = { readonly db: WriteDb; readonly known: Map<string, number> };

export function textIds(db: WriteDb): TextIds {
  return { db, known: new Map() };
}

/** Ids in `context` for the contexts of a segment, in their order. */
export function contextIds(ids: TextIds, contexts: readonly Context[], flowLogs: readonly FlowLog[]): Uint32Array {
  const logs = flowLogs.map((log) => flowLogRow(ids, log));
  return Uint32Array.from(contexts, (context) => contextRow(ids, context, logs[context.flowLog] as number));
}

function remember(ids: TextIds, name: string, find: () => number | undefined, insert: () => number): number {
  const known = ids.known.get(name);
  if (known !== undefined) return known;
  const id = find() ?? insert();
  ids.known.set(name, id);
  return id;
}

function row(ids: TextIds, table: string, columns: Readonly<Record<string, string | number | null>>): number {
  const names = Object.keys(columns);
  const values = Object.values(columns);
  return remember(
    ids,
    JSON.stringify([table, values]),
    () =>
      ids.db
        .prepare(`SELECT id FROM ${table} WHERE ${names.map((name) => `${name} IS ?`).join(" AND ")}`)
        .pluck()
        .get(...values) as number | undefined,
    () =>
      Number(
        ids.db
          .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`)
          .run(...values).lastInsertRowid,
      ),
  );
}

function flowLogRow(ids: TextIds, log: FlowLog): number {
  return row(ids, "flow_log", { resource: log.id, guid: log.guid, target: log.target, format: log.format });
}

function contextRow(ids: TextIds, context: Context, flowLog: number): number {
  const { nic, acl, rule, encryption } = context;
  const name = JSON.stringify([nic, flowLog, acl, rule, encryption]);
  const known = ids.known.get(name);
  if (known !== undefined) return known;
  const id = row(ids, "context", {
    nic_id: nic === null ? null : row(ids, "nic", { mac: nic }),
    flow_log_id: flowLog,
    acl_id: acl === null ? null : row(ids, "acl", { spelling: acl, entity: acl.toLowerCase() }),
    rule_id: rule === null ? null : row(ids, "rule", { name: rule }),
    encryption,
  });
  ids.known.set(name, id);
  return id;
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
