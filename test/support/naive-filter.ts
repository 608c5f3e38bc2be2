// A filter asked of one tuple at a time, as its row shows it: the plain reading of docs/filter.md, sharing nothing with the engine but
// the tree. Regular expressions are JavaScript's here, so only patterns that both read alike may be compared.

import type { AddressValue, Condition, Filter, Match, Test } from "../../shared/filter/tree.ts";
import { printIp } from "../../shared/ip.ts";
import type { OracleTuple } from "./oracle.ts";
import { inBlock } from "./oracle-ip.ts";

export type NaiveFacts = Readonly<Record<"country" | "asn" | "tag" | "status", (ip: string) => string | null>>;
export type TupleRow = OracleTuple & { readonly flowLog: string | null };

export function holds(filter: Filter, tuple: TupleRow, facts: NaiveFacts): boolean {
  switch (filter.kind) {
    case "everything":
    case "measure":
      return true;
    case "and":
      return filter.all.every((one) => holds(one, tuple, facts));
    case "or":
      return filter.any.some((one) => holds(one, tuple, facts));
    case "not":
      return !holds(filter.one, tuple, facts);
    default:
      return testHolds(filter, tuple, facts);
  }
}

/** Of a row of any answer, by its sums. */
export function rowHolds(
  conditions: readonly Condition[],
  sums: Readonly<Record<"bytes" | "packets", number>>,
): boolean {
  return conditions.every(({ field, values, not }) => {
    const inOne = values.some(({ from, to }) => sums[field] >= from && sums[field] <= to);
    return inOne !== not;
  });
}

function testHolds(test: Test, t: TupleRow, facts: NaiveFacts): boolean {
  switch (test.kind) {
    case "address": {
      const ends = test.field === "src" ? [t.srcIp] : test.field === "dst" ? [t.dstIp] : [t.srcIp, t.dstIp];
      return ends.some((ip) => test.values.some((value) => isOf(ip, value)));
    }
    case "number": {
      const all = { port: [t.srcPort, t.dstPort], sport: [t.srcPort], dport: [t.dstPort], proto: [t.protocol] };
      return all[test.field].some((number) => test.values.some(({ from, to }) => number >= from && number <= to));
    }
    case "service":
      return test.values.some(({ port, protocol }) => t.protocol === protocol && (port === null || t.dstPort === port));
    case "text": {
      const texts = {
        dir: t.direction,
        state: t.state,
        decision: t.decision,
        enc: t.encryption,
        nic: t.nic,
        acl: t.acl,
        rule: t.rule,
        flowlog: t.flowLog,
      };
      return textHolds(test.match, test.values, texts[test.field]);
    }
    case "fact": {
      const { field } = test;
      const ends = field === "srccountry" ? [t.srcIp] : field === "dstcountry" ? [t.dstIp] : [t.srcIp, t.dstIp];
      const known = field === "srccountry" || field === "dstcountry" ? facts.country : facts[field];
      return ends.some((ip) => textHolds(test.match, test.values, known(ip)));
    }
  }
}

function textHolds(match: Match, values: readonly string[], text: string | null): boolean {
  if (text === null) return match === "equal" && values.includes("null");
  if (match === "matches") return values.some((value) => new RegExp(value, "i").test(text));
  const lower = text.toLowerCase();
  return values.some((value) => (match === "contains" ? lower.includes(value) : lower === value));
}

const PRIVATE = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128"],
  ...["fc00::/7", "fe80::/10", "ff00::/8"],
];

function isOf(ip: string, value: AddressValue): boolean {
  if (typeof value !== "string") return inBlock(ip, `${printIp(value.bytes)}/${value.prefix}`);
  return PRIVATE.some((block) => inBlock(ip, block)) === (value === "private");
}
