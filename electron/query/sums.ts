// Tuples in scope summed by conversation, and those sums summed again by any other number: one pass, typed arrays, groups in the
// order of their first tuple.

import { FIRST } from "../analysis/settled.ts";
import { type Catalog, views } from "./catalog.ts";
import type { KeySums } from "./key-sums.ts";
import { matching, matchingKeys } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";

/** Groups in the order of their first tuple in default order; `id`: what each group is. Columns may be longer than `length`. */
export type Sums = {
  length: number;
  id: Uint32Array<ArrayBuffer>;
  tuples: Float64Array<ArrayBuffer>;
  denied: Float64Array<ArrayBuffer>;
  /** Flows whose first tuple is in scope; 0 where they are not settled. */
  flows: Float64Array<ArrayBuffer>;
  firstTime: Float64Array<ArrayBuffer>;
  lastTime: Float64Array<ArrayBuffer>;
  packetsSent: Float64Array<ArrayBuffer>;
  bytesSent: Float64Array<ArrayBuffer>;
  packetsReceived: Float64Array<ArrayBuffer>;
  bytesReceived: Float64Array<ArrayBuffer>;
};

export const measures = [
  "tuples",
  "denied",
  "flows",
  "firstTime",
  "lastTime",
  "packetsSent",
  "bytesSent",
  "packetsReceived",
  "bytesReceived",
] as const;
export type Measure = (typeof measures)[number];

function newSums(capacity: number): Sums {
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(capacity);
  return {
    length: 0,
    id: new Uint32Array(capacity),
    tuples: column(),
    denied: column(),
    flows: column(),
    firstTime: column(),
    lastTime: column(),
    packetsSent: column(),
    bytesSent: column(),
    packetsReceived: column(),
    bytesReceived: column(),
  };
}

function reserve(sums: Sums, more: number): void {
  if (sums.length + more <= sums.id.length) return;
  const capacity = Math.max(sums.id.length * 2, sums.length + more);
  const id = new Uint32Array(capacity);
  id.set(sums.id);
  sums.id = id;
  for (const name of measures) {
    const column = new Float64Array(capacity);
    column.set(sums[name]);
    sums[name] = column;
  }
}

/** Group of an id; made when it is new. Its columns must have room. */
function groupOf(sums: Sums, slots: Int32Array, id: number): number {
  const known = slots[id] as number;
  if (known !== -1) return known;
  const group = sums.length++;
  slots[id] = group;
  sums.id[group] = id;
  sums.firstTime[group] = Number.POSITIVE_INFINITY;
  sums.lastTime[group] = Number.NEGATIVE_INFINITY;
  return group;
}

type Kept = { readonly catalog: Catalog; readonly scope: InScope; readonly sums: Sums };

// Edges, endpoints, conversations and totals of one scope are asked together: the sums of the last scopes are kept.
const kept: Kept[] = [];
const KEPT_SCOPES = 6;
const KEPT_GROUPS = 2_000_000;

/** By conversation. Not to be changed by who receives it. */
export function sumConversations(catalog: Catalog, scope: InScope): Sums {
  const at = kept.findIndex(
    (each) =>
      each.catalog === catalog &&
      each.scope.filter === scope.filter &&
      each.scope.from === scope.from &&
      each.scope.to === scope.to &&
      each.scope.once === scope.once &&
      each.scope.adjusted === scope.adjusted &&
      each.scope.only === scope.only,
  );
  const [known] = at === -1 ? [] : kept.splice(at, 1);
  const found = known ?? { catalog, scope, sums: passOver(catalog, scope) };
  kept.unshift(found);
  let groups = 0;
  const keep = kept.findIndex(({ catalog: own, sums }, i) => {
    groups += sums.length;
    return i > 0 && (own !== catalog || i >= KEPT_SCOPES || groups > KEPT_GROUPS);
  });
  if (keep !== -1) kept.length = keep;
  return found.sums;
}

