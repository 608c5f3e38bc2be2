// An answer before it is cut into pages: columns that give cells on demand, an order, and what a limit leaves out.

import { AppError } from "../../shared/failure.ts";
import { type Cell, type Row, summed } from "../../shared/rows.ts";

/**
 * `cell` gives the value of a field in row `i` of the unsorted answer, `row` all of them. Rows are in default order. `total`: sum over all rows of a
 * field that adds up. `numbers`: a field of numbers for all rows at once, null where that is not to be had.
 */
export type Table = {
  readonly fields: readonly string[];
  readonly length: number;
  readonly cell: (field: string, i: number) => Cell;
  readonly row?: (i: number) => Row;
  readonly total?: (field: string) => number;
  readonly numbers?: (field: string) => Float64Array | null;
};

/** A table in the order asked for. */
export type Sorted = { readonly table: Table; readonly order: Uint32Array };

/** Numbers and texts ascend, null comes last either way; equal rows keep the default order. */
export function sortTable(
  table: Table,
  sort: { readonly field: string; readonly order: "asc" | "desc" } | null,
): Sorted {
  const order = new Uint32Array(table.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (!sort) return { table, order };
  if (!table.fields.includes(sort.field))
    throw new AppError(
      "bad-request",
      `There is no field "${sort.field}" to sort by; fields are ${table.fields.join(", ")}.`,
    );
  const sign = sort.order === "asc" ? 1 : -1;
  const numbers = table.numbers?.(sort.field);
  if (numbers) {
    order.sort((a, b) => ((numbers[a] as number) - (numbers[b] as number)) * sign || a - b);
    return { table, order };
  }
  const values = Array.from(order, (i) => table.cell(sort.field, i));
  order.sort((a, b) => {
    const [x, y] = [values[a] ?? null, values[b] ?? null];
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
    const compared = typeof x === "number" && typeof y === "number" ? x - y : compareText(String(x), String(y));
    return compared === 0 ? a - b : compared * sign;
  });
  return { table, order };
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
  const from = limit === 0 ? order.length : Math.min(limit, order.length);
  const left: Record<string, number> = { count: order.length - from };
  for (const field of table.fields) {
    if (!summed.has(field)) continue;
    const total = table.total?.(field) ?? Number.POSITIVE_INFINITY;
    const isExact = total <= Number.MAX_SAFE_INTEGER; // then what is left out is the total less what is shown
    left[field] = isExact
      ? total - sumOfRows(table, field, order, 0, from)
      : sumOfRows(table, field, order, from, order.length);
  }
  return left;
}

function sumOfRows(table: Table, field: string, order: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += Number(table.cell(field, order[i] as number) ?? 0);
  return sum;
}
