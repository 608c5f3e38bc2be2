// Tuples in scope by fields downwards and a field across: each conversation is in one row and one column, so every cell, every rest and
// every total is a sum over conversations, or a count of what is different among them.

import type { PivotAnswer, PivotQuestion } from "../../shared/contract.ts";
import { counted, type PivotMeasure } from "../../shared/pivot.ts";
import { type Cell, type Groupable, rowFields } from "../../shared/rows.ts";
import type { Catalog } from "./catalog.ts";
import { type Facts, noFacts } from "./facts.ts";
import type { Sums } from "./group-sums.ts";
import { columnOf, numbered } from "./groups.ts";
import { inScope, requireSettled } from "./in-scope.ts";
import { added, type Grouped, type Measuring, measuring, present } from "./pivot-measures.ts";
import { rowsThatHold } from "./row-conditions.ts";
import type { InScope } from "./scope-asked.ts";
import { sumConversations } from "./sums.ts";
import type { Table } from "./table.ts";

type Key = string | number | null;
/** `rank`: of its first tuple. */
type Named = Grouped & { readonly keys: (group: number) => readonly Key[]; readonly rank: Float64Array };

export function pivot(catalog: Catalog, question: PivotQuestion, facts: Facts = noFacts): PivotAnswer {
  const scope = inScope(catalog, question.scope, facts);
  if (question.measure === "flows") requireSettled(catalog);
  const sums = sumConversations(catalog, scope);
  const all = named(catalog, facts, sums, question.rows);
  const across = question.column === null ? null : named(catalog, facts, sums, [question.column]);
  const rows = holding(sums, all, scope);
  const measure = measuring(catalog, scope, sums, question.measure);
  const columns = across === null ? null : limited(columnOrder(across, rows, measure), across, question.mostColumns);
  const shown = limited(rowOrder(question, rows, across, measure), rows, question.mostRows);
  const width = columns?.order.length ?? 0;
  /** Cells, row totals, column totals, the total: each measured for itself, for what is different does not add up. */
  const cells = read(sums, question.measure, measure, {
    of: shown.of.map((row, i) => (row < 0 ? -1 : row * (width + 1) + (columns?.of[i] ?? 0))),
    count: (shown.order.length + 1) * (width + 1),
  });
  const rowTotals = read(sums, question.measure, measure, { of: shown.of, count: shown.order.length + 1 });
  const columnTotals = read(sums, question.measure, measure, {
    of: shown.of.map((row, i) => (row < 0 ? -1 : (columns?.of[i] ?? 0))),
    count: width + 1,
  });
  const total = read(sums, question.measure, measure, { of: shown.of.map((row) => (row < 0 ? -1 : 0)), count: 1 });
  const sumsOf = (row: number): PivotAnswer["totals"] => ({
    cells: cells.slice(row * (width + 1), row * (width + 1) + width),
    others: columns === null ? null : (cells[row * (width + 1) + width] ?? null),
    total: rowTotals[row] ?? null,
  });
  return {
    columns: columns?.order.map((group) => across?.keys(group)[0] ?? null) ?? [],
    rows: shown.order.map((group, row) => ({ keys: [...rows.keys(group)], ...sumsOf(row) })),
    otherColumns: columns?.left ?? 0,
    otherRows: { count: shown.left, ...sumsOf(shown.order.length) },
    totals: {
      cells: columnTotals.slice(0, width),
      others: columns === null ? null : (columnTotals[width] ?? null),
      total: total[0] ?? null,
    },
    remarks: remarksOf(scope, question),
  };
}

/** Null where a group has no tuples; "n/m" where all it has were denied, of which nothing is measured. */
function read(sums: Sums, name: PivotMeasure, measure: Measuring, grouped: Grouped): PivotAnswer["totals"]["cells"] {
  const values = measure(grouped);
  const has = present(grouped);
  const allowed = counted.has(name)
    ? added(grouped, (i) => (sums.tuples[i] as number) - (sums.denied[i] as number))
    : null;
  return Array.from(values, (value, group) => {
    if (has[group] === 0) return null;
    return value === 0 && allowed !== null && allowed[group] === 0 ? "n/m" : value;
  });
}

function remarksOf(scope: InScope, { measure }: PivotQuestion): string[] {
  if (scope.rows.length === 0) return [];
  return [
    `Conditions on bytes and packets are on the rows: rows for which they do not hold are in no total of ${measure}.`,
  ];
}

