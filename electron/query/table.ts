// An answer before it is cut into pages: columns that give cells on demand, an order, and what a limit leaves out.

import { AppError } from "../../shared/failure.ts";
import { type Cell, type Row, summed } from "../../shared/rows.ts";

/**
 * `cell` gives the value of a field in row `i` of the unsorted answer, `row` all of them. `before`: default order as a comparison;
 * where there is none, rows stand in it. `first`: the first so many rows in it, where these are sooner found than all. `total`: sum over all rows of a field that adds up. `numbers`: a field of numbers for all
 * rows at once, null where that is not to be had. `told`: where rows are sums of conversations, which of them.
 */
export type Table = {
  readonly fields: readonly string[];
  readonly length: number;
  readonly cell: (field: string, i: number) => Cell;
  readonly row?: (i: number) => Row;
  readonly before?: (a: number, b: number) => number;
  readonly first?: (most: number) => Uint32Array;
  readonly total?: (field: string) => number;
  readonly numbers?: (field: string) => Float64Array | null;
  readonly told?: Told;
};

/**
 * What rows are told apart by: the same of one row in every scope of a catalog. `of`: of a conversation; `also`: where tuples count at
 * both ends, of its other end (which may be the same).
 */
export type Told = {
  readonly row: (i: number) => Key;
  readonly of: (conversation: number) => Key;
  readonly also?: (conversation: number) => Key;
};
type Key = Cell;

/** The first rows of a table in the order asked for. */
export type Sorted = { readonly table: Table; readonly order: Uint32Array };
type SortBy = { readonly field: string; readonly order: "asc" | "desc" };
/** By one field, or by several, the first one first. */
export type Sort = SortBy | readonly SortBy[] | null;

/** Numbers and texts ascend, null comes last either way; equal rows keep the default order. `most`: rows wanted, 0 all. */
export function sortTable(table: Table, sort: Sort, most = 0): Sorted {
  const { length } = table;
  if (sort === null && most > 0 && table.first) return { table, order: table.first(Math.min(most, length)) };
  const compare = comparisonOf(table, sort);
  if (most > 0 && most < length) return { table, order: compare ? firstOf(length, most, compare) : upTo(most) };
  const order = upTo(length);
  return { table, order: compare ? order.sort(compare) : order };
}

type Comparison = (a: number, b: number) => number;

/** Null where rows stand in that order. */
function comparisonOf(table: Table, sort: Sort): Comparison | null {
  const { before } = table;
  const sorts: readonly SortBy[] = sort === null ? [] : "field" in sort ? [sort] : sort;
  if (sorts.length === 0) return before ?? null;
  return sorts.reduceRight<Comparison>((otherwise, one) => byField(table, one, otherwise), before ?? ((a, b) => a - b));
}

/** Rows that are equal in the field are as `otherwise` has them. */
function byField(table: Table, sort: SortBy, otherwise: Comparison): Comparison {
  if (!table.fields.includes(sort.field))
    throw new AppError(
      "bad-request",
      `There is no field "${sort.field}" to sort by; fields are ${table.fields.join(", ")}.`,
    );
  const sign = sort.order === "asc" ? 1 : -1;
  const numbers = table.numbers?.(sort.field);
  if (numbers) return (a, b) => ((numbers[a] as number) - (numbers[b] as number)) * sign || otherwise(a, b);
  const values = Array.from({ length: table.length }, (_, i) => table.cell(sort.field, i));
  return (a, b) => {
    const [x, y] = [values[a] ?? null, values[b] ?? null];
    if (x === null || y === null) return x === y ? otherwise(a, b) : x === null ? 1 : -1;
    const compared = typeof x === "number" && typeof y === "number" ? x - y : compareText(String(x), String(y));
    return compared === 0 ? otherwise(a, b) : compared * sign;
  };
}

function upTo(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
}

/** The first `most` of `length` rows, sorted: those found so far are a heap with the last of them on top, which most rows are after. */
export function firstOf(length: number, most: number, compare: Comparison): Uint32Array {
  const heap = upTo(most).sort((a, b) => compare(b, a)); // descending, so a heap
  for (let row = most; row < length; row++) {
    if (compare(row, heap[0] as number) >= 0) continue;
    let at = 0;
    for (let child = 1; child < most; child = at * 2 + 1) {
      if (child + 1 < most && compare(heap[child + 1] as number, heap[child] as number) > 0) child++;
      if (compare(row, heap[child] as number) >= 0) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = row;
  }
  return heap.sort(compare);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `bytes`: about what the rows take as JSON. `rounded`: a number among them is past what can be exact. */
export type Page = { readonly rows: Row[]; readonly bytes: number; readonly rounded: boolean };

/** Rows from … to, fewer when `most` bytes are reached first (at least one). */
export function pageOf({ table, order }: Sorted, from: number, to: number, most: number): Page {
  const { fields } = table;
  const rows: Row[] = [];
  let bytes = 0;
  let rounded = false;
  for (let i = from; i < to && bytes < most; i++) {
    const made = table.row?.(order[i] as number);
    const row: Record<string, Cell> = made ?? {};
    for (let f = 0; f < fields.length; f++) {
      const field = fields[f] as string;
      const value = made ? (made[field] ?? null) : table.cell(field, order[i] as number);
      if (!made) row[field] = value;
      bytes += field.length + (typeof value === "string" ? textBytes(value) : 20);
      if (typeof value === "number" && value > Number.MAX_SAFE_INTEGER) rounded = true;
    }
    rows.push(row);
  }
  return { rows, bytes, rounded };
}

/** Ids and names are short and ASCII; a long text is evidence, where any character may take six bytes. */
function textBytes(text: string): number {
  return text.length > 1024 ? text.length * 6 : text.length + 6;
}

/** How many rows lie beyond `limit` (0: none do) and the sums of their fields that add up. */
export function leftOutOf({ table, order }: Sorted, limit: number): Record<string, number> {
  const shown = limit === 0 ? order : order.subarray(0, limit);
  const left: Record<string, number> = { count: table.length - shown.length };
  let rest: Uint32Array | null = null; // the rows left out, where they have to be gone through
  for (const field of table.fields) {
    if (!summed.has(field)) continue;
    const total = table.total?.(field) ?? Number.POSITIVE_INFINITY;
    const isExact = total <= Number.MAX_SAFE_INTEGER; // then what is left out is the total less what is shown
    if (isExact) left[field] = total - sumOfRows(table, field, shown);
    else {
      rest ??= othersOf(table.length, shown);
      left[field] = sumOfRows(table, field, rest);
    }
  }
  return left;
}

function othersOf(length: number, rows: Uint32Array): Uint32Array {
  const isOne = new Uint8Array(length);
  for (const row of rows) isOne[row] = 1;
  return upTo(length).filter((row) => isOne[row] === 0);
}

function sumOfRows(table: Table, field: string, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += Number(table.cell(field, row) ?? 0);
  return sum;
}
