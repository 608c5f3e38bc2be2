// Every answer worked out from tuples one by one, in maps and by names: what the scan engine must equal, to the byte.

import type { Condition, Filter } from "../../shared/filter/tree.ts";
import { holds, type NaiveFacts, rowHolds } from "./naive-filter.ts";
import { COUNTERS, type SettledTuple } from "./settled-reading.ts";

export type NaiveScope = {
  readonly tuples: Filter;
  readonly rows: readonly Condition[];
  readonly from: number | null;
  readonly to: number | null;
  readonly time: "inside" | "overlapping" | "starting";
  readonly once: boolean;
};

export type Sums = Record<string, number | string | null>;

export function inNaiveScope(all: readonly SettledTuple[], scope: NaiveScope, facts: NaiveFacts): SettledTuple[] {
  return all.filter(
    (t) => isInTime(t, scope) && !(scope.once && t.flow.includes("leftOut")) && holds(scope.tuples, t, facts),
  );
}

function isInTime({ time: own, life: [first, last] }: SettledTuple, scope: NaiveScope): boolean {
  const from = scope.from ?? Number.NEGATIVE_INFINITY;
  const to = scope.to ?? Number.POSITIVE_INFINITY;
  if (scope.time === "inside") return own >= from && own < to;
  return scope.time === "starting" ? first >= from && first < to : first < to && last >= from;
}

/** What names a row of each answer. */
const KEYS = {
  conversations: [
    "flowLog",
    "nic",
    "acl",
    "rule",
    "srcIp",
    "dstIp",
    "dstPort",
    "protocol",
    "direction",
    "encryption",
    "decision",
  ],
  edges: ["srcIp", "dstIp"],
  nics: ["nic"],
  ports: ["dstPort", "protocol"],
  rules: ["acl", "rule"],
  encryption: ["encryption"],
} as const;
type Keyed = keyof typeof KEYS;
/** Told apart without case, as resource ids are. */
export const SPELLED: readonly string[] = ["acl", "flowLog"];

export type NaiveBy = Keyed | "endpoints" | "countries" | "asns" | "groups" | "timeline" | "flows";

/** `group`: what groups are by. `width`: of a bin of the timeline, ms. */
export function naiveAnswer(
  by: NaiveBy,
  tuples: readonly SettledTuple[],
  { width, group: grouped, facts }: { width: number; group: readonly string[]; facts: NaiveFacts },
): Sums[] {
  const groups = new Map<string, Sums>();
  const different = new Map<string, Record<"conversations" | "sources" | "destinations" | "endpoints", Set<string>>>();
  const add = (key: Sums, t: SettledTuple, sent: "sent" | "received"): void => {
    const name = JSON.stringify(key, (field, value) =>
      SPELLED.includes(field) && value ? value.toLowerCase() : value,
    );
    const made: Sums = {
      ...key,
      tuples: 0,
      allowed: 0,
      denied: 0,
      flows: 0,
      begun: 0,
      ended: 0,
      firstTime: t.time,
      lastTime: t.time,
    };
    for (const counter of COUNTERS) made[counter] = 0;
    const group = groups.get(name) ?? made;
    groups.set(name, group);
    const sets = different.get(name) ?? {
      conversations: new Set(),
      sources: new Set(),
      destinations: new Set(),
      endpoints: new Set(),
    };
    different.set(name, sets);
    sets.conversations.add(
      JSON.stringify(
        KEYS.conversations.map((field) => (SPELLED.includes(field) ? String(t[field]).toLowerCase() : t[field])),
      ),
    );
    sets.sources.add(t.srcIp);
    sets.destinations.add(t.dstIp);
    sets.endpoints.add(sent === "sent" ? t.srcIp : t.dstIp);
    const plus = (field: string, n: number | null): void => {
      group[field] = Number(group[field]) + (n ?? 0);
    };
    const isOther = sent === "received";
    plus("packetsSent", isOther ? t.packetsReceived : t.packetsSent);
    plus("bytesSent", isOther ? t.bytesReceived : t.bytesSent);
    plus("packetsReceived", isOther ? t.packetsSent : t.packetsReceived);
    plus("bytesReceived", isOther ? t.bytesSent : t.bytesReceived);
    if (isOther && isSameEnd(by, t, facts)) return; // counted at its other end
    plus("tuples", 1);
    plus(t.decision === "deny" ? "denied" : "allowed", 1);
    if (t.flow.includes("first")) plus("flows", 1);
    if (t.state === "B" && t.decision === "allow") plus("begun", 1);
    if (t.state === "E") plus("ended", 1);
    group.firstTime = Math.min(Number(group.firstTime), t.time);
    group.lastTime = Math.max(Number(group.lastTime), t.time);
  };
  for (const t of tuples) {
    if (by === "timeline") add({ time: Math.floor(t.time / width) * width }, t, "sent");
    else if (by === "endpoints") {
      add({ ip: t.srcIp }, t, "sent");
      add({ ip: t.dstIp }, t, "received");
    } else if (by === "countries") {
      add({ country: facts.country(t.srcIp) }, t, "sent");
      add({ country: facts.country(t.dstIp) }, t, "received");
    } else if (by === "asns") {
      add({ asn: facts.asn(t.srcIp) }, t, "sent");
      add({ asn: facts.asn(t.dstIp) }, t, "received");
    } else if (by === "flows") add({ inFlow: t.inFlow }, t, "sent");
    else
      add(
        Object.fromEntries((by === "groups" ? grouped : KEYS[by]).map((field) => [field, shownOf(t, field, facts)])),
        t,
        "sent",
      );
  }
  for (const [name, group] of groups)
    for (const [field, set] of Object.entries(different.get(name)!)) group[field] = set.size;
  return [...groups.values()];
}

