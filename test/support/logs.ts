// Flow logs made for a test from tuple strings, in Azure's layout, and the recorded files.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `[rule, ...tuples]` under one ACL. */
export type Group = readonly [rule: string, ...tuples: string[]];

export type VnetOptions = {
  readonly mac?: string;
  readonly time?: string;
  readonly acl?: string;
  readonly flowLog?: string;
};

const subscription = "0aa8b0cc-6ef8-4c1c-9b1e-1f2f3f4f5f6f";
const NSG = `/subscriptions/${subscription}/resourceGroups/lab/providers/Microsoft.Network/networkSecurityGroups/lab-nsg`;
const NSG_RESOURCE = `/SUBSCRIPTIONS/${subscription}/RESOURCEGROUPS/LAB/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/LAB-NSG`;

/** One VNet record, flow log version 4. */
export function vnetRecord(groups: readonly Group[], options: VnetOptions = {}): object {
  const flowLog = options.flowLog ?? "LAB";
  return {
    time: options.time ?? "2025-03-04T10:00:04.1234567Z",
    flowLogGUID: "5b6f4a0e-6f0c-4ad8-a0d1-d3b3a8f7c001",
    macAddress: options.mac ?? "000D3A111111",
    category: "FlowLogFlowEvent",
    flowLogResourceID: `/${subscription.toUpperCase()}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_${flowLog}`,
    targetResourceID: `/subscriptions/${subscription}/resourceGroups/lab/providers/Microsoft.Network/virtualNetworks/lab`,
    flowLogVersion: 4,
    operationName: "FlowLogFlowEvent",
    flowRecords: {
      flows: [
        {
          aclID: options.acl ?? NSG,
          flowGroups: groups.map(([rule, ...flowTuples]) => ({ rule, flowTuples })),
        },
      ],
    },
  };
}

/** One NSG record, version 1 or 2 by the shape of its tuples. */
export function nsgRecord(version: 1 | 2, groups: readonly Group[], mac = "000D3A222222"): object {
  return {
    time: "2025-03-04T10:00:06.8944384Z",
    systemId: "05cdbee8-43c6-458e-b53c-d707f958c66b",
    macAddress: mac,
    category: "NetworkSecurityGroupFlowEvent",
    resourceId: NSG_RESOURCE,
    operationName: "NetworkSecurityGroupFlowEvents",
    properties: {
      Version: version,
      flows: groups.map(([rule, ...flowTuples]) => ({ rule, flows: [{ mac, flowTuples }] })),
    },
  };
}

/** A blob as Azure writes it: one line, records in `records`. */
export function blob(...records: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify({ records }));
}

export const evidenceFolder = join(import.meta.dirname, "..", "evidence");
export const recordedFiles = [
  "nsg-v1.json",
  "nsg-v2.json",
  "vnet-v4-nic-target.json",
  "vnet-v4-subnet-target.json",
  "vnet-v4-vnet-target.json",
] as const;
export const wholeFiles = ["documented-bandwidth.json", "documented-sample.json", ...recordedFiles] as const;

export function evidence(name: string): Buffer {
  return readFileSync(join(evidenceFolder, name));
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 2, 4, 10);

/**
 * Files `name → bytes` for tests that need an ingest that lasts: each a NIC's hour in records of `each` tuples,
 * with denials, counters and some equal tuples. About 75 bytes a tuple.
 */
export function manyLogs(members: number, records: number, each: number, seed = 7): Map<string, Buffer> {
  const random = randomFrom(seed);
  const files = new Map<string, Buffer>();
  for (let member = 0; member < members; member += 1) {
    const mac = `000D3A${(member % 12).toString(16).padStart(6, "0").toUpperCase()}`;
    const start = T0 + Math.floor(member / 12) * 60 * MINUTE;
    const all = Array.from({ length: records }, (_, record) => {
      const at = start + Math.floor((record * 60 * MINUTE) / records);
      const tuples = Array.from({ length: each }, () => randomTuple(random, at, member % 12));
      const time = new Date(at + MINUTE).toISOString().replace("Z", "0000Z");
      const half = Math.floor(each / 2);
      const groups: Group[] = [
        ["DefaultRule_AllowVnetOutBound", ...tuples.slice(0, half)],
        ["UserRule_Web", ...tuples.slice(half)],
      ];
      return vnetRecord(groups, { mac, time });
    });
    files.set(`h=${String(member).padStart(3, "0")}/macAddress=${mac}/PT1H.json`, blob(...all));
  }
  return files;
}

function randomTuple(random: () => number, at: number, host: number): string {
  const pick = (most: number): number => Math.floor(random() * most);
  const state = "BBCEED"[pick(6)]!;
  const counted = state === "C" || state === "E";
  const counts = counted ? [pick(900), pick(900_000), pick(900), pick(900_000)].join(",") : "0,0,0,0";
  const ports = `${1024 + pick(60_000)},${[53, 80, 443, 445, 3389, 8080][pick(6)]}`;
  return `${at + pick(MINUTE)},10.0.0.${host + 4},10.0.${pick(4)}.${pick(250)},${ports},6,O,${state},NX,${counts}`;
}
