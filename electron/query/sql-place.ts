// Where in a statement SQLite came to grief: it says near what, not where.

/** A stretch of the statement; offsets in characters. */
type Stretch = { readonly from: number; readonly to: number };

/**
 * `attempt`: what SQLite says of a beginning of the statement, null where that is a statement. Null where the message names nothing that
 * stands in the statement.
 */
export function placeOf(sql: string, message: string, attempt: (sql: string) => string | null): Stretch | null {
  if (message === "incomplete input") return { from: sql.length, to: sql.length };
  const [, near] = /^(?:near |unrecognized token: )"([\s\S]*?)"(?:: syntax error)?$/.exec(message) ?? [];
  if (near !== undefined && near !== "")
    return placesOf(sql, near).find(({ to }) => attempt(sql.slice(0, to)) === message) ?? null;
  const [, name] =
    /^(?:no such (?:table|column|function)|ambiguous column name|misuse of aggregate|wrong number of arguments to function):? (.+?)(?:\(\))?$/.exec(
      message,
    ) ?? [];
  return name === undefined ? null : namedAt(sql, name);
}

const MOST = 100;

function placesOf(sql: string, text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = sql.indexOf(text); at !== -1 && found.length < MOST; at = sql.indexOf(text, at + 1))
    found.push({ from: at, to: at + text.length });
  return found;
}

/** The first time a name stands as a word of the language, not in a text or a remark. */
function namedAt(sql: string, name: string): Stretch | null {
  const parts = name.split(".").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const word = new RegExp(`(?<![\\w.])${parts.join("\\s*\\.\\s*")}(?!\\w)`, "i");
  const found = word.exec(withoutTexts(sql));
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}

/** Of the same length, texts and remarks blank. */
function withoutTexts(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (text) => " ".repeat(text.length));
}

/** "line 2, character 10": as editors count, from 1. */
export function printPlace(sql: string, { from }: Stretch): string {
  const before = sql.slice(0, from).split("\n");
  return `line ${before.length}, character ${(before.at(-1) ?? "").length + 1}`;
}
