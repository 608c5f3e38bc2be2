// What SQL on the page is made of: the language's words, functions of SQLite, the answers as tables with their fields; and what can
// stand at a place of a statement. Pure.

import { fieldWords, tableWords } from "../../shared/row-words.ts";
import { bys, fieldsOf } from "../../shared/rows.ts";

export type Field = { readonly name: string; readonly words: string };
export type Table = { readonly name: string; readonly words: string; readonly fields: readonly Field[] };

/** Every answer but groups, for which SQL has its own way. */
export const answerTables: readonly Table[] = bys
  .filter((by) => by !== "groups")
  .map((by) => ({
    name: by,
    words: tableWords[by],
    fields: fieldsOf({ by }).map((name) => ({ name, words: fieldWords[name] ?? "" })),
  }));

export const keywords: readonly string[] = (
  "SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET ASC DESC NULLS FIRST LAST AS AND OR NOT IN IS NULL LIKE GLOB " +
  "BETWEEN EXISTS CASE WHEN THEN ELSE END JOIN LEFT RIGHT FULL INNER OUTER CROSS NATURAL ON USING UNION ALL EXCEPT INTERSECT WITH " +
  "RECURSIVE MATERIALIZED VALUES OVER PARTITION WINDOW ROWS RANGE PRECEDING FOLLOWING UNBOUNDED CURRENT ROW FILTER CAST COLLATE " +
  "ESCAPE EXPLAIN QUERY PLAN"
).split(" ");

/** Those an investigator needs, with what they take and give. */
export const functions: readonly Field[] = [
  ["count", "(x): rows, or rows where x is not null"],
  ["sum", "(x)"],
  ["total", "(x): sum as a real, 0 of none"],
  ["avg", "(x)"],
  ["min", "(x) of rows, (x, y, …) of values"],
  ["max", "(x) of rows, (x, y, …) of values"],
  ["group_concat", "(x, ', '): texts in one"],
  ["json_group_array", "(x): values as a JSON array"],
  ["abs", "(x)"],
  ["round", "(x, digits)"],
  ["floor", "(x)"],
  ["ceil", "(x)"],
  ["sqrt", "(x)"],
  ["pow", "(x, y)"],
  ["ln", "(x)"],
  ["log10", "(x)"],
  ["coalesce", "(x, y, …): the first that is not null"],
  ["ifnull", "(x, y)"],
  ["nullif", "(x, y): null where they are equal"],
  ["iif", "(condition, x, y)"],
  ["length", "(text)"],
  ["lower", "(text)"],
  ["upper", "(text)"],
  ["substr", "(text, from, length): from 1"],
  ["instr", "(text, part): 0 where it is not in it"],
  ["replace", "(text, part, by)"],
  ["trim", "(text)"],
  ["printf", "(format, …)"],
  ["hex", "(bytes)"],
  ["typeof", "(x)"],
  ["datetime", "(seconds, 'unixepoch'): of a time in ms, time / 1000"],
  ["date", "(seconds, 'unixepoch')"],
  ["time", "(seconds, 'unixepoch')"],
  ["strftime", "(format, seconds, 'unixepoch'): '%H' the hour"],
  ["unixepoch", "('2026-03-04 02:10'): seconds"],
  ["lag", "(x) OVER (ORDER BY …): of the row before"],
  ["lead", "(x) OVER (ORDER BY …): of the row after"],
  ["row_number", "() OVER (ORDER BY …)"],
  ["rank", "() OVER (ORDER BY …)"],
  ["ntile", "(n) OVER (ORDER BY …)"],
  ["first_value", "(x) OVER (ORDER BY …)"],
  ["last_value", "(x) OVER (ORDER BY …)"],
].map(([name = "", words = ""]) => ({ name, words }));

export type Piece = {
  readonly kind: "text" | "remark" | "name" | "number" | "sign";
  readonly from: number;
  readonly to: number;
};

