// The signs and words of a filter one after another, whole or not, and what may stand after them: for faults and for completion.

import { AppError } from "../failure.ts";

export type Token = { readonly text: string; readonly at: number; readonly kind: "word" | "string" | "sign" | "end" };

/** Throws AppError bad-request: the sentence, and under the text a caret at its character. */
export function fault(source: string, at: number, sentence: string): never {
  const from = Math.max(0, at - 60);
  const line = source.slice(from, from + 120).replace(/[\n\r\t]/g, " ");
  throw new AppError(
    "bad-request",
    `Filter, character ${at + 1}: ${sentence}.\n  ${line}\n  ${" ".repeat(at - from)}^`,
  );
}

/** Ends with a token of kind "end". Throws as `fault` does where a quote is not closed or a sign is none of the language's. */
export function tokenize(source: string): Token[] {
  return [...tokensOf(source)];
}

export function* tokensOf(source: string): Generator<Token, void> {
  const pattern = /\s+|"((?:[^"\\]|\\[\s\S])*)"|(==|!=|<=|>=|&&|\|\||[<>!(){},])|([^\s"(){},<>=!&|]+)/gy;
  let at = 0;
  while (at < source.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match)
      fault(
        source,
        at,
        source[at] === '"' ? "this quote is not closed" : `"${source[at]}" is not understood; compare with == or !=`,
      );
    if (match[1] !== undefined) yield { text: unquoted(match[1]), at, kind: "string" };
    else if (match[2] !== undefined) yield { text: match[2], at, kind: "sign" };
    else if (match[3] !== undefined) yield { text: match[3], at, kind: "word" };
    at = pattern.lastIndex;
  }
  yield { text: "the end", at: source.length, kind: "end" };
}

/** What stands between the quotes, its backslashes undone. */
export function unquoted(inside: string): string {
  return inside.includes("\\") ? inside.replace(/\\([\s\S])/g, "$1") : inside;
}

/** What may come next. `set`: the brace after `in`. `more`: a comma, or the brace that closes. `joiner`: and, or, a closing bracket. */
export type Next = "field" | "operator" | "value" | "set" | "more" | "joiner";

/** Where a reader stands between two tokens. `field`: the one whose operator or value is awaited; `open`: brackets. */
export type Standing = {
  readonly next: Next;
  readonly field: string;
  readonly inSet: boolean;
  readonly open: number;
};
export const START: Standing = { next: "field", field: "", inSet: false, open: 0 };

export const OPERATORS = ["==", "!=", "<", "<=", ">", ">=", "in", "contains", "matches"] as const;

/** A token as the language reads it: signs as they are, words in lower case, strings as nothing. */
function readAs({ kind, text }: Token): string {
  return kind === "string" ? "" : kind === "word" ? text.toLowerCase() : text;
}

/** After one more token; null where that cannot stand here. */
export function step(standing: Standing, token: Token): Standing | null {
  const { next, field, inSet, open } = standing;
  const text = readAs(token);
  switch (next) {
    case "field":
      if (text === "not" || text === "!") return standing;
      if (text === "(") return { ...standing, open: open + 1 };
      return token.kind === "word" ? { ...standing, next: "operator", field: text } : null;
    case "operator":
      if (!(OPERATORS as readonly string[]).includes(text)) return null;
      return { next: text === "in" ? "set" : "value", field, inSet: false, open };
    case "set":
      return text === "{" ? { next: "value", field, inSet: true, open } : null;
    case "value":
      if (token.kind !== "word" && token.kind !== "string") return null;
      return inSet ? { next: "more", field, inSet, open } : { next: "joiner", field: "", inSet: false, open };
    case "more":
      if (text === ",") return { next: "value", field, inSet, open };
      return text === "}" ? { next: "joiner", field: "", inSet: false, open } : null;
    case "joiner":
      if (["and", "or", "&&", "||"].includes(text)) return { next: "field", field: "", inSet: false, open };
      return text === ")" && open > 0 ? { next, field: "", inSet: false, open: open - 1 } : null;
  }
}
