// A stretch of time that is looked at, half-open, and how it is moved. Pure: whoever moves it tells the address.

import { EARLIEST, LATEST } from "../../shared/flow.ts";
import type { Scope } from "../../shared/scope.ts";

/** from ≤ time < to, in ms since 1970 UTC. */
export type Range = { readonly from: number; readonly to: number };

/** The narrowest stretch that zooming reaches: a few bars of a millisecond, which is all that logs tell. */
export const LEAST_MS = 20;
/** The narrowest case that an axis is drawn for. */
const LEAST_CASE_MS = 1000;

/** All times of the case; null where it has no tuples. */
export function wholeRange(
  info: { readonly firstTime: number | null; readonly lastTime: number | null } | null,
): Range | null {
  if (info === null || info.firstTime === null || info.lastTime === null) return null;
  return { from: info.firstTime, to: Math.max(info.lastTime + 1, info.firstTime + LEAST_CASE_MS) };
}

/** What a scope shows: its own bounds where it has them, even outside the case, but none that no log can have. */
export function rangeOf(scope: Scope, whole: Range): Range {
  const from = scope.from ?? Math.min(whole.from, (scope.to ?? whole.to) - LEAST_MS);
  const first = Math.max(EARLIEST, Math.min(from, LATEST - 1));
  return { from: first, to: Math.min(LATEST, Math.max(scope.to ?? whole.to, first + 1)) };
}

/** A bound that reaches the case's own is none. */
export function boundsOf(range: Range, whole: Range): Pick<Scope, "from" | "to"> {
  return {
    from: range.from <= whole.from ? null : Math.round(range.from),
    to: range.to >= whole.to ? null : Math.round(range.to),
  };
}

/** Inside the case, as wide as it was where that fits. */
export function inside(range: Range, whole: Range): Range {
  const span = Math.min(range.to - range.from, whole.to - whole.from);
  const from = Math.max(whole.from, Math.min(range.from, whole.to - span));
  return { from, to: from + span };
}

/** `factor` below 1 narrows. What lies at `anchor` stays where it is, as far as the case's ends allow. */
export function zoomed(range: Range, whole: Range, anchor: number, factor: number): Range {
  const before = range.to - range.from;
  const span = Math.min(whole.to - whole.from, Math.max(LEAST_MS, before * factor));
  const share = (anchor - range.from) / before;
  const from = Math.round(anchor - share * span);
  return inside({ from, to: from + Math.round(span) }, whole);
}

export function shifted(range: Range, whole: Range, by: number): Range {
  return inside({ from: range.from + by, to: range.to + by }, whole);
}

/** Two instants in either order, no closer than the least, inside the case. */
export function between(a: number, b: number, whole: Range): Range {
  const from = Math.max(whole.from, Math.min(a, b, whole.to - LEAST_MS));
  return { from, to: Math.min(whole.to, Math.max(a, b, from + LEAST_MS)) };
}

export function isWhole(range: Range, whole: Range): boolean {
  return range.from <= whole.from && range.to >= whole.to;
}
