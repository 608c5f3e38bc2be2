// Tuples dealt out to lanes (what all tuples of a flow share: docs/settling.md 1), each lane in order.

import { AppError } from "../../shared/failure.ts";
import { DENY, NO_STATE } from "../../shared/flow.ts";
import { newQuadTable, quadNumber } from "../analysis/quad-table.ts";
import type { SegmentRow } from "../store/read.ts";
import { recordFinder } from "../store/record-finder.ts";
import { observersOf } from "../store/settling-logs.ts";
import { type Catalog, views } from "./catalog.ts";
import type { SegmentView } from "./segment-view.ts";

/** Tuples that can be put in order at once; some 30 bytes each. */
const MOST = 40_000_000;

/** Rows are numbered in default order. */
export type Lanes = {
  readonly length: number;
  /** Row in its segment. */
  readonly row: Uint32Array;
  readonly time: Float64Array;
  readonly mark: Uint8Array;
  /** 1: a tuple without state, a flow by itself. */
  readonly alone: Uint8Array;
  readonly count: number;
  /** Rows of lane l: `order[starts[l]]` … before `order[starts[l + 1]]`, in order of time. */
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
  viewAt(at: number): SegmentView;
  /** Rows from … before to are of this segment. */
  segments(): Iterable<{ readonly view: SegmentView; readonly from: number; readonly to: number }>;
};

/** `from`, `to`: of the segments looked at. `rowsOf`: 1 for each row wanted of one; null: all. */
export function gatherLanes(
  catalog: Catalog,
  { from, to }: { readonly from: number | null; readonly to: number | null },
  rowsOf: (view: SegmentView) => Uint8Array | null,
): Lanes {
  const observers = observersOf(catalog.db, catalog.segments);
  const channels = newQuadTable(1 << 12);
  const table = newQuadTable(1 << 14);
  const blocks: { readonly segment: SegmentRow; readonly from: number }[] = [];
  let columns = newColumns(1 << 12);
  let length = 0;
  const { src, dst, service } = catalog.conversations.columns;
  for (const view of views(catalog, from, to)) {
    const match = rowsOf(view);
    const { key, time, state } = view.when;
    const { keys, segment } = view;
    const map = view.map();
    const srcPort = view.srcPort();
    const marks = view.marks() as Uint8Array; // the case is settled
    const channelOf = new Int32Array(keys.length).fill(-1);
    blocks.push({ segment, from: length });
    for (let i = 0; i < key.length; i++) {
      if (match !== null && match[i] === 0) continue;
      const k = key[i] as number;
      if (channelOf[k] === -1) {
        const c = map[k] as number;
        const observer = observers.get(segment.contexts[keys.context[k] as number] as number) as number;
        channelOf[k] = quadNumber(channels, observer, src[c] as number, dst[c] as number, service[c] as number);
      }
      if (length === columns.row.length) columns = grown(columns);
      columns.row[length] = i;
      columns.time[length] = time[i] as number;
      columns.mark[length] = marks[i] as number;
      columns.alone[length] = state[i] === NO_STATE && (keys.flags[k] as number) >>> 1 !== DENY ? 1 : 0;
      columns.lane[length++] = quadNumber(table, channelOf[k] as number, srcPort[i] as number, 0, 0);
    }
    if (length > MOST)
      throw new AppError(
        "bad-request",
        `More than ${MOST} tuples are in question, too many to be put together to flows at once; narrow the time range or the filter.`,
      );
  }
  const blockAt = (at: number): { readonly segment: SegmentRow; readonly from: number } => {
    let [low, high] = [0, blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((blocks[middle]?.from ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return blocks[low] as { readonly segment: SegmentRow; readonly from: number };
  };
  const viewAt = (at: number): SegmentView => catalog.view(blockAt(at).segment);
  return {
    length,
    ...columns,
    count: table.length,
    ...inOrder(catalog, columns, length, table.length, viewAt),
    viewAt,
    *segments() {
      for (const [i, { segment, from }] of blocks.entries()) {
        const to = blocks[i + 1]?.from ?? length;
        if (to > from) yield { view: catalog.view(segment), from, to };
      }
    },
  };
}

type Columns = {
  readonly row: Uint32Array;
  readonly time: Float64Array;
  readonly mark: Uint8Array;
  readonly alone: Uint8Array;
  readonly lane: Uint32Array;
};

function newColumns(capacity: number): Columns {
  return {
    row: new Uint32Array(capacity),
    time: new Float64Array(capacity),
    mark: new Uint8Array(capacity),
    alone: new Uint8Array(capacity),
    lane: new Uint32Array(capacity),
  };
}

function grown(columns: Columns): Columns {
  const more = newColumns(columns.row.length * 2);
  for (const name of ["row", "time", "mark", "alone", "lane"] as const) more[name].set(columns[name]);
  return more;
}

/** By lane, then time; tuples of one instant by their records, as settling took them. */
function inOrder(
  catalog: Catalog,
  { lane, time, row }: Columns,
  length: number,
  lanes: number,
  viewAt: (at: number) => SegmentView,
): { readonly starts: Uint32Array; readonly order: Uint32Array } {
  const starts = new Uint32Array(lanes + 1);
  for (let at = 0; at < length; at++) {
    const next = (lane[at] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let l = 0; l < lanes; l++) starts[l + 1] = (starts[l + 1] as number) + (starts[l] as number);
  const free = starts.slice();
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) {
    const l = lane[at] as number;
    order[free[l] as number] = at;
    free[l] = (free[l] as number) + 1;
  }
  const find = recordFinder(catalog.db);
  const standing = (at: number): readonly [member: number, record: number, tuple: number] => {
    const view = viewAt(at);
    const { member, record, tuple } = view.place();
    const i = row[at] as number;
    return [view.segment.firstMemberId + (member[i] as number), record[i] as number, tuple[i] as number];
  };
  const recordTime = (member: number, record: number): number => {
    const found = find(member, record);
    return found ? (found.run.time[found.row] as number) : -1;
  };
  const compare = (a: number, b: number): number => {
    const before = (time[a] as number) - (time[b] as number);
    if (before !== 0) return before;
    const [x, y] = [standing(a), standing(b)];
    if (x[0] === y[0] && x[1] === y[1]) return x[2] - y[2];
    return recordTime(x[0], x[1]) - recordTime(y[0], y[1]) || x[1] - y[1] || x[2] - y[2] || a - b;
  };
  for (let l = 0; l < lanes; l++) {
    const [from, to] = [starts[l] as number, starts[l + 1] as number];
    for (let p = from + 1; p < to; p++) {
      if (compare(order[p - 1] as number, order[p] as number) <= 0) continue;
      order.set(Array.from(order.subarray(from, to)).sort(compare), from);
      break;
    }
  }
  return { starts, order };
}
