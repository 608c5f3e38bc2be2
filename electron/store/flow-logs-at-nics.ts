// Which flow logs logged which NIC, told by their names without case, and from when to when: what settling makes lines of.

import type { FlowLogAtNic } from "../analysis/lines.ts";
import { decodeKeys, decodeWhen } from "../segment/encode.ts";
import type { ReadDb } from "./database.ts";
import { readPart, type SegmentRow } from "./read.ts";

export type LogsAtNics = {
  readonly logs: readonly FlowLogAtNic[];
  /** Place in `logs` of each context, by its id in the case. */
  readonly ofContext: ReadonlyMap<number, number>;
};

type ContextRow = {
  readonly id: number;
  readonly nic: number | null;
  readonly mac: string | null;
  readonly flowLog: number;
  readonly resource: string | null;
  readonly guid: string | null;
  readonly target: string | null;
  readonly format: "vnet" | "nsg";
};

export function flowLogsAtNics(db: ReadDb, segments: readonly SegmentRow[]): LogsAtNics {
  const { logs, ofContext } = namedLogs(db, segments);
  return { logs: withSpans(db, segments, logs, ofContext), ofContext };
}

/** The same without spans. */
export function namedLogs(db: ReadDb, segments: readonly SegmentRow[]): LogsAtNics {
  const used = new Set<number>();
  for (const { contexts } of segments) for (const id of contexts) used.add(id);
  const rows = db
    .prepare(
      `SELECT context.id, nic_id AS nic, nic.mac, flow_log_id AS flowLog, resource, guid, target, format
       FROM context JOIN flow_log ON flow_log.id = flow_log_id LEFT JOIN nic ON nic.id = nic_id ORDER BY context.id`,
    )
    .all() as ContextRow[]; // as selected; the tables are STRICT
  const logs: FlowLogAtNic[] = [];
  const places = new Map<string, number>();
  const flowLogOf = new Map<string, number>();
  const ofContext = new Map<number, number>();
  for (const row of rows) {
    if (!used.has(row.id)) continue;
    const name = [row.format, row.resource, row.guid, row.target].map((text) => text?.toLowerCase() ?? "").join("\n");
    flowLogOf.set(name, Math.min(flowLogOf.get(name) ?? row.flowLog, row.flowLog));
    const key = `${row.nic ?? 0}\n${name}`;
    let place = places.get(key);
    if (place === undefined) {
      const { mac, format, target } = row;
      place = logs.push({ nic: row.nic ?? 0, mac, flowLog: 0, format, target, name, first: 0, last: 0 }) - 1;
      places.set(key, place);
    }
    ofContext.set(row.id, place);
  }
  const named = logs.map((log) => ({ ...log, flowLog: flowLogOf.get(log.name) as number }));
  return { logs: named, ofContext };
}

/** Spans are needed where a NIC has several flow logs only: segments without such a NIC are not unpacked. */
function withSpans(
  db: ReadDb,
  segments: readonly SegmentRow[],
  logs: readonly FlowLogAtNic[],
  ofContext: ReadonlyMap<number, number>,
): FlowLogAtNic[] {
  const logsOfNic = new Map<number, number>();
  for (const { nic } of logs) logsOfNic.set(nic, (logsOfNic.get(nic) ?? 0) + 1);
  const several = logs.map(({ nic }) => (logsOfNic.get(nic) ?? 0) > 1);
  const first = logs.map(() => Number.POSITIVE_INFINITY);
  const last = logs.map(() => Number.NEGATIVE_INFINITY);
  for (const segment of segments) {
    const places = Array.from(segment.contexts, (id) => ofContext.get(id) ?? -1);
    if (!places.some((place) => several[place])) continue;
    const { keys } = decodeKeys(readPart(db, segment.id, "keys"));
    const { key, time } = decodeWhen(readPart(db, segment.id, "when"));
    for (let i = 0; i < key.length; i++) {
      const place = places[keys.context[key[i] as number] as number] as number;
      const t = time[i] as number;
      if (t < (first[place] as number)) first[place] = t;
      if (t > (last[place] as number)) last[place] = t;
    }
  }
  return logs.map((log, i) => (several[i] ? { ...log, first: first[i] as number, last: last[i] as number } : log));
}
