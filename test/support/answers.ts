// Shapes of what the command line prints as JSON, as its contract names them, and sums over rows and tuples.

import type { Row } from "./cli.ts";
import type { OracleTuple } from "./oracle.ts";

type Account = {
  readonly path: string;
  readonly kind: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly members: number;
  readonly records: number;
  readonly duplicateRecords: number;
  readonly tuples: number;
  readonly rejects: number;
  readonly status: string;
  readonly reason: string | null;
};

export type Ingest = {
  readonly case: string;
  readonly sources: readonly Account[];
  readonly added: {
    readonly records: number;
    readonly duplicateRecords: number;
    readonly tuples: number;
    readonly rejects: number;
  };
  readonly elapsedMs: number;
};

export type Info = Record<string, number | string | boolean | null> & { readonly logicalDigest: string };

export const totals = [
  "tuples",
  "allowed",
  "denied",
  "packetsSent",
  "bytesSent",
  "packetsReceived",
  "bytesReceived",
] as const;
export type Totals = Record<(typeof totals)[number], number>;

/** Σ of the counted fields over rows. */
export function sumRows(rows: readonly Row[]): Totals {
  return Object.fromEntries(
    totals.map((field) => [field, rows.reduce((sum, row) => sum + ((row[field] as number | null) ?? 0), 0)]),
  ) as Totals;
}

/** Rows without `allowed` and `denied` (conversations) get them from their decision. */
export function withDecision(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({
    ...row,
    allowed: row.decision === "allow" ? row.tuples! : 0,
    denied: row.decision === "deny" ? row.tuples! : 0,
  }));
}

/** Σ over tuples: what any answer about them must add up to. */
export function sumTuples(tuples: readonly OracleTuple[]): Totals {
  const sum = (field: "packetsSent" | "bytesSent" | "packetsReceived" | "bytesReceived"): number =>
    tuples.reduce((total, tuple) => total + (tuple[field] ?? 0), 0);
  return {
    tuples: tuples.length,
    allowed: tuples.filter((tuple) => tuple.decision === "allow").length,
    denied: tuples.filter((tuple) => tuple.decision === "deny").length,
    packetsSent: sum("packetsSent"),
    bytesSent: sum("bytesSent"),
    packetsReceived: sum("packetsReceived"),
    bytesReceived: sum("bytesReceived"),
  };
}

/** Groups by a key, in order of first appearance. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
