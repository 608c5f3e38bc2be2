// Filter text → tree. A fault names what is wrong and points at the character, on a second line under the text.

import { AppError } from "../failure.ts";
import { parseBlock } from "../ip.ts";
import type { AddressField, AddressValue, Filter, NumberField, NumberRange, TextField } from "./tree.ts";

const ADDRESS: readonly string[] = ["ip", "src", "dst"] satisfies AddressField[];
const NUMBER: readonly string[] = ["port", "sport", "dport", "proto"] satisfies NumberField[];
const TEXT: readonly string[] = [
  "state",
  "decision",
  "enc",
  "nic",
  "acl",
  "rule",
  "flowlog",
  "dir",
] satisfies TextField[];
const LATER: readonly string[] = ["bytes", "packets", "country", "asn", "tag", "status", "service"];
const FIELDS = [...ADDRESS, ...NUMBER, ...TEXT];
export const filterFields: readonly string[] = FIELDS;
const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, esp: 50, ah: 51, icmpv6: 58 };

/** Depth of brackets and negations; deeper is refused rather than recursed into. */
const DEPTH = 200;
const VALUES = 100_000;

export type Token = { readonly text: string; readonly at: number; readonly kind: "word" | "string" | "sign" | "end" };
type Reading = { readonly source: string; readonly tokens: readonly Token[]; next: number; depth: number };

/** Throws AppError bad-request. An empty text is everything. */
export function parseFilter(source: string): Filter {
  if (source.trim() === "") return { kind: "everything" };
  const r: Reading = { source, tokens: tokenize(source), next: 0, depth: 0 };
  const filter = either(r);
  const rest = peek(r);
  if (rest.kind !== "end") fault(source, rest.at, `"${rest.text}" is not expected here; join conditions with and, or`);
  return filter;
}

function fault(source: string, at: number, sentence: string): never {
  const line = source.replace(/[\n\r\t]/g, " ");
  const from = Math.max(0, at - 60);
  throw new AppError(
    "bad-request",
    `Filter, character ${at + 1}: ${sentence}.\n  ${line.slice(from, from + 120)}\n  ${" ".repeat(at - from)}^`,
  );
}

