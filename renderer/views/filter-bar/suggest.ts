// What can stand at the caret of a filter: a field, an operator, a value, a word between conditions. Pure; reads the text before the caret
// with the tokens of the filter language, and proposes nothing where they do not tell.

import { fieldNames, fields, isField } from "../../../shared/filter/fields.ts";
import { START, type Standing, step, type Token, tokenize } from "../../../shared/filter/tokens.ts";
import { quoted } from "../../model/view.ts";

export type Expected = {
  readonly what: "field" | "operator" | "value" | "joiner";
  /** The field that an operator or value belongs to. */
  readonly field: string;
  /** What is typed of it, and where that begins. */
  readonly typed: string;
  readonly at: number;
};

/** `tuples`: how many have this value, where that was asked. */
export type Suggestion = { readonly text: string; readonly says: string; readonly tuples?: number | null };

const ADDRESSES = ["ip", "src", "dst"];

export function expectedAt(before: string): Expected | null {
  let tokens: readonly Token[];
  try {
    tokens = tokenize(before).slice(0, -1);
  } catch {
    return null; // inside a quote
  }
  const last = tokens.at(-1);
  const isTyping = last?.kind === "word" && last.at + last.text.length === before.length;
  const standing = standingAfter(tokens.slice(0, isTyping ? -1 : undefined));
  const what = standing && WHAT[standing.next];
  if (!standing || !what) return null;
  const typed = isTyping && last ? last.text : "";
  return { what, field: standing.field, typed, at: before.length - typed.length };
}

/** What there is to propose; nothing where a single sign must follow. */
const WHAT: Readonly<Record<Standing["next"], Expected["what"] | null>> = {
  field: "field",
  operator: "operator",
  value: "value",
  joiner: "joiner",
  set: null,
  more: null,
};

/** Null after a token that cannot stand where it does. */
function standingAfter(tokens: readonly Token[]): Standing | null {
  let standing: Standing | null = START;
  for (const token of tokens) standing &&= step(standing, token);
  return standing;
}

/** More than anybody reads: what is meant is typed. */
const SHOWN = 60;

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
  if (what === "field") return fieldNames.map((text) => ({ text, says: fields[text].says }));
  if (what === "operator") return operators(field);
  if (what === "joiner")
    return [
      { text: "and", says: "both" },
      { text: "or", says: "either" },
    ];
  const known = values(field);
  const said = fixed(field).map((each) => ({ ...each, ...known.find(({ text }) => text === each.text) }));
  const texts = new Set(said.map(({ text }) => text));
  return [...said, ...known.filter(({ text }) => !texts.has(text))];
}

function operators(field: string): readonly Suggestion[] {
  const kind = isField(field) ? fields[field].kind : "text";
  const isEither = field === "ip" || field === "port" || kind === "fact";
  const equal = [
    { text: "==", says: "is" },
    { text: "!=", says: isEither ? "neither is" : "is not" },
    { text: "in {", says: "is one of" },
  ];
  if (kind === "address" || kind === "service") return equal;
  if (kind === "number") return [...equal, { text: ">=", says: "at least" }, { text: "<=", says: "at most" }];
  if (kind === "measure") return [{ text: ">=", says: "at least" }, { text: "<=", says: "at most" }, ...equal];
  return [...equal, { text: "contains", says: "has in it" }, { text: "matches", says: "fits a regular expression" }];
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
  status: [
    ["suspected", ""],
    ["compromised", ""],
    ["cleared", ""],
  ],
  bytes: [
    ["1M", "1,000,000"],
    ["1G", "1,000,000,000"],
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
