// What the rows of an answer are in the whole case: the same rows without range and filter. A table can be sorted by that, and by how
// much of it is in scope.

import { wholeField, wholeFields } from "../../shared/beside.ts";
import type { Question } from "../../shared/contract.ts";
import type { By, Cell } from "../../shared/rows.ts";
import type { Table } from "./table.ts";

/** Without range and filter. Once stays without effect where the filter that is now left out made it so: a part is never more than its whole. */
export function wholeQuestion(
  question: Question,
  { once, adjusted }: { readonly once: boolean; readonly adjusted: boolean },
): Question {
  const scope = {
    from: null,
    to: null,
    filter: "",
    sides: once ? "once" : "each",
    counters: adjusted ? "adjusted" : "logged",
  } as const;
  return { ...question, scope, limit: 0 };
}

/** By key of a row: its number in `whole`. */
export function rowsByKey({ told, length }: Table): ReadonlyMap<Cell, number> {
  const rows = new Map<Cell, number>();
  if (told) for (let row = 0; row < length; row++) rows.set(told.row(row), row);
  return rows;
}

/** Whether `sort` asks for such a field of an answer that has them. */
export function asksWhole({ by, sort }: Question): boolean {
  const fields = wholeFields(by);
  return [sort ?? []].flat().some(({ field }) => fields.includes(field));
}

/** To sort by: `table` with a field `…Whole` for each that adds up, and `…Share`, its part in scope; null where there is nothing in the whole. */
export function withWhole(by: By, table: Table, whole: Table): Table {
  const rows = rowsByKey(whole);
  const parts = new Map(wholeFields(by).map((field) => [field, wholeField(field)] as const));
  const wholeOf = (field: string, i: number): number => {
    const row = table.told && rows.get(table.told.row(i));
    return row === undefined ? 0 : Number(whole.cell(field, row) ?? 0);
  };
  return {
    ...table,
    fields: [...table.fields, ...parts.keys()],
    numbers: (field) => (parts.has(field) ? null : (table.numbers?.(field) ?? null)),
    cell(field, i) {
      const part = parts.get(field);
      if (!part) return table.cell(field, i);
      const all = wholeOf(part.of, i);
      if (part.as === "Whole") return all;
      return all > 0 ? Number(table.cell(part.of, i) ?? 0) / all : null;
    },
  };
}
