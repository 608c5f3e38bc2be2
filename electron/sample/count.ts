// Counting what was logged: rows by conversation and by connection, each side and once. Sums are plain sums as logged;
// adjusted ones leave out what a roll-over repeats.

import type { Flow, Totals } from "./flow.ts";
import { silence } from "./flow.ts";
import type { Row } from "./observe.ts";

/** One conversation key, as the program has it, with what was logged under it within a step. */
export type Conversation = {
  readonly nic: string;
  readonly host: string;
  readonly flowLog: string;
  readonly acl: string;
  readonly rule: string;
  readonly srcIp: string;
  readonly dstIp: string;
  readonly dstPort: number;
  readonly protocol: number;
  readonly direction: "I" | "O";
  readonly encryption: string;
  readonly decision: "allow" | "deny";
  readonly tuples: number;
  readonly states: { readonly B: number; readonly C: number; readonly E: number; readonly D: number };
  /** Roll-overs joined, the retries of one connect() taken together. */
  readonly connections: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly adjusted: Totals;
} & Totals;

function sum(all: readonly Totals[]): Totals {
  const total = { ...silence } as { -readonly [K in keyof Totals]: Totals[K] };
  for (const one of all) {
    total.packetsSent += one.packetsSent;
    total.bytesSent += one.bytesSent;
    total.packetsReceived += one.packetsReceived;
    total.bytesReceived += one.bytesReceived;
  }
  return total;
}

const logged = (rows: readonly Row[]): Totals => sum(rows.map((row) => row.counted));
const adjusted = (rows: readonly Row[]): Totals => sum(rows.flatMap((row) => row.truly ?? []));
const firstTime = (rows: readonly Row[]): number =>
  rows.reduce((least, row) => Math.min(least, row.time), Number.POSITIVE_INFINITY);
const lastTime = (rows: readonly Row[]): number => rows.reduce((most, row) => Math.max(most, row.time), 0);

/** In order of first tuple, then NIC, then key. */
export function conversations(rows: readonly Row[]): Conversation[] {
  const groups = Map.groupBy(rows, (row) => {
    const { flow } = row;
    const key = [row.nic.mac, flow.src, flow.dst, flow.dstPort, flow.protocol, row.direction];
    return [...key, row.acl, row.rule, row.encryption, row.state === "D"].join(" ");
  });
  const inOrder = [...groups].map(([key, own]) => ({ key, own, first: firstTime(own) }));
  inOrder.sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1));
  return inOrder.flatMap(({ own }) => conversation(own) ?? []);
}

function conversation(rows: readonly Row[]): Conversation | null {
  const one = rows[0];
  if (!one) return null;
  const count = (state: Row["state"]): number => rows.filter((row) => row.state === state).length;
  return {
    nic: one.nic.mac,
    host: one.nic.name,
    flowLog: one.nic.flowLog.name,
    acl: one.acl,
    rule: one.rule,
    srcIp: one.flow.src,
    dstIp: one.flow.dst,
    dstPort: one.flow.dstPort,
    protocol: one.flow.protocol,
    direction: one.direction,
    encryption: one.encryption,
    decision: one.state === "D" ? "deny" : "allow",
    tuples: rows.length,
    states: { B: count("B"), C: count("C"), E: count("E"), D: count("D") },
    connections: new Set(rows.map((row) => row.flow)).size,
    firstTime: firstTime(rows),
    lastTime: lastTime(rows),
    ...logged(rows),
    adjusted: adjusted(rows),
  };
}

/** The rows of the one view of each flow that is counted once: outbound before inbound, then the lowest MAC. */
function primaryRows(rows: readonly Row[]): Map<Flow, Row[]> {
  const byFlow = Map.groupBy(rows, (row) => row.flow);
  const view = (row: Row): string => (row.direction === "O" ? "0" : "1") + row.nic.mac;
  const primary = new Map<Flow, Row[]>();
  for (const [flow, own] of byFlow) {
    const least = own.map(view).sort()[0];
    primary.set(
      flow,
      own.filter((row) => view(row) === least),
    );
  }
  return primary;
}

export type Side = Totals & {
  readonly tuples: number;
  readonly adjusted: Totals;
};

export function eachSide(rows: readonly Row[]): Side {
  return { tuples: rows.length, ...logged(rows), adjusted: adjusted(rows) };
}

export function once(rows: readonly Row[]): Side {
  return eachSide([...primaryRows(rows).values()].flat());
}

/** One connection as its primary view logged it. */
export type Connection = {
  readonly srcIp: string;
  readonly srcPort: number;
  readonly dstIp: string;
  readonly dstPort: number;
  readonly nic: string;
  readonly firstTime: number;
  readonly lastTime: number;
} & Totals;

export function connections(rows: readonly Row[]): Connection[] {
  const all = [...primaryRows(rows)].flatMap(([flow, own]): Connection[] => {
    const nic = own[0]?.nic.mac ?? "";
    const key = { srcIp: flow.src, srcPort: flow.srcPort, dstIp: flow.dst, dstPort: flow.dstPort, nic };
    return [
      {
        ...key,
        firstTime: firstTime(own),
        lastTime: lastTime(own),
        ...logged(own),
      },
    ];
  });
  return all.sort((a, b) => a.firstTime - b.firstTime);
}

/** When each connection began, in order: roll-overs and retries are not beginnings. */
export function starts(rows: readonly Row[]): number[] {
  const times = [...primaryRows(rows).values()].map(firstTime);
  return times.sort((a, b) => a - b);
}
