// A scope against a segment: what its filter says of the segment's keys, by their conversations, and of rows where keys do not tell.

import { LEFT_OUT } from "../analysis/settled.ts";
import { type Compiled, DEPENDS, YES } from "./compile-filter.ts";
import { masked } from "./row-mask.ts";
import { ROW_ZONE, rowZones } from "./row-zones.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";

/** By key; `matches`: 1 where all its rows match, else 0. */
type OfKeys = {
  readonly verdicts: Uint8Array;
  readonly matches: Uint8Array;
  readonly any: boolean;
  readonly depends: boolean;
};

// A range is moved far oftener than a filter is changed: what a filter says of keys is kept as long as filter and segment are.
const known = new WeakMap<SegmentView, WeakMap<Compiled, OfKeys>>();

function ofKeys(view: SegmentView, filter: Compiled): OfKeys {
  let filters = known.get(view);
  if (!filters) {
    filters = new WeakMap();
    known.set(view, filters);
  }
  const before = filters.get(filter);
  if (before) return before;
  const map = view.map();
  const verdicts = new Uint8Array(map.length);
  const matches = new Uint8Array(map.length);
  let any = false;
  let depends = false;
  for (let k = 0; k < map.length; k++) {
    const verdict = filter.verdicts[map[k] as number] as number;
    verdicts[k] = verdict;
    if (verdict === YES) matches[k] = 1;
    if (verdict !== 0) any = true;
    if (verdict === DEPENDS) depends = true;
  }
  const found = { verdicts, matches, any, depends };
  filters.set(filter, found);
  return found;
}

function isInRange({ segment }: SegmentView, from: number | null, to: number | null): boolean {
  return (from === null || segment.firstTime >= from) && (to === null || segment.lastTime < to);
}

type Matched = { readonly scope: InScope; readonly rows: Uint8Array | null };

// Timeline, edges and tables of one scope are asked one after another.
const matched = new WeakMap<SegmentView, Matched>();

function isSame(a: InScope, b: InScope): boolean {
  return a.filter === b.filter && a.from === b.from && a.to === b.to && a.once === b.once && a.only === b.only;
}

/**
 * For each row of a segment whether it matches; null: all do. Rows outside from ≤ time < to do not. Not to be changed by who receives
 * it.
 */
export function matching(view: SegmentView, scope: InScope): Uint8Array | null {
  const before = matched.get(view);
  if (before && isSame(before.scope, scope)) return before.rows;
  const rows = matchingRows(view, scope);
  matched.set(view, { scope, rows });
  return rows;
}

function matchingRows(view: SegmentView, scope: InScope): Uint8Array | null {
  const rows = scope.only === null ? rowsOf(view, scope) : masked(scope.only, view, rowsOf(view, scope));
  if (!scope.once || !view.hasLeftOut()) return rows;
  const marks = view.marks() as Uint8Array; // it has some left out
  const own = rows ?? new Uint8Array(marks.length).fill(1);
  for (let i = 0; i < own.length; i++) if (((marks[i] as number) & LEFT_OUT) !== 0) own[i] = 0;
  return own;
}

function rowsOf(view: SegmentView, { filter, isEverything, from, to }: InScope): Uint8Array | null {
  if (isEverything && isInRange(view, from, to)) return null;
  const { verdicts, matches, any, depends } = ofKeys(view, filter);
  const rows = new Uint8Array(view.segment.tuples);
  if (!any) return rows;
  const { key, time } = view.when;
  if (!depends && isInRange(view, from, to)) {
    for (let i = 0; i < rows.length; i++) rows[i] = matches[key[i] as number] as number;
    return rows;
  }
  const least = from ?? Number.NEGATIVE_INFINITY;
  const past = to ?? Number.POSITIVE_INFINITY;
  const map = view.map();
  const ofRow = depends ? filter.rowsOf(view) : null;
  const { first, last } = rowZones(view);
  for (let zone = 0; zone < first.length; zone++) {
    if ((last[zone] as number) < least || (first[zone] as number) >= past) continue;
    const end = Math.min(rows.length, (zone + 1) * ROW_ZONE);
    for (let i = zone * ROW_ZONE; i < end; i++) {
      const t = time[i] as number;
      if (t < least || t >= past) continue;
      const k = key[i] as number;
      const verdict = verdicts[k];
      if (verdict === YES || (verdict === DEPENDS && ofRow?.(i, map[k] as number))) rows[i] = 1;
    }
  }
  return rows;
}
