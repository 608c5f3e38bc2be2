// What stands beside the rows of a table that are in sight: what each did over the range, and what it is in the whole case. Asked apart
// from the rows, for it costs a pass over the range however few they are.

import { type By, rowFields, summed } from "./rows.ts";

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

const WHOLE = /^(.+)(Whole|Share)$/;

/** "tuplesShare" → tuples, Share; null of a field that is none of these. */
export function wholeField(field: string): { readonly of: string; readonly as: string } | null {
  const [, of = "", as = ""] = WHOLE.exec(field) ?? [];
  return summed.has(of) ? { of, as } : null;
}

/** What rows can be sorted by though they do not tell it: each figure in the whole case, and how much of that is in scope. */
export function wholeFields(by: By): readonly string[] {
  if (!besideTables.includes(by)) return [];
  return rowFields[by].filter((field) => summed.has(field)).flatMap((field) => [`${field}Whole`, `${field}Share`]);
}
