// Filters and time ranges against a naive filter over the independent reader's tuples; wrong ones are refused where they are wrong.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder, json, rows, tidemark } from "../support/cli.ts";
import { engineOn } from "../support/engines.ts";
import { mixedFiles, mixedReading } from "../support/mixed.ts";
import type { OracleTuple } from "../support/oracle.ts";
import { inBlock } from "../support/oracle-ip.ts";

const home = folder(mixedFiles);
const caseFile = join(folder(), "case.tidemark");
const { tuples } = mixedReading(home);

beforeAll(async () => {
  await json(["ingest", caseFile, home, "--json"]);
});

const engine = engineOn(caseFile);

type Is = (tuple: OracleTuple) => boolean;
const ip =
  (address: string): Is =>
  (t) =>
    t.srcIp === address || t.dstIp === address;
const block =
  (cidr: string): Is =>
  (t) =>
    inBlock(t.srcIp, cidr) || inBlock(t.dstIp, cidr);
const low = (port: number): boolean => port >= 1 && port <= 1024;

const filters: [string, Is][] = [
  ["ip == 10.1.0.4", ip("10.1.0.4")],
  ["src == 10.1.0.4", (t) => t.srcIp === "10.1.0.4"],
  ["dst == 10.1.0.4", (t) => t.dstIp === "10.1.0.4"],
  ["ip != 10.1.0.4", (t) => !ip("10.1.0.4")(t)],
  ["ip == 10.0.0.0/8", block("10.0.0.0/8")],
  ["ip != 10.0.0.0/8", (t) => !block("10.0.0.0/8")(t)],
  ["src == 20.0.0.0/6", (t) => inBlock(t.srcIp, "20.0.0.0/6")],
  ["dst == 0.0.0.0/0", (t) => inBlock(t.dstIp, "0.0.0.0/0")],
  [
    "dst in {10.0.0.0/30, 2001:db8::/32}",
    (t) => ["10.0.0.0/30", "2001:db8::/32"].some((cidr) => inBlock(t.dstIp, cidr)),
  ],
  ["src == 2001:DB8:0::1:0:0:1", (t) => t.srcIp === "2001:db8::1:0:0:1"],
  ["src == ::ffff:10.9.9.9", (t) => t.srcIp === "::ffff:10.9.9.9"],
  ["ip == 2001:db8::/126", block("2001:db8::/126")],
  ["dport == 443", (t) => t.dstPort === 443],
  ["sport == 123", (t) => t.srcPort === 123],
  ["port == 123", (t) => t.srcPort === 123 || t.dstPort === 123],
  ["dport in {1-1024}", (t) => low(t.dstPort)],
  ["dport in {22, 3389, 8000-9000}", (t) => [22, 3389].includes(t.dstPort) || (t.dstPort >= 8000 && t.dstPort <= 9000)],
  ["port in {1-1024}", (t) => low(t.srcPort) || low(t.dstPort)],
  ["dport >= 1024 and dport < 8080", (t) => t.dstPort >= 1024 && t.dstPort < 8080],
  ["sport > 1024 && dport <= 22", (t) => t.srcPort > 1024 && t.dstPort <= 22],
  ["dport != 443", (t) => t.dstPort !== 443],
  ["decision == deny", (t) => t.decision === "deny"],
  ["decision == allow", (t) => t.decision === "allow"],
  ["decision != allow", (t) => t.decision === "deny"],
  ["nic == 000D3A359573", (t) => t.nic === "000D3A359573"],
  ['nic == "000D3A666666"', (t) => t.nic === "000D3A666666"],
  ["nic in {000D3A111111, 6045BDEC2532}", (t) => ["000D3A111111", "6045BDEC2532"].includes(t.nic!)],
  ["not dport == 443 and not decision == deny", (t) => t.dstPort !== 443 && t.decision === "allow"],
  ["!(dport == 443 || decision == deny)", (t) => t.dstPort !== 443 && t.decision === "allow"],
  [
    "dport == 443 or dport == 22 and decision == deny",
    (t) => t.dstPort === 443 || (t.dstPort === 22 && t.decision === "deny"),
  ],
  ["(dport == 443 or dport == 22) and decision == deny", (t) => [443, 22].includes(t.dstPort) && t.decision === "deny"],
  [
    "src == 10.1.0.4 && (dport in {443} || ! ip == 20.0.0.0/8)",
    (t) => t.srcIp === "10.1.0.4" && (t.dstPort === 443 || !block("20.0.0.0/8")(t)),
  ],
  ["dport == 443 and dport == 80", () => false],
];

test.each(filters)("%s", async (filter, is) => {
  const asked = { by: "tuples", scope: { ...EVERYTHING, filter }, sort: null, limit: 0, after: 0, bin: null } as const;
  expect((await engine.ask("query.rows", asked)).rows).toEqual(tuples.filter(is));
});

