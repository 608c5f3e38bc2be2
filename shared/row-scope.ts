// From a row of an answer to the tuples it was added up of: any bar, edge, cell or total leads back to its evidence.

import { parseFilter } from "./filter/parse.ts";
import { printFilter } from "./filter/print.ts";
import { type Filter, splitMeasures, type Test } from "./filter/tree.ts";
import { parseBlock } from "./ip.ts";
import { type Bin, type By, bins, type Cell, type Groupable, type Row } from "./rows.ts";
import type { Scope } from "./scope.ts";

/** Fields that name what the tuples of a row have in common, by answer. */
const NAMED: Readonly<Partial<Record<By, readonly string[]>>> = {
  conversations: [
    ...[
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
      "flowLog",
    ],
  ],
  edges: ["srcIp", "dstIp"],
  endpoints: ["ip"],
  nics: ["nic"],
  ports: ["dstPort", "protocol"],
  rules: ["acl", "rule"],
  encryption: ["encryption"],
  countries: ["country"],
  asns: ["asn"],
};

export type Asked = {
  readonly by: By;
  readonly scope: Scope;
  readonly group?: readonly Groupable[] | undefined;
  /** Of the timeline. */
  readonly bin?: Bin | null;
  readonly spread?: boolean | undefined;
};

/**
 * The scope of exactly the tuples that a row of this answer is made of, of a spread timeline with their shares of it; null where a row
 * is no sum of tuples, or is one (tuples, members, rejects, coverage). Conditions on rows are not in it.
 */
export function scopeOfRow({ by, scope, group, bin, spread }: Asked, row: Row): Scope | null {
  const filter = printFilter(splitMeasures(parseFilter(scope.filter)).tuples);
  if (by === "timeline") {
    if (!bin || typeof row.time !== "number") return null;
    const bar = within(scope, { from: row.time, to: row.time + bins[bin] });
    const part = "nic" in row ? { part: bothOf(scope.part ?? "", [termOf("nic", row.nic ?? null)]) } : {};
    return bar && { ...scope, filter, ...part, bar: { ...bar, ...(spread ? { spread } : {}) } };
  }
  if (by === "flows") {
    const { source, member, record, tuple, firstTime, lastTime } = row;
    const flow = { source: String(source), member: String(member), record: Number(record), tuple: Number(tuple) };
    const bar = within(scope, { from: Number(firstTime), to: Number(lastTime) + 1 }) ?? scope.bar;
    return { ...scope, filter, flow, ...(bar ? { bar } : {}) };
  }
  const fields = by === "groups" ? group : NAMED[by];
  if (!fields) return null;
  const terms = fields.map((field) => termOf(field, row[field] ?? null));
  return { ...scope, filter, part: bothOf(scope.part ?? "", terms) };
}

/** A bar of what is looked at; null where that is a bar of a spread timeline, which is not cut any smaller. */
function within({ bar }: Scope, { from, to }: Stretch): Stretch | null {
  if (!bar) return { from, to };
  return bar.spread ? null : { from: Math.max(from, bar.from), to: Math.min(to, bar.to) };
}
type Stretch = { readonly from: number; readonly to: number };

/** What a filter says of a cell's value. */
function termOf(field: string, value: Cell): Filter {
  const text = value === null ? "null" : String(value).toLowerCase();
  switch (field) {
    case "srcIp":
      return address("src", text);
    case "dstIp":
      return address("dst", text);
    case "ip":
      return address("ip", text);
    case "dstPort":
      return { kind: "number", field: "dport", values: [{ from: Number(value), to: Number(value) }] };
    case "protocol":
      return { kind: "number", field: "proto", values: [{ from: Number(value), to: Number(value) }] };
    case "service":
      return parseFilter(`service == ${text}`);
    case "direction":
      return { kind: "text", field: "dir", match: "equal", values: [text] };
    case "encryption":
      return exactly("enc", value);
    case "rule":
      return exactly("rule", value);
    case "flowLog":
      return anyCase("flowlog", value);
    case "acl":
      return anyCase("acl", value);
    case "decision":
    case "nic":
      return { kind: "text", field, match: "equal", values: [text] };
    case "srcCountry":
      return { kind: "fact", field: "srccountry", match: "equal", values: [text] };
    case "dstCountry":
      return { kind: "fact", field: "dstcountry", match: "equal", values: [text] };
    case "country":
    case "asn":
      return { kind: "fact", field, match: "equal", values: [text] };
    default:
      throw new Error(`tuples are not told apart by ${field}`);
  }
}

/** What is a part already, and of that what the terms say. */
function bothOf(part: string, terms: readonly Filter[]): string {
  const before = parseFilter(part);
  const all = before.kind === "everything" ? terms : [before, ...terms];
  return printFilter(all.length === 1 ? (all[0] as Filter) : { kind: "and", all });
}

function address(field: "ip" | "src" | "dst", text: string): Test {
  const block = parseBlock(text);
  if (block === null) throw new Error(`${text} is no address`);
  return { kind: "address", field, values: [block] };
}

type Named = Extract<Test, { kind: "text" }>["field"];

/** Rows are told apart by their spelling, where a filter compares without case. */
function exactly(field: Named, value: Cell): Filter {
  if (typeof value !== "string" || value.length > LONGEST_PATTERN) return anyCase(field, value);
  return { kind: "text", field, match: "matches", values: [`(?-i)^${value.replace(/[^\w\u0080-\uffff]/g, "\\$&")}$`] };
}

/** `== null` holds for a text that is not there, and for the text "null". */
function anyCase(field: Named, value: Cell): Filter {
  const text = value === null ? "null" : String(value).toLowerCase();
  const equal: Filter = { kind: "text", field, match: "equal", values: [text] };
  if (text !== "null") return equal;
  const written: Filter = { kind: "text", field, match: "matches", values: ["^null$"] };
  return value === null ? { kind: "and", all: [equal, { kind: "not", one: written }] } : written;
}

/** Regular expressions longer than 1,000 characters are refused; escaped, a text grows to twice its length. */
const LONGEST_PATTERN = 480;
