// Rows as text, in the forms in which they are copied and saved: written piece by piece, so that any number of them can be.

import type { Cell } from "../../shared/rows.ts";

export type Cells = readonly Cell[];

/** Text before all rows, of some rows, after all. `rows` is called in order, `first` the number of rows before these. */
export type RowForm = {
  readonly title: string;
  /** Of a file. */
  readonly ending: string;
  head(fields: readonly string[]): string;
  rows(fields: readonly string[], rows: readonly Cells[], first: number): string;
  end(fields: readonly string[]): string;
};

const nothing = (): string => "";

export const rowForms: Readonly<Record<"tsv" | "csv" | "json" | "ndjson" | "markdown", RowForm>> = {
  tsv: {
    title: "TSV",
    ending: "tsv",
    head: (fields) => `${fields.join("\t")}\n`,
    rows: (_, rows) => rows.map((row) => `${row.map(tabbed).join("\t")}\n`).join(""),
    end: nothing,
  },
  csv: {
    title: "CSV",
    ending: "csv",
    head: (fields) => `${fields.map(quotedCell).join(",")}\r\n`,
    rows: (_, rows) => rows.map((row) => `${row.map((cell) => quotedCell(harmless(cell))).join(",")}\r\n`).join(""),
    end: nothing,
  },
  json: {
    title: "JSON",
    ending: "json",
    head: () => "[",
    rows: (fields, rows, first) =>
      rows.map((row, i) => `${first + i > 0 ? "," : ""}\n${JSON.stringify(named(fields, row))}`).join(""),
    end: () => "\n]\n",
  },
  ndjson: {
    title: "NDJSON",
    ending: "ndjson",
    head: nothing,
    rows: (fields, rows) => rows.map((row) => `${JSON.stringify(named(fields, row))}\n`).join(""),
    end: nothing,
  },
  markdown: {
    title: "Markdown table",
    ending: "md",
    head: (fields) => `| ${fields.map(piped).join(" | ")} |\n|${fields.map(() => " --- |").join("")}\n`,
    rows: (_, rows) => rows.map((row) => `| ${row.map((cell) => piped(textOf(cell))).join(" | ")} |\n`).join(""),
    end: nothing,
  },
};
export type RowFormName = keyof typeof rowForms;
export const rowFormNames = Object.keys(rowForms) as RowFormName[]; // keys of a literal: exactly these

/** All of it at once. */
export function printRows(form: RowForm, fields: readonly string[], rows: readonly Cells[]): string {
  return form.head(fields) + form.rows(fields, rows, 0) + form.end(fields);
}

function textOf(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "object" ? cell.join(" ") : String(cell);
}

/** Pasted into a spreadsheet: a text that it would run gets a `'` before it, and no cell breaks its row. */
function tabbed(cell: Cell): string {
  return harmless(cell).replace(/[\t\r\n]+/g, " ");
}

function harmless(cell: Cell): string {
  const text = textOf(cell);
  return typeof cell !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quotedCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function piped(text: string): string {
  return text
    .replace(/\\/g, "\\\\")
    .replace(/\|/g, "\\|")
    .replace(/[\r\n]+/g, " ");
}

function named(fields: readonly string[], row: Cells): Record<string, Cell> {
  return Object.fromEntries(fields.map((field, i) => [field, row[i] ?? null]));
}
