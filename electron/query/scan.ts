// How a scope is looked at: whole hours by activity, what is left of the hours at its ends by tuples; and by tuples whatever activity
// does not tell: conversations of which a filter takes some tuples only, adjusted counters, segments without activity.

import { HOUR } from "../analysis/activity.ts";
import { type Activity, ADJUSTED, ALWAYS, OUT, WHEN_ADJUSTED } from "./activity.ts";
import { type Catalog, views } from "./catalog.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import { type TakenRows, takenRows, undecidedOf } from "./taken-rows.ts";

export type Scan = {
  /** Null: nothing of the scope is told by activity. */
  readonly activity: Activity | null;
  /** Hours of it whose rows count: from … before to. */
  readonly from: number;
  readonly to: number;
  /** Rows with one of these flags do not count. */
  readonly left: number;
  /** What activity does not tell. */
  eachOther(run: Others): void;
};

/**
 * `rows`: what to look at by tuple, as predicate.ts gives it. `taken`: what a filter takes of conversations in part, of which only rows
 * of the hours from … before to (since 1970 UTC) count.
 */
export type Others = {
  rows(view: SegmentView, rows: Uint8Array | null): void;
  taken(rows: TakenRows, hours: { readonly from: number; readonly to: number }): void;
};

/** `width`: activity tells what lies in bins so wide (ms); null: bins do not matter. */
export function scanOf(catalog: Catalog, scope: InScope, width: number | null = null): Scan {
  const isOfHours = scope.only === null && (width === null || width % HOUR === 0);
  const activity = isOfHours ? catalog.activity() : null;
  const from = scope.from === null ? Number.NEGATIVE_INFINITY : Math.ceil(scope.from / HOUR) * HOUR;
  const to = scope.to === null ? Number.POSITIVE_INFINITY : Math.floor(scope.to / HOUR) * HOUR;
  if (activity === null || from >= to)
    return { activity: null, from: 0, to: 0, left: 0, eachOther: ({ rows }) => look(catalog, scope, rows, () => true) };

  const isByTuple = (segment: number): boolean => {
    const why = activity.byTuple[segment];
    return why === ALWAYS || (why === WHEN_ADJUSTED && scope.adjusted);
  };
  return {
    activity,
    from: placeIn(activity.hours, from),
    to: placeIn(activity.hours, to),
    left: (scope.once ? OUT : 0) | (scope.adjusted ? ADJUSTED : 0),
    eachOther({ rows, taken }) {
      const byActivity = (segment: number): boolean => !isByTuple(segment);
      if (activity.byTuple.some((_, segment) => isByTuple(segment))) look(catalog, scope, rows, isByTuple);
      if (scope.from !== null && scope.from < from) look(catalog, { ...scope, to: from }, rows, byActivity);
      if (scope.filter.depends) {
        const others = new Set<number>(); // segments of which it is not kept what the filter takes
        catalog.segments.forEach(({ firstTime, lastTime }, segment) => {
          if (isByTuple(segment) || lastTime < from || firstTime >= to) return;
          const own = takenRows(catalog, scope, segment);
          if (own === null) others.add(segment);
          else taken(own, { from: from / HOUR, to: to / HOUR });
        });
        const middle = {
          from: Number.isFinite(from) ? from : null,
          to: Number.isFinite(to) ? to : null,
          filter: undecidedOf(scope.filter),
          isEverything: false,
        };
        if (others.size > 0) look(catalog, { ...scope, ...middle }, rows, (segment) => others.has(segment));
      }
      if (scope.to !== null && scope.to > to) look(catalog, { ...scope, from: to }, rows, byActivity);
    },
  };
}

/** The first hour that begins at `time` or later. */
function placeIn(hours: Float64Array, time: number): number {
  let [from, to] = [0, hours.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((hours[middle] as number) < time) from = middle + 1;
    else to = middle;
  }
  return from;
}

function look(
  catalog: Catalog,
  scope: InScope,
  run: (view: SegmentView, rows: Uint8Array | null) => void,
  takes: (segment: number) => boolean,
): void {
  for (const view of views(catalog, scope.from, scope.to, takes)) {
    const rows = matching(view, scope);
    if (rows === null || rows.includes(1)) run(view, rows);
  }
}
