// A table of very many groups of which the largest are shown: one pass counts (scan-counts.ts), the largest are found among the counts,
// and only they are summed. Whoever wants more (another order, other rows) gets the whole table.

import type { Catalog } from "./catalog.ts";
import { type Measure, newSums, type SummedBy, type Sums } from "./group-sums.ts";
import { scanOf } from "./scan.ts";
import { type Counts, scanCounts } from "./scan-counts.ts";
import { scanSums } from "./scan-sums.ts";
import type { InScope } from "./scope-asked.ts";
import { withTuples } from "./sums.ts";
import { firstOf, type Table } from "./table.ts";

/** `most`: rows that will be shown. `tableOf`: of some groups; `whole`: of all of them, in pair order as the counts are. */
export function largestFirst(
  catalog: Catalog,
  scope: InScope,
  { by, most }: { readonly by: SummedBy; readonly most: number },
  tableOf: (sums: Sums) => Table,
  whole: () => Table,
): Table {
  const scan = scanOf(catalog, scope);
  const sums = newSums(64);
  const { order, length, totals } = withTuples(catalog, scope, scan, (byTuple) => {
    const counts = scanCounts(catalog, scope, scan, by, byTuple);
    const order = firstOf(counts.length, Math.min(most, counts.length), mostFirst(counts));
    for (const row of order) {
      const from = counts.id[row] as number;
      scanSums(catalog, scope, scan, by, byTuple, { from, to: endOf(catalog, by, from) }, sums);
    }
    return { order, length: counts.length, totals: counts.totals };
  });
  const shown = tableOf(sums);
  const places = new Map(Array.from(order, (row, place) => [row, place]));
  return {
    fields: shown.fields,
    length,
    cell(field, row) {
      const place = places.get(row);
      return place === undefined ? whole().cell(field, row) : shown.cell(field, place);
    },
    before: (a, b) => whole().before?.(a, b) ?? a - b,
    first: (n) =>
      n <= order.length ? order.subarray(0, n) : firstOf(length, n, (a, b) => whole().before?.(a, b) ?? a - b),
    total(field) {
      if (field === "allowed") return totals.tuples - totals.denied;
      return totals[field as Measure] ?? 0; // the other fields that add up are measures
    },
    numbers: (field) => whole().numbers?.(field) ?? null,
  };
}

/** Where the group that begins at a conversation ends. */
function endOf({ conversations }: Catalog, by: SummedBy, from: number): number {
  const { src, dst, length } = conversations.columns;
  let to = from + 1;
  if (by === "pair") while (to < length && src[to] === src[from] && dst[to] === dst[from]) to++;
  return to;
}

/** The default order, among counts: the conversation logged first is in one group only. */
function mostFirst({ tuples, rank }: Counts): (a: number, b: number) => number {
  return (a, b) => (tuples[b] as number) - (tuples[a] as number) || (rank[a] as number) - (rank[b] as number);
}
