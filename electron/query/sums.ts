// Tuples in scope summed by conversation or by pair of addresses, and sums of conversations summed again by any other number.

import { HOUR } from "../analysis/activity.ts";
import { FIRST } from "../analysis/settled.ts";
import type { Catalog } from "./catalog.ts";
import { newSums, reserve, type SummedBy, type Sums } from "./group-sums.ts";
import { type Scan, scanOf } from "./scan.ts";
import { type ByTuple, scanSums } from "./scan-sums.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import type { Taken } from "./taken-sums.ts";

/** Group of an id; made when it is new. Its columns must have room. */
function groupOf(sums: Sums, slots: Int32Array, id: number): number {
  const known = slots[id] as number;
  if (known !== -1) return known;
  const group = sums.length++;
  slots[id] = group;
  sums.id[group] = id;
  sums.tuples[group] = 0;
  sums.denied[group] = 0;
  sums.flows[group] = 0;
  sums.packetsSent[group] = 0;
  sums.bytesSent[group] = 0;
  sums.packetsReceived[group] = 0;
  sums.bytesReceived[group] = 0;
  sums.rank[group] = Number.POSITIVE_INFINITY;
  sums.firstTime[group] = Number.POSITIVE_INFINITY;
  sums.lastTime[group] = Number.NEGATIVE_INFINITY;
  return group;
}

type Kept = { readonly catalog: Catalog; readonly scope: InScope; readonly by: SummedBy; readonly sums: Sums };

// Edges, endpoints, conversations and totals of one scope are asked together: the sums of the last scopes are kept.
const kept: Kept[] = [];
const KEPT_SCOPES = 6;
const KEPT_GROUPS = 2_000_000;

/** Not to be changed by who receives it. */
export function sumScope(catalog: Catalog, scope: InScope, by: SummedBy): Sums {
  const at = kept.findIndex(
    (each) =>
      each.catalog === catalog &&
      each.by === by &&
      each.scope.filter === scope.filter &&
      each.scope.from === scope.from &&
      each.scope.to === scope.to &&
      each.scope.once === scope.once &&
      each.scope.adjusted === scope.adjusted &&
      each.scope.only === scope.only,
  );
  const [known] = at === -1 ? [] : kept.splice(at, 1);
  const found = known ?? { catalog, scope, by, sums: passOver(catalog, scope, by) };
  kept.unshift(found);
  let groups = 0;
  const keep = kept.findIndex(({ catalog: own, sums }, i) => {
    groups += sums.length;
    return i > 0 && (own !== catalog || i >= KEPT_SCOPES || groups > KEPT_GROUPS);
  });
  if (keep !== -1) kept.length = keep;
  return found.sums;
}

export function sumConversations(catalog: Catalog, scope: InScope): Sums {
  return sumScope(catalog, scope, "conversation");
}

function passOver(catalog: Catalog, scope: InScope, by: SummedBy): Sums {
  const scan = scanOf(catalog, scope);
  return withAllTuples(catalog, scope, scan, (byTuple) => {
    const sums = newSums(expected);
    scanSums(catalog, scope, scan, by, byTuple, { from: 0, to: catalog.conversations.columns.length }, sums);
    expected = Math.max(1024, sums.length);
    return sums;
  });
}

/** Groups of the question before: fresh memory costs more than filling it, growing it most of all. */
let expected = 1024;

/** What is looked at by tuple and what is taken, summed by conversation, for as long as `run` runs. */
export function withAllTuples<T>(catalog: Catalog, scope: InScope, scan: Scan, run: (byTuple: ByTuple) => T): T {
  return withTuples(catalog, scope, scan, (byTuple) => {
    addTaken(byTuple, scope, null);
    return run(byTuple);
  });
}