function isSameEnd(by: NaiveBy, t: SettledTuple, facts: NaiveFacts): boolean {
  if (by === "countries") return facts.country(t.srcIp) === facts.country(t.dstIp);
  return by === "asns" ? facts.asn(t.srcIp) === facts.asn(t.dstIp) : t.srcIp === t.dstIp;
}

const NAMES: Readonly<Record<number, string>> = { 1: "icmp", 6: "tcp", 17: "udp", 50: "esp", 51: "ah", 58: "icmpv6" };

function shownOf(t: SettledTuple, field: string, facts: NaiveFacts): Sums[string] {
  if (field === "srcCountry") return facts.country(t.srcIp);
  if (field === "dstCountry") return facts.country(t.dstIp);
  if (field === "service") return `${t.dstPort}/${NAMES[t.protocol] ?? t.protocol}`;
  return t[field as keyof SettledTuple] as Sums[string]; // a field that tuples are grouped by
}

export function naiveTotals(tuples: readonly SettledTuple[]): Sums {
  const sum = (of: (t: SettledTuple) => number | null): number => tuples.reduce((all, t) => all + (of(t) ?? 0), 0);
  const different = (of: (t: SettledTuple) => readonly unknown[]): number =>
    new Set(tuples.flatMap((t) => of(t).map((value) => JSON.stringify(value)))).size;
  const times = tuples.map(({ time }) => time);
  return {
    tuples: tuples.length,
    allowed: tuples.filter(({ decision }) => decision === "allow").length,
    denied: tuples.filter(({ decision }) => decision === "deny").length,
    flows: tuples.filter(({ flow }) => flow.includes("first")).length,
    edges: different((t) => [[t.srcIp, t.dstIp]]),
    endpoints: different((t) => [t.srcIp, t.dstIp]),
    nics: different((t) => (t.nic === null ? [] : [t.nic])),
    ...Object.fromEntries(COUNTERS.map((name) => [name, sum((t) => t[name])])),
    firstTime: times.length === 0 ? null : Math.min(...times),
    lastTime: times.length === 0 ? null : Math.max(...times),
  };
}

export function rowsThatHold(rows: readonly Sums[], conditions: readonly Condition[]): Sums[] {
  return rows.filter((row) =>
    rowHolds(conditions, {
      bytes: Number(row.bytesSent ?? 0) + Number(row.bytesReceived ?? 0),
      packets: Number(row.packetsSent ?? 0) + Number(row.packetsReceived ?? 0),
    }),
  );
}
