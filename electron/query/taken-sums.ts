// Rows that a filter takes of conversations in part (taken-rows.ts), added up: by hour, once a filter, for a range is moved far oftener;
// and counted by conversation, which touches one word a row.

import { counters } from "../../shared/flow.ts";
import { HOUR } from "../analysis/activity.ts";
import type { Catalog } from "./catalog.ts";
import type { HourTotals } from "./hour-totals.ts";
import type { TakenRows } from "./taken-rows.ts";

/** Rows of one segment, of which those of the hours from … before to (since 1970 UTC) are in scope. */
export type Taken = { readonly rows: TakenRows; readonly from: number; readonly to: number };

/** `hour`: since 1970 UTC, in the order in which they are met. */
export type TakenHours = HourTotals & { readonly hour: Uint32Array };

const known = new WeakMap<TakenRows, { once?: TakenHours; all?: TakenHours }>();

/** Not to be changed by who receives it. */
export function takenHours({ conversations }: Catalog, rows: TakenRows, once: boolean): TakenHours {
  const kept = known.get(rows) ?? {};
  known.set(rows, kept);
  kept[once ? "once" : "all"] ??= addHours(rows, conversations.columns.service, once);
  return kept[once ? "once" : "all"] as TakenHours; // made just now
}

function addHours(rows: TakenRows, service: Uint32Array, once: boolean): TakenHours {
  const { hour: hours, leftOut, conversation } = rows;
  const places = new Map<number, number>();
  for (const hour of hours) if (!places.has(hour)) places.set(hour, places.size);
  const column = (value = 0): Float64Array => new Float64Array(places.size).fill(value);
  const sums: TakenHours = {
    hour: Uint32Array.from(places.keys()),
    tuples: column(),
    denied: column(),
    flows: column(),
    begun: column(),
    ended: column(),
    firstTime: column(Number.POSITIVE_INFINITY),
    lastTime: column(Number.NEGATIVE_INFINITY),
    packetsSent: column(),
    bytesSent: column(),
    packetsReceived: column(),
    bytesReceived: column(),
  };
  for (let i = 0; i < hours.length; i++) {
    if (once && leftOut[i] === 1) continue;
    const hour = hours[i] as number;
    const at = places.get(hour) as number; // all are in it
    const isDenied = (service[conversation[i] as number] as number) >>> 25;
    add(sums.tuples, at, rows.tuples[i] as number);
    add(sums.denied, at, (rows.tuples[i] as number) * isDenied);
    add(sums.flows, at, rows.flows[i] as number);
    add(sums.begun, at, rows.begun[i] as number);
    add(sums.ended, at, rows.ended[i] as number);
    for (const name of counters) add(sums[name], at, rows[name][i] as number);
    sums.firstTime[at] = Math.min(sums.firstTime[at] as number, hour * HOUR + (rows.first[i] as number));
    sums.lastTime[at] = Math.max(sums.lastTime[at] as number, hour * HOUR + (rows.last[i] as number));
  }
  return sums;
}

function add(column: Float64Array, at: number, value: number): void {
  column[at] = (column[at] as number) + value;
}

/** Memory that is kept, for fresh memory costs more than filling it. */
let spare: Int32Array = new Int32Array(0);

/** Tuples taken of each conversation; null where nothing is. Overwritten by the next question. */
export function countTaken({ conversations }: Catalog, taken: readonly Taken[], once: boolean): Int32Array | null {
  if (taken.length === 0) return null;
  const { length } = conversations.columns;
  if (spare.length < length) spare = new Int32Array(length);
  const counts = spare.subarray(0, length).fill(0);
  for (const each of taken) addCounts(each, once, counts);
  return counts;
}

/** Nothing but the loop: code after it would have it compiled anew for every question. */
function addCounts({ rows, from, to }: Taken, once: boolean, counts: Int32Array): void {
  const { conversation, hour, leftOut, tuples } = rows;
  for (let i = 0; i < hour.length; i++) {
    const h = hour[i] as number;
    if (h < from || h >= to || (once && leftOut[i] === 1)) continue;
    const c = conversation[i] as number;
    counts[c] = (counts[c] as number) + (tuples[i] as number);
  }
}
