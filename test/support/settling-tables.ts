// Tables of tuples with what settling makes of each, as text:
//
//   A O B 0                       | 1 first
//   A O E 5m+6s 3,300,2,200       | 1 ends
//
// Left: NIC (- none), direction, state (- none, D denied), time since a midnight, counters, and what is not as usual as name=value.
// Right: the flow by the order in which flows appear, marks, and `= …` for adjusted counters that are not as logged.

import { expect } from "vitest";
import { type Counters, type FlowLog, type NaiveTuple, type Settled, settle } from "./naive-settling.ts";

const MIDNIGHT = Date.UTC(2025, 2, 4);
const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const NETWORK = "/subscriptions/0/resourceGroups/lab/providers/Microsoft.Network";

/** Flow logs by the names used in tables; `net` unless a row says another. */
const flowLogs: Readonly<Record<string, FlowLog>> = {
  net: vnet("NET", `${NETWORK}/virtualNetworks/lab`),
  net2: vnet("NET2", `${NETWORK}/virtualNetworks/lab`),
  NET: vnet("net", `${NETWORK}/virtualNetworks/LAB`.toUpperCase()),
  subnet: vnet("SUBNET", `${NETWORK}/virtualNetworks/lab/subnets/web`),
  nic: vnet("NIC", `${NETWORK}/networkInterfaces/vm1`),
  other: vnet("A", null),
  nsg: { format: "nsg", id: `${NETWORK}/NETWORKSECURITYGROUPS/WEB`, guid: null, target: null },
};

function vnet(name: string, target: string | null): FlowLog {
  return { format: "vnet", id: `/NETWORKWATCHER_WESTEUROPE_${name}`, guid: `guid of ${name}`, target };
}

/** What settling makes of the left side of a table is its right side, in whatever order the tuples are given. */
export function holds(text: string): void {
  const { tuples, expected } = tableOf(text);
  expect(outcome(tuples)).toEqual(expected);
  const backwards = settle(tuples.toReversed());
  expect(outcome(tuples, { ...backwards, marks: backwards.marks.toReversed() })).toEqual(expected);
}

type Table = { readonly tuples: readonly NaiveTuple[]; readonly expected: readonly string[] };

export function tableOf(text: string): Table {
  const rows = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split("|") as [string, string]);
  return {
    tuples: rows.map(([left], index) => tupleOf(left, index)),
    expected: rows.map(([, right]) => right.trim()),
  };
}

export function outcome(tuples: readonly NaiveTuple[], { marks }: Settled = settle(tuples)): string[] {
  const flows = [...new Set(marks.map(({ flow }) => flow))];
  return marks.map((mark, index) => {
    const said = (["first", "joined", "retry", "ends"] as const).filter((name) => mark[name]);
    const isAsLogged = String(mark.adjusted) === String(tuples[index]!.counters);
    const counters = isAsLogged ? [] : ["=", mark.adjusted.map((counter) => counter ?? "").join()];
    return [flows.indexOf(mark.flow) + 1, ...said, ...(mark.leftOut ? ["out"] : []), ...counters].join(" ");
  });
}

/** `1d-5s` → that after the midnight. */
function instant(text: string): number {
  const terms = [...text.matchAll(/([+-]?)(\d+)([smhd]?)/g)];
  return terms.reduce((sum, [, sign, count, unit]) => {
    return sum + (sign === "-" ? -1 : 1) * Number(count) * UNITS[unit!]!;
  }, MIDNIGHT);
}

function tupleOf(row: string, index: number): NaiveTuple {
  const [nic, direction, state, time, ...rest] = row.trim().split(/\s+/) as [
    string,
    string,
    string,
    string,
    ...string[],
  ];
  const given = new Map(rest.filter((word) => word.includes("=")).map((word) => word.split("=") as [string, string]));
  const counters = rest.find((word) => !word.includes("="))?.split(",") ?? ["", "", "", ""];
  const number = (name: string, usual: number): number => Number(given.get(name) ?? usual);
  return {
    nic: nic === "-" ? null : nic,
    flowLog: flowLogs[given.get("log") ?? "net"]!,
    srcIp: given.get("src") ?? "10.0.0.4",
    dstIp: "10.0.0.5",
    srcPort: number("sport", 40_000),
    dstPort: number("dport", 443),
    protocol: number("protocol", 6),
    direction: direction as "I" | "O",
    decision: state === "D" || given.get("decision") === "deny" ? "deny" : "allow",
    state: state === "-" ? null : state,
    time: instant(time),
    recordTime: given.get("written") === "never" ? null : instant(given.get("written") ?? time),
    source: number("source", 0),
    member: number("member", 0),
    record: number("record", 0),
    tuple: number("tuple", index),
    counters: counters.map((text) => (text === "" ? null : Number(text))) as unknown as Counters,
  };
}
