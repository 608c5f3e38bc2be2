// Tuples in scope by bins of time in UTC, each tuple by its own time. Bins without tuples have no row.

import { BEGIN, counters, END } from "../../shared/flow.ts";
import { type Bin, bins, rowFields } from "../../shared/rows.ts";
import { HOUR } from "../analysis/activity.ts";
import type { Counters } from "../segment/encode.ts";
import type { Catalog } from "./catalog.ts";
import { hourTotals } from "./hour-totals.ts";
import { type Scan, scanOf } from "./scan.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import type { Table } from "./table.ts";
import { type TakenHours, takenHours } from "./taken-sums.ts";

/** The narrowest bin that gives at most this many rows over the range. */
const ROWS = 400;

export function pickBin(catalog: Catalog, scope: InScope): Bin {
  const range = boundsOf(catalog, scope);
  for (const name of ["1m", "5m", "1h"] as const) if (range.to - range.from <= bins[name] * ROWS) return name;
  return "1d";
}

/** The stretch of the scope in which there can be tuples; infinite bounds where there are no segments. */
export function boundsOf(catalog: Catalog, scope: InScope): { readonly from: number; readonly to: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const segment of catalog.segments) {
    first = Math.min(first, segment.firstTime);
    last = Math.max(last, segment.lastTime + 1);
  }
  return {
    from: scope.from === null ? first : Math.max(scope.from, first),
    to: scope.to === null ? last : Math.min(scope.to, last),
  };
}

const columns = ["tuples", "denied", "begun", "ended", ...counters] as const;

/** Sums by bin, in the order in which bins are met; `time` is a bin's begin. */
type BinSums = { length: number; time: Float64Array } & { [C in (typeof columns)[number]]: Float64Array };

/** Finds a bin's place by its number (time over width). Dense where the range has few enough bins, else by hash. */
type Places = { readonly first: number; readonly dense: Int32Array | null; readonly hashed: Map<number, number> };
const DENSE = 1 << 20;

export function timelineTable(catalog: Catalog, scope: InScope, bin: Bin): Table {
  const width = bins[bin];
  const range = boundsOf(catalog, scope);
  const first = Math.floor(range.from / width);
  const count = Math.max(0, Math.floor((range.to - 1) / width) - first + 1);
  const dense = count > 0 && count <= DENSE ? new Int32Array(count).fill(-1) : null;
  const places: Places = { first, dense, hashed: new Map() };
  const sums = newSums(dense ? count : 1024);
  const scan = scanOf(catalog, scope, width);
  addActivity(sums, places, catalog, scope, scan, width);
  scan.eachOther({
    rows: (view, rows) => addRows(sums, places, view, rows, scope.adjusted ? view.adjusted() : view.counters(), width),
    taken: (rows, { from, to }) => addHours(sums, places, takenHours(catalog, rows, scope.once), from, to, width),
  });

  const order = Uint32Array.from({ length: sums.length }, (_, i) => i);
  order.sort((a, b) => (sums.time[a] as number) - (sums.time[b] as number));
  const cell = (field: string, i: number): number | null => {
    const at = order[i];
    if (at === undefined) return null;
    if (field === "allowed") return (sums.tuples[at] as number) - (sums.denied[at] as number);
    return sums[field as "time"][at] ?? null; // the other fields of a bin are columns
  };
  return { fields: rowFields.timeline, length: sums.length, cell };
}

function addActivity(
  sums: BinSums,
  places: Places,
  catalog: Catalog,
  { filter }: InScope,
  { activity, from, to, left }: Scan,
  width: number,
): void {
  if (activity === null) return;
  const totals = hourTotals(catalog, activity, filter, left);
  for (let hour = from; hour < to; hour++) {
    if (totals.tuples[hour] === 0) continue;
    const number = Math.floor((activity.hours[hour] as number) / width);
    const at = placeOf(sums, places, number, number * width);
    for (const name of columns) add(sums[name], at, totals[name][hour] as number);
  }
}

/** Those from … before to. */
function addHours(sums: BinSums, places: Places, hours: TakenHours, from: number, to: number, width: number): void {
  hours.hour.forEach((hour, i) => {
    if (hour < from || hour >= to || hours.tuples[i] === 0) return;
    const number = Math.floor((hour * HOUR) / width);
    const at = placeOf(sums, places, number, number * width);
    for (const name of columns) add(sums[name], at, hours[name][i] as number);
  });
}

function newSums(capacity: number): BinSums {
  const sums = { length: 0, time: new Float64Array(capacity) } as BinSums; // the columns follow
  for (const name of columns) sums[name] = new Float64Array(capacity);
  return sums;
}

function addRows(
  sums: BinSums,
  places: Places,
  view: SegmentView,
  rows: Uint8Array | null,
  { packetsSent, bytesSent, packetsReceived, bytesReceived }: Counters,
  width: number,
): void {
  const { key, time, state } = view.when;
  const { flags } = view.keys;
  // Neighbours are mostly of one bin: what it has so far is held apart and added when another begins.
  let from = 1; // the bin met last is [from, to)
  let to = 0;
  let at = -1;
  let tuples = 0;
  let denied = 0;
  let begun = 0;
  let ended = 0;
  let sentPackets = 0;
  let sentBytes = 0;
  let receivedPackets = 0;
  let receivedBytes = 0;
  const flush = (): void => {
    if (tuples === 0) return;
    add(sums.tuples, at, tuples);
    add(sums.denied, at, denied);
    add(sums.begun, at, begun);
    add(sums.ended, at, ended);
    add(sums.packetsSent, at, sentPackets);
    add(sums.bytesSent, at, sentBytes);
    add(sums.packetsReceived, at, receivedPackets);
    add(sums.bytesReceived, at, receivedBytes);
    tuples = denied = begun = ended = sentPackets = sentBytes = receivedPackets = receivedBytes = 0;
  };
  const end = rows === null ? time.length : rows.lastIndexOf(1) + 1;
  for (let i = rows === null ? 0 : rows.indexOf(1); i < end; i++) {
    if (rows !== null && rows[i] === 0) continue;
    const t = time[i] as number;
    if (t < from || t >= to) {
      flush();
      const number = Math.floor(t / width);
      from = number * width;
      to = from + width;
      at = placeOf(sums, places, number, from);
    }
    tuples++;
    const isDenied = (flags[key[i] as number] as number) >>> 1 === 1;
    if (isDenied) denied++;
    else if (state[i] === BEGIN) begun++;
    if (state[i] === END) ended++;
    // −1 is a counter the log does not have: it adds nothing.
    sentPackets += Math.max(0, packetsSent[i] as number);
    sentBytes += Math.max(0, bytesSent[i] as number);
    receivedPackets += Math.max(0, packetsReceived[i] as number);
    receivedBytes += Math.max(0, bytesReceived[i] as number);
  }
  flush();
}

function placeOf(sums: BinSums, places: Places, number: number, from: number): number {
  const { dense, hashed, first } = places;
  const known = dense ? (dense[number - first] as number) : (hashed.get(number) ?? -1);
  if (known !== -1) return known;
  const at = sums.length++;
  if (at === sums.time.length) grow(sums);
  sums.time[at] = from;
  if (dense) dense[number - first] = at;
  else hashed.set(number, at);
  return at;
}

function grow(sums: BinSums): void {
  const capacity = sums.time.length * 2;
  for (const name of ["time", ...columns] as const) {
    const grown = new Float64Array(capacity);
    grown.set(sums[name]);
    sums[name] = grown;
  }
}

function add(column: Float64Array, at: number, value: number): void {
  column[at] = (column[at] as number) + value;
}
