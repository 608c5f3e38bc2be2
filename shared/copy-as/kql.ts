// Kusto over Traffic Analytics' table NTANetAnalytics. It groups flows by interval, drops source ports and states, and moves public
// addresses into lists (SrcPublicIps: `address|figures…` parted by spaces), so that SrcIp is empty there.

import type { Filter, Measured, NumberRange, Test } from "../filter/tree.ts";
import { printIp } from "../ip.ts";
import type { Scope } from "../scope.ts";
import { printInstant } from "../time.ts";
import { anyOf, type Language, type Said, say } from "./say.ts";

export function asKql(filter: Filter, { from, to }: Scope): Said {
  const { text, left } = say(filter, LANGUAGE);
  const instant = (ms: number): string => `datetime(${printInstant(ms)})`;
  // An interval begins before the flows in it, an hour at most.
  const times = [
    ...(from === null ? [] : [`FlowIntervalEndTime > ${instant(from)}`]),
    ...(to === null ? [] : [`FlowIntervalStartTime < ${instant(to)}`]),
  ];
  const wheres = ['SubType == "FlowLog"', ...(times.length > 0 ? [times.join(" and ")] : []), ...(text ? [text] : [])];
  return { text: ["NTANetAnalytics", ...wheres.map((where) => `| where ${where}`)].join("\n"), left };
}

const LANGUAGE: Language = { test: testText, and: "and", or: "or", not: (text) => `not(${text})` };

function testText(test: Test | Measured, exactly: boolean): string | null {
  switch (test.kind) {
    case "address": {
      const ends = { ip: ["Src", "Dest"], src: ["Src"], dst: ["Dest"] }[test.field];
      const texts = ends.flatMap((end) =>
        test.values.map((value) => {
          if (typeof value === "string") return null; // what is private differs
          const address = printIp(value.bytes);
          if (value.prefix === value.bytes.length * 8)
            return `(${end}Ip == "${address}" or ${end}PublicIps has "${address}")`;
          if (exactly) return null;
          const range = value.bytes.length === 4 ? "ipv4_is_in_range" : "ipv6_is_in_range";
          // Public addresses stand in lists, which no function looks through: those rows are all kept.
          return `(${range}(${end}Ip, "${address}/${value.prefix}") or isnotempty(${end}PublicIps))`;
        }),
      );
      return texts.includes(null) ? null : anyOf(texts as string[], "or");
    }
    case "number":
      if (test.field === "dport")
        return anyOf(
          test.values.map((range) => inRange("DestPort", range)),
          "or",
        );
      return test.field === "proto" ? protocols(test.values.map(({ from, to }) => (from === to ? from : -1))) : null;
    case "service": {
      const texts = test.values.map(({ port, protocol }) => {
        const protocolText = protocols([protocol]);
        if (protocolText === null) return null;
        return port === null ? protocolText : `(DestPort == ${port} and ${protocolText})`;
      });
      return texts.includes(null) ? null : anyOf(texts as string[], "or");
    }
    case "text":
      return textOf(test);
    case "fact":
      if (test.field !== "country" || test.match !== "equal" || test.values.includes("null")) return null;
      return `Country in~ (${test.values.map(quoted).join(", ")})`;
    default:
      return null;
  }
}

const COLUMNS = { rule: "AclRule", acl: "AclGroup", nic: "MacAddress", flowlog: "FlowLogResourceId" } as const;

function textOf({ field, match, values }: Extract<Test, { kind: "text" }>): string | null {
  if (field === "decision" && match === "equal")
    return `FlowStatus in~ (${values.flatMap((value) => (value === "allow" ? ['"Allowed"', '"A"'] : ['"Denied"', '"D"'])).join(", ")})`;
  if (field === "dir" && match === "equal")
    return `FlowDirection in~ (${values.flatMap((value) => (value === "i" ? ['"Inbound"', '"I"'] : ['"Outbound"', '"O"'])).join(", ")})`;
  if (field === "decision" || field === "dir" || field === "state" || field === "enc") return null;
  const column = COLUMNS[field];
  if (field === "nic") {
    if (match !== "equal" || values.includes("null")) return null;
    return `replace_regex(toupper(${column}), "[^0-9A-F]", "") in (${values.map((value) => quoted(value.toUpperCase())).join(", ")})`;
  }
  if (values.includes("null") && match === "equal") return null;
  if (match === "equal") return `${column} in~ (${values.map(quoted).join(", ")})`;
  if (match === "contains")
    return anyOf(
      values.map((value) => `${column} contains ${quoted(value)}`),
      "or",
    );
  return anyOf(
    values.map((value) => `${column} matches regex ${quoted(`(?i)${value}`)}`),
    "or",
  );
}

const PROTOCOLS: Readonly<Record<number, readonly string[]>> = { 6: ["T", "TCP"], 17: ["U", "UDP"], 1: ["I", "ICMP"] };

/** Null where it has no name for one of them. */
function protocols(numbers: readonly number[]): string | null {
  const names = numbers.map((number) => PROTOCOLS[number]);
  if (names.includes(undefined)) return null;
  return `L4Protocol in~ (${names.flatMap((each) => each?.map(quoted) ?? []).join(", ")})`;
}

function inRange(column: string, { from, to }: NumberRange): string {
  return from === to ? `${column} == ${from}` : `${column} between (${from} .. ${to})`;
}

/** Control characters are written as escapes: a line break would end the text, and the query with it. */
function quoted(text: string): string {
  const escaped = (c: string): string =>
    ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\p{Cc}/gu, escaped)}"`;
}
