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

/** Fields by which tuples are grouped; those of conversations, so a conversation is whole in one group. */
export const groupable = [
  "srcIp",
  "dstIp",
  "srcCountry",
  "dstCountry",
  "dstPort",
  "protocol",
  "service",
  "direction",
  "decision",
  "encryption",
  "nic",
  "acl",
  "rule",
  "flowLog",
] as const;
export type Groupable = (typeof groupable)[number];

/** `sources`, `destinations`: different addresses. */
const groupSums = [
  "tuples",
  "allowed",
  "denied",
  "flows",
  "conversations",
  "sources",
  "destinations",
  "firstTime",
  "lastTime",
  ...counters,
] as const;

/** Of what belongs to an address: both ends of a tuple count, once where they are in the same. */
const endSums = [
  "tuples",
  "allowed",
  "denied",
  "bytesOut",
  "bytesIn",
  "packetsOut",
  "packetsIn",
  "firstTime",
  "lastTime",
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
  endpoints: ["ip", "nics", ...endSums, "country", "asn"],
  nics: ["nic", "name", "network", "subnet", "addresses", ...groupSums],
  ports: ["dstPort", "protocol", ...groupSums],
  rules: ["acl", "rule", ...groupSums],
  encryption: ["encryption", ...groupSums],
  countries: ["country", "endpoints", ...endSums],
  asns: ["asn", "endpoints", ...endSums],
  /** After the fields that were asked to group by. */
  groups: groupSums,
  /** Stretches of whole hours in which a NIC was logged, or was not between two in which it was. */
  coverage: ["nic", "state", "from", "to", "hours"],
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

/** Last fields of tuples behind a bar of a spread timeline: what falls into it of each counter, in the order of `counters`. */
export const shareFields = ["packetsSentHere", "bytesSentHere", "packetsReceivedHere", "bytesReceivedHere"] as const;

/** Fields of the rows of an answer, in their order. */
export function fieldsOf(question: {
  readonly by: By;
  readonly settled?: boolean | undefined;
  readonly lanes?: boolean | undefined;
  readonly group?: readonly Groupable[] | undefined;
}): readonly string[] {
  const { by, settled, lanes, group } = question;
  if (by === "conversations") return [...rowFields.conversations, "flowLog"];
  if (by === "timeline" && lanes) return ["nic", ...rowFields.timeline];
  if (by === "tuples" && settled) return [...rowFields.tuples, "flow"];
  return by === "groups" ? [...(group ?? []), ...rowFields.groups] : rowFields[by];
}

/** A cell is JSON; `nics` of an endpoint is a list. */
export type Cell = string | number | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

/** Fields that add up: what a limit left out is told as their sums. */
export const summed: ReadonlySet<string> = new Set([
  "tuples",
  "allowed",
  "denied",
  "flows",
  "conversations",
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
  ...shareFields,
]);

/** Widths of a timeline bin in ms, by the name the command line uses, the narrowest first: a millisecond is all that logs tell. */
export const bins = {
  "1ms": 1,
  "5ms": 5,
  "10ms": 10,
  "50ms": 50,
  "100ms": 100,
  "500ms": 500,
  "1s": 1000,
  "5s": 5000,
  "10s": 10_000,
  "30s": 30_000,
  "1m": 60_000,
  "2m": 120_000,
  "5m": 300_000,
  "10m": 600_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "3h": 10_800_000,
  "6h": 21_600_000,
  "1d": 86_400_000,
} as const;
export type Bin = keyof typeof bins;
