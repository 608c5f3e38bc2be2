// What a bar of the timeline measures: a field of its row, or the sum of both ways. Pure.

import type { Row } from "../../shared/rows.ts";
import { bytes, count, noun } from "./format.ts";

export const barMeasures = ["bytes", "sent", "received", "packets", "flows", "tuples"] as const;
export type BarMeasure = (typeof barMeasures)[number];

/** `short` stands where there is little room. */
type Told = {
  readonly title: string;
  readonly short: string;
  readonly says: string;
  readonly fields: readonly string[];
};

const told: Readonly<Record<BarMeasure, Told>> = {
  bytes: { title: "bytes", short: "Bytes", says: "sent and received", fields: ["bytesSent", "bytesReceived"] },
  sent: { title: "bytes sent", short: "Sent", says: "by who opened the flow", fields: ["bytesSent"] },
  received: { title: "bytes received", short: "Received", says: "by who opened the flow", fields: ["bytesReceived"] },
  packets: {
    title: "packets",
    short: "Packets",
    says: "sent and received",
    fields: ["packetsSent", "packetsReceived"],
  },
  flows: { title: "flows begun", short: "Begun", says: "tuples of state begin", fields: ["begun"] },
  tuples: { title: "tuples", short: "Tuples", says: "allowed and denied", fields: ["tuples"] },
};

export function measureTitle(measure: BarMeasure): string {
  return told[measure].title;
}

export function measureShort(measure: BarMeasure): string {
  return told[measure].short;
}

export function measureSays(measure: BarMeasure): string {
  return told[measure].says;
}

/** Counters that a log does not have add nothing. */
export function amountOf(measure: BarMeasure, row: Row): number {
  return told[measure].fields.reduce((sum, field) => sum + Number(row[field] ?? 0), 0);
}

/** "1.50 GB", "1,204 packets". */
export function amountWords(measure: BarMeasure, amount: number): string {
  if (measure === "packets") return `${count(amount)} ${noun(amount, "packet")}`;
  if (measure === "flows") return `${count(amount)} begun`;
  if (measure === "tuples") return `${count(amount)} ${noun(amount, "tuple")}`;
  return bytes(amount);
}

/** The number alone, as it stands at a scale. */
export function amountFigure(measure: BarMeasure, amount: number): string {
  return measure === "packets" || measure === "flows" || measure === "tuples" ? count(amount) : bytes(amount);
}
