// Rows in every form in which they are copied and saved: read back by an independent reader they are the same.

import { describe, expect, test } from "vitest";
import { printRows, rowFormNames, rowForms } from "../../renderer/model/row-forms.ts";
import type { Cell } from "../../shared/rows.ts";

const fields = ["ip", "bytes", "text"];
const rows: readonly (readonly Cell[])[] = [
  ["10.0.0.4", 9007199254740991, "plain"],
  ["::1", null, 'a "b", c\nd\te|f\\'],
  [["a", "b"], -5, "=cmd()"],
];
const named = rows.map((row) => Object.fromEntries(fields.map((field, i) => [field, row[i]])));

test("JSON and NDJSON are exact", () => {
  expect(JSON.parse(printRows(rowForms.json, fields, rows))).toEqual(named);
  const lines = printRows(rowForms.ndjson, fields, rows).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(named);
  expect(JSON.parse(printRows(rowForms.json, fields, []))).toEqual([]);
});

test("CSV is that of RFC 4180, and a spreadsheet runs none of it; a negative number is no formula", () => {
  expect(printRows(rowForms.csv, fields, rows)).toBe(
    `ip,bytes,text\r\n10.0.0.4,9007199254740991,plain\r\n::1,,"a ""b"", c\nd\te|f\\"\r\na b,-5,'=cmd()\r\n`,
  );
});

test("TSV keeps a row a line", () => {
  const lines = printRows(rowForms.tsv, fields, rows).trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t").length)).toEqual([3, 3, 3, 3]);
  expect(lines[2]).toBe('::1\t\ta "b", c d e|f\\');
});

test("a Markdown table keeps its columns whatever a cell holds", () => {
  const lines = printRows(rowForms.markdown, fields, rows).trimEnd().split("\n");
  expect(lines.slice(0, 2)).toEqual(["| ip | bytes | text |", "| --- | --- | --- |"]);
  expect(lines.map((line) => line.replace(/\\[\\|]/g, "").split("|").length)).toEqual([5, 5, 5, 5, 5]);
});

describe.each(rowFormNames)("%s", (name) => {
  test("is the same written in pieces", () => {
    const form = rowForms[name];
    const pieces = rows.map((row, i) => form.rows(fields, [row], i)).join("");
    expect(form.head(fields) + pieces + form.end(fields)).toBe(printRows(form, fields, rows));
  });
});
