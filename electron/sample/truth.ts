// What happened, with exact figures: the answer sheet the sample incident is checked against. Counts only what was written
// to the blobs, so what the missing hours swallowed is not in it.

import type { Totals } from "./flow.ts";
import { type Connection, type Conversation, connections, conversations, eachSide, once, type Side, starts } from "./count.ts";
import { FROM, hosts, hubLog, spokeLog, TO } from "./network.ts";
import { RESTART } from "./noise.ts";
import type { Row } from "./observe.ts";
import { type Blob, missing } from "./record.ts";
import { ADMIN_RULE, adversary, BLOCKED_APP, BLOCKED_DATA, CLOSED, OPENED, TEMPORARY_RULE } from "./rules.ts";
import { type StepId, steps } from "./steps.ts";
import { VENDOR } from "./traffic-people.ts";

type StepTruth = {
  readonly id: StepId;
  readonly title: string;
  /** ATT&CK technique; null where it is the responders' doing. */
  readonly technique: string | null;
  /** First tuple and the ms after the last: half-open. */
  readonly from: number;
  readonly to: number;
  readonly fromText: string;
  readonly toText: string;
  readonly hosts: readonly string[];
  readonly nics: readonly string[];
  /** Together with from and to this narrows to the step's tuples and no others. */
  readonly filter: string;
  readonly hunt: string;
  readonly connectionCount: number;
  readonly eachSide: Side;
  readonly once: Side;
  readonly conversations: readonly Conversation[];
  /** Each one by itself where there are few. */
  readonly connections: readonly Connection[];
};

type Beacon = {
  readonly host: string;
  readonly nic: string;
  readonly dstIp: string;
  readonly calls: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly medianIntervalMs: number;
  readonly leastIntervalMs: number;
  readonly mostIntervalMs: number;
};

/** Running counts over everything written. */
export type Tally = {
  files: number;
  records: number;
  tuples: number;
  denied: number;
  firstTime: number;
  lastTime: number;
  counted: { -readonly [K in keyof Totals]: Totals[K] };
  readonly states: Record<Row["state"], number>;
  readonly encryption: Record<string, number>;
  platform: number;
  adminRule: number;
  unspecified: number;
  readonly intrusion: Row[];
};

export function emptyTally(): Tally {
  return {
    ...{ files: 0, records: 0, tuples: 0, denied: 0, firstTime: Number.POSITIVE_INFINITY, lastTime: 0 },
    counted: { packetsSent: 0, bytesSent: 0, packetsReceived: 0, bytesReceived: 0 },
    states: { B: 0, C: 0, E: 0, D: 0 },
    encryption: {},
    ...{ platform: 0, adminRule: 0, unspecified: 0, intrusion: [] },
  };
}

export function tally(into: Tally, blob: Blob): void {
  into.files++;
  into.records += blob.records;
  into.tuples += blob.rows.length;
  for (const row of blob.rows) {
    into.states[row.state]++;
    into.encryption[row.encryption] = (into.encryption[row.encryption] ?? 0) + 1;
    into.firstTime = Math.min(into.firstTime, row.time);
    into.lastTime = Math.max(into.lastTime, row.time);
    into.counted.packetsSent += row.counted.packetsSent;
    into.counted.bytesSent += row.counted.bytesSent;
    into.counted.packetsReceived += row.counted.packetsReceived;
    into.counted.bytesReceived += row.counted.bytesReceived;
    if (row.state === "D") into.denied++;
    if (row.rule === "PlatformRule") into.platform++;
    if (row.rule === ADMIN_RULE) into.adminRule++;
    if (row.acl === "unspecified") into.unspecified++;
    if (row.flow.step) into.intrusion.push(row);
  }
}

export type Truth = ReturnType<typeof truthOf>;