/** The same, but what is taken is told and not added yet: where few conversations are shown, the sums of few are wanted. */
export function withTuples<T>(catalog: Catalog, scope: InScope, scan: Scan, run: (byTuple: ByTuple) => T): T {
  const sums = spare ?? newSums(1024);
  spare = null; // taken: what `run` asks may need another
  sums.length = 0;
  const at = slotsOf(catalog);
  const taken: Taken[] = [];
  try {
    scan.eachOther({
      rows(view, rows) {
        reserve(sums, view.keys.length);
        addRows(sums, at, view, rows, scope);
      },
      taken: (rows, hours) => taken.push({ rows, ...hours }),
    });
    const { service } = catalog.conversations.columns;
    for (let group = 0; group < sums.length; group++)
      if ((service[sums.id[group] as number] as number) >>> 25 === 1) sums.denied[group] = sums.tuples[group] as number;
    return run({ sums, at, taken });
  } finally {
    for (let group = 0; group < sums.length; group++) at[sums.id[group] as number] = -1;
    if (sums.id.length <= SPARE_GROUPS) spare = sums;
  }
}

/** Memory that is kept, for fresh memory costs more than filling it. */
let spare: Sums | null = null;
const SPARE_GROUPS = 1 << 20;

/** By conversation: its group, −1 none. Left as it was found: filling it anew costs more than a question. */
const scratch = new WeakMap<Catalog, Int32Array>();

function slotsOf(catalog: Catalog): Int32Array {
  const known = scratch.get(catalog);
  if (known) return known;
  const slots = new Int32Array(catalog.conversations.columns.length).fill(-1);
  scratch.set(catalog, slots);
  return slots;
}

function addRows(
  sums: Sums,
  slots: Int32Array,
  view: SegmentView,
  rows: Uint8Array | null,
  { adjusted }: InScope,
): void {
  const map = view.map();
  const { key, time } = view.when;
  const counters = adjusted ? view.adjusted() : view.counters();
  const marks = view.marks();
  const { tuples, flows, firstTime, lastTime, packetsSent, bytesSent, packetsReceived, bytesReceived } = sums;
  const groups = new Int32Array(view.keys.length).fill(-1);
  const end = rows === null ? time.length : rows.lastIndexOf(1) + 1;
  for (let i = rows === null ? 0 : rows.indexOf(1); i < end; i++) {
    if (rows !== null && rows[i] === 0) continue;
    const k = key[i] as number;
    const t = time[i] as number;
    let group = groups[k] as number;
    if (group === -1) {
      group = groupOf(sums, slots, map[k] as number);
      groups[k] = group;
    }
    tuples[group] = (tuples[group] as number) + 1;
    if (marks !== null && ((marks[i] as number) & FIRST) !== 0) flows[group] = (flows[group] as number) + 1;
    if (t < (firstTime[group] as number)) firstTime[group] = t;
    if (t > (lastTime[group] as number)) lastTime[group] = t;
    // −1 is a counter the log does not have: it adds nothing.
    if ((counters.packetsSent[i] as number) > 0) add(packetsSent, group, counters.packetsSent[i] as number);
    if ((counters.bytesSent[i] as number) > 0) add(bytesSent, group, counters.bytesSent[i] as number);
    if ((counters.packetsReceived[i] as number) > 0) add(packetsReceived, group, counters.packetsReceived[i] as number);
    if ((counters.bytesReceived[i] as number) > 0) add(bytesReceived, group, counters.bytesReceived[i] as number);
  }
}

/** Adds what is taken of conversations that have 1 in `wanted`; null: of all. */
export function addTaken({ sums, at, taken }: ByTuple, { once }: InScope, wanted: Uint8Array | null): void {
  for (const each of taken) {
    reserve(sums, each.rows.length);
    addTakenRows(sums, at, each, once, wanted);
  }
}

