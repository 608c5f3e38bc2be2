// A table of very many groups of which the largest are shown: one pass counts (scan-counts.ts), the largest are found among the counts,
// and only they are summed. Whoever wants more (another order, other rows) gets the whole table.

import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import { type Measure, newSums, type SummedBy, type Sums } from "./group-sums.ts";
import { largestGroups } from "./largest-groups.ts";
import { type Scan, scanOf } from "./scan.ts";
import { type Counts, scanCounts, tuplesOf } from "./scan-counts.ts";
import { type ByTuple, scanSums } from "./scan-sums.ts";
import type { InScope } from "./scope-asked.ts";
import { addTaken, withTuples } from "./sums.ts";
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
    const { tuples, totals } = counts;
    const { groups, rows, length } = largestGroups(tuples, most, rankIn(catalog, scope, scan, by, byTuple, counts));
    if (byTuple.taken.length > 0) addTaken(byTuple, scope, conversationsIn(catalog, by, groups));
    for (const group of groups) scanSums(catalog, scope, scan, by, byTuple, conversationsOf(catalog, by, group), sums);
    return { order: rows, length, totals };
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

/** 1 for those of the groups. */
function conversationsIn(catalog: Catalog, by: SummedBy, groups: Uint32Array): Uint8Array {
  const marks = new Uint8Array(catalog.conversations.columns.length);
  for (const group of groups) {
    const { from, to } = conversationsOf(catalog, by, group);
    marks.fill(1, from, to);
  }
  return marks;
}

function conversationsOf(
  catalog: Catalog,
  by: SummedBy,
  group: number,
): { readonly from: number; readonly to: number } {
  if (by === "conversation") return { from: group, to: group + 1 };
  const { starts } = catalog.pairs();
  return { from: starts[group] as number, to: starts[group + 1] as number };
}

/** What breaks ties: which conversation in scope of a group was logged first. */
function rankIn(
  catalog: Catalog,
  { filter }: InScope,
  scan: Scan,
  by: SummedBy,
  { at }: ByTuple,
  { taken }: Counts,
): (group: number) => number {
  const ranks = catalog.ranks();
  const isIn = (c: number): boolean =>
    at[c] !== -1 ||
    (taken !== null && (taken[c] as number) > 0) ||
    (scan.activity !== null && filter.verdicts[c] === YES && tuplesOf(scan.activity, scan, c) > 0);
  if (by === "conversation") return (c) => ranks[c] as number;
  const { starts } = catalog.pairs();
  return (pair) => {
    const from = starts[pair] as number;
    const to = starts[pair + 1] as number;
    if (to === from + 1) return ranks[from] as number;
    let least = 0xffffffff;
    for (let c = from; c < to; c++) if ((ranks[c] as number) < least && isIn(c)) least = ranks[c] as number;
    return least;
  };
}
