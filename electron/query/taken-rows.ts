// What a filter takes of a segment where conversations do not tell it (source port, state), as activity: a row for what it takes of a
// conversation in an hour. Worked out from the tuples when first asked for and kept, for a range is moved far oftener than a filter is
// changed.

import { activityOf, type SegmentActivity } from "../analysis/activity.ts";
import type { SegmentRow } from "../store/read.ts";
import type { Catalog } from "./catalog.ts";
import { type Compiled, DEPENDS, YES } from "./compile-filter.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";

export type TakenRows = Omit<SegmentActivity, "rowsOf" | "measured"> & { readonly conversation: Uint32Array };

/** By segment number; null: its tuples have to be looked at. */
type OfFilter = { bytes: number; readonly rows: Map<number, TakenRows | null> };

/** Filters asked last stand last. */
type Kept = { bytes: number; readonly filters: Map<Compiled, OfFilter> };
const kept = new WeakMap<Catalog, Kept>();

/** `filter` is one that leaves conversations to their tuples; null where those of this segment have to be looked at. */
export function takenRows(catalog: Catalog, scope: InScope, number: number): TakenRows | null {
  const own = keptOf(catalog, scope.filter);
  const known = own.rows.get(number);
  if (known !== undefined) return known;
  if (!hasRoom(catalog)) return null;
  const segment = catalog.segments[number] as SegmentRow;
  const rows = rowsTaken(catalog.view(segment), { ...scope, from: null, to: null, once: false });
  const bytes = (rows?.length ?? 0) * ROW + SEGMENT;
  own.rows.set(number, rows);
  own.bytes += bytes;
  (kept.get(catalog) as Kept).bytes += bytes;
  return rows;
}

/** Bytes of a row, and of what holds those of a segment. */
const ROW = 65;
const SEGMENT = 1000;
const KEPT_FILTERS = 24;

function keptOf(catalog: Catalog, filter: Compiled): OfFilter {
  const all = kept.get(catalog) ?? { bytes: 0, filters: new Map<Compiled, OfFilter>() };
  kept.set(catalog, all);
  const own = all.filters.get(filter) ?? { bytes: 0, rows: new Map<number, TakenRows | null>() };
  all.filters.delete(filter);
  all.filters.set(filter, own);
  if (all.filters.size > KEPT_FILTERS) dropFirst(all);
  return own;
}

/** Taken from the filters that were not asked for longest; the one that is asked for stands last. */
function hasRoom(catalog: Catalog): boolean {
  const all = kept.get(catalog) as Kept;
  while (all.bytes >= catalog.roomForRows() && all.filters.size > 1) dropFirst(all);
  return all.bytes < catalog.roomForRows();
}

function dropFirst(all: Kept): void {
  const [first] = all.filters;
  if (!first) return;
  all.filters.delete(first[0]);
  all.bytes -= first[1].bytes;
}

function rowsTaken(view: SegmentView, scope: InScope): TakenRows | null {
  const map = view.map();
  const { verdicts } = scope.filter;
  if (!map.some((conversation) => verdicts[conversation] === DEPENDS)) return NO_ROWS;
  const undecided = { ...scope, filter: undecidedOf(scope.filter), isEverything: false };
  const rows = numbersOf(matching(view, undecided) as Uint8Array); // not everything, so there is one
  if (rows.length === 0) return NO_ROWS;
  const { key, time, state } = view.when;
  const marks = view.marks();
  const { flags } = view.keys;
  const activity = activityOf({
    flags,
    key: rows.map((i) => key[i] as number),
    time: Float64Array.from(rows, (i) => time[i] as number),
    state: Uint8Array.from(rows, (i) => state[i] as number),
    marks: marks && Uint8Array.from(rows, (i) => marks[i] as number),
    ...view.countersAt(rows),
  });
  if (activity === null) return null;
  const { rowsOf, measured, ...columns } = activity;
  const conversation = new Uint32Array(activity.length);
  for (let k = 0, row = 0; k < rowsOf.length; k++)
    for (const end = row + (rowsOf[k] as number); row < end; row++) conversation[row] = map[k] as number;
  return { ...columns, conversation };
}

const NO_ROWS: TakenRows = (({ rowsOf, measured, ...columns }) => ({ ...columns, conversation: rowsOf }))(
  activityOf({
    flags: new Uint8Array(0),
    key: new Uint32Array(0),
    time: new Float64Array(0),
    state: new Uint8Array(0),
    marks: null,
    packetsSent: new Float64Array(0),
    bytesSent: new Float64Array(0),
    packetsReceived: new Float64Array(0),
    bytesReceived: new Float64Array(0),
  }) as SegmentActivity,
);

function numbersOf(mask: Uint8Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i] as number;
  const rows = new Uint32Array(count);
  for (let i = 0, at = 0; i < mask.length; i++) if (mask[i] === 1) rows[at++] = i;
  return rows;
}

/** The conversations that a filter leaves to their tuples, without those it takes whole. */
export function undecidedOf(filter: Compiled): Compiled {
  const known = halves.get(filter);
  if (known) return known;
  const verdicts = filter.verdicts.map((verdict) => (verdict === YES ? 0 : verdict));
  const half: Compiled = { ...filter, verdicts, depends: verdicts.includes(DEPENDS) };
  halves.set(filter, half);
  return half;
}

const halves = new WeakMap<Compiled, Compiled>();
