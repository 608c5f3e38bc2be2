// Tuples in scope summed by conversation, and conversations summed to edges and endpoints: one pass, sums in typed arrays.

import type { Filter } from "../../shared/filter/tree.ts";
import { decisions, directions } from "../../shared/flow.ts";
import { type Cell, rowFields } from "../../shared/rows.ts";
import type { ContextText } from "../store/texts.ts";
import { type Catalog, views } from "./catalog.ts";
import { matching } from "./predicate.ts";
import type { Table } from "./table.ts";

/** Sums by group id. `seen`: position of the group's first tuple in default order, the tie-break; 0 = no tuple. */
export type Sums = {
  readonly seen: Float64Array;
  readonly tuples: Float64Array;
  readonly denied: Float64Array;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
};

export type InScope = { readonly filter: Filter; readonly from: number | null; readonly to: number | null };

function newSums(groups: number): Sums {
  const column = (): Float64Array => new Float64Array(groups);
  return {
    seen: column(),
    tuples: column(),
    denied: column(),
    firstTime: column().fill(Number.POSITIVE_INFINITY),
    lastTime: column().fill(Number.NEGATIVE_INFINITY),
    packetsSent: column(),
    bytesSent: column(),
    packetsReceived: column(),
    bytesReceived: column(),
  };
}

function sumConversations(catalog: Catalog, scope: InScope): Sums {
  const sums = newSums(catalog.conversations.columns.length);
  let position = 0;
  for (const view of views(catalog, scope.from, scope.to)) {
    const rows = matching(view, scope.filter, scope.from, scope.to);
    const map = catalog.conversations.mapOf(view.segment.id);
    const { key, time } = view.when;
    const { flags } = view.keys;
    const counters = view.counters();
    for (let i = 0; i < time.length; i++) {
      position++;
      if (rows !== null && rows[i] === 0) continue;
      const k = key[i] as number;
      const id = map[k] as number;
      const t = time[i] as number;
      if (sums.seen[id] === 0) sums.seen[id] = position;
      sums.tuples[id] = (sums.tuples[id] as number) + 1;
      if ((flags[k] as number) >>> 1 === 1) sums.denied[id] = (sums.denied[id] as number) + 1;
      if (t < (sums.firstTime[id] as number)) sums.firstTime[id] = t;
      if (t > (sums.lastTime[id] as number)) sums.lastTime[id] = t;
      addMeasured(sums.packetsSent, id, counters.packetsSent[i] as number);
      addMeasured(sums.bytesSent, id, counters.bytesSent[i] as number);
      addMeasured(sums.packetsReceived, id, counters.packetsReceived[i] as number);
      addMeasured(sums.bytesReceived, id, counters.bytesReceived[i] as number);
    }
  }
  return sums;
}

/** −1 is a counter the log does not have: it adds nothing. */
function addMeasured(column: Float64Array, id: number, value: number): void {
  if (value > 0) column[id] = (column[id] as number) + value;
}

