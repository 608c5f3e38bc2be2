// Flows that have tuples in scope, each with the sums of those tuples: what settling says (docs/settling.md), read back from its marks.

import { BEGIN, DENY, decisions, directions, NO_STATE } from "../../shared/flow.ts";
import { type Cell, rowFields } from "../../shared/rows.ts";
import { ENDS, FIRST, JOINED, LEFT_OUT, RETRY } from "../analysis/settled.ts";
import type { MemberRow } from "../store/read.ts";
import { recordOffsets } from "../store/record-finder.ts";
import type { Catalog } from "./catalog.ts";
import { gatherLanes, type Lanes } from "./flow-lanes.ts";
import { rowsOfPart } from "./flow-shares.ts";
import { requireSettled } from "./in-scope.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import { pairsOf } from "./spread-starts.ts";
import type { Table } from "./table.ts";

const sums = ["tuples", "joins", "retries", "packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;
type Sum = (typeof sums)[number];

/** Columns by flow. `at`: position in the lanes' rows of its first tuple in scope; `marks`: of all its tuples in scope together. */
type Flows = {
  length: number;
  readonly at: Uint32Array;
  readonly marks: Uint8Array;
  readonly last: Float64Array;
} & { readonly [S in Sum]: Float64Array };

export function flowTable(catalog: Catalog, scope: InScope): Table {
  requireSettled(catalog);
  const lanes = lanesOf(catalog, scope);
  const flows = sumFlows(scope, lanes);
  // In default order: of their first tuples in scope.
  const order = Uint32Array.from({ length: flows.length }, (_, i) => i).sort(
    (a, b) => (flows.at[a] as number) - (flows.at[b] as number),
  );
  const offsetOf = recordOffsets(catalog.db);
  const cell = (field: string, i: number): Cell => {
    const flow = order[i];
    if (flow === undefined) return null;
    if (isSum(field)) return flows[field][flow] as number;
    const at = flows.at[flow] as number;
    const mark = flows.marks[flow] as number;
    const view = lanes.viewAt(at);
    const row = lanes.row[at] as number;
    if (field === "lastTime") return flows.last[flow] as number;
    if (field === "leftOut") return (mark & LEFT_OUT) !== 0 ? "yes" : "no";
    if (field === "begin") return beginOf(lanes, at, view, row);
    if (field === "end") return isDenied(view, row) ? "denied" : (mark & ENDS) !== 0 ? "seen" : "open";
    return textOf(view, row, field) ?? placeOf(catalog, view, row, field, offsetOf);
  };
  const numbers = (field: string): Float64Array | null => {
    if (isSum(field)) return Float64Array.from(order, (flow) => flows[field][flow] as number);
    if (field === "lastTime") return Float64Array.from(order, (flow) => flows.last[flow] as number);
    if (field === "firstTime")
      return Float64Array.from(order, (flow) => lanes.time[flows.at[flow] as number] as number);
    return null;
  };
  const total = (field: string): number => {
    let sum = 0;
    if (isSum(field)) for (let flow = 0; flow < flows.length; flow++) sum += flows[field][flow] as number;
    return sum;
  };
  return { fields: rowFields.flows, length: flows.length, cell, numbers, total };
}

function isSum(field: string): field is Sum {
  return (sums as readonly string[]).includes(field);
}

function isDenied(view: SegmentView, row: number): boolean {
  return (view.keys.flags[view.when.key[row] as number] as number) >>> 1 === DENY;
}

/** Seen; not seen: its first tuple is a report; before: it begins before the scope. */
function beginOf(lanes: Lanes, at: number, view: SegmentView, row: number): string {
  if (((lanes.mark[at] as number) & FIRST) === 0) return "before";
  const state = view.when.state[row] as number;
  return isDenied(view, row) || state === BEGIN || state === NO_STATE ? "seen" : "not seen";
}

/** All tuples between the addresses in scope: where one flow ends and another begins is told by tuples out of scope too. */
function lanesOf(catalog: Catalog, scope: InScope): Lanes {
  const pairs = scope.isEverything ? null : pairsOf(catalog, scope.filter.verdicts);
  return gatherLanes(catalog, scope, (view) => rowsOfPart(catalog, view, pairs, 0, 1));
}

/** 1 for each row of the lanes that is in scope. */
function wantedIn(scope: InScope, lanes: Lanes): Uint8Array {
  const wanted = new Uint8Array(lanes.length);
  for (const { view, from, to } of lanes.segments()) {
    const rows = matching(view, scope);
    for (let at = from; at < to; at++) wanted[at] = rows === null ? 1 : (rows[lanes.row[at] as number] as number);
  }
  return wanted;
}

/** Each lane in order: a first tuple begins a flow, the others go on with it; a tuple without state is a flow beside it. */
function sumFlows(scope: InScope, lanes: Lanes): Flows {
  const most = lanes.length;
  const flows: Flows = {
    length: 0,
    at: new Uint32Array(most),
    marks: new Uint8Array(most),
    last: new Float64Array(most),
    tuples: new Float64Array(most),
    joins: new Float64Array(most),
    retries: new Float64Array(most),
    packetsSent: new Float64Array(most),
    bytesSent: new Float64Array(most),
    packetsReceived: new Float64Array(most),
    bytesReceived: new Float64Array(most),
  };
  const flowOf = new Uint32Array(most);
  const wanted = wantedIn(scope, lanes);
  for (let lane = 0; lane < lanes.count; lane++) {
    let current = -1;
    for (let p = lanes.starts[lane] as number; p < (lanes.starts[lane + 1] as number); p++) {
      const at = lanes.order[p] as number;
      const mark = lanes.mark[at] as number;
      const isAlone = lanes.alone[at] === 1;
      if ((mark & FIRST) !== 0 && !isAlone) current = -1; // another flow, also where its first tuple is not in scope
      if (wanted[at] === 0) continue;
      let flow = isAlone ? -1 : current;
      if (flow === -1) {
        flow = flows.length++;
        flows.at[flow] = at;
        if (!isAlone) current = flow;
      }
      flowOf[at] = flow;
      flows.marks[flow] = (flows.marks[flow] as number) | mark;
      flows.last[flow] = lanes.time[at] as number;
      addTo(flows.tuples, flow, 1);
      if ((mark & JOINED) !== 0) addTo(flows.joins, flow, 1);
      if ((mark & RETRY) !== 0) addTo(flows.retries, flow, 1);
    }
  }
  for (const { view, from, to } of lanes.segments()) {
    const counters = scope.adjusted ? view.adjusted() : view.counters();
    for (const name of ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const) {
      const column = counters[name];
      for (let at = from; at < to; at++) {
        if (wanted[at] === 0) continue;
        const value = column[lanes.row[at] as number] as number;
        if (value > 0) addTo(flows[name], flowOf[at] as number, value);
      }
    }
  }
  return flows;
}

function addTo(column: Float64Array, flow: number, value: number): void {
  column[flow] = (column[flow] as number) + value;
}

function textOf(view: SegmentView, row: number, field: string): Cell {
  const k = view.when.key[row] as number;
  const { keys } = view;
  const flags = keys.flags[k] as number;
  switch (field) {
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
      return directions[flags & 1] as string;
    case "decision":
      return decisions[flags >>> 1] as string;
    case "firstTime":
      return view.when.time[row] as number;
    default:
      return null;
  }
}

/** Of its first tuple in scope. */
function placeOf(
  catalog: Catalog,
  view: SegmentView,
  row: number,
  field: string,
  offsetOf: (memberId: number, record: number) => number,
): Cell {
  const { member, record, tuple } = view.place();
  const memberId = view.segment.firstMemberId + (member[row] as number);
  const { source, path } = catalog.members.get(memberId) as MemberRow;
  switch (field) {
    case "source":
      return source;
    case "member":
      return path;
    case "record":
      return record[row] as number;
    case "tuple":
      return tuple[row] as number;
    case "offset":
      return offsetOf(memberId, record[row] as number);
    default:
      return null;
  }
}
