// A filter's text looked over once before the grammar reads it: what nests too deep and what is too long are refused here, and long sets
// are read here, for the grammar takes as long for ten values as this takes for all of them.

import { fault, unquoted } from "./tokens.ts";

/** A value as written, and where. */
export type Written = { readonly text: string; readonly at: number; readonly isQuoted: boolean };

/** `text`: the filter with one value and blanks in place of what stands in each long set. `sets`: their values, by place of the brace. */
export type Scanned = { readonly text: string; readonly sets: ReadonlyMap<number, readonly Written[]> };

/** Depth of brackets and negations; deeper is refused rather than recursed into. */
const DEPTH = 200;
const VALUES = 20_000;
/** Shorter sets are left to the grammar. */
const LONG = 200;
/** Characters outside of long sets. */
const OUTSIDE = 1 << 16;

/** Throws AppError bad-request. */
export function scanFilter(source: string): Scanned {
  const sets = new Map<number, readonly Written[]>();
  const pieces: string[] = [];
  let done = 0; // what lies before is in pieces
  let lifted = 0;
  let open = 0;
  let nots = 0;
  for (let at = 0; at < source.length; ) {
    const from = at;
    const c = source.charCodeAt(at);
    if (c === QUOTE) {
      at = endOfString(source, at);
      nots = 0;
    } else if (c === OPEN || c === CLOSE) {
      open += c === OPEN ? 1 : -1;
      at++;
    } else if (c === BANG) {
      if (source.charCodeAt(++at) !== EQUALS) nots++;
    } else if (c === BRACE) {
      const set = readSet(source, at);
      at = set === null ? at + 1 : set.end;
      if (set !== null && at - from > LONG) {
        sets.set(from, set.values);
        pieces.push(source.slice(done, from), `{0${" ".repeat(at - from - 3)}}`);
        done = at;
        lifted += at - from;
      }
    } else if (isDelimiter(source, at)) at++;
    else {
      at = endOfWord(source, at);
      nots = at - from === 3 && source.slice(from, at).toLowerCase() === "not" ? nots + 1 : 0;
    }
    if (open + nots >= DEPTH) fault(source, from, `brackets and negations are nested deeper than ${DEPTH}`);
    if (at - lifted > OUTSIDE)
      fault(
        source,
        from,
        `a filter holds at most ${OUTSIDE} characters besides its sets; say many values of one field as a set, such as dport in {80, 443}`,
      );
  }
  return { text: done === 0 ? source : pieces.join("") + source.slice(done), sets };
}

const [QUOTE, OPEN, CLOSE, BANG, EQUALS, BRACE, COMMA, END, BACKSLASH] = [34, 40, 41, 33, 61, 123, 44, 125, 92];

/** Null where what stands there is no set, or not a whole one: the grammar says why. A long one is told here. */
function readSet(source: string, from: number): { readonly values: Written[]; readonly end: number } | null {
  const values: Written[] = [];
  for (let at = from + 1; ; ) {
    at = afterSpace(source, at);
    if (values.length === VALUES) fault(source, at, `more than ${VALUES} values`);
    const isQuoted = source.charCodeAt(at) === QUOTE;
    const end = isQuoted ? endOfString(source, at) : endOfWord(source, at);
    if (end === at) return wrong(source, from, at, "a value is expected here");
    values.push({ text: isQuoted ? unquoted(source.slice(at + 1, end - 1)) : source.slice(at, end), at, isQuoted });
    at = afterSpace(source, end);
    const next = source.charCodeAt(at);
    if (next === END) return { values, end: at + 1 };
    if (next !== COMMA) return wrong(source, from, at, "a comma or closing brace is missing");
    at++;
  }
}

function wrong(source: string, from: number, at: number, sentence: string): null {
  return at - from > LONG ? fault(source, at, sentence) : null;
}

/** After the closing quote. A backslash keeps the next character as it is. */
function endOfString(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    const c = source.charCodeAt(at);
    if (c === BACKSLASH) at++;
    else if (c === QUOTE) return at + 1;
  }
  return fault(source, from, "this quote is not closed");
}

function afterSpace(source: string, from: number): number {
  let at = from;
  while (at < source.length && isSpace(source, at)) at++;
  return at;
}

function endOfWord(source: string, from: number): number {
  let at = from;
  while (at < source.length && !isDelimiter(source, at)) at++;
  return at;
}

/** White space and signs, as in filter.grammar. */
const ends = Uint8Array.from({ length: 128 }, (_, c) => (c === 32 || (c >= 9 && c <= 13) ? 2 : 0));
for (const sign of '"(){},<>=!&|') ends[sign.charCodeAt(0)] = 1;
const FAR_SPACE = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function isSpace(source: string, at: number): boolean {
  const c = source.charCodeAt(at);
  return c < 128 ? ends[c] === 2 : FAR_SPACE.test(source.charAt(at));
}

function isDelimiter(source: string, at: number): boolean {
  const c = source.charCodeAt(at);
  return c < 128 ? ends[c] !== 0 : FAR_SPACE.test(source.charAt(at));
}
