// The tuples behind a bar of a spread timeline, and how much of each falls into it.

import { counters } from "../../shared/flow.ts";
import { type Cell, shareFields } from "../../shared/rows.ts";
import { shareBetween } from "../analysis/spread.ts";
import type { Counters } from "../segment/encode.ts";
import type { Catalog } from "./catalog.ts";
import { newBits, setBit } from "./row-mask.ts";
import type { BarShare, InScope } from "./scope-asked.ts";
import { spreadIntervals } from "./spread-starts.ts";
import type { Table } from "./table.ts";

export function barShare(
  catalog: Catalog,
  scope: InScope,
  bar: { readonly from: number; readonly to: number },
): BarShare {
  const rows = new Map<number, Uint8Array>();
  const starts = new Map<number, Map<number, readonly [start: number, end: number]>>();
  for (const { view, length, row, start, end } of spreadIntervals(catalog, scope)) {
    const { id, tuples } = view.segment;
    const { time } = view.when;
    const counters = scope.adjusted ? view.adjusted() : view.counters();
    for (let i = 0; i < length; i++) {
      const r = row[i] as number;
      const [a, b] = [start[i] as number, end[i] as number];
      const t = time[r] as number;
      const isOfItsTime = t >= bar.from && t < bar.to;
      if (!isOfItsTime && !falls(counters, r, a, b, bar)) continue;
      const bits = rows.get(id) ?? newBits(tuples);
      rows.set(id, bits);
      setBit(bits, r);
      const own = starts.get(id) ?? new Map();
      starts.set(id, own.set(r, [a, b]));
    }
  }
  return {
    rows,
    of(segment, row, value) {
      const [start, end] = starts.get(segment)?.get(row) ?? [0, 1];
      return shareBetween(value, start, end, bar.from, bar.to);
    },
  };
}

function falls(
  { packetsSent, bytesSent, packetsReceived, bytesReceived }: Counters,
  row: number,
  start: number,
  end: number,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (start >= to || end <= from) return false;
  const some = (column: Float64Array): boolean =>
    shareBetween(Math.max(0, column[row] as number), start, end, from, to) > 0;
  return some(bytesSent) || some(bytesReceived) || some(packetsSent) || some(packetsReceived);
}

/** Tuples with what falls of their counters into the bar, as last fields that add up to it. `share`: of a value of row `i`. */
export function withShares(table: Table, share: (i: number, value: number) => number): Table {
  const { row, numbers } = table;
  const shareOf = (field: string, i: number): Cell => {
    const counter = counters[(shareFields as readonly string[]).indexOf(field)];
    if (!counter) return table.cell(field, i);
    const value = table.cell(counter, i);
    return typeof value === "number" ? share(i, value) : null;
  };
  return {
    fields: [...table.fields, ...shareFields],
    length: table.length,
    cell: shareOf,
    ...(row
      ? { row: (i) => ({ ...row(i), ...Object.fromEntries(shareFields.map((field) => [field, shareOf(field, i)])) }) }
      : {}),
    ...(numbers ? { numbers } : {}),
  };
}
