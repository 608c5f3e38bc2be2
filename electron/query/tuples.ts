// Tuples in scope, each with its context and its place in the evidence, in default order: source, member, record, tuple.

import { counters, decisions, directions } from "../../shared/flow.ts";
import { type Cell, type Row, rowFields } from "../../shared/rows.ts";
import type { MemberRow, SegmentRow } from "../store/read.ts";
import { recordOffsets } from "../store/record-finder.ts";
import { withShares } from "./bar-share.ts";
import { type Catalog, views } from "./catalog.ts";
import { stateText } from "./compile-filter.ts";
import { requireSettled } from "./in-scope.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import type { Table } from "./table.ts";

/** Segments kept unpacked while rows are given out; sorted answers jump between them. */
const UNPACKED = 8;

/** `settled`: with what settling says of each tuple. */
export function tupleTable(catalog: Catalog, scope: InScope, settled = false): Table {
  if (settled) requireSettled(catalog);
  const found: Block[] = [];
  let length = 0;
  for (const view of views(catalog, scope.from, scope.to)) {
    const match = matching(view, scope);
    const n = view.segment.tuples;
    const rows = new Uint32Array(n);
    let count = 0;
    for (let i = 0; i < n; i++) if (match === null || match[i] === 1) rows[count++] = i;
    if (count === 0) continue;
    found.push({ segment: view.segment, rows: rows.slice(0, count), first: length });
    length += count;
  }

  const unpacked = new Map<number, SegmentView>();
  const viewOf = (segment: SegmentRow): SegmentView => {
    const known = unpacked.get(segment.id);
    if (known) return known;
    if (unpacked.size >= UNPACKED) unpacked.delete(unpacked.keys().next().value as number);
    const view = catalog.view(segment);
    unpacked.set(segment.id, view);
    return view;
  };
  const offsetOf = recordOffsets(catalog.db);

  let at = 0; // where the row asked for last was found
  const blockOf = (i: number): Block | null => {
    const block = found[at];
    if (block && i >= block.first && i < block.first + block.rows.length) return block;
    at = search(found, i);
    return found[at] ?? null;
  };
  const row = (i: number): Row => {
    const block = blockOf(i);
    if (!block) throw new RangeError(`there is no tuple ${i} in this answer`);
    const view = viewOf(block.segment);
    const made = rowOf(catalog, view, block.rows[i - block.first] as number, offsetOf, scope.adjusted);
    return settled ? { ...made, flow: flowOf(view, block.rows[i - block.first] as number) } : made;
  };
  const cell = (field: string, i: number): Cell => {
    const block = blockOf(i);
    return (
      block &&
      cellOf(catalog, viewOf(block.segment), block.rows[i - block.first] as number, field, offsetOf, scope.adjusted)
    );
  };
  const total = (field: string): number => {
    if (!isCounter(field)) return 0;
    let sum = 0;
    for (const { segment, rows } of found) {
      const view = viewOf(segment);
      const values = (scope.adjusted ? view.adjusted() : view.counters())[field];
      for (let r = 0; r < rows.length; r++) sum += Math.max(0, values[rows[r] as number] as number); // −1: none
    }
    return sum;
  };
  /** Only of the time: a counter may be null, which comes last whichever way it is sorted. */
  const numbers = (field: string): Float64Array | null => {
    if (field !== "time") return null;
    const times = new Float64Array(length);
    for (const { segment, rows, first } of found) {
      const { time } = viewOf(segment).when;
      for (let r = 0; r < rows.length; r++) times[first + r] = time[rows[r] as number] as number;
    }
    return times;
  };
  const fields = settled ? [...rowFields.tuples, "flow"] : rowFields.tuples;
  const table: Table = { fields, length, cell, row, total, numbers };
  if (scope.share === null) return table;
  const { share } = scope;
  return withShares(table, (i, value) => {
    const { segment, rows, first } = blockOf(i) as Block; // asked for rows of the table only
    return share.of(segment.id, rows[i - first] as number, value);
  });
}

/** Rows of a segment that are in scope; `first`: position of the first of them in the answer. */
type Block = { readonly segment: SegmentRow; readonly rows: Uint32Array; readonly first: number };

