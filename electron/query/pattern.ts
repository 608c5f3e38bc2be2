// Regular expressions of filters, in time that grows with the text and not beyond (RE2), without case.

import { RE2JS } from "re2js";
import { AppError } from "../../shared/failure.ts";

/** Longer ones, or ones that repeat more, become programs that take too long to build; so do many together. */
const LONGEST = 1000;
const MOST_REPEATS = 1000;
const MOST_IN_ALL = 20_000;

/** Throws AppError bad-request where the regular expressions of a filter are too much together: their characters, repeated. */
export function refuseManyPatterns(texts: readonly string[]): void {
  const size = texts.reduce((sum, text) => sum + (text.length + STARTING) * repeats(text), 0);
  if (texts.length > 1 && size > MOST_IN_ALL)
    throw new AppError(
      "bad-request",
      `Filter: its ${texts.length} regular expressions are too much together; look for fewer, or use contains or a set.`,
    );
}

/** What any costs besides its characters. */
const STARTING = 50;

/** Whether a text has a match in it. Throws AppError bad-request with why a pattern is none. */
export function pattern(text: string): (value: string) => boolean {
  if (text.length > LONGEST) throw refused(text, `it is longer than ${LONGEST} characters`);
  if (repeats(text) > MOST_REPEATS) throw refused(text, `it repeats more than ${MOST_REPEATS} times`);
  try {
    const compiled = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
    return (value) => compiled.matcher(value).find();
  } catch (thrown) {
    throw refused(text, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** At most so often does `x{n}` within `y{m}` repeat: all counts multiplied. */
function repeats(text: string): number {
  let product = 1;
  for (const [, least = "0", most = ""] of text.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/g))
    product *= Math.max(1, Number(least), Number(most));
  return product;
}

function refused(text: string, why: string): AppError {
  return new AppError(
    "bad-request",
    `Filter: "${text.slice(0, 100)}" is not a regular expression that can be looked for: ${why}. Look-around and back-references are not known.`,
  );
}
