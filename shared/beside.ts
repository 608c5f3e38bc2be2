// What stands beside the rows of a table that are in sight: what each did over the range, and what it is in the whole case. Asked apart
// from the rows, for it costs a pass over the range however few they are.

import type { By } from "./rows.ts";

/** Rows asked for at once. */
export const BESIDE_ROWS = 200;

/** Stretches of time a range is cut into, at most. */
export const BESIDE_BINS = 60;

export const besides = ["activity", "whole"] as const;

/** Tables whose rows are sums of conversations. */
export const besideTables: readonly By[] = [
  "conversations",
  "edges",
  "endpoints",
  "nics",
  "ports",
  "rules",
  "encryption",
  "countries",
  "asns",
];
