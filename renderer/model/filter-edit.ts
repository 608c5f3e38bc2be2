// Editing a filter by what is on screen: a value as a term, and terms added, negated, taken away. Filters passed in are whole
// (`parseFilter` takes them), and so are those handed back. A value that the filter language cannot name gives null.

import { parseFilter } from "../../shared/filter/parse.ts";
import { type Token, tokenize } from "../../shared/filter/tokens.ts";
import type { Row } from "../../shared/rows.ts";
import { quoted } from "./view.ts";

/** Fields of rows, and the field of the filter language that says the same. */
const fieldOf = {
  srcIp: "src",
  dstIp: "dst",
  ip: "ip",
  srcPort: "sport",
  dstPort: "dport",
  protocol: "proto",
  direction: "dir",
  decision: "decision",
  encryption: "enc",
  nic: "nic",
  acl: "acl",
  rule: "rule",
  flowLog: "flowlog",
  state: "state",
} as const;

const NUMBERS: readonly string[] = ["sport", "dport", "proto"];
const ADDRESSES: readonly string[] = ["src", "dst", "ip"];

/** `term("srcIp", "10.0.0.4")` is `src == 10.0.0.4`. A text the log does not name is `null` (`rule == null`). */
export function term(field: string, value: unknown): string | null {
  const name = Object.hasOwn(fieldOf, field) ? fieldOf[field as keyof typeof fieldOf] : null; // own: one of its keys
  if (name === null) return null;
  const isText = !NUMBERS.includes(name) && !ADDRESSES.includes(name);
  if (value === null && !isText) return null;
  if (value !== null && typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value);
  const made = `${name} == ${!isText || /^[\w.:/-]+$/.test(text) ? text : quoted(text)}`;
  return isWhole(made) ? made : null;
}

/** The fields that tell one conversation from another, in the order in which they narrow fastest for a reader. */
const conversationFields = [
  "srcIp",
  "dstIp",
  "dstPort",
  "protocol",
  "direction",
  "decision",
  "rule",
  "acl",
  "encryption",
  "nic",
] as const;

/** The tuples of one row of conversations, and no others. */
export function conversationTerm(row: Row): string | null {
  const terms = conversationFields.map((field) => term(field, row[field]));
  return terms.includes(null) ? null : terms.join(" and ");
}

/** Only what matches `filter` and `added`. An exclusion of the same is taken away; a filter that cannot be read is let go. */
export function include(filter: string, added: string): string {
  const terms = termsOf(without(filter, negated(added)));
  return joinTerms([...terms, ...splitTerms(added).filter((each) => !terms.includes(each))]);
}

/** Only what matches `filter` and not `taken`. An inclusion of the same is taken away; a filter that cannot be read is let go. */
export function exclude(filter: string, taken: string): string {
  const not = negated(taken);
  const terms = termsOf(without(filter, taken));
  return terms.includes(not) ? joinTerms(terms) : joinTerms([...terms, not]);
}

function termsOf(filter: string): readonly string[] {
  return isWhole(filter) ? splitTerms(filter) : [];
}

/** Nothing but what matches: the filter there was is let go. */
export function only(term: string): string {
  return term;
}

/** `a == 1` ↔ `a != 1`; anything else in `not (…)`, or out of it. */
export function negated(filter: string): string {
  const text = filter.trim();
  const tokens = tokenize(text);
  const [first, second, third] = tokens;
  if (tokens.length === 4 && first?.kind === "word" && second?.kind === "sign" && third) {
    const rest = text.slice(second.at + 2).trimStart();
    if (second.text === "==") return `${first.text} != ${rest}`;
    if (second.text === "!=") return `${first.text} == ${rest}`;
  }
  if (first && second && isNot(first) && tokens.length === 5) return text.slice(second.at);
  if (first && second && isNot(first) && second.kind === "sign" && second.text === "(") {
    const end = closing(tokens, 1);
    if (end === tokens.length - 2) return text.slice(second.at + 1, tokens[end]?.at).trim();
  }
  const isHeld = first?.text === "(" && closing(tokens, 0) === tokens.length - 2;
  return isHeld ? `not ${text}` : `not (${text})`;
}

/** The filter without one of its top-level terms; as it was when it has none such. */
export function without(filter: string, term: string): string {
  const terms = termsOf(filter);
  const left = terms.filter((each) => each !== term.trim());
  return left.length === terms.length ? filter : joinTerms(left);
}

/** What stands between the `and`s of the top level, as written; one term where `or` binds them, none where all is wanted. */
export function splitTerms(filter: string): readonly string[] {
  if (filter.trim() === "") return [];
  const terms: string[] = [];
  let from = 0;
  let depth = 0;
  let before: Token | null = null;
  for (const token of tokenize(filter)) {
    const isValue: boolean = before !== null && comparing(before);
    if (token.kind === "sign" && "({".includes(token.text)) depth++;
    else if (token.kind === "sign" && ")}".includes(token.text)) depth--;
    else if (depth === 0 && !isValue && joins(token, "or", "||")) return [filter.trim()];
    else if (depth === 0 && !isValue && joins(token, "and", "&&")) {
      terms.push(filter.slice(from, token.at).trim());
      from = token.at + token.text.length;
    }
    before = isValue ? null : token;
  }
  terms.push(filter.slice(from).trim());
  return terms;
}

/** The inverse of `splitTerms`. */
export function joinTerms(terms: readonly string[]): string {
  return terms.length === 1 ? (terms[0] as string) : terms.map(heldTerm).join(" and ");
}

/** In brackets where `or` stands at its top level. */
export function heldTerm(term: string): string {
  return splitTerms(`${term} and ${term}`).length === 2 ? term : `(${term})`;
}

function comparing(token: Token): boolean {
  if (token.kind === "sign") return ["==", "!=", "<", "<=", ">", ">="].includes(token.text);
  return token.kind === "word" && token.text.toLowerCase() === "contains";
}

function joins(token: Token, word: string, sign: string): boolean {
  return (token.kind === "word" && token.text.toLowerCase() === word) || (token.kind === "sign" && token.text === sign);
}

function isNot(token: Token): boolean {
  return joins(token, "not", "!");
}

/** Index of the bracket that closes the one at `open`; -1 where none does. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { kind, text } = tokens[i] as Token;
    if (kind !== "sign") continue;
    if (text === "(") depth++;
    else if (text === ")" && --depth === 0) return i;
  }
  return -1;
}

/** Whether a text is a filter. */
export function isWhole(filter: string): boolean {
  try {
    parseFilter(filter);
    return true;
  } catch {
    return false; // a fault is the answer
  }
}
