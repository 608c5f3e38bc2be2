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
};

/**
 * The scope of exactly the tuples that a row of this answer is made of; null where a row is no sum of tuples, or one of them (tuples,
 * flows, members, rejects, coverage). Conditions on rows are not in it.
 */
export function scopeOfRow({ by, scope, group, bin }: Asked, row: Row): Scope | null {
  const filter = printFilter(splitMeasures(parseFilter(scope.filter)).tuples);
  if (by === "timeline") {
    if (!bin || typeof row.time !== "number") return null;
    const [from, to] = [row.time, row.time + bins[bin]];
    return {
      ...scope,
      filter,
      ...("nic" in row ? { part: bothOf(scope.part ?? "", termOf("nic", row.nic ?? null)) } : {}),
      from: scope.from === null ? from : Math.max(scope.from, from),
      to: scope.to === null ? to : Math.min(scope.to, to),
    };
  }
  const fields = by === "groups" ? group : NAMED[by];
  if (!fields) return null;
  const all = fields.map((field) => termOf(field, row[field] ?? null));
  const part = all.length === 1 ? (all[0] as Filter) : ({ kind: "and", all } satisfies Filter);
  return { ...scope, filter, part: printFilter(part) };
}

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
      return { kind: "text", field: "enc", match: "equal", values: [text] };
    case "flowLog":
      return { kind: "text", field: "flowlog", match: "equal", values: [text] };
    case "decision":
    case "nic":
    case "acl":
    case "rule":
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

function bothOf(part: string, term: Filter): string {
  return printFilter(part.trim() === "" ? term : { kind: "and", all: [parseFilter(part), term] });
}

function address(field: "ip" | "src" | "dst", text: string): Test {
  const block = parseBlock(text);
  if (block === null) throw new Error(`${text} is no address`);
  return { kind: "address", field, values: [block] };
}
