// The rows of every answer: their fields in the order of the CLI contract. Which kinds of question exist is `By`.

import { counters } from "./flow.ts";

const place = ["source", "member", "record", "tuple", "offset"] as const;

const conversationKey = [
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
] as const;

export const rowFields = {
  tuples: [
    "time",
    "nic",
    "acl",
    "rule",
    "srcIp",
    "dstIp",
    "srcPort",
    "dstPort",
    "protocol",
    "direction",
    "decision",
    "state",
    "encryption",
    ...counters,
    ...place,
  ],
  conversations: [...conversationKey, "tuples", "flows", "firstTime", "lastTime", ...counters],
  flows: [
    "nic",
    "acl",
    "rule",
    "srcIp",
    "srcPort",
    "dstIp",
    "dstPort",
    "protocol",
    "direction",
    "encryption",
    "decision",
    "begin",
    "end",
    "tuples",
    "joins",
    "retries",
    "firstTime",
    "lastTime",
    ...counters,
    "leftOut",
    ...place,
  ],
  edges: ["srcIp", "dstIp", "srcNic", "dstNic", "tuples", "allowed", "denied", "firstTime", "lastTime", ...counters],
  endpoints: [
    "ip",
    "nics",
    "tuples",
    "allowed",
    "denied",
    "bytesOut",
    "bytesIn",
    "packetsOut",
    "packetsIn",
    "firstTime",
    "lastTime",
    "country",
    "asn",
  ],
  timeline: ["time", "tuples", "allowed", "denied", "begun", "ended", ...counters],
  members: [
    "source",
    "member",
    "bytes",
    "sha256",
    "records",
    "duplicateRecords",
    "tuples",
    "rejects",
    "firstTime",
    "lastTime",
    "status",
    "reason",
    "rejectedRecords",
    "rejectedTuples",
    "duplicateTuples",
    "recordsRead",
    "tuplesRead",
    "relation",
    "earlierSource",
    "earlierMember",
    "missingRecords",
    "remark",
  ],
  rejects: ["source", "member", "record", "tuple", "offset", "length", "reason", "text"],
} as const;

export type By = keyof typeof rowFields;
export const bys = Object.keys(rowFields) as By[]; // keys of a literal: exactly By

/** A cell is JSON; `nics` of an endpoint is a list. */
export type Cell = string | number | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

/** Fields that add up: what a limit left out is told as their sums. */
export const summed: ReadonlySet<string> = new Set([
  "tuples",
  "allowed",
  "denied",
  "flows",
  "joins",
  "retries",
  "begun",
  "ended",
  "bytesOut",
  "bytesIn",
  "packetsOut",
  "packetsIn",
  "bytes",
  "records",
  "duplicateRecords",
  "rejects",
  "rejectedRecords",
  "rejectedTuples",
  "duplicateTuples",
  "recordsRead",
  "tuplesRead",
  ...counters,
]);

/** Widths of a timeline bin in ms, by the name the command line uses. */
export const bins = {
  "1s": 1000,
  "10s": 10_000,
  "1m": 60_000,
  "2m": 120_000,
  "5m": 300_000,
  "10m": 600_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "1d": 86_400_000,
} as const;
export type Bin = keyof typeof bins;
