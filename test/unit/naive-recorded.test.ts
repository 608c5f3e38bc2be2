// The second implementation of settling on the recorded logs: the figures that were worked out from them by hand.

import { describe, expect, test } from "vitest";
import { evidence } from "../support/logs.ts";
import { type NaiveTuple, type Settled, settle } from "../support/naive-settling.ts";
import { settlingInput } from "../support/settling-input.ts";
import { outcome } from "../support/settling-tables.ts";

describe("the recorded logs", () => {
  const recorded = (...names: string[]): { tuples: NaiveTuple[]; settled: Settled } => {
    const tuples = settlingInput(names.map((path) => [{ path, text: evidence(path).toString("utf8") }]));
    return { tuples, settled: settle(tuples) };
  };
  type Which = (tuple: NaiveTuple) => boolean;
  const bytes = (of: readonly NaiveTuple["counters"][]): number =>
    of.reduce((sum, [, sent, , received]) => sum + (sent ?? 0) + (received ?? 0), 0);
  const figures = (name: string, which: Which = () => true): Record<string, number> => {
    const { tuples, settled } = recorded(name);
    const marked = tuples
      .map((tuple, index) => ({ tuple, mark: settled.marks[index]! }))
      .filter((one) => which(one.tuple));
    const begins = marked.filter(({ tuple }) => tuple.state === "B");
    return {
      logged: bytes(marked.map(({ tuple }) => tuple.counters)),
      adjusted: bytes(marked.map(({ mark }) => mark.adjusted)),
      begins: begins.length,
      connections: begins.filter(({ mark }) => mark.first).length,
    };
  };

  test("subnet target: 28,232 → 28,004 bytes, 6 B → 4 connections", () =>
    expect(figures("vnet-v4-subnet-target.json")).toEqual({
      logged: 28232,
      adjusted: 28004,
      begins: 6,
      connections: 4,
    }));

  test("NIC target: 88,989 → 60,992 bytes without NTP, 9 B (NTP's is one) → 4 connections", () => {
    const name = "vnet-v4-nic-target.json";
    expect(figures(name, ({ dstPort }) => dstPort !== 123)).toMatchObject({ logged: 88989, adjusted: 60992 });
    expect(figures(name)).toMatchObject({ begins: 9, connections: 4 });
  });

  test("VNet target: 75,217 bytes of E and 1,093 of two C, nothing adjusted, 5 B → 5 connections", () => {
    const name = "vnet-v4-vnet-target.json";
    expect(figures(name)).toEqual({ logged: 76310, adjusted: 76310, begins: 5, connections: 5 });
    expect(figures(name, ({ state }) => state !== "C")).toMatchObject({ logged: 75217, adjusted: 75217 });
  });

  test("the NIC's flow logs are one line from subnet to NIC target, so flows go on and all is counted once", () => {
    const { tuples, settled } = recorded("vnet-v4-nic-target.json", "vnet-v4-subnet-target.json");
    expect(new Set(settled.flows.map(({ line }) => line)).size).toBe(1);
    const of = (srcPort: number): string[] =>
      outcome(tuples, settled).filter((_, at) => tuples[at]!.srcPort === srcPort);
    expect(of(56354).map((text) => text.replace(/^\d+ ?/, ""))).toEqual(["", "joined", "ends = 2,108,1,102", "first"]);
    expect(of(123).map((text) => text.replace(/^\d+ ?/, ""))).toEqual([
      "= 27345,2461050,27341,3609012",
      "joined",
      "first",
      "joined",
    ]);
    expect(settled.marks.filter(({ leftOut }) => leftOut)).toEqual([]);
  });

  test("NSG v2: every denial is a flow, 36 B are 36 connections, 7 flows were open before", () => {
    const { tuples, settled } = recorded("nsg-v2.json");
    const firsts = tuples.filter((_, at) => settled.marks[at]!.first);
    const count = (which: Which): number => firsts.filter(which).length;
    expect(count(({ decision }) => decision === "deny")).toBe(75);
    expect(count(({ decision, state }) => decision === "allow" && state === "B")).toBe(36);
    expect(count(({ decision, state }) => decision === "allow" && state !== "B")).toBe(7);
  });

  test("three denials in one millisecond are one attempt with two retries", () => {
    const { tuples, settled } = recorded("vnet-v4-vnet-target.json");
    const said = outcome(tuples, settled).filter((_, at) => tuples[at]!.srcPort === 55107);
    expect(said.map((text) => text.replace(/^\d+ /, ""))).toEqual(["first", "retry", "retry"]);
  });

  test("a B that the documentation dates 19 hours after its end is a flow of its own", () => {
    const { tuples, settled } = recorded("documented-bandwidth.json");
    expect(outcome(tuples, settled)).toEqual(["1 first", "2 first", "2 ends"]);
  });
});
