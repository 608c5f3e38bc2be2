// What edges and nodes add up of the rows of an answer, and which of it widths are drawn by.

import type { Row } from "../../../shared/rows.ts";
import type { GraphMeasure } from "../../model/graph-look.ts";

/** Each side or once, as logged or adjusted: as the scope of the answer says. `flows`: 0 where the answer does not tell them. */
export type Sums = {
  readonly tuples: number;
  readonly allowed: number;
  readonly denied: number;
  readonly flows: number;
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
};

export const sumFields = [
  "tuples",
  "allowed",
  "denied",
  "flows",
  "packetsSent",
  "bytesSent",
  "packetsReceived",
  "bytesReceived",
] as const satisfies readonly (keyof Sums)[];

export type Summing = { -readonly [Field in keyof Sums]: number };

export function noSums(): Summing {
  return {
    tuples: 0,
    allowed: 0,
    denied: 0,
    flows: 0,
    packetsSent: 0,
    bytesSent: 0,
    packetsReceived: 0,
    bytesReceived: 0,
  };
}

// Field by field: a loop over names takes five times as long, and thousands of rows are added for each answer.

export function addRow(sums: Summing, row: Row): void {
  sums.tuples += number(row.tuples);
  sums.allowed += number(row.allowed);
  sums.denied += number(row.denied);
  sums.flows += number(row.flows);
  sums.packetsSent += number(row.packetsSent);
  sums.bytesSent += number(row.bytesSent);
  sums.packetsReceived += number(row.packetsReceived);
  sums.bytesReceived += number(row.bytesReceived);
}

export function addSums(sums: Summing, more: Sums): void {
  sums.tuples += more.tuples;
  sums.allowed += more.allowed;
  sums.denied += more.denied;
  sums.flows += more.flows;
  sums.packetsSent += more.packetsSent;
  sums.bytesSent += more.bytesSent;
  sums.packetsReceived += more.packetsReceived;
  sums.bytesReceived += more.bytesReceived;
}

function number(value: Row[string] | undefined): number {
  return typeof value === "number" ? value : 0;
}

export function less(sums: Sums, by: Sums): Summing {
  const left = noSums();
  for (const field of sumFields) left[field] = sums[field] - by[field];
  return left;
}

/** Sent and received together. */
export function measured(sums: Sums, measure: GraphMeasure): number {
  if (measure === "bytes") return sums.bytesSent + sums.bytesReceived;
  if (measure === "packets") return sums.packetsSent + sums.packetsReceived;
  return sums[measure];
}

/** 0 to 1 on a log scale that is the same for every scope, so that a brush changes no scale. */
export function share(value: number, measure: GraphMeasure): number {
  const [low, high] = LOG_SCALES[measure];
  return Math.max(0, Math.min(1, (Math.log10(1 + value) - low) / (high - low)));
}

/** log10 of where widths begin and end to grow: 10 kB to 10 GB, 10 packets to 10 M, 1 to 100,000 tuples or flows. */
const LOG_SCALES: Readonly<Record<GraphMeasure, readonly [number, number]>> = {
  bytes: [4, 10],
  packets: [1, 7],
  tuples: [0, 5],
  flows: [0, 5],
};

/** How tuples were encrypted, in the order in which edges count them; what a code means: views/tables/cells.tsx. */
export const encryptions = ["on", "off", "why", "drop", "unknown"] as const;
export type Encryption = (typeof encryptions)[number];

export function encryptionIn(code: Row[string] | undefined): Encryption {
  return typeof code === "string" ? (CODES[code] ?? "unknown") : "unknown";
}

const CODES: Readonly<Record<string, Encryption>> = {
  X: "on",
  NX: "off",
  NX_HW_NOT_SUPPORTED: "why",
  NX_LOCAL_DST: "why",
  NX_FALLBACK: "why",
  NX_SW_NOT_READY: "drop",
  NX_NOT_ACCEPTED: "drop",
  NX_NOT_SUPPORTED: "drop",
};

/** In both ranges, in one of them, or in neither. */
export type Change = "new" | "gone" | "both";

export function changeOf(now: number, before: number): Change {
  return before === 0 ? "new" : now === 0 ? "gone" : "both";
}
