// The answer as lines and columns of a grid: keys, cells, the columns beyond, the total; rows, the rows beyond, the totals. Nothing is
// added up here.

import type { PivotAnswer } from "../../../shared/contract.ts";
import { scopeOfRow } from "../../../shared/row-scope.ts";
import type { Cell, Groupable } from "../../../shared/rows.ts";
import { EVERYTHING } from "../../../shared/scope.ts";
import { term } from "../../model/filter-edit.ts";
import { count } from "../../model/format.ts";
import { fieldTitles, type Pivot } from "../../model/pivot.ts";
import type { Cells } from "../../model/row-forms.ts";

export type Key = string | number | null;
export type PivotCell = PivotAnswer["totals"]["total"];

/** `keys`: null where the line or column stands for several, or for all. */
export type Line = {
  readonly kind: "row" | "rest" | "total";
  readonly keys: readonly Key[] | null;
  readonly cells: readonly PivotCell[];
};
export type Across = { readonly kind: "column" | "rest" | "total"; readonly key: Key; readonly title: string };

export type Layout = { readonly across: readonly Across[]; readonly lines: readonly Line[] };

export function layoutOf(answer: PivotAnswer, pivot: Pick<Pivot, "column">): Layout {
  const rest = answer.otherColumns > 0;
  const across: Across[] = [
    ...answer.columns.map((key): Across => ({ kind: "column", key, title: keyText(key) })),
    ...(rest ? [{ kind: "rest", key: null, title: `+${count(answer.otherColumns)} others` } as const] : []),
    { kind: "total", key: null, title: pivot.column === null ? "" : "Total" },
  ];
  const cellsOf = ({ cells, others, total }: PivotAnswer["totals"]): readonly PivotCell[] => [
    ...cells,
    ...(rest ? [others] : []),
    total,
  ];
  const lines: Line[] = answer.rows.map((row) => ({ kind: "row", keys: row.keys, cells: cellsOf(row) }));
  if (answer.otherRows.count > 0) lines.push({ kind: "rest", keys: null, cells: cellsOf(answer.otherRows) });
  lines.push({ kind: "total", keys: null, cells: cellsOf(answer.totals) });
  return { across, lines };
}

export function keyText(key: Key): string {
  return key === null ? "none" : String(key);
}

/** What a line is called where it has no keys. */
export function lineTitle(line: Line, others: number): string {
  return line.kind === "rest" ? `+${count(others)} others` : line.kind === "total" ? "Total" : "";
}

/** The least and the largest of the listed cells: what their shades are measured by. */
export function rangeOf({ across, lines }: Layout): readonly [number, number] {
  let [least, largest] = [Number.POSITIVE_INFINITY, 0];
  for (const { kind, cells } of lines)
    if (kind === "row")
      cells.forEach((cell, i) => {
        if (typeof cell !== "number" || cell <= 0 || (across[i]?.kind !== "column" && across.length > 1)) return;
        least = Math.min(least, cell);
        largest = Math.max(largest, cell);
      });
  return [least, largest];
}

/** 0: no shade; 1 to 5 on a log scale from the least to the largest. */
export function shadeOf(cell: PivotCell, [least, largest]: readonly [number, number]): number {
  if (typeof cell !== "number" || cell <= 0) return 0;
  const reach = Math.log(largest / least);
  return reach <= 0 ? 1 : Math.min(5, 1 + Math.floor((Math.log(cell / least) / reach) * 5));
}

export type Part = { readonly filter: string; readonly exactly: string; readonly title: string };

/**
 * The tuples behind a cell: `filter` to be read and edited, `exactly` as rows are told apart. Null where it stands for several values or
 * for everything.
 */
export function partOf(pivot: Pick<Pivot, "rows" | "column">, line: Line, across: Across): Part | null {
  const fields: Groupable[] = [];
  const row: Record<string, Cell> = {};
  const put = (field: Groupable, key: Key): void => {
    fields.push(field);
    row[field] = key;
  };
  if (line.kind === "rest" || across.kind === "rest") return null;
  if (line.keys !== null) pivot.rows.forEach((field, i) => void put(field, line.keys?.[i] ?? null));
  if (across.kind === "column" && pivot.column !== null) put(pivot.column, across.key);
  if (fields.length === 0) return null;
  const exactly = scopeOfRow({ by: "groups", scope: EVERYTHING, group: fields }, row)?.part ?? "";
  const terms = fields.map((field) => term(field, row[field]));
  return {
    exactly,
    filter: terms.includes(null) ? exactly : terms.join(" and "),
    title: fields.map((field) => `${fieldTitles[field].toLowerCase()} ${keyText(row[field] as Key)}`).join(", "),
  };
}

/** As a table to be copied: the rest and the total are lines of it. */
export function cellsToCopy(
  pivot: Pick<Pivot, "rows" | "column">,
  { across, lines }: Layout,
  others: number,
): { readonly fields: readonly string[]; readonly rows: readonly Cells[] } {
  const named = across.map(({ kind, title }) => (kind === "total" ? "total" : title));
  const fields = [
    ...pivot.rows,
    ...named.map((title, i) => (named.indexOf(title) === i ? title : `${title} (${i + 1})`)),
  ];
  const rows = lines.map((line) => [
    ...pivot.rows.map((_, i) =>
      line.keys === null ? (i === 0 ? lineTitle(line, others) : "") : (line.keys[i] ?? null),
    ),
    ...line.cells,
  ]);
  return { fields, rows };
}