const PIECE =
  /'(?:[^']|'')*(?:'|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*(?:"|$)|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|[^\s\w]/g;

/** A statement in pieces, without what is between them. One that has no end goes to the end. */
export function piecesOf(sql: string): readonly Piece[] {
  return [...sql.matchAll(PIECE)].map(({ 0: text, index }) => ({
    kind: kindOf(text),
    from: index,
    to: index + text.length,
  }));
}

function kindOf(text: string): Piece["kind"] {
  const [first = ""] = text;
  if (first === "'") return "text";
  if (text.startsWith("--") || text.startsWith("/*")) return "remark";
  if (first === '"' || /[A-Za-z_\u0080-\uffff]/.test(first)) return "name";
  return /\d/.test(first) ? "number" : "sign";
}

export type Proposal = {
  readonly kind: "table" | "column" | "function" | "word";
  readonly name: string;
  readonly words: string;
};

/** From where the word begins, and what can stand there, the likeliest first; null inside texts, remarks and numbers. */
export function proposalsAt(
  sql: string,
  at: number,
  tables: readonly Table[],
): { readonly from: number; readonly proposals: readonly Proposal[] } | null {
  const pieces = piecesOf(sql);
  const inside = pieces.find(({ from, to }) => from < at && at <= to);
  if (inside?.kind === "number" || inside?.kind === "text") return null;
  if (inside?.kind === "remark" && !(inside.to === at && sql.startsWith("/*", inside.from) && sql.endsWith("*/")))
    return null;
  const from = inside?.kind === "name" ? inside.from : at;
  const before = pieces.filter(({ to, kind }) => to <= from && kind !== "remark");
  const textOf = (piece: Piece | undefined): string => (piece ? unquoted(sql.slice(piece.from, piece.to)) : "");
  const last = before.at(-1);
  const named = tablesIn(sql, pieces, tables);
  if (last && textOf(last) === ".") {
    const table = named.get(textOf(before.at(-2)).toLowerCase());
    return table ? { from, proposals: columnsOf([table]) } : null;
  }
  const all = tables.map(({ name, words }): Proposal => ({ kind: "table", name, words }));
  if (/^(from|join)$/i.test(textOf(last)) || isInFrom(before, textOf)) return { from, proposals: all };
  const words = keywords.map((name): Proposal => ({ kind: "word", name, words: "" }));
  const made = functions.map((each): Proposal => ({ kind: "function", ...each }));
  const own = named.size > 0 ? [...new Set(named.values())] : tables.filter(({ name }) => name === "tuples");
  return { from, proposals: [...columnsOf(own), ...made, ...words, ...all] };
}

/** `FROM a, |` */
function isInFrom(before: readonly Piece[], textOf: (piece: Piece | undefined) => string): boolean {
  if (textOf(before.at(-1)) !== ",") return false;
  let depth = 0;
  for (const piece of before.toReversed()) {
    const text = textOf(piece).toLowerCase();
    if (text === ")") depth++;
    else if (text === "(" && depth-- === 0) return false;
    else if (depth === 0 && text === "from") return true;
    else if (depth === 0 && /^(select|where|by|having|on|set|values|with)$/.test(text)) return false;
  }
  return false;
}

/** Tables of the statement by their names and aliases, in lower case. */
function tablesIn(sql: string, pieces: readonly Piece[], tables: readonly Table[]): ReadonlyMap<string, Table> {
  const known = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const found = new Map<string, Table>();
  const names = pieces.filter(({ kind }) => kind !== "remark");
  const textAt = (i: number): string => {
    const piece = names[i];
    return piece ? unquoted(sql.slice(piece.from, piece.to)) : "";
  };
  for (let i = 0; i < names.length; i++) {
    const table = names[i]?.kind === "name" ? known.get(textAt(i).toLowerCase()) : undefined;
    if (!table || textAt(i - 1) === ".") continue;
    if (!/^(from|join|,)$/i.test(textAt(i - 1))) continue;
    found.set(table.name.toLowerCase(), table);
    let next = i + 1;
    if (textAt(next) === "(") {
      let depth = 0;
      do {
        if (textAt(next) === "(") depth++;
        if (textAt(next) === ")") depth--;
        next++;
      } while (depth > 0 && next < names.length);
    }
    if (/^as$/i.test(textAt(next))) next++;
    const alias = names[next]?.kind === "name" ? textAt(next) : "";
    if (alias !== "" && !keywords.includes(alias.toUpperCase())) found.set(alias.toLowerCase(), table);
  }
  return found;
}

function columnsOf(tables: readonly Table[]): readonly Proposal[] {
  const columns = new Map<string, Proposal>();
  for (const { fields } of tables)
    for (const { name, words } of fields) if (!columns.has(name)) columns.set(name, { kind: "column", name, words });
  return [...columns.values()];
}

function unquoted(text: string): string {
  return text.startsWith('"')
    ? text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined).replaceAll('""', '"')
    : text;
}

const RESERVED: ReadonlySet<string> = new Set(keywords);

/** A name as SQL takes it: words of the language in quotes. `begin` is one that no statement here needs. */
export function nameInSql(name: string): string {
  return RESERVED.has(name.toUpperCase()) || /^(to|begin)$/i.test(name) || !/^[A-Za-z_]\w*$/.test(name)
    ? `"${name}"`
    : name;
}
