// Tuples in scope, each with its context and its place in the evidence, in default order: source, member, record, tuple.

import { counters, decisions, directions } from "../../shared/flow.ts";
import { printIp } from "../../shared/ip.ts";
import { type Cell, rowFields } from "../../shared/rows.ts";
import type { MemberRow, SegmentRow } from "../store/read.ts";
import { type Catalog, views } from "./catalog.ts";
import { matching, stateText } from "./predicate.ts";
import { recordOffsets } from "./record-offsets.ts";
import { addressBytes, type SegmentView } from "./segment-view.ts";
import type { InScope } from "./sums.ts";
import type { Table } from "./table.ts";

/** Segments kept unpacked while rows are given out; sorted answers jump between them. */
const UNPACKED = 8;

export function tupleTable(catalog: Catalog, scope: InScope): Table {
  const found: { segment: SegmentRow; rows: Uint32Array; first: number }[] = [];
  let length = 0;
  for (const view of views(catalog, scope.from, scope.to)) {
    const match = matching(view, scope.filter, scope.from, scope.to);
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
  const cell = (field: string, i: number): Cell => {
    let block = found[at];
    if (!block || i < block.first || i >= block.first + block.rows.length) {
      at = search(found, i);
      block = found[at];
    }
    if (!block) return null;
    const view = viewOf(block.segment);
    return cellOf(catalog, view, block.rows[i - block.first] as number, field, offsetOf);
  };
  const total = (field: string): number => {
    if (!isCounter(field)) return 0;
    let sum = 0;
    for (const { segment, rows } of found) {
      const values = viewOf(segment).counters()[field];
      for (let r = 0; r < rows.length; r++) sum += Math.max(0, values[rows[r] as number] as number); // −1: none
    }
    return sum;
  };
  return { fields: rowFields.tuples, length, cell, total };
}

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

function cellOf(
  catalog: Catalog,
  view: SegmentView,
  row: number,
  field: string,
  offsetOf: (memberId: number, record: number) => number,
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
      return printIp(addressBytes(view.addresses, keys.src[k] as number));
    case "dstIp":
      return printIp(addressBytes(view.addresses, keys.dst[k] as number));
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
      const value = view.counters()[field][row] as number;
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
    default:
      return null;
  }
}
