// Words of the filter language that are also words: `and` joins conditions, and is a value after `==`.

import { _in, and, contains, matches, not, or } from "./grammar.terms.ts";

const KEYWORDS: Readonly<Record<string, number>> = { and, or, not, in: _in, contains, matches };
const LONGEST = "contains".length;

/** The keyword a word may be, in any case; −1 where it is none. Called by the generated parser, which hands over its stack too. */
export function keyword(word: string, _stack: unknown): number {
  if (word.length > LONGEST) return -1;
  const lower = word.toLowerCase();
  return Object.hasOwn(KEYWORDS, lower) ? (KEYWORDS[lower] as number) : -1;
}