function passOver(catalog: Catalog, scope: InScope): Sums {
  const { length, service } = catalog.conversations.columns;
  const sums = newSums(1024);
  const slots = new Int32Array(length).fill(-1);
  for (const view of views(catalog, scope.from, scope.to)) {
    reserve(sums, view.keys.length);
    const keys = matchingKeys(view, scope);
    const byKey = keys && !(scope.adjusted && view.hasAdjusted()) ? view.keySums() : null;
    if (keys && byKey) addKeys(sums, slots, view.map(), byKey, keys);
    else {
      const rows = matching(view, scope);
      if (rows === null || rows.includes(1)) addRows(sums, slots, view, rows, scope);
    }
  }
  for (let group = 0; group < sums.length; group++)
    if ((service[sums.id[group] as number] as number) >>> 25 === 1) sums.denied[group] = sums.tuples[group] as number;
  return sums;
}

function addKeys(sums: Sums, slots: Int32Array, map: Uint32Array, by: KeySums, matches: Uint8Array): void {
  const { order } = by;
  for (let i = 0; i < order.length; i++) {
    const k = order[i] as number;
    if (matches[k] === 0) continue;
    const group = groupOf(sums, slots, map[k] as number);
    add(sums.tuples, group, by.tuples[k] as number);
    add(sums.flows, group, by.flows[k] as number);
    if ((by.firstTime[k] as number) < (sums.firstTime[group] as number))
      sums.firstTime[group] = by.firstTime[k] as number;
    if ((by.lastTime[k] as number) > (sums.lastTime[group] as number)) sums.lastTime[group] = by.lastTime[k] as number;
    add(sums.packetsSent, group, by.packetsSent[k] as number);
    add(sums.bytesSent, group, by.bytesSent[k] as number);
    add(sums.packetsReceived, group, by.packetsReceived[k] as number);
    add(sums.bytesReceived, group, by.bytesReceived[k] as number);
  }
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
  for (let i = 0; i < time.length; i++) {
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

function add(column: Float64Array, group: number, value: number): void {
  column[group] = (column[group] as number) + value;
}

/** Sums of conversations added up by another number of each, one of `ids`. */
export function sumBy(each: Sums, ids: number, idOf: (conversation: number) => number): Sums {
  const sums = newSums(Math.min(ids, each.length));
  const slots = new Int32Array(ids).fill(-1);
  for (let from = 0; from < each.length; from++) {
    const group = groupOf(sums, slots, idOf(each.id[from] as number));
    addGroup(sums, group, each, from);
    addMeasures(sums, group, each, from);
  }
  return sums;
}

/**
 * By endpoint, or by what endpoints belong to (`ofEnd`, one of `ends`): sent is what went out of it, received what came into it. A
 * conversation counts at both its ends, once where they are the same. Ends first met in the same tuple stand in the order of their
 * numbers.
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
    if (d < s && slots[s] === -1) groupOf(sums, slots, d);
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

/** Each count has its stretch of the order, the greatest first; in it groups stand as they were met. */
function byCounting(tuples: Float64Array, length: number, most: number, order: Uint32Array): Uint32Array {
  const next = new Uint32Array(most + 2);
  for (let i = 0; i < length; i++) {
    const slot = most - (tuples[i] as number) + 1;
    next[slot] = (next[slot] as number) + 1;
  }
  for (let n = 1; n < next.length; n++) next[n] = (next[n] as number) + (next[n - 1] as number);
  for (let i = 0; i < length; i++) {
    const slot = most - (tuples[i] as number);
    const at = next[slot] as number;
    order[at] = i;
    next[slot] = at + 1;
  }
  return order;
}

/** Groups with most tuples first, then by first tuple: positions in `sums`. */
export function mostTuplesFirst({ tuples, length }: Sums): Uint32Array {
  let most = 0;
  for (let i = 0; i < length; i++) most = Math.max(most, tuples[i] as number);
  const order = new Uint32Array(length);
  if (most <= 4 * length + 1024) return byCounting(tuples, length, most, order);
  if ((most + 1) * length >= Number.MAX_SAFE_INTEGER) {
    for (let i = 0; i < length; i++) order[i] = i;
    return order.sort((a, b) => (tuples[b] as number) - (tuples[a] as number) || a - b);
  }
  // Both orders in one exact number: sorting numbers is many times faster than calling a function for each comparison.
  const packed = new Float64Array(length);
  for (let i = 0; i < length; i++) packed[i] = (most - (tuples[i] as number)) * length + i;
  packed.sort();
  for (let i = 0; i < length; i++) order[i] = (packed[i] as number) % length;
  return order;
}
