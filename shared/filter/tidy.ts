// A filter as it is written down: words and signs of the language in one form, values as they were typed. It says the same as before.
// Unlike print.ts it keeps the case of names, for those who read it.

import { isField } from "./fields.ts";
import { START, type Standing, step, tokenize } from "./tokens.ts";

const JOINERS: Readonly<Record<string, string>> = { "&&": "and", "||": "or", "!": "not" };

/** As given where it is no filter. */
export function tidyFilter(source: string): string {
  let standing: Standing = START;
  let text = "";
  for (const token of tokenize(source)) {
    if (token.kind === "end") break;
    const next = step(standing, token);
    if (next === null) return source;
    const isValue = standing.next === "value";
    const lower = token.text.toLowerCase();
    const isWord = standing.next === "field" ? isField(lower) || lower === "not" : !isValue;
    const said =
      token.kind === "string"
        ? `"${token.text.replace(/[\\"]/g, "\\$&")}"`
        : isValue || !isWord
          ? (JOINERS[token.text] ?? token.text)
          : (JOINERS[lower] ?? lower);
    const isGlued = text === "" || /[({]$/.test(text) || [")", "}", ","].includes(said);
    text += isGlued && !(said === "," && text === "") ? said : ` ${said}`;
    standing = next;
  }
  return text;
}
