// What is measured in the cells of a pivot: sums over the conversations of a group, or how many different addresses or days they have.

import type { PivotMeasure } from "../../shared/pivot.ts";
import type { Catalog } from "./catalog.ts";
import type { Sums } from "./group-sums.ts";
import { days } from "./pivot-days.ts";
import type { InScope } from "./scope-asked.ts";

/** Of each conversation in scope, by its position in the sums: the number of its group, −1 for none. */
export type Grouped = { readonly of: Int32Array; readonly count: number };
/** A measure by group. */
export type Measuring = (grouped: Grouped) => Float64Array;

export function added({ of, count }: Grouped, value: (i: number) => number): Float64Array {
  const by = new Float64Array(count);
  for (let i = 0; i < of.length; i++) {
    const group = of[i] as number;
    if (group >= 0) by[group] = (by[group] as number) + value(i);
  }
  return by;
}

export function measuring(catalog: Catalog, scope: InScope, sums: Sums, measure: PivotMeasure): Measuring {
  const { src, dst } = catalog.conversations.columns;
  const sum =
    (value: (i: number) => number): Measuring =>
    (grouped) =>
      added(grouped, value);
  const different =
    (column: Uint32Array): Measuring =>
    (grouped) =>
      differing(sums, grouped, column);
  const { tuples, denied, flows, bytesSent, bytesReceived, packetsSent, packetsReceived } = sums;
  switch (measure) {
    case "conversations":
      return sum(() => 1);
    case "allowed":
      return sum((i) => (tuples[i] as number) - (denied[i] as number));
    case "bytes":
      return sum((i) => (bytesSent[i] as number) + (bytesReceived[i] as number));
    case "packets":
      return sum((i) => (packetsSent[i] as number) + (packetsReceived[i] as number));
    case "sources":
      return different(src);
    case "destinations":
      return different(dst);
    case "days":
      return days(catalog, scope, sums);
    default: {
      const column = { tuples, denied, flows, bytesSent, bytesReceived, packetsSent, packetsReceived }[measure];
      return sum((i) => column[i] as number);
    }
  }
}

/** How many different addresses the conversations of each group have. */
function differing(sums: Sums, { of, count }: Grouped, column: Uint32Array): Float64Array {
  const pairs = new Float64Array(of.length);
  let length = 0;
  for (let i = 0; i < of.length; i++) {
    const group = of[i] as number;
    if (group >= 0) pairs[length++] = group * 2 ** 32 + (column[sums.id[i] as number] as number);
  }
  const sorted = pairs.subarray(0, length).sort();
  const by = new Float64Array(count);
  for (let i = 0; i < length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    const group = Math.floor((sorted[i] as number) / 2 ** 32);
    by[group] = (by[group] as number) + 1;
  }
  return by;
}

/** 1 for groups that have a conversation. */
export function present({ of, count }: Grouped): Uint8Array {
  const has = new Uint8Array(count);
  for (const group of of) if (group >= 0) has[group] = 1;
  return has;
}
