// A filter edited by clicking: terms name exactly what was clicked, and a filter taken apart and joined is the same filter.

import { expect, test } from "vitest";
import {
  conversationTerm,
  exclude,
  include,
  joinTerms,
  negated,
  splitTerms,
  term,
  without,
} from "../../renderer/model/filter-edit.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { rowFields } from "../../shared/rows.ts";

test.each<[string, unknown, string | null]>([
  ["srcIp", "10.0.0.4", "src == 10.0.0.4"],
  ["dstIp", "2001:db8::1", "dst == 2001:db8::1"],
  ["ip", "10.0.0.4", "ip == 10.0.0.4"],
  ["dstPort", 443, "dport == 443"],
  ["srcPort", 0, "sport == 0"],
  ["protocol", 6, "proto == 6"],
  ["direction", "I", "dir == I"],
  ["decision", "deny", "decision == deny"],
  ["encryption", "NX_HW_NOT_SUPPORTED", "enc == NX_HW_NOT_SUPPORTED"],
  ["nic", "000D3A112233", "nic == 000D3A112233"],
  ["acl", null, "acl == null"],
  ["rule", 'a "quoted" or \\ rule', 'rule == "a \\"quoted\\" or \\\\ rule"'],
  ["rule", "", 'rule == ""'],
  ["rule", "and", "rule == and"],
  ["state", "B", "state == B"],
  ["state", null, "state == null"],
  ["dstPort", null, null],
  ["srcIp", null, null],
  ["srcIp", "not an address", null],
  ["bytesSent", 5, null],
  ["toString", 5, null],
  ["nics", ["a"], null],
])("%s of %j", (field, value, text) => {
  expect(term(field, value)).toBe(text);
  if (text !== null) expect(() => parseFilter(text)).not.toThrow();
});

test("a text stays the same text through the language", () => {
  for (const rule of ["x or y", "{,}", "a&&b", "\\", '"', "null and void", "tab\there", "a == b"])
    expect(parseFilter(term("rule", rule) as string)).toEqual({
      kind: "text",
      field: "rule",
      match: "equal",
      values: [rule.toLowerCase()],
    });
});

const whole = [
  "",
  "dport == 1",
  "dport == 1 and dport == 2",
  "dport == 1 && dport == 2 AND not dport == 3",
  "dport == 1 or dport == 2 and dport == 3",
  "(dport == 1 || dport == 2) and dport == 3",
  "(dport == 1 and dport == 2) and dport in {3, 4}",
  "not (dport == 1 and dport == 2) and ! dport == 3",
  'rule == "a and b" and rule == and and rule contains or',
  "rule in {and, or} and rule == contains and rule contains contains",
  "  ( dport==1 )and(dport==2)  ",
];

test.each(whole)("%j taken apart and joined is the same tree", (filter) => {
  expect(parseFilter(joinTerms(splitTerms(filter)))).toEqual(parseFilter(filter));
});

test("top-level terms as written", () => {
  expect(splitTerms('rule == "a and b" and rule == and and (dport == 1 or dport == 2)')).toEqual([
    'rule == "a and b"',
    "rule == and",
    "(dport == 1 or dport == 2)",
  ]);
  expect(splitTerms("dport == 1 or dport == 2")).toEqual(["dport == 1 or dport == 2"]);
});

test("included, excluded, and one taken back by the other", () => {
  const a = "dport == 80";
  expect(include("", a)).toBe(a);
  expect(include(a, a)).toBe(a);
  expect(include("dport == 1 or dport == 2", a)).toBe("(dport == 1 or dport == 2) and dport == 80");
  expect(include("proto == tcp", "dport == 1 or dport == 2")).toBe("proto == tcp and (dport == 1 or dport == 2)");
  expect(exclude("", a)).toBe("dport != 80");
  expect(exclude(a, a)).toBe("dport != 80");
  expect(include("proto == tcp and dport != 80", a)).toBe("proto == tcp and dport == 80");
  expect(exclude("proto == tcp", "src == 10.0.0.1 and dst == 10.0.0.2")).toBe(
    "proto == tcp and not (src == 10.0.0.1 and dst == 10.0.0.2)",
  );
  expect(include("proto == tcp and src == 10.0.0.1", "src == 10.0.0.1 and dst == 10.0.0.2")).toBe(
    "proto == tcp and src == 10.0.0.1 and dst == 10.0.0.2",
  );
  expect(include("this is no filter (", a)).toBe(a);
});

test.each(whole.slice(1))("what is negated twice is what it was: %j", (filter) => {
  const strip = (text: string): unknown => parseFilter(text);
  const twice = negated(negated(filter));
  expect(strip(twice)).toEqual(strip(filter));
  const once = parseFilter(negated(filter));
  const tree = parseFilter(filter);
  expect(tree.kind === "not" ? tree.one : { kind: "not", one: tree }).toEqual(once);
});

test("a term is taken away, and nothing else", () => {
  expect(without("(dport == 1 or dport == 2) and proto == tcp", "proto == tcp")).toBe("(dport == 1 or dport == 2)");
  expect(without("proto == tcp", "proto == tcp")).toBe("");
  expect(without("proto == tcp", "proto == udp")).toBe("proto == tcp");
});

test("a conversation's term names every field of its key", () => {
  const row = {
    nic: "000D3A112233",
    acl: "/subscriptions/1/nsg a",
    rule: null,
    srcIp: "10.0.0.4",
    dstIp: "10.0.0.5",
    dstPort: 443,
    protocol: 6,
    direction: "O",
    encryption: "NX",
    decision: "allow",
  };
  const text = conversationTerm(row);
  const tree = parseFilter(text ?? "");
  expect(tree.kind === "and" && tree.all.length).toBe(rowFields.conversations.indexOf("tuples"));
  expect(conversationTerm({ ...row, srcIp: null })).toBeNull();
});