function addTakenRows(
  sums: Sums,
  slots: Int32Array,
  { rows, from, to }: Taken,
  once: boolean,
  wanted: Uint8Array | null,
): void {
  const { conversation, hour, leftOut, first, last } = rows;
  const { tuples, flows, firstTime, lastTime, packetsSent, bytesSent, packetsReceived, bytesReceived } = sums;
  for (let i = 0; i < hour.length; i++) {
    if (wanted !== null && wanted[conversation[i] as number] === 0) continue;
    const h = hour[i] as number;
    if (h < from || h >= to || (once && leftOut[i] === 1)) continue;
    const group = groupOf(sums, slots, conversation[i] as number);
    add(tuples, group, rows.tuples[i] as number);
    add(flows, group, rows.flows[i] as number);
    add(packetsSent, group, rows.packetsSent[i] as number);
    add(bytesSent, group, rows.bytesSent[i] as number);
    add(packetsReceived, group, rows.packetsReceived[i] as number);
    add(bytesReceived, group, rows.bytesReceived[i] as number);
    const [earliest, latest] = [h * HOUR + (first[i] as number), h * HOUR + (last[i] as number)];
    if (earliest < (firstTime[group] as number)) firstTime[group] = earliest;
    if (latest > (lastTime[group] as number)) lastTime[group] = latest;
  }
}

function add(column: Float64Array, group: number, value: number): void {
  column[group] = (column[group] as number) + value;
}

/** Sums of conversations added up by another number of each, one of `ids`; `of`: by row of `each`. */
export function sumBy(each: Sums, ids: number, of: Uint32Array): Sums {
  const sums = newSums(Math.min(ids, each.length));
  const slots = new Int32Array(ids).fill(-1);
  for (let from = 0; from < each.length; from++) {
    const group = groupOf(sums, slots, of[from] as number);
    addGroup(sums, group, each, from);
    addMeasures(sums, group, each, from);
  }
  return sums;
}

/**
 * By endpoint, or by what endpoints belong to (`ofEnd`, one of `ends`): sent is what went out of it, received what came into it. A
 * conversation counts at both its ends, once where they are the same.
 */
export function sumEnds(
  each: Sums,
  ends: number,
  { src, dst }: { readonly src: Uint32Array; readonly dst: Uint32Array },
  ofEnd: (endpoint: number) => number = (endpoint) => endpoint,
): Sums {
  const sums = newSums(Math.min(ends, each.length * 2));
  const slots = new Int32Array(ends).fill(-1);
  for (let from = 0; from < each.length; from++) {
    const conversation = each.id[from] as number;
    const [s, d] = [ofEnd(src[conversation] as number), ofEnd(dst[conversation] as number)];
    const sender = groupOf(sums, slots, s);
    const receiver = groupOf(sums, slots, d);
    addGroup(sums, sender, each, from);
    addMeasures(sums, sender, each, from);
    if (receiver !== sender) addGroup(sums, receiver, each, from);
    addTurned(sums, receiver, each, from);
  }
  return sums;
}

function addGroup(into: Sums, group: number, from: Sums, i: number): void {
  add(into.tuples, group, from.tuples[i] as number);
  add(into.denied, group, from.denied[i] as number);
  add(into.flows, group, from.flows[i] as number);
  if ((from.rank[i] as number) < (into.rank[group] as number)) into.rank[group] = from.rank[i] as number;
  if ((from.firstTime[i] as number) < (into.firstTime[group] as number))
    into.firstTime[group] = from.firstTime[i] as number;
  if ((from.lastTime[i] as number) > (into.lastTime[group] as number))
    into.lastTime[group] = from.lastTime[i] as number;
}

function addMeasures(into: Sums, group: number, from: Sums, i: number): void {
  add(into.packetsSent, group, from.packetsSent[i] as number);
  add(into.bytesSent, group, from.bytesSent[i] as number);
  add(into.packetsReceived, group, from.packetsReceived[i] as number);
  add(into.bytesReceived, group, from.bytesReceived[i] as number);
}

/** What one end sent, the other received. */
function addTurned(into: Sums, group: number, from: Sums, i: number): void {
  add(into.packetsSent, group, from.packetsReceived[i] as number);
  add(into.bytesSent, group, from.bytesReceived[i] as number);
  add(into.packetsReceived, group, from.packetsSent[i] as number);
  add(into.bytesReceived, group, from.bytesSent[i] as number);
}
