// Filter text → tree: its shape from the grammar (filter.grammar), its values typed here. A fault names what is wrong and points at
// the character, on a second line under the text.

import type { SyntaxNode } from "@lezer/common";
import { parseBlock } from "../ip.ts";
import { fieldNames, type fields, isField, nearestField, protocolNumbers } from "./fields.ts";
import { And, Group, MatchesSign, Not, Or, Set as SetNode, Value } from "./grammar.terms.ts";
import { parser } from "./grammar.ts";
import { type Scanned, scanFilter, type Written } from "./scan.ts";
import { fault, OPERATORS, START, step, tokensOf, unquoted } from "./tokens.ts";
import {
  type AddressField,
  type AddressValue,
  type FactField,
  type Filter,
  type Match,
  MOST,
  type NumberRange,
  type Service,
} from "./tree.ts";

const strict = parser.configure({ strict: true });

/** Trees of the texts read last: a question reads its filter several times. */
const recent = new Map<string, Filter>();
const KEPT = 16;

/** Throws AppError bad-request. An empty text is everything. */
export function parseFilter(source: string): Filter {
  const known = recent.get(source);
  if (known) return known;
  const { text, sets } = scanFilter(source);
  const top = treeOf(source, text).firstChild;
  const filter: Filter = top === null ? { kind: "everything" } : filterOf({ source, sets }, top, true);
  for (const oldest of recent.keys()) if (recent.size >= KEPT) recent.delete(oldest);
  recent.set(source, filter);
  return filter;
}

/** What nodes are read from: places of both texts are the same. */
type Text = { readonly source: string; readonly sets: Scanned["sets"] };

function treeOf(source: string, text: string): SyntaxNode {
  try {
    return strict.parse(text.toWellFormed()).topNode; // half a character is a character here
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    explain(source);
    // Only white space that few would take for any is read otherwise by the two.
    const [, at = "0"] = /(\d+)$/.exec(thrown.message) ?? [];
    return fault(source, Number(at), "this is not understood");
  }
}

/** Why a text is no filter: the first token that cannot stand where it does. */
function explain(source: string): void {
  let standing = START;
  for (const token of tokensOf(source)) {
    const { text, at } = token;
    if (standing.next === "field" && token.kind === "word" && !isSign(text)) knownField(source, text, at);
    const after = step(standing, token);
    if (after !== null) {
      standing = after;
      continue;
    }
    switch (standing.next) {
      case "field":
        return fault(source, at, `a field is expected here: ${fieldNames.join(", ")}`);
      case "operator":
        return fault(source, at, `an operator is expected here: ${OPERATORS.join(" ")}`);
      case "set":
        return fault(source, at, "a set in braces is expected after in, such as {80, 443}");
      case "value":
        return fault(source, at, "a value is expected here");
      case "more":
        return fault(source, at, "a comma or closing brace is missing");
      case "joiner":
        if (token.kind === "end" && standing.open === 0) return;
        if (token.kind === "end") return fault(source, at, "a closing bracket is missing");
        return fault(source, at, `"${cut(text)}" is not expected here; join conditions with and, or`);
    }
  }
}

function isSign(word: string): boolean {
  return word.toLowerCase() === "not";
}

function knownField(source: string, text: string, at: number): keyof typeof fields {
  const name = text.toLowerCase();
  if (isField(name)) return name;
  const near = nearestField(name);
  const instead = near === null ? `fields are ${fieldNames.join(", ")}` : `did you mean ${near}?`;
  return fault(source, at, `"${cut(text)}" is not a field; ${instead}`.replace(/\?$/, ""));
}

/** `atTop`: joined to the rest by `and` alone. */
function filterOf(text: Text, node: SyntaxNode, atTop: boolean): Filter {
  switch (node.type.id) {
    case Or:
      return { kind: "or", any: conditionsOf(text, node, false) };
    case And:
      return { kind: "and", all: conditionsOf(text, node, atTop) };
    case Not: {
      const one = withoutBrackets(node.lastChild as SyntaxNode);
      return { kind: "not", one: filterOf(text, one, atTop && one.type.id !== And) };
    }
    case Group:
      return filterOf(text, withoutBrackets(node), atTop);
    default:
      return testOf(text, node, atTop);
  }
}