function addGroup(into: Sums, group: number, from: Sums, id: number): void {
  const seen = from.seen[id] as number;
  if (into.seen[group] === 0 || seen < (into.seen[group] as number)) into.seen[group] = seen;
  into.firstTime[group] = Math.min(into.firstTime[group] as number, from.firstTime[id] as number);
  into.lastTime[group] = Math.max(into.lastTime[group] as number, from.lastTime[id] as number);
  for (const name of ["tuples", "denied", "packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const)
    into[name][group] = (into[name][group] as number) + (from[name][id] as number);
}

/** Groups that have tuples, most tuples first, then by first tuple. */
function present(sums: Sums): Uint32Array {
  const ids: number[] = [];
  for (let id = 0; id < sums.seen.length; id++) if (sums.seen[id] !== 0) ids.push(id);
  return Uint32Array.from(ids).sort(
    (a, b) =>
      (sums.tuples[b] as number) - (sums.tuples[a] as number) || (sums.seen[a] as number) - (sums.seen[b] as number),
  );
}

function measure(sums: Sums, field: string, id: number): Cell {
  if (field === "allowed") return (sums.tuples[id] as number) - (sums.denied[id] as number);
  return sums[field as keyof Sums][id] as number; // the remaining fields of a row are columns of Sums
}

export function conversationTable(catalog: Catalog, scope: InScope): Table {
  const sums = sumConversations(catalog, scope);
  const ids = present(sums);
  const { context, src, dst, service } = catalog.conversations.columns;
  const cell = (field: string, i: number): Cell => {
    const id = ids[i] as number;
    const packed = service[id] as number;
    const texts = catalog.contexts.get(context[id] as number) as ContextText;
    switch (field) {
      case "nic":
      case "acl":
      case "rule":
      case "encryption":
      case "flowLog":
        return texts[field];
      case "srcIp":
        return catalog.ip(src[id] as number);
      case "dstIp":
        return catalog.ip(dst[id] as number);
      case "dstPort":
        return packed & 0xffff;
      case "protocol":
        return (packed >>> 16) & 0xff;
      case "direction":
        return directions[(packed >>> 24) & 1] as string;
      case "decision":
        return decisions[packed >>> 25] as string;
      case "flows":
        return null; // not settled by this version
      default:
        return measure(sums, field, id);
    }
  };
  return { fields: [...rowFields.conversations, "flowLog"], length: ids.length, cell };
}

export function edgeTable(catalog: Catalog, scope: InScope): Table {
  const each = sumConversations(catalog, scope);
  const { src, dst } = catalog.conversations.columns;
  const endpoints = catalog.conversations.endpoints;
  const groups = new Map<number, number>();
  const ends: [number, number][] = [];
  const group = new Int32Array(each.seen.length).fill(-1);
  for (let id = 0; id < group.length; id++) {
    if (each.seen[id] === 0) continue;
    const pair = (src[id] as number) * endpoints + (dst[id] as number);
    let found = groups.get(pair);
    if (found === undefined) {
      found = ends.push([src[id] as number, dst[id] as number]) - 1;
      groups.set(pair, found);
    }
    group[id] = found;
  }
  const sums = newSums(ends.length);
  for (let id = 0; id < group.length; id++) if (group[id] !== -1) addGroup(sums, group[id] as number, each, id);
  const ids = present(sums);
  const cell = (field: string, i: number): Cell => {
    const id = ids[i] as number;
    const [from, to] = ends[id] as [number, number];
    switch (field) {
      case "srcIp":
        return catalog.ip(from);
      case "dstIp":
        return catalog.ip(to);
      case "srcNic":
        return catalog.nics(from)[0] ?? null;
      case "dstNic":
        return catalog.nics(to)[0] ?? null;
      default:
        return measure(sums, field, id);
    }
  };
  return { fields: rowFields.edges, length: ids.length, cell };
}

/** bytesOut(ip) = Σ bytesSent where src is ip + Σ bytesReceived where dst is ip; a tuple from an address to itself counts once. */
export function endpointTable(catalog: Catalog, scope: InScope): Table {
  const each = sumConversations(catalog, scope);
  const { src, dst } = catalog.conversations.columns;
  const sums = newSums(catalog.conversations.endpoints); // sent = out of the endpoint, received = into it
  for (let id = 0; id < each.seen.length; id++) {
    if (each.seen[id] === 0) continue;
    const [from, to] = [src[id] as number, dst[id] as number];
    addGroup(sums, from, each, id);
    const back = {
      ...each,
      packetsSent: each.packetsReceived,
      bytesSent: each.bytesReceived,
      packetsReceived: each.packetsSent,
      bytesReceived: each.bytesSent,
    };
    if (from !== to) addGroup(sums, to, back, id);
    else
      for (const name of ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const)
        sums[name][to] = (sums[name][to] as number) + (back[name][id] as number);
  }
  const ids = present(sums);
  const renamed: Readonly<Record<string, string>> = {
    bytesOut: "bytesSent",
    bytesIn: "bytesReceived",
    packetsOut: "packetsSent",
    packetsIn: "packetsReceived",
  };
  const cell = (field: string, i: number): Cell => {
    const id = ids[i] as number;
    if (field === "ip") return catalog.ip(id);
    if (field === "nics") return catalog.nics(id);
    if (field === "country" || field === "asn") return null; // no enrichment layer in this version
    return measure(sums, renamed[field] ?? field, id);
  };
  return { fields: rowFields.endpoints, length: ids.length, cell };
}