function named(catalog: Catalog, facts: Facts, sums: Sums, fields: readonly Groupable[]): Named {
  const columns = fields.map((field) => columnOf(catalog, facts, field));
  let group = numbered(sums, (c) => (columns[0] as (typeof columns)[number]).of(c));
  for (const { of } of columns.slice(1)) group = numbered(sums, (_, i) => group.of[i] as number, of);
  const { first, count, of } = group;
  const rank = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < of.length; i++)
    rank[of[i] as number] = Math.min(rank[of[i] as number] as number, sums.rank[i] as number);
  return {
    rank,
    of: Int32Array.from(of),
    count,
    keys: (id) => columns.map(({ of: number, show }) => keyOf(show(number(sums.id[first[id] as number] as number)))),
  };
}

function keyOf(cell: Cell): Key {
  return Array.isArray(cell) ? cell.join(" ") : (cell as Key); // groupable fields are no lists; checked just now
}

/** Without the rows for which the filter's conditions on rows do not hold: the same as of `--by groups`. */
function holding(sums: Sums, rows: Named, scope: InScope): Named {
  if (scope.rows.length === 0) return rows;
  const counters = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;
  const by = Object.fromEntries(counters.map((field) => [field, added(rows, (i) => sums[field][i] as number)]));
  const table: Table = {
    fields: rowFields.groups,
    length: rows.count,
    cell: (field, i) => (field === "tuples" ? i : (by[field]?.[i] ?? 0)), // `tuples` carries the number of the row through
  };
  const kept = rowsThatHold(table, scope.rows);
  const holds = new Uint8Array(rows.count);
  for (let i = 0; i < kept.length; i++) holds[Number(kept.cell("tuples", i))] = 1;
  return { ...rows, of: rows.of.map((group) => (holds[group] === 1 ? group : -1)) };
}

/** Groups that have tuples among the rows, the largest first. */
function columnOrder(across: Named, rows: Named, measure: Measuring): number[] {
  const own = { of: across.of.map((group, i) => ((rows.of[i] as number) < 0 ? -1 : group)), count: across.count };
  const totals = measure(own);
  const has = present(own);
  const order = Array.from({ length: across.count }, (_, group) => group).filter((group) => has[group] === 1);
  return order.sort((a, b) => (totals[b] as number) - (totals[a] as number) || before(across, a, b));
}

function before({ rank }: Named, a: number, b: number): number {
  return (rank[a] as number) - (rank[b] as number);
}

function rowOrder({ order }: PivotQuestion, rows: Named, across: Named | null, measure: Measuring): number[] {
  const has = present(rows);
  const groups = Array.from({ length: rows.count }, (_, group) => group).filter((group) => has[group] === 1);
  const sign = order.order === "asc" ? 1 : -1;
  if (order.by === "name") {
    const keys = new Map(groups.map((group) => [group, rows.keys(group)]));
    const of = (group: number): readonly Key[] => keys.get(group) ?? [];
    return groups.sort((a, b) => byKeys(of(a), of(b), sign) || before(rows, a, b));
  }
  const one = order.by === "column" && across !== null ? groupWith(across, order.at ?? null) : null;
  const totals = measure(
    one === null ? rows : { of: rows.of.map((group, i) => (across?.of[i] === one ? group : -1)), count: rows.count },
  );
  return groups.sort((a, b) => sign * ((totals[a] as number) - (totals[b] as number)) || before(rows, a, b));
}

/** −1 where the column has none. */
function groupWith(across: Named, key: Key): number {
  for (let group = 0; group < across.count; group++) if (across.keys(group)[0] === key) return group;
  return -1;
}

/** Numbers by value, texts by character; null last either way. */
function byKeys(a: readonly Key[], b: readonly Key[], sign: number): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? null, b[i] ?? null];
    if (x === y) continue;
    if (x === null || y === null) return x === null ? 1 : -1;
    if (typeof x === "number" && typeof y === "number") return sign * (x - y);
    return String(x) < String(y) ? -sign : sign;
  }
  return 0;
}

/** The groups shown, in order; every other one is the group `length`. */
type Limited = { readonly order: readonly number[]; readonly left: number; readonly of: Int32Array };

function limited(order: readonly number[], grouped: Named, most: number): Limited {
  const shown = order.slice(0, most);
  const place = new Int32Array(grouped.count).fill(shown.length);
  shown.forEach((group, at) => {
    place[group] = at;
  });
  return {
    order: shown,
    left: order.length - shown.length,
    of: grouped.of.map((group) => (group < 0 ? -1 : (place[group] as number))),
  };
}