function withoutBrackets(node: SyntaxNode): SyntaxNode {
  let inside = node;
  while (inside.type.id === Group) inside = (inside.firstChild as SyntaxNode).nextSibling as SyntaxNode;
  return inside;
}

/** Conditions and the signs between them take turns; `(a and b) and c` is one row of three. */
function conditionsOf(text: Text, node: SyntaxNode, atTop: boolean): Filter[] {
  const found: Filter[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling?.nextSibling ?? null) {
    const one = withoutBrackets(child);
    if (one.type.id === node.type.id) found.push(...conditionsOf(text, one, atTop));
    else found.push(filterOf(text, one, atTop));
  }
  return found;
}

function testOf({ source, sets }: Text, node: SyntaxNode, atTop: boolean): Filter {
  const field = node.firstChild as SyntaxNode; // the grammar: field, sign, value or set
  const sign = field.nextSibling as SyntaxNode;
  const name = knownField(source, source.slice(field.from, field.to), field.from);
  const operator = source.slice(sign.from, sign.to).toLowerCase();
  const given = sign.nextSibling as SyntaxNode;
  const values = sets.get(given.from) ?? valuesOf(source, given);
  const match: Match = sign.type.id === MatchesSign ? "matches" : operator === "contains" ? "contains" : "equal";
  const isOrdered = ["<", "<=", ">", ">="].includes(operator);
  const refuse = (what: string): never => fault(source, sign.from, `${what}`);
  const made = ((): Filter => {
    switch (name) {
      case "ip":
      case "src":
      case "dst":
        if (isOrdered || match !== "equal") refuse("addresses are compared with ==, != or in");
        return addressTest(source, name, values);
      case "port":
      case "sport":
      case "dport":
      case "proto":
        if (match !== "equal") refuse("numbers are compared with ==, !=, <, <=, >, >= or in");
        return { kind: "number", field: name, values: values.map((value) => rangeOf(source, name, operator, value)) };
      case "bytes":
      case "packets":
        if (match !== "equal") refuse("numbers are compared with ==, !=, <, <=, >, >= or in");
        if (!atTop)
          fault(source, field.from, `${name} is a condition on the row shown: it stands at the top, joined by and`);
        return { kind: "measure", field: name, values: values.map((value) => rangeOf(source, name, operator, value)) };
      case "service":
        if (isOrdered || match !== "equal") refuse("services are compared with ==, != or in");
        return { kind: "service", field: name, values: values.map((value) => serviceOf(source, value)) };
      case "country":
      case "srccountry":
      case "dstcountry":
      case "asn":
      case "tag":
      case "status":
        if (isOrdered) refuse("texts are compared with ==, !=, in, contains or matches");
        return {
          kind: "fact",
          field: name,
          match,
          values: values.map((value) => factText(source, name, match, value)),
        };
      default:
        if (isOrdered) refuse("texts are compared with ==, !=, in, contains or matches");
        return { kind: "text", field: name, match, values: values.map((value) => textOf(source, name, match, value)) };
    }
  })();
  return operator === "!=" ? { kind: "not", one: made } : made;
}

function valuesOf(source: string, node: SyntaxNode): Written[] {
  const values: Written[] = [];
  if (node.type.id !== SetNode) return [written(source, node)];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.type.id !== Value) continue;
    values.push(written(source, child));
  }
  return values;
}

function written(source: string, { from, to }: SyntaxNode): Written {
  const isQuoted = source[from] === '"';
  return { text: isQuoted ? unquoted(source.slice(from + 1, to - 1)) : source.slice(from, to), at: from, isQuoted };
}

