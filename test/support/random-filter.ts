// Filters at random, of values that the tuples at hand have and of some that they do not.

import { randomFrom } from "./logs.ts";
import type { OracleTuple } from "./oracle.ts";

type Pick = <T>(values: readonly T[]) => T;

/** A function that makes another filter, as text, each time. The same seed makes the same ones. */
export function filtersFrom(seed: number, tuples: readonly OracleTuple[]): () => string {
  const random = randomFrom(seed);
  const pick: Pick = (values) => values[Math.floor(random() * values.length)]!;
  const tuple = (): OracleTuple => pick(tuples);
  const quoted = (text: string | null): string => (text === null ? "null" : `"${text.replace(/["\\]/g, "\\$&")}"`);
  const cut = (text: string): string => {
    const from = Math.floor(random() * text.length);
    return text.slice(from, from + 1 + Math.floor(random() * 6));
  };

  function address(): string {
    const ip = pick([tuple().srcIp, tuple().dstIp]);
    const bits = ip.includes(":") ? 128 : 32;
    return pick([ip, ip, `${ip}/${Math.floor(random() * (bits + 1))}`, "private", "public", "203.0.113.77"]);
  }

  function port(): string {
    const one = pick([tuple().srcPort, tuple().dstPort, Math.floor(random() * 65536)]);
    return pick([`${one}`, `${one}`, `${Math.floor(one / 2)}-${one}`]);
  }

  function some(value: () => string, operator = pick(["==", "==", "!=", "in"])): string {
    if (operator !== "in") return `${operator} ${value()}`;
    return `in {${Array.from({ length: 1 + Math.floor(random() * 4) }, value).join(", ")}}`;
  }

  function text(of: (tuple: OracleTuple) => string | null): string {
    const operator = pick(["==", "!=", "in", "contains", "matches"]);
    if (operator === "contains") return `contains ${quoted(cut(of(tuple()) ?? "x"))}`;
    if (operator !== "matches") return some(() => quoted(of(tuple())), operator);
    const safe = cut(of(tuple()) ?? "x").replace(/[^\w]/g, ".");
    return `matches ${quoted(pick([safe, `^${safe}`, `${safe}$`, `[${safe.replaceAll(".", "a")}].*`, `(${safe}|rule)+`]))}`;
  }

  function test(): string {
    switch (pick(["address", "address", "port", "order", "proto", "service", "text", "fact"])) {
      case "address":
        return `${pick(["ip", "src", "dst"])} ${some(address)}`;
      case "port":
        return `${pick(["port", "sport", "dport"])} ${some(port)}`;
      case "order":
        return `${pick(["port", "sport", "dport"])} ${pick(["<", "<=", ">", ">="])} ${tuple().dstPort}`;
      case "proto":
        return `proto ${some(() => pick(["tcp", "udp", "icmp", `${tuple().protocol}`]))}`;
      case "service":
        return `service ${some(() => pick([`${tuple().dstPort}/${tuple().protocol}`, "443/tcp", "udp"]))}`;
      case "fact":
        return pick([
          () => `country ${some(() => pick(["de", "us", "null"]))}`,
          () => `${pick(["srccountry", "dstcountry"])} ${some(() => pick(["de", "us", "null"]))}`,
          () => `country contains ${pick(["d", "u", "z"])}`,
          () => `status ${some(() => pick(["suspected", "compromised", "cleared", "null"]))}`,
          () => `${pick(["asn", "tag"])} ${some(() => pick(["64500", "null"]))}`,
        ])();
      default:
        return pick([
          () => `nic ${text((t) => t.nic)}`,
          () => `rule ${text((t) => t.rule)}`,
          () => `acl ${text((t) => t.acl)}`,
          () => `enc ${text((t) => t.encryption)}`,
          () => `flowlog ${some(() => "null")}`,
          () => `state ${text((t) => t.state)}`,
          () => `dir ${some(() => pick(["I", "O", "in"]))}`,
          () => `decision ${some(() => pick(["allow", "deny"]))}`,
        ])();
    }
  }

  function expression(depth: number): string {
    const shape = depth === 0 ? "test" : pick(["test", "test", "and", "or", "not"]);
    if (shape === "test") return test();
    if (shape === "not") return `${pick(["not ", "!"])}(${expression(depth - 1)})`;
    const parts = Array.from({ length: 2 + Math.floor(random() * 2) }, () => `(${expression(depth - 1)})`);
    return parts.join(` ${shape} `);
  }

  return () => {
    const conditions = pick([0, 0, 0, 1, 2]);
    const rows = Array.from({ length: conditions }, () => {
      const { bytesSent, packetsSent } = tuple();
      const field = pick(["bytes", "packets"]);
      const value = (field === "bytes" ? bytesSent : packetsSent) ?? 0;
      return pick([
        `${field} ${pick([">", "<", ">=", "<=", "==", "!="])} ${value}`,
        `not ${field} in {0, ${value}-${Math.min(2 * value, Number.MAX_SAFE_INTEGER)}}`,
      ]);
    });
    return [...(random() < 0.05 ? [] : [`(${expression(2)})`]), ...rows].join(" and ");
  };
}