function isCounter(field: string): field is (typeof counters)[number] {
  return (counters as readonly string[]).includes(field);
}

function search(found: readonly { first: number }[], i: number): number {
  let low = 0;
  let high = found.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((found[middle]?.first ?? 0) <= i) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One field by itself: sorting wants one of every tuple, and its column may be all that has to be unpacked. */
function cellOf(
  catalog: Catalog,
  view: SegmentView,
  row: number,
  field: string,
  offsetOf: (memberId: number, record: number) => number,
  adjusted: boolean,
): Cell {
  const { keys, when } = view;
  const k = when.key[row] as number;
  const memberId = (): number => view.segment.firstMemberId + (view.place().member[row] as number);
  switch (field) {
    case "time":
      return when.time[row] as number;
    case "nic":
    case "acl":
    case "rule":
    case "encryption":
      return view.context(k)[field];
    case "srcIp":
      return view.ip(keys.src[k] as number);
    case "dstIp":
      return view.ip(keys.dst[k] as number);
    case "srcPort":
      return view.srcPort()[row] as number;
    case "dstPort":
      return keys.dstPort[k] as number;
    case "protocol":
      return keys.protocol[k] as number;
    case "direction":
      return directions[(keys.flags[k] as number) & 1] as string;
    case "decision":
      return decisions[(keys.flags[k] as number) >>> 1] as string;
    case "state":
      return stateText(view, when.state[row] as number);
    case "packetsSent":
    case "bytesSent":
    case "packetsReceived":
    case "bytesReceived": {
      const value = (adjusted ? view.adjusted() : view.counters())[field][row] as number;
      return value === -1 ? null : value;
    }
    case "source":
      return (catalog.members.get(memberId()) as MemberRow).source;
    case "member":
      return (catalog.members.get(memberId()) as MemberRow).path;
    case "record":
      return view.place().record[row] as number;
    case "tuple":
      return view.place().tuple[row] as number;
    case "offset":
      return offsetOf(memberId(), view.place().record[row] as number);
    case "flow":
      return flowOf(view, row);
    default:
      return null;
  }
}

/** The same as its cells, in the order of rowFields.tuples; written out, because rows are made by the hundred thousand. */
function rowOf(
  catalog: Catalog,
  view: SegmentView,
  row: number,
  offsetOf: (memberId: number, record: number) => number,
  adjusted: boolean,
): Row {
  const { keys, when, segment } = view;
  const k = when.key[row] as number;
  const { nic, acl, rule, encryption } = view.context(k);
  const flags = keys.flags[k] as number;
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = adjusted ? view.adjusted() : view.counters();
  const place = view.place();
  const memberId = segment.firstMemberId + (place.member[row] as number);
  const member = catalog.members.get(memberId) as MemberRow;
  const record = place.record[row] as number;
  return {
    time: when.time[row] as number,
    nic,
    acl,
    rule,
    srcIp: view.ip(keys.src[k] as number),
    dstIp: view.ip(keys.dst[k] as number),
    srcPort: view.srcPort()[row] as number,
    dstPort: keys.dstPort[k] as number,
    protocol: keys.protocol[k] as number,
    direction: directions[flags & 1] as string,
    decision: decisions[flags >>> 1] as string,
    state: stateText(view, when.state[row] as number),
    encryption,
    packetsSent: measured(packetsSent, row),
    bytesSent: measured(bytesSent, row),
    packetsReceived: measured(packetsReceived, row),
    bytesReceived: measured(bytesReceived, row),
    source: member.source,
    member: member.path,
    record,
    tuple: place.tuple[row] as number,
    offset: offsetOf(memberId, record),
  };
}

/** What settling says of a tuple, as words in this order. */
function flowOf(view: SegmentView, row: number): string {
  return WORDS[view.marks()?.[row] ?? 0] ?? "";
}

const WORDS = Array.from({ length: 32 }, (_, mark) =>
  ["first", "ends", "joined", "retry", "leftOut"].filter((_, bit) => (mark & (1 << bit)) !== 0).join(" "),
);

function measured(column: Float64Array, row: number): number | null {
  const value = column[row] as number;
  return value === -1 ? null : value;
}