/** As much of a value as a sentence can hold. */
function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function addressTest(source: string, field: AddressField, values: readonly Written[]): Filter {
  const address = ({ text, at, isQuoted }: Written): AddressValue => {
    if (!isQuoted && (text === "private" || text === "public")) return text;
    return (
      parseBlock(text) ?? fault(source, at, `"${cut(text)}" is neither an IP address nor a block such as 10.0.0.0/8`)
    );
  };
  return { kind: "address", field, values: values.map(address) };
}

const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
};

function rangeOf(source: string, name: keyof typeof MOST, operator: string, { text, at }: Written): NumberRange {
  const most = MOST[name];
  const one = (each: string): number => {
    const known = name === "proto" ? protocolNumbers[each.toLowerCase()] : undefined;
    const value = known ?? numberOf(each);
    if (value < 0 || value > most || !Number.isInteger(value))
      fault(source, at, `"${cut(text)}" is not a number from 0 to ${most}`);
    return value;
  };
  const [first = "", second, more] = text.split("-", 3);
  if (second !== undefined && more === undefined && ["in", "==", "!="].includes(operator)) {
    const range = { from: one(first), to: one(second) };
    if (range.from > range.to) fault(source, at, `the range ${cut(text)} is empty`);
    return range;
  }
  const value = one(text);
  if (operator === "<") return { from: 0, to: value - 1 };
  if (operator === "<=") return { from: 0, to: value };
  if (operator === ">") return { from: value + 1, to: most };
  if (operator === ">=") return { from: value, to: most };
  return { from: value, to: value };
}

/** `1.5Gi` is 1,610,612,736; −1 where it is no number. */
function numberOf(text: string): number {
  const [, digits, unit = ""] = /^(\d{1,16}(?:\.\d{1,6})?)([kmg]i?)?$/i.exec(text) ?? [];
  return digits === undefined ? -1 : Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
}

/** `443/tcp`, or `icmp`: every port of it. */
function serviceOf(source: string, { text, at }: Written): Service {
  const [port = "", name, more] = text.toLowerCase().split("/");
  const protocolOf = (word: string): number => protocolNumbers[word] ?? (/^\d{1,3}$/.test(word) ? Number(word) : 256);
  const service =
    name === undefined
      ? { port: null, protocol: protocolNumbers[port] ?? 256 }
      : { port: /^\d{1,5}$/.test(port) ? Number(port) : 65536, protocol: more === undefined ? protocolOf(name) : 256 };
  if (service.protocol > 255 || (service.port ?? 0) > 65535)
    fault(source, at, `"${cut(text)}" is not a service, such as 443/tcp or icmp`);
  return service;
}

const CLOSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  decision: { allow: "allow", allowed: "allow", a: "allow", deny: "deny", denied: "deny", d: "deny" },
  dir: { i: "i", in: "i", inbound: "i", o: "o", out: "o", outbound: "o" },
};

/** Lower case, as texts compare without case; a NIC without separators. A regular expression stays as it is. */
function textOf(source: string, name: string, match: Match, { text, at }: Written): string {
  if (match === "matches") return text;
  const value = text.toLowerCase();
  const closed = CLOSED[name];
  if (closed && match === "equal")
    return (
      (Object.hasOwn(closed, value) ? closed[value] : undefined) ??
      fault(source, at, `"${cut(text)}" is not a ${name}; it is ${name === "dir" ? "I or O" : "allow or deny"}`)
    );
  return name === "nic" ? value.replace(/[-:.]/g, "") : value;
}

function factText(source: string, name: FactField, match: Match, { text, at }: Written): string {
  if (match === "matches") return text;
  const value = text.toLowerCase();
  if (match === "contains" || value === "null") return value;
  if (name === "asn") {
    const [, digits] = /^(?:as)?(\d{1,10})$/.exec(value) ?? [];
    if (digits === undefined)
      fault(source, at, `"${cut(text)}" is not the number of an autonomous system, such as 64500`);
    return String(Number(digits));
  }
  if (name.endsWith("country") && !/^[a-z]{2}$/.test(value))
    fault(source, at, `"${cut(text)}" is not a country in two letters, such as DE`);
  return value;
}
