// A scope in other languages: what is said selects at least the scope, and what is not said is listed.

import { describe, expect, test } from "vitest";
import { copyAs, type LanguageName } from "../../shared/copy-as/languages.ts";
import type { Scope } from "../../shared/scope.ts";

const T = Date.UTC(2025, 2, 4, 10);
function said(name: LanguageName, filter: string, range: { from?: number; to?: number } = {}): [string, ...string[]] {
  const { text, left } = copyAs(name, { from: range.from ?? null, to: range.to ?? null, filter });
  return [text, ...left];
}

/** Packets and flow records of one way have their own source and destination. */
const BACK = "what comes back: there, source and destination are exchanged";

describe("KQL", () => {
  const table = 'NTANetAnalytics\n| where SubType == "FlowLog"';
  test.each<[string, string, ...string[]]>([
    ["", ""],
    ["dport in {22, 8000-9000}", "(DestPort == 22 or DestPort between (8000 .. 9000))"],
    ["src == 203.0.113.9", '(SrcIp == "203.0.113.9" or SrcPublicIps has "203.0.113.9")'],
    ["dst == 10.0.0.0/8", '(ipv4_is_in_range(DestIp, "10.0.0.0/8") or isnotempty(DestPublicIps))'],
    ["decision == deny and dir == I", 'FlowStatus in~ ("Denied", "D") and FlowDirection in~ ("Inbound", "I")'],
    ["service == 443/tcp", '(DestPort == 443 and L4Protocol in~ ("T", "TCP"))'],
    ['rule == "a\nb\\\\c"', 'AclRule in~ ("a\\nb\\\\c")'],
    ['rule contains "a\\"b"', 'AclRule contains "a\\"b"'],
    ["not decision == deny", 'not(FlowStatus in~ ("Denied", "D"))'],
    ["nic == 00-0d-3a-11-22-33", 'replace_regex(toupper(MacAddress), "[^0-9A-F]", "") in ("000D3A112233")'],
    ["sport == 53 and dport == 53", "DestPort == 53", "sport == 53"],
    ["sport == 53 or dport == 53", "", "sport == 53 or dport == 53"],
    ["not dst == 10.0.0.0/8", "", "dst != 10.0.0.0/8"],
    ["not (sport == 53 and dport == 53)", "", "not (sport == 53 and dport == 53)"],
    ["dst == public and dport == 1", "DestPort == 1", "dst == public"],
  ])("%s", (filter, where, ...left) => {
    expect(said("kql", filter)).toEqual([where === "" ? table : `${table}\n| where ${where}`, ...left]);
  });

  test("takes intervals that can hold flows of the range", () => {
    expect(said("kql", "", { from: T, to: T + 1 })[0]).toContain(
      "| where FlowIntervalEndTime > datetime(2025-03-04T10:00:00.000Z) and FlowIntervalStartTime < datetime(2025-03-04T10:00:00.001Z)",
    );
  });
});

describe("Wireshark", () => {
  test.each<[string, string, ...string[]]>([
    ["ip == 10.0.0.4", "ip.addr == 10.0.0.4"],
    ["src == 2001:db8::/32", "ipv6.src == 2001:db8::/32", BACK],
    ["dport in {22, 80-90}", "(tcp.dstport in {22, 80..90} || udp.dstport in {22, 80..90})", BACK],
    ["dport < 2", "(tcp.dstport in {0..1} || udp.dstport in {0..1} || icmp || icmpv6)", BACK],
    ["service in {443/tcp, 53/udp}", "(tcp.dstport == 443 || udp.dstport == 53)", BACK],
    ["nic == 000d3a112233", "eth.addr == 00:0d:3a:11:22:33"],
    ["ip != 10.0.0.4 and decision == deny", "!(ip.addr == 10.0.0.4)", "decision == deny"],
    [
      "(src == 10.0.0.4 or dst == 10.0.0.5) and proto == tcp",
      "(ip.src == 10.0.0.4 || ip.dst == 10.0.0.5) && (ip.proto in {6} || ipv6.nxt in {6})",
      BACK,
    ],
  ])("%s", (filter, text, ...left) => {
    expect(said("wireshark", filter)).toEqual([text, ...left]);
  });

  test("has the range in it", () => {
    expect(said("wireshark", "ip == 10.0.0.4", { from: T, to: T + 1500 })).toEqual([
      `frame.time_epoch >= ${T / 1000}.000 && frame.time_epoch < ${(T + 1500) / 1000}00 && (ip.addr == 10.0.0.4)`,
    ]);
  });
});

describe("nfdump", () => {
  test.each<[string, string, ...string[]]>([
    ["", "any"],
    [
      "src == 10.0.0.0/8 and not dport in {53, 80-90}",
      "src net 10.0.0.0/8 and not ((dst port 53 or (dst port > 79 and dst port < 91)))",
      BACK,
    ],
    ["ip in {10.0.0.4, 10.0.0.5}", "(ip 10.0.0.4 or ip 10.0.0.5)"],
    ["not port in {1-2}", "any", "port != 1-2"],
    ["proto == udp and rule == x", "proto 17", "rule == x"],
  ])("%s", (filter, text, ...left) => {
    expect(said("nfdump", filter)).toEqual([text, ...left]);
  });

  test("says that the range is an option", () => {
    expect(said("nfdump", "", { from: T })[1]).toContain("-t");
  });
});

describe("SQL", () => {
  test.each<[string, string, { from?: number; to?: number }?]>([
    ["", "SELECT * FROM tuples;"],
    ['rule == "it\'s"', "SELECT * FROM tuples('rule == it''s');"],
    ["bytes > 10", "SELECT * FROM tuples('bytes >= 11', NULL, 5);", { to: 5 }],
    ["", "SELECT * FROM tuples('', 3);", { from: 3 }],
  ])("%s", (filter, text, range) => {
    expect(said("sql", filter, range)).toEqual([text]);
  });
});

test("once is nobody else's word", () => {
  expect(copyAs("kql", { from: null, to: null, filter: "", sides: "once" }).left).toEqual([
    "once: each flow is selected wherever it was logged",
  ]);
});

test.each<[string, Partial<Scope>, string]>([
  [
    "overlapping flows",
    { time: "overlapping" },
    "whole flows that overlap the range: what is inside the range is selected",
  ],
  [
    "flows that start",
    { time: "starting" },
    "whole flows that start in the range: what is inside the range is selected",
  ],
  ["adjusted counters", { counters: "adjusted" }, "counters with roll-overs undone: they are as logged there"],
  ["once", { sides: "once" }, "once: each flow is selected wherever it was logged"],
  ["a part", { part: "nic == 000d3a112233" }, "the part that is looked at: nic == 000d3a112233"],
  ["a bar", { bar: { from: T, to: T + 1 } }, "the bar that is looked at"],
])("SQL lists %s as left out", (_, scope, left) => {
  expect(copyAs("sql", { from: T, to: null, filter: "dport == 22", ...scope }).left).toEqual([left]);
});
