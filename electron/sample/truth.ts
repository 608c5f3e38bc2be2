// What happened, with exact figures: the answer sheet the sample incident is checked against. Counts only what was written
// to the blobs, so what the missing hours swallowed is not in it.

import { printInstant } from "../../shared/time.ts";
import {
  type Connection,
  type Conversation,
  connections,
  conversations,
  eachSide,
  once,
  type Side,
  starts,
} from "./count.ts";
import type { Totals } from "./flow.ts";
import { type FlowLog, FROM, type Host, hosts, hubLog, jump, spokeLog, TO } from "./network.ts";
import { RESTART } from "./noise.ts";
import type { Row } from "./observe.ts";
import { missing } from "./record.ts";
import { adversary, BLOCKED_APP, BLOCKED_DATA, CLOSED, OPENED, TEMPORARY_RULE } from "./rules.ts";
import { type StepId, steps } from "./steps.ts";
import type { Tally } from "./tally.ts";
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

type Said = { readonly filter: string; readonly what: string };

export type Truth = {
  readonly about: string;
  readonly from: number;
  readonly to: number;
  readonly totals: Omit<Tally, "intrusion" | "counted"> &
    Totals & { readonly nics: number; readonly flowLogs: number; readonly allowed: number };
  readonly flowLogs: readonly FlowLog[];
  readonly hosts: readonly (Pick<Host, "name" | "ip" | "role"> & { readonly nic: string; readonly flowLog: string })[];
  readonly adversary: Readonly<Record<keyof typeof adversary, string>>;
  readonly events: readonly { readonly time: number; readonly what: string }[];
  readonly ruleChange: RuleChange;
  readonly steps: readonly StepTruth[];
  readonly beacons: readonly Beacon[];
  /** By record time: the first record left out holds tuples up to a minute older. */
  readonly gaps: readonly { host: string; nic: string; from: number; to: number; provedBy: string }[];
  readonly innocent: readonly Said[];
};

export function truthOf(all: Tally): Truth {
  const { counted, intrusion, ...totals } = all;
  return {
    about:
      "The sample incident: invented company, invented traffic. Times in ms since 1970 UTC; ranges are from ≤ time < to.",
    from: FROM,
    to: TO,
    totals: { nics: hosts.length, flowLogs: 2, ...totals, allowed: totals.tuples - totals.denied, ...counted },
    flowLogs: [hubLog, spokeLog],
    hosts: hosts.map(({ name, ip, mac, role, flowLog }) => ({ name, ip, nic: mac, role, flowLog: flowLog.name })),
    adversary,
    events,
    ruleChange: ruleChange(intrusion),
    steps: steps.map((step) => stepTruth(step, intrusion)),
    beacons: beacons(intrusion),
    gaps: [{ host: missing.host.name, nic: missing.host.mac, from: missing.from, to: missing.to, provedBy }],
    innocent,
  };
}

const events: Truth["events"] = [
  { time: RESTART.from, what: "app01 restarts for updates; until 18:34 its encryption is not ready" },
  { time: OPENED, what: `${TEMPORARY_RULE} opens 3389 on jump01 to the whole internet` },
  { time: CLOSED, what: `${TEMPORARY_RULE} is removed` },
  { time: BLOCKED_DATA, what: "the adversary's addresses are blocked for bkp01, file01 and sql01" },
  { time: BLOCKED_APP, what: "the adversary's addresses are blocked for app01" },
];

const provedBy = "app01 logs its connections to sql01:1433 all the while";

const innocent: readonly Said[] = [
  { filter: "src == 10.0.4.4 and dport == 9182", what: "mon01 asks every machine every 15 minutes" },
  { filter: `src == ${VENDOR} and dport == 3389`, what: "the vendor's own RDP session, Tuesday 07:03" },
  { filter: "rule == PlatformRule", what: "the platform's probes from source port 23456" },
  { filter: "src == 10.1.5.4 and dport == 10000", what: "the nightly backup at 01:00: bkp01 fetches from the servers" },
  { filter: "src == 10.1.5.4 and dst == 20.150.38.228", what: "bkp01 uploads the nightly copy to Azure storage" },
];

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
    from,
    to,
    fromText: printInstant(from),
    toText: printInstant(to),
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
type RuleChange = {
  readonly srcIp: string;
  readonly dstIp: string;
  readonly dstPort: number;
  readonly protocol: number;
  readonly denied: { readonly rule: string; readonly lastTime: number };
  readonly allowed: { readonly rule: string; readonly firstTime: number };
};

function ruleChange(intrusion: readonly Row[]): RuleChange {
  const times = (step: StepId): number[] => intrusion.filter((row) => row.flow.step === step).map((row) => row.time);
  return {
    srcIp: adversary.guesser,
    dstIp: jump.ip,
    dstPort: 3389,
    protocol: 6,
    denied: { rule: "DefaultRule_DenyAllInBound", lastTime: Math.max(...times("knock")) },
    allowed: { rule: TEMPORARY_RULE, firstTime: Math.min(...times("guessing")) },
  };
}

function beacons(intrusion: readonly Row[]): Beacon[] {
  const calls = intrusion.filter((row) => row.flow.step === "control");
  return [...Map.groupBy(calls, (row) => row.nic)].map(([nic, rows]): Beacon => {
    const times = starts(rows);
    const intervals = times.slice(1).map((time, i) => time - (times[i] ?? time));
    intervals.sort((a, b) => a - b);
    return {
      host: nic.name,
      nic: nic.mac,
      dstIp: adversary.control,
      calls: times.length,
      firstTime: times[0] ?? 0,
      lastTime: times.at(-1) ?? 0,
      medianIntervalMs: intervals[Math.floor(intervals.length / 2)] ?? 0,
      leastIntervalMs: intervals[0] ?? 0,
      mostIntervalMs: intervals.at(-1) ?? 0,
    };
  });
}
