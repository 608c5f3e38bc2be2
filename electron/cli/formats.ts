// Rows as text. With json, standard output holds one document; with the others, what was left out is told on standard error.

import { grouped } from "../../shared/grouped.ts";
import type { Cell, Row } from "../../shared/rows.ts";
import { printInstant } from "../../shared/time.ts";

export type RowWriter = {
  rows(rows: readonly Row[]): Promise<void>;
  end(leftOut: Readonly<Record<string, number>>, remarks: readonly string[]): Promise<void>;
};

export const writers: Readonly<Record<"table" | "json" | "ndjson" | "csv", (fields: readonly string[]) => RowWriter>> =
  {
    table: tableWriter,
    json: jsonWriter,
    ndjson: ndjsonWriter,
    csv: csvWriter,
  };

/** Waits while the reader of our output is slower; a closed pipe ends quietly. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

function tell(leftOut: Readonly<Record<string, number>>, remarks: readonly string[]): void {
  const { count = 0, ...sums } = leftOut;
  if (count > 0) {
    const told = Object.entries(sums).map(([field, sum]) => `${field} ${grouped(sum)}`);
    process.stderr.write(
      `${grouped(count)} more rows left out${told.length > 0 ? ` (${told.join(", ")})` : ""}; --limit 0 lists all.\n`,
    );
  }
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
}

function jsonWriter(): RowWriter {
  let any = false;
  return {
    async rows(rows) {
      const text = rows.map((row) => JSON.stringify(row)).join(",\n");
      if (!any) await print('{"rows":[');
      if (text !== "") await print(`${any && wrote ? ",\n" : "\n"}${text}`);
      any = true;
      wrote ||= text !== "";
    },
    async end(leftOut, remarks) {
      await print(
        `\n],"leftOut":${JSON.stringify(leftOut)}${remarks.length > 0 ? `,"remarks":${JSON.stringify(remarks)}` : ""}}\n`,
      );
    },
  };
}
let wrote = false;

function ndjsonWriter(): RowWriter {
  return {
    async rows(rows) {
      await print(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    },
    async end(leftOut, remarks) {
      tell(leftOut, remarks);
    },
  };
}

/** RFC 4180, values as they are: for machines. A spreadsheet may run what a hostile name contains. */
function csvWriter(fields: readonly string[]): RowWriter {
  let head = `${fields.join(",")}\r\n`;
  const cell = (value: Cell): string => {
    const text = value === null ? "" : Array.isArray(value) ? value.join(" ") : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return {
    async rows(rows) {
      await print(
        head + rows.map((row) => `${fields.map((field) => cell(row[field] ?? null)).join(",")}\r\n`).join(""),
      );
      head = "";
    },
    async end(leftOut, remarks) {
      tell(leftOut, remarks);
    },
  };
}

/** Rows that set the widths of columns; later ones may stick out. */
const MEASURED = 1000;

function tableWriter(fields: readonly string[]): RowWriter {
  let widths: number[] | null = null;
  let right: boolean[] = [];
  const shown = (field: string, value: Cell): string => {
    if (value === null) return "";
    if (typeof value === "number")
      return isTime(field) ? printInstant(value) : isName(field) ? String(value) : grouped(value);
    // Control characters of hostile names must not reach the terminal.
    return (Array.isArray(value) ? value.join(" ") : String(value)).replace(
      /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
      "·",
    );
  };
  return {
    async rows(rows) {
      const lines = rows.map((row) => fields.map((field) => shown(field, row[field] ?? null)));
      if (!widths) {
        right = fields.map((field) => rows.some((row) => typeof row[field] === "number"));
        widths = fields.map((field, i) =>
          Math.max(field.length, ...lines.slice(0, MEASURED).map((line) => (line[i] ?? "").length)),
        );
        lines.unshift([...fields]);
      }
      const padded = (line: readonly string[]): string =>
        line
          .map((text, i) => (right[i] ? text.padStart(widths?.[i] ?? 0) : text.padEnd(widths?.[i] ?? 0)))
          .join("  ")
          .trimEnd();
      await print(lines.map((line) => `${padded(line)}\n`).join(""));
    },
    async end(leftOut, remarks) {
      tell(leftOut, remarks);
    },
  };
}

function isTime(field: string): boolean {
  return field === "time" || field === "firstTime" || field === "lastTime";
}

/** Numbers that name something and are not counted. */
function isName(field: string): boolean {
  return /port$/i.test(field) || ["protocol", "asn"].includes(field);
}
