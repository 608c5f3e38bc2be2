// What is to be asked for beside rows: what columns show, and which rows. Pure.

import { BESIDE_ROWS } from "../../shared/beside.ts";
import type { BesideQuestion } from "../../shared/contract.ts";

/** Rows are asked for in blocks of so many, so that scrolling by a row asks for nothing new. */
export const BLOCK = 40;

/** Whole blocks, no more than may be asked for. */
export function blockOf(first: number, last: number): { readonly from: number; readonly to: number } {
  const from = Math.floor(first / BLOCK) * BLOCK;
  return { from, to: Math.min(from + BESIDE_ROWS, (Math.floor(last / BLOCK) + 1) * BLOCK) };
}

/** What the columns that are shown need; the same list for the same columns. */
export function wantedBeside(columns: readonly { readonly id: string }[]): BesideQuestion["want"] {
  const hasActivity = columns.some(({ id }) => id === "activity");
  const hasWhole = columns.some(({ id }) => id.endsWith("Whole") || id.endsWith("Share"));
  return hasActivity ? (hasWhole ? BOTH : ACTIVITY) : hasWhole ? WHOLE : NONE;
}
const BOTH: BesideQuestion["want"] = ["activity", "whole"];
const ACTIVITY: BesideQuestion["want"] = ["activity"];
const WHOLE: BesideQuestion["want"] = ["whole"];
const NONE: BesideQuestion["want"] = [];
