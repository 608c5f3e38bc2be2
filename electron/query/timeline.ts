// Tuples in scope by bins of time in UTC, each tuple by its own time. Bins without tuples have no row.

import { BEGIN, END } from "../../shared/flow.ts";
import { type Bin, bins, rowFields } from "../../shared/rows.ts";
import { type Catalog, views } from "./catalog.ts";
import type { InScope } from "./group.ts";
import { matching } from "./predicate.ts";
import type { Table } from "./table.ts";

/** The narrowest bin that gives at most this many rows over the range. */
const ROWS = 400;

export function pickBin(catalog: Catalog, scope: InScope): Bin {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const segment of catalog.segments) {
    first = Math.min(first, segment.firstTime);
    last = Math.max(last, segment.lastTime + 1);
  }
  const range =
    (scope.to === null ? last : Math.min(scope.to, last)) - (scope.from === null ? first : Math.max(scope.from, first));
  for (const name of ["1m", "5m", "1h"] as const) if (range <= bins[name] * ROWS) return name;
  return "1d";
}

type BinSums = { time: number; [field: string]: number };

export function timelineTable(catalog: Catalog, scope: InScope, bin: Bin): Table {
  const width = bins[bin];
  const byBin = new Map<number, BinSums>();
  for (const view of views(catalog, scope.from, scope.to)) {
    const rows = matching(view, scope.filter, scope.from, scope.to);
    const { key, time, state } = view.when;
    const { flags } = view.keys;
    const counters = view.counters();
    let current: BinSums | undefined;
    for (let i = 0; i < time.length; i++) {
      if (rows !== null && rows[i] === 0) continue;
      const at = Math.floor((time[i] as number) / width) * width;
      if (current?.time !== at) {
        current = byBin.get(at);
        if (!current) {
          current = newBin(at);
          byBin.set(at, current);
        }
      }
      const denied = (flags[key[i] as number] as number) >>> 1 === 1;
      add(current, "tuples", 1);
      add(current, denied ? "denied" : "allowed", 1);
      if (state[i] === BEGIN && !denied) add(current, "begun", 1);
      else if (state[i] === END) add(current, "ended", 1);
      for (const name of ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const) {
        const value = counters[name][i] as number;
        if (value > 0) add(current, name, value);
      }
    }
  }
  const sorted = [...byBin.values()].sort((a, b) => a.time - b.time);
  return { fields: rowFields.timeline, length: sorted.length, cell: (field, i) => sorted[i]?.[field] ?? null };
}

function newBin(time: number): BinSums {
  const sums: BinSums = { time };
  for (const field of rowFields.timeline) if (field !== "time") sums[field] = 0;
  return sums;
}

function add(sums: BinSums, field: string, value: number): void {
  sums[field] = (sums[field] as number) + value;
}
