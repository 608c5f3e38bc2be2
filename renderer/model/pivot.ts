// How the pivot is laid out: fields downwards and across, what its cells measure, in which order and how many. Plain data that stands in
// the address.

import type { PivotQuestion } from "../../shared/contract.ts";
import { differing, type PivotMeasure, pivotMeasures } from "../../shared/pivot.ts";
import { type Groupable, groupable } from "../../shared/rows.ts";

export type Pivot = Readonly<Omit<PivotQuestion, "scope" | "rows" | "order">> & {
  readonly rows: readonly Groupable[];
  readonly order: Readonly<PivotQuestion["order"]>;
};

export const rowChoices = [10, 25, 50, 100, 200] as const;
export const columnChoices = [6, 12, 24] as const;

export const FIRST_PIVOT: Pivot = {
  rows: ["service"],
  column: "decision",
  measure: "tuples",
  order: { by: "total", order: "desc" },
  mostRows: 25,
  mostColumns: 12,
};

export const fieldTitles: Readonly<Record<Groupable, string>> = {
  srcIp: "Source",
  dstIp: "Destination",
  srcCountry: "Source country",
  dstCountry: "Destination country",
  dstPort: "Port",
  protocol: "Protocol",
  service: "Service",
  direction: "Direction",
  decision: "Decision",
  encryption: "Encryption",
  nic: "NIC",
  acl: "ACL",
  rule: "Rule",
  flowLog: "Flow log",
};

export const measureTitles: Readonly<Record<PivotMeasure, string>> = {
  tuples: "tuples",
  allowed: "allowed tuples",
  denied: "denied tuples",
  flows: "flows",
  conversations: "conversations",
  bytes: "bytes, both ways",
  bytesSent: "bytes sent",
  bytesReceived: "bytes received",
  packets: "packets, both ways",
  packetsSent: "packets sent",
  packetsReceived: "packets received",
  sources: "different sources",
  destinations: "different destinations",
  days: "days with tuples",
};

/** Each field stands once: one that stands elsewhere changes places. `at` beyond the last adds one. */
export function withRow(pivot: Pivot, at: number, field: Groupable): Pivot {
  const before = pivot.rows[at] ?? null;
  const other = pivot.rows.indexOf(field);
  const rows = [...pivot.rows];
  if (other !== -1 && other !== at) {
    if (before === null) return pivot;
    rows[other] = before;
  }
  rows[at] = field;
  return settled({ ...pivot, rows, column: pivot.column === field ? before : pivot.column });
}

/** One row stays. */
export function withoutRow(pivot: Pivot, at: number): Pivot {
  return pivot.rows.length === 1 ? pivot : settled({ ...pivot, rows: pivot.rows.filter((_, i) => i !== at) });
}

/** Null: nothing stands across. */
export function withColumn(pivot: Pivot, field: Groupable | null): Pivot {
  const at = field === null ? -1 : pivot.rows.indexOf(field);
  if (at === -1) return settled({ ...pivot, column: field });
  if (pivot.column === null)
    return pivot.rows.length === 1 ? pivot : settled({ ...withoutRow(pivot, at), column: field });
  return settled({
    ...pivot,
    rows: pivot.rows.map((row, i) => (i === at ? (pivot.column ?? row) : row)),
    column: field,
  });
}

/** An order by a column ends with the columns. */
function settled(pivot: Pivot): Pivot {
  return pivot.order.by === "column" ? { ...pivot, order: { by: "total", order: pivot.order.order } } : pivot;
}

export type OrderOf =
  | { readonly by: "total" | "name" }
  | { readonly by: "column"; readonly at: string | number | null };

/** The same again turns it round. Sums begin with the largest, names with the first. */
export function orderedBy(pivot: Pivot, of: OrderOf): Pivot {
  const { order } = pivot;
  const same = order.by === of.by && (of.by !== "column" || order.at === of.at);
  const first = of.by === "name" ? "asc" : "desc";
  const next = same ? (order.order === "asc" ? "desc" : "asc") : first;
  return {
    ...pivot,
    order: of.by === "column" ? { by: "column", at: of.at, order: next } : { by: of.by, order: next },
  };
}

/** Whether the cells of a row add up to its total. */
export function addsUp({ measure }: Pivot): boolean {
  return !differing.has(measure);
}

/** "" for the first one; else JSON of what differs from it. */
export function printPivot(pivot: Pivot): string {
  const entries = Object.entries(pivot).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(FIRST_PIVOT[name as keyof Pivot]), // entries of a pivot
  );
  return entries.length === 0 ? "" : JSON.stringify(Object.fromEntries(entries));
}

/** Anyone can write an address: what is not right is as at first. */
export function pivotIn(text: string | null): Pivot {
  const read = objectIn(text);
  const known = (value: unknown): value is Groupable => groupable.some((field) => field === value);
  const listed = Array.isArray(read.rows) ? [...new Set(read.rows.filter(known))].slice(0, 3) : [];
  const rows = listed.length > 0 ? listed : FIRST_PIVOT.rows;
  const column = read.column === null || known(read.column) ? read.column : FIRST_PIVOT.column;
  return {
    rows,
    column: column !== null && rows.includes(column) ? null : column,
    measure: pivotMeasures.find((measure) => measure === read.measure) ?? FIRST_PIVOT.measure,
    order: orderIn(read.order),
    mostRows: rowChoices.find((many) => many === read.mostRows) ?? FIRST_PIVOT.mostRows,
    mostColumns: columnChoices.find((many) => many === read.mostColumns) ?? FIRST_PIVOT.mostColumns,
  };
}

function orderIn(value: unknown): Pivot["order"] {
  if (typeof value !== "object" || value === null) return FIRST_PIVOT.order;
  const { by, at = null, order } = value as Readonly<Record<string, unknown>>;
  if (order !== "asc" && order !== "desc") return FIRST_PIVOT.order;
  if (by === "total" || by === "name") return { by, order };
  const isKey = at === null || typeof at === "string" || typeof at === "number";
  return by === "column" && isKey ? { by, at, order } : FIRST_PIVOT.order;
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // each field is checked by its reader
  } catch {
    return {};
  }
}
