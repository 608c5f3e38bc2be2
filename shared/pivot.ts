// Grouping by anything, as a table of two directions: what can be measured in its cells.

/** `sources`, `destinations`, `days` (UTC): different ones. They do not add up: a total is counted anew. */
export const pivotMeasures = [
  "tuples",
  "allowed",
  "denied",
  "flows",
  "conversations",
  "bytes",
  "bytesSent",
  "bytesReceived",
  "packets",
  "packetsSent",
  "packetsReceived",
  "sources",
  "destinations",
  "days",
] as const;
export type PivotMeasure = (typeof pivotMeasures)[number];

/** Measures whose parts overlap: cells of a row may be more than its total. */
export const differing: ReadonlySet<PivotMeasure> = new Set(["sources", "destinations", "days"]);

/** Measures that a log of denied traffic does not carry. */
export const counted: ReadonlySet<PivotMeasure> = new Set([
  "bytes",
  "bytesSent",
  "bytesReceived",
  "packets",
  "packetsSent",
  "packetsReceived",
]);

export const PIVOT_ROWS = 500;
export const PIVOT_COLUMNS = 50;
