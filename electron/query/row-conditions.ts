// `bytes` and `packets` of a filter: conditions on the rows of an answer, whatever these are.

import type { Condition, MeasureField } from "../../shared/filter/tree.ts";
import { summed } from "../../shared/rows.ts";
import type { Table } from "./table.ts";

/** Fields that make up what a condition looks at: of endpoints what went out and came in, of all others sent and received. */
const PARTS: Readonly<Record<MeasureField, readonly (readonly [string, string])[]>> = {
  bytes: [
    ["bytesSent", "bytesReceived"],
    ["bytesOut", "bytesIn"],
  ],
  packets: [
    ["packetsSent", "packetsReceived"],
    ["packetsOut", "packetsIn"],
  ],
};

/** The rows for which all conditions hold. A table whose rows have no such counters is left as it is. */
export function rowsThatHold(table: Table, conditions: readonly Condition[]): Table {
  const tests = conditions.flatMap((condition) => testOf(table, condition) ?? []);
  if (tests.length === 0) return table;
  const kept = new Uint32Array(table.length);
  let length = 0;
  for (let i = 0; i < table.length; i++) if (tests.every((holds) => holds(i))) kept[length++] = i;
  const rows = kept.slice(0, length);
  const { row, numbers, before, told } = table;
  const own: Table = {
    fields: table.fields,
    length,
    cell: (field, i) => table.cell(field, rows[i] as number),
    numbers(field) {
      const all = numbers?.(field);
      return all ? Float64Array.from(rows, (i) => all[i] as number) : null;
    },
    total(field) {
      let sum = 0;
      for (const i of rows) sum += Number(table.cell(field, i) ?? 0);
      return sum;
    },
  };
  return {
    ...own,
    ...(row && { row: (i) => row(rows[i] as number) }),
    ...(told && { told: { ...told, row: (i) => told.row(rows[i] as number) } }),
    ...(before && { before: (a, b) => before(rows[a] as number, rows[b] as number) }),
  };
}

/** What conditions took out of a table: how many rows, and their sums. */
export function notHeldOf(all: Table, held: Table): Record<string, number> {
  const sums: Record<string, number> = { count: all.length - held.length };
  for (const field of all.fields) {
    if (!summed.has(field)) continue;
    sums[field] = totalOf(all, field) - totalOf(held, field);
  }
  return sums;
}

function totalOf(table: Table, field: string): number {
  if (table.total) return table.total(field);
  let sum = 0;
  for (let i = 0; i < table.length; i++) sum += Number(table.cell(field, i) ?? 0);
  return sum;
}

/** Null where the rows have no such counters. */
function testOf(table: Table, { field, values, not }: Condition): ((i: number) => boolean) | null {
  const parts = PARTS[field].find(([part]) => table.fields.includes(part));
  if (!parts) return null;
  const [sent, received] = parts;
  return (i) => {
    const sum = Number(table.cell(sent, i) ?? 0) + Number(table.cell(received, i) ?? 0);
    return values.some(({ from, to }) => sum >= from && sum <= to) !== not;
  };
}
