// nfdump's filter (nfdump(1), FILTER), for NetFlow of the same network. Its time range is an option (-t), not part of the filter.

import type { Filter, Measured, NumberRange, Test } from "../filter/tree.ts";
import { printIp } from "../ip.ts";
import type { Scope } from "../scope.ts";
import { answersLeft, anyOf, type Language, type Said, say } from "./say.ts";

export function asNfdump(filter: Filter, { from, to }: Scope): Said {
  const { text, left } = say(filter, LANGUAGE);
  const times = from === null && to === null ? [] : ["the time range: nfdump takes it as -t"];
  return { text: text === "" ? "any" : text, left: [...left, ...answersLeft(filter, text), ...times] };
}

const LANGUAGE: Language = { test: testText, and: "and", or: "or", not: (text) => `not (${text})` };

function testText(test: Test | Measured, exactly: boolean): string | null {
  switch (test.kind) {
    case "address": {
      const end = { ip: "", src: "src ", dst: "dst " }[test.field];
      if (test.values.some((value) => typeof value === "string")) return null;
      return anyOf(
        test.values.map((value) => {
          if (typeof value === "string") return "";
          const address = printIp(value.bytes);
          return value.prefix === value.bytes.length * 8
            ? `${end}ip ${address}`
            : `${end}net ${address}/${value.prefix}`;
        }),
        "or",
      );
    }
    case "number": {
      if (test.field === "proto")
        return anyOf(
          test.values.map((range) => inRange("proto", range)),
          "or",
        );
      if (exactly && test.field === "port" && test.values.some(({ from, to }) => from !== to)) return null;
      const end = { port: "", sport: "src ", dport: "dst " }[test.field];
      return anyOf(
        test.values.map((range) => inRange(`${end}port`, range)),
        "or",
      );
    }
    case "service":
      return anyOf(
        test.values.map(({ port, protocol }) =>
          port === null ? `proto ${protocol}` : `(proto ${protocol} and dst port ${port})`,
        ),
        "or",
      );
    default:
      return null;
  }
}

/** nfdump compares with =, < and >. Of either end, both bounds must hold at the same one, which it cannot say: a wider one is. */
function inRange(name: string, { from, to }: NumberRange): string {
  if (from === to) return `${name} ${from}`;
  return `(${name} > ${from - 1} and ${name} < ${to + 1})`;
}
