// What can stand at the caret of a filter: a field, an operator, a value, a word between conditions. Pure; reads the text before the caret
// with the tokens of the filter language, and proposes nothing where they do not tell.

import { filterFields, type Token, tokenize } from "../../../shared/filter/parse.ts";
import { quoted } from "../../model/view.ts";

export type Expected = {
  readonly what: "field" | "operator" | "value" | "joiner";
  /** The field that an operator or value belongs to. */
  readonly field: string;
  /** What is typed of it, and where that begins. */
  readonly typed: string;
  readonly at: number;
};

export type Suggestion = { readonly text: string; readonly says: string };

const WORDS: Readonly<Record<string, string>> = {
  ip: "either address",
  src: "source address: who opened it",
  dst: "destination address: who answered",
  port: "either port",
  sport: "source port",
  dport: "destination port",
  proto: "protocol",
  state: "B begin, C continue, E end, D deny",
  decision: "allow or deny",
  enc: "encryption",
  nic: "network interface that logged, by MAC",
  acl: "network security group or rule set",
  rule: "rule that decided",
  flowlog: "flow log resource",
  dir: "I inbound, O outbound",
};

const ADDRESSES = ["ip", "src", "dst"];
const NUMBERS = ["port", "sport", "dport", "proto"];

export function expectedAt(before: string): Expected | null {
  let tokens: readonly Token[];
  try {
    tokens = tokenize(before).slice(0, -1);
  } catch {
    return null; // inside a quote
  }
  const last = tokens.at(-1);
  const isTyping = last?.kind === "word" && last.at + last.text.length === before.length;
  const state = tokens.slice(0, isTyping ? -1 : undefined).reduce(step, { what: "field", field: "", isSet: false });
  if (state.what === "nothing") return null;
  const typed = isTyping && last ? last.text : "";
  return { what: state.what, field: state.field, typed, at: before.length - typed.length };
}

type State = { readonly what: Expected["what"] | "nothing"; readonly field: string; readonly isSet: boolean };

function step({ what, field, isSet }: State, token: Token): State {
  const text = token.kind === "string" ? "" : token.text.toLowerCase();
  if (what === "field") {
    if (text === "not" || text === "!" || text === "(") return { what, field: "", isSet: false };
    return { what: "operator", field: text, isSet: false };
  }
  if (what === "operator") return { what: text === "in" ? "nothing" : "value", field, isSet: false };
  if (what === "nothing") return { what: text === "{" ? "value" : "nothing", field, isSet: text === "{" };
  if (what === "value")
    return isSet && text !== "}" ? { what, field, isSet } : { what: "joiner", field: "", isSet: false };
  return {
    what: text === "and" || text === "or" || text === "&&" || text === "||" ? "field" : "joiner",
    field: "",
    isSet: false,
  };
}

const SHOWN = 8;

/** `values`: what the case holds of a field, the likeliest first. */
export function suggestions(
  expected: Expected,
  values: (field: string) => readonly Suggestion[],
): readonly Suggestion[] {
  const typed = expected.typed.toLowerCase();
  const fits = ({ text }: Suggestion): boolean => text.toLowerCase() !== typed && text.toLowerCase().includes(typed);
  const all = proposals(expected, values).filter(fits);
  const begin = all.filter(({ text }) => text.toLowerCase().startsWith(typed));
  return [...begin, ...all.filter((each) => !begin.includes(each))].slice(0, SHOWN);
}

function proposals({ what, field }: Expected, values: (field: string) => readonly Suggestion[]): readonly Suggestion[] {
  if (what === "field") return filterFields.map((text) => ({ text, says: WORDS[text] ?? "" }));
  if (what === "operator") return operators(field);
  if (what === "joiner")
    return [
      { text: "and", says: "both" },
      { text: "or", says: "either" },
    ];
  return [...fixed(field), ...values(field)];
}

function operators(field: string): readonly Suggestion[] {
  const equal = [
    { text: "==", says: "is" },
    { text: "!=", says: field === "ip" || field === "port" ? "neither is" : "is not" },
    { text: "in {", says: "is one of" },
  ];
  if (ADDRESSES.includes(field)) return equal;
  if (NUMBERS.includes(field)) return [...equal, { text: ">=", says: "at least" }, { text: "<=", says: "at most" }];
  return [...equal, { text: "contains", says: "has in it" }];
}

const FIXED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  decision: [
    ["allow", ""],
    ["deny", ""],
  ],
  dir: [
    ["I", "inbound"],
    ["O", "outbound"],
  ],
  proto: [
    ["tcp", "6"],
    ["udp", "17"],
    ["icmp", "1"],
    ["icmpv6", "58"],
  ],
  state: [
    ["B", "begin"],
    ["C", "continue"],
    ["E", "end"],
    ["D", "deny"],
  ],
  ip: [
    ["private", "any private address"],
    ["public", "any public address"],
  ],
};

function fixed(field: string): readonly Suggestion[] {
  return (FIXED[ADDRESSES.includes(field) ? "ip" : field] ?? []).map(([text, says]) => ({ text, says }));
}

/** A value as it must be written, in quotes where it needs them. */
export function written(value: string): string {
  return /^[\w.:/-]+$/.test(value) ? value : quoted(value);
}

/** The text with the proposal in the place of what was typed, and where the caret then stands. */
export function accepted(
  text: string,
  caret: number,
  { at }: Expected,
  proposal: string,
): { text: string; caret: number } {
  const put = `${proposal} `;
  const rest = text.slice(caret).trimStart();
  const glue = at > 0 && /[^\s({,!]$/.test(text.slice(0, at)) ? " " : "";
  return { text: text.slice(0, at) + glue + put + rest, caret: at + glue.length + put.length };
}
