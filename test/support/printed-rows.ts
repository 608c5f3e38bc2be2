// What `query` prints, read back: rows of texts, whatever the format. Written anew, not with the program's own writers.

export type Format = "json" | "ndjson" | "csv" | "table";

/** Null is an empty text; lists are parted by spaces; a table's digits lose their commas. */
export function readPrinted(format: Format, printed: string): Record<string, string>[] {
  switch (format) {
    case "json":
      return (JSON.parse(printed) as { rows: Record<string, unknown>[] }).rows.map(texts);
    case "ndjson":
      return printed
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => texts(JSON.parse(line) as Record<string, unknown>));
    case "csv":
      return named(readCsv(printed));
    case "table":
      return named(readTable(printed));
  }
}

function texts(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [field, textOf(value)]));
}

export function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : Array.isArray(value) ? value.join(" ") : String(value);
}

function named([head = [], ...rows]: readonly string[][]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(head.map((field, i) => [field, row[i] ?? ""])));
}

/** RFC 4180: lines end with CR LF; a quoted cell may hold commas, line breaks and doubled quotes. */
function readCsv(printed: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of printed.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Columns stand apart by two blanks in every line. */
function readTable(printed: string): string[][] {
  const lines = printed.split("\n").filter((line) => line !== "");
  const width = Math.max(...lines.map((line) => line.length));
  const isBlank = Array.from({ length: width + 2 }, (_, at) => lines.every((line) => (line[at] ?? " ") === " "));
  const columns: [number, number][] = [];
  let from = 0;
  for (let at = 0; at <= width; at++) {
    if (!isBlank[at] || !isBlank[at + 1]) continue;
    if (lines.some((line) => line.slice(from, at).trim() !== "")) columns.push([from, at]);
    from = at + 1;
  }
  return lines.map((line) =>
    columns.map(([a, b]) =>
      line
        .slice(a, b)
        .trim()
        .replace(/^-?\d{1,3}(,\d{3})+$/, (n) => n.replaceAll(",", "")),
    ),
  );
}