/** Ends with a token of kind "end". Throws as `parseFilter` does. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|"((?:[^"\\]|\\.)*)"|(==|!=|<=|>=|&&|\|\||[<>!(){},])|([^\s"(){},<>=!&|]+)/gy;
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
    if (match[1] !== undefined) tokens.push({ text: match[1].replace(/\\(.)/g, "$1"), at, kind: "string" });
    else if (match[2] !== undefined) tokens.push({ text: match[2], at, kind: "sign" });
    else if (match[3] !== undefined) tokens.push({ text: match[3], at, kind: "word" });
    at = pattern.lastIndex;
  }
  tokens.push({ text: "the end", at: source.length, kind: "end" });
  return tokens;
}

function peek(r: Reading): Token {
  return r.tokens[r.next] as Token;
}

function is(token: Token, ...texts: string[]): boolean {
  return token.kind !== "string" && texts.includes(token.kind === "word" ? token.text.toLowerCase() : token.text);
}

function take(r: Reading): Token {
  const token = peek(r);
  if (token.kind !== "end") r.next++;
  return token;
}

function either(r: Reading): Filter {
  const any = [both(r)];
  while (is(peek(r), "or", "||")) {
    take(r);
    any.push(both(r));
  }
  return any.length === 1 ? (any[0] as Filter) : { kind: "or", any };
}

function both(r: Reading): Filter {
  const all = [single(r)];
  while (is(peek(r), "and", "&&")) {
    take(r);
    all.push(single(r));
  }
  return all.length === 1 ? (all[0] as Filter) : { kind: "and", all };
}

function single(r: Reading): Filter {
  const token = peek(r);
  if (++r.depth > DEPTH) fault(r.source, token.at, `brackets and negations are nested deeper than ${DEPTH}`);
  try {
    if (is(token, "not", "!")) {
      take(r);
      return { kind: "not", one: single(r) };
    }
    if (is(token, "(")) {
      take(r);
      const inside = either(r);
      const close = take(r);
      if (!is(close, ")")) fault(r.source, close.at, "a closing bracket is missing");
      return inside;
    }
    return test(r);
  } finally {
    r.depth--;
  }
}

function test(r: Reading): Filter {
  const field = take(r);
  const name = field.text.toLowerCase();
  if (field.kind !== "word") fault(r.source, field.at, `a field is expected here: ${FIELDS.join(", ")}`);
  if (LATER.includes(name)) fault(r.source, field.at, `"${name}" cannot be filtered by in this version`);
  if (!FIELDS.includes(name))
    fault(r.source, field.at, `"${field.text}" is not a field; fields are ${FIELDS.join(", ")}`);
  const operator = take(r);
  const sign = operator.kind === "word" ? operator.text.toLowerCase() : operator.text;
  if (sign === "matches") fault(r.source, operator.at, `"matches" is not answered by this version; use contains`);
  if (!["==", "!=", "<", "<=", ">", ">=", "in", "contains"].includes(sign) || operator.kind === "string")
    fault(r.source, operator.at, "an operator is expected here: == != < <= > >= in contains");
  const values = valueTokens(r, sign);
  const filter = typed(r, name, sign, operator, values);
  return sign === "!=" ? { kind: "not", one: filter } : filter;
}

function valueTokens(r: Reading, sign: string): Token[] {
  const values: Token[] = [];
  const one = (): void => {
    const token = take(r);
    if (token.kind !== "word" && token.kind !== "string") fault(r.source, token.at, "a value is expected here");
    if (values.push(token) > VALUES) fault(r.source, token.at, `more than ${VALUES} values`);
  };
  if (sign !== "in") {
    one();
    return values;
  }
  const open = take(r);
  if (!is(open, "{")) fault(r.source, open.at, "a set in braces is expected after in, such as {80, 443}");
  one();
  while (is(peek(r), ",")) {
    take(r);
    one();
  }
  const close = take(r);
  if (!is(close, "}")) fault(r.source, close.at, "a comma or closing brace is missing");
  return values;
}

function typed(r: Reading, name: string, sign: string, operator: Token, values: readonly Token[]): Filter {
  const ordered = ["<", "<=", ">", ">="].includes(sign);
  if (ADDRESS.includes(name)) {
    if (ordered || sign === "contains") fault(r.source, operator.at, "addresses are compared with ==, != or in");
    return { kind: "address", field: name as AddressField, values: values.map((token) => address(r, token)) };
  }
  if (NUMBER.includes(name)) {
    if (sign === "contains") fault(r.source, operator.at, "numbers are compared with ==, !=, <, <=, >, >= or in");
    return { kind: "number", field: name as NumberField, values: values.map((token) => number(r, name, sign, token)) };
  }
  if (ordered) fault(r.source, operator.at, "texts are compared with ==, !=, in or contains");
  const match = sign === "contains" ? "contains" : "equal";
  return { kind: "text", field: name as TextField, match, values: values.map((token) => text(r, name, match, token)) };
}

function address(r: Reading, token: Token): AddressValue {
  if (token.kind === "word" && (token.text === "private" || token.text === "public")) return token.text;
  const block = parseBlock(token.text);
  if (!block) fault(r.source, token.at, `"${token.text}" is neither an IP address nor a block such as 10.0.0.0/8`);
  return block;
}

function number(r: Reading, name: string, sign: string, token: Token): NumberRange {
  const max = name === "proto" ? 255 : 65535;
  const one = (text: string): number => {
    const known = name === "proto" ? PROTOCOLS[text.toLowerCase()] : undefined;
    const value = known ?? (/^\d{1,6}$/.test(text) ? Number(text) : -1);
    if (value < 0 || value > max) fault(r.source, token.at, `"${token.text}" is not a number from 0 to ${max}`);
    return value;
  };
  const [first = "", second, more] = token.text.split("-");
  if (second !== undefined && more === undefined && (sign === "in" || sign === "==" || sign === "!=")) {
    const range = { from: one(first), to: one(second) };
    if (range.from > range.to) fault(r.source, token.at, `the range ${token.text} is empty`);
    return range;
  }
  const value = one(token.text);
  if (sign === "<") return { from: 0, to: value - 1 };
  if (sign === "<=") return { from: 0, to: value };
  if (sign === ">") return { from: value + 1, to: max };
  if (sign === ">=") return { from: value, to: max };
  return { from: value, to: value };
}

const CLOSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  decision: { allow: "allow", allowed: "allow", a: "allow", deny: "deny", denied: "deny", d: "deny" },
  dir: { i: "i", in: "i", inbound: "i", o: "o", out: "o", outbound: "o" },
};

/** Lower case, as texts compare without case; a NIC without separators. */
function text(r: Reading, name: string, match: "equal" | "contains", token: Token): string {
  const value = token.text.toLowerCase();
  const closed = CLOSED[name];
  if (closed && match === "equal") {
    const known = closed[value];
    if (known === undefined)
      fault(
        r.source,
        token.at,
        `"${token.text}" is not a ${name}; it is ${name === "dir" ? "I or O" : "allow or deny"}`,
      );
    return known;
  }
  return name === "nic" ? value.replace(/[-:.]/g, "") : value;
}