test("the command line passes a filter on", async () => {
  const [filter, is] = filters.find(([text]) => text.startsWith("(dport == 443")) ?? filters[0]!;
  expect(await rows(caseFile, "tuples", "--filter", filter)).toEqual(tuples.filter(is));
});

describe("time ranges", () => {
  const sorted = tuples.map((tuple) => tuple.time).sort((a, b) => a - b);
  const early = sorted[Math.floor(sorted.length / 3)]!;
  const late = sorted[Math.floor(sorted.length * 0.9)]!;
  const between = (from: number, to: number): OracleTuple[] => tuples.filter(({ time }) => time >= from && time < to);
  const iso = (time: number): string => new Date(time).toISOString();
  const cest = (time: number): string => iso(time + 7_200_000).replace("Z", "+02:00");

  test.each([
    ["in milliseconds, from included and to not", [String(early), String(late)], between(early, late)],
    ["of one millisecond", [String(late), String(late + 1)], between(late, late + 1)],
    ["that is empty", [String(late), String(late)], []],
    ["in ISO 8601, UTC", [iso(early), iso(late)], between(early, late)],
    ["in ISO 8601 with an offset", [cest(early), cest(late)], between(early, late)],
    [
      "in ISO 8601 without seconds",
      ["2025-03-04T10:00Z", "2025-03-04T11:00Z"],
      between(Date.UTC(2025, 2, 4, 10), Date.UTC(2025, 2, 4, 11)),
    ],
  ])("a range %s", async (_, [from, to], expected) => {
    expect(await rows(caseFile, "tuples", "--from", from!, "--to", to!)).toEqual(expected);
  });

  test("a range open on one side", async () => {
    expect(await rows(caseFile, "tuples", "--from", String(late))).toEqual(between(late, Number.POSITIVE_INFINITY));
    expect(await rows(caseFile, "tuples", "--to", iso(early))).toEqual(between(0, early));
  });
});

describe("wrong use ends with exit 2 and one clear message", () => {
  const wrong: [string, string[]][] = [
    ["an instant without a zone", ["--by", "tuples", "--from", "2025-03-04T10:00:00"]],
    ["an instant that is none", ["--by", "tuples", "--to", "yesterday"]],
    ["an unknown question", ["--by", "tuppels"]],
    ["no question", []],
    ["an unknown option", ["--by", "tuples", "--colour", "red"]],
    ["an option without its value", ["--by", "tuples", "--limit"]],
    ["a limit that is no number", ["--by", "tuples", "--limit", "many"]],
    ["an unknown format", ["--by", "tuples", "--format", "xml"]],
    ["an unknown field to sort by", ["--by", "tuples", "--sort", "beauty:desc"]],
    ["an unknown bin", ["--by", "timeline", "--bin", "7m"]],
  ];
  test.each(wrong)("%s", async (_, args) => {
    const run = await tidemark("query", caseFile, ...args);
    expect(run.code, run.stderr).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr.trim()).not.toBe("");
    expect(run.stderr).not.toMatch(/\n\s+at .*:\d+/);
  });

  test("an unknown command", async () => {
    expect((await tidemark("drown", caseFile)).code).toBe(2);
  });

  /** The filter, and where it goes wrong, counted from 0; the end of the text where something is missing. */
  const bad: [string, number[]][] = [
    ["dport == 443 and bogus == 3", [17]],
    ["dport == 443 && (decision == deny", [33, 16]],
    ["dport == banana", [9]],
    ["src == 10.0.0.300", [7]],
    ["src == 10.0.0.0/33", [7, 15, 16]],
    ["dport = 443", [6]],
    ["dport == 443 decision == deny", [13]],
    ["decision == maybe", [12]],
    ["dport ==", [8]],
  ];
  test.each(bad)("the filter %s is refused at its wrong character", async (filter, places) => {
    const run = await tidemark("query", caseFile, "--by", "tuples", "--filter", filter);
    expect(run.code, run.stderr).toBe(2);
    expect(run.stdout).toBe("");
    expect(
      pointsAt(run.stderr, filter).filter((place) => places.includes(place)),
      run.stderr,
    ).not.toEqual([]);
  });
});

/** Where a message points: the column of its caret under the filter, and the numbers it names counted from 0 or 1. */
function pointsAt(message: string, filter: string): number[] {
  const lines = message.split("\n");
  const caret = lines.findIndex((line) => /^\s*[\^~]+\s*$/.test(line));
  const shown = caret < 1 ? -1 : lines[caret - 1]!.indexOf(filter);
  const carets = shown === -1 ? [] : [lines[caret]!.search(/[\^~]/) - shown];
  const named = (message.replaceAll(filter, "").match(/\d+/g) ?? []).map(Number);
  return [...carets, ...named, ...named.map((number) => number - 1)];
}
