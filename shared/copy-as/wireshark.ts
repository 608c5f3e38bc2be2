// Wireshark's display filter (wireshark-filter(4)), for the packet capture of the same host. A capture knows nothing of rules,
// decisions and states.

import type { Filter, Measured, NumberRange, Test } from "../filter/tree.ts";
import { printIp } from "../ip.ts";
import type { Scope } from "../scope.ts";
import { answersLeft, anyOf, type Language, type Said, say } from "./say.ts";

export function asWireshark(filter: Filter, { from, to }: Scope): Said {
  const { text, left } = say(filter, LANGUAGE);
  const seconds = (ms: number): string => (ms / 1000).toFixed(3);
  const times = [
    ...(from === null ? [] : [`frame.time_epoch >= ${seconds(from)}`]),
    ...(to === null ? [] : [`frame.time_epoch < ${seconds(to)}`]),
  ];
  return {
    text: [...times, ...(text === "" ? [] : [times.length > 0 ? `(${text})` : text])].join(" && "),
    left: [...left, ...answersLeft(filter, text)],
  };
}

const LANGUAGE: Language = { test: testText, and: "&&", or: "||", not: (text) => `!(${text})` };

function testText(test: Test | Measured, exactly: boolean): string | null {
  switch (test.kind) {
    case "address": {
      const end = { ip: "addr", src: "src", dst: "dst" }[test.field];
      if (test.values.some((value) => typeof value === "string")) return null;
      return anyOf(
        test.values.map((value) => {
          if (typeof value === "string") return "";
          const isV4 = value.bytes.length === 4;
          const prefix = value.prefix === value.bytes.length * 8 ? "" : `/${value.prefix}`;
          return `${isV4 ? "ip" : "ipv6"}.${end} == ${printIp(value.bytes)}${prefix}`;
        }),
        "||",
      );
    }
    case "number": {
      const values = set(test.values);
      if (test.field === "proto") return `(ip.proto in ${values} || ipv6.nxt in ${values})`;
      const port = { port: "port", sport: "srcport", dport: "dstport" }[test.field];
      // Logs give port 0 to what has no ports.
      const portless = test.values.some(({ from }) => from === 0);
      if (portless && exactly) return null;
      return `(tcp.${port} in ${values} || udp.${port} in ${values}${portless ? " || icmp || icmpv6" : ""})`;
    }
    case "service":
      return anyOf(
        test.values.map(({ port, protocol }) => {
          if (port !== null && protocol === 6) return `tcp.dstport == ${port}`;
          if (port !== null && protocol === 17) return `udp.dstport == ${port}`;
          return `(ip.proto == ${protocol} || ipv6.nxt == ${protocol})`;
        }),
        "||",
      );
    case "text": {
      if (test.field !== "nic" || test.match !== "equal" || !test.values.every((value) => /^[0-9a-f]{12}$/.test(value)))
        return null;
      return anyOf(
        test.values.map((value) => `eth.addr == ${value.match(/../g)?.join(":")}`),
        "||",
      );
    }
    default:
      return null;
  }
}

function set(ranges: readonly NumberRange[]): string {
  return `{${ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}..${to}`)).join(", ")}}`;
}