export function truthOf(all: Tally) {
  const { counted, intrusion, ...totals } = all;
  return {
    about: "The sample incident: invented company, invented traffic. Times in ms since 1970 UTC; ranges are from ≤ time < to.",
    from: FROM,
    to: TO,
    totals: { nics: hosts.length, flowLogs: 2, ...totals, allowed: totals.tuples - totals.denied, ...counted },
    flowLogs: [hubLog, spokeLog],
    hosts: hosts.map(({ name, ip, mac, role, flowLog }) => ({ name, ip, nic: mac, role, flowLog: flowLog.name })),
    adversary: [
      { ip: adversary.guesser, part: "guesses the password, returns through RDP" },
      { ip: adversary.control, part: "called by two hosts every minute" },
      { ip: adversary.drop, part: "receives the 4 GB" },
    ],
    events: [
      { time: RESTART.from, what: "app01 restarts for updates; until 18:34 its encryption is not ready" },
      { time: OPENED, what: `${TEMPORARY_RULE} opens 3389 on jump01 to the whole internet` },
      { time: CLOSED, what: `${TEMPORARY_RULE} is removed` },
      { time: BLOCKED_DATA, what: "the adversary's addresses are blocked for bkp01, file01 and sql01" },
      { time: BLOCKED_APP, what: "the adversary's addresses are blocked for app01" },
    ],
    ruleChange: ruleChange(intrusion),
    steps: steps.map((step) => stepTruth(step, intrusion)),
    beacons: beacons(intrusion),
    gaps: [{ host: missing.host.name, nic: missing.host.mac, from: missing.from, to: missing.to, provedBy: "app01 logs its connections to sql01:1433 all the while" }],
    innocent: [
      { what: "mon01 asks every machine on port 9182 every 15 minutes", filter: "src == 10.0.4.4 and dport == 9182" },
      { what: "the vendor's own RDP session, Tuesday 07:03", filter: `src == ${VENDOR} and dport == 3389` },
      { what: "the platform's probes from source port 23456", filter: "rule == PlatformRule" },
      { what: "the nightly backup at 01:00: bkp01 fetches on port 10000 and uploads to Azure storage", filter: "src == 10.1.5.4 and (dport == 10000 or dst == 20.150.38.228)" },
    ],
  };
}

function stepTruth(step: (typeof steps)[number], intrusion: readonly Row[]): StepTruth {
  const rows = intrusion.filter((row) => row.flow.step === step.id);
  const all = conversations(rows);
  const from = Math.min(...all.map((one) => one.firstTime));
  const to = Math.max(...all.map((one) => one.lastTime)) + 1;
  const each = connections(rows);
  return {
    id: step.id,
    title: step.title,
    technique: step.technique,
    ...{ from, to, fromText: new Date(from).toISOString(), toText: new Date(to).toISOString() },
    hosts: [...new Set(all.map((one) => one.host))],
    nics: [...new Set(all.map((one) => one.nic))],
    filter: step.filter,
    hunt: step.hunt,
    connectionCount: each.length,
    eachSide: eachSide(rows),
    once: once(rows),
    conversations: all,
    connections: each.length <= 20 ? each : [],
  };
}

/** The same source, destination and service, denied under one rule and later allowed under another. */
function ruleChange(intrusion: readonly Row[]) {
  const knocks = intrusion.filter((row) => row.flow.step === "knock").map((row) => row.time);
  const allowed = intrusion.filter((row) => row.flow.step === "guessing" && row.state === "B").map((row) => row.time);
  return {
    ...{ srcIp: adversary.guesser, dstIp: "10.0.2.4", dstPort: 3389, protocol: 6 },
    denied: { rule: "DefaultRule_DenyAllInBound", lastTime: Math.max(...knocks) },
    allowed: { rule: TEMPORARY_RULE, firstTime: Math.min(...allowed) },
  };
}

function beacons(intrusion: readonly Row[]): Beacon[] {
  const calls = Map.groupBy(intrusion.filter((row) => row.flow.step === "control"), (row) => row.nic);
  return [...calls].map(([nic, rows]): Beacon => {
    const times = starts(rows);
    const intervals = times.slice(1).map((time, i) => time - (times[i] ?? time)).sort((a, b) => a - b);
    return {
      ...{ host: nic.name, nic: nic.mac, dstIp: adversary.control, calls: times.length },
      firstTime: times[0] ?? 0,
      lastTime: times.at(-1) ?? 0,
      medianIntervalMs: intervals[Math.floor(intervals.length / 2)] ?? 0,
      leastIntervalMs: intervals[0] ?? 0,
      mostIntervalMs: intervals.at(-1) ?? 0,
    };
  });
}
