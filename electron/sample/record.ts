// From rows to the files Azure writes: a NIC's rows are cut into minutes, a minute into records of at most 600 tuples, records
// into one blob for each NIC and hour. Keys, their order, casing and paths are those of recorded logs.

import { FROM, HOUR, type Host, hosts, MINUTE, REGION, SUBSCRIPTION, sql, TO } from "./network.ts";
import type { Row } from "./observe.ts";
import { between, type Random, random } from "./random.ts";

/** Hours whose blobs are missing for one NIC: its peers' logs prove that it was talking. */
export const missing = { host: sql, from: Date.UTC(2026, 2, 10, 14), to: Date.UTC(2026, 2, 10, 17) } as const;

/** A minute's record is written this much after the minute's last tuple: it holds [time − 62.6 s, time − 2.6 s). */
const LAG = 2600;
/** Tuples in a record before Azure begins another with the same time (about 32 KB). */
const FULL = 600;

export type Blob = {
  readonly path: string;
  readonly text: string;
  readonly records: number;
  /** Fewer than the records where a minute needed several. */
  readonly minutes: number;
  /** What it holds, record by record, in time order. */
  readonly rows: readonly Row[];
};

/** Blobs in order of NIC and hour; what falls outside the three days or into the missing hours was never written. */
export function* blobs(rows: readonly Row[]): Generator<Blob> {
  const byNic = Map.groupBy(rows, (row) => row.nic);
  for (const [i, host] of hosts.entries()) {
    const draw = random(`records of ${host.name}`);
    const phase = (i * 17_341 + 7757) % MINUTE;
    const own = [...(byNic.get(host) ?? [])].sort((a, b) => a.time - b.time); // stable: equal times stay as logged
    const minutes = Map.groupBy(own, (row) => phase + MINUTE * Math.ceil((row.time + LAG + 1 - phase) / MINUTE));
    const written = [...minutes.keys()].filter((time) => time >= FROM && time < TO && !isMissing(host, time));
    const hours = Map.groupBy(written, (time) => time - (time % HOUR));
    for (const [hour, times] of hours) yield blob(host, hour, times, minutes, draw);
  }
}

function isMissing(host: Host, time: number): boolean {
  return host === missing.host && time >= missing.from && time < missing.to;
}

function blob(
  host: Host,
  hour: number,
  times: readonly number[],
  minutes: ReadonlyMap<number, readonly Row[]>,
  draw: Random,
): Blob {
  const records: string[] = [];
  const rows: Row[] = [];
  for (const time of times) {
    const inMinute = minutes.get(time) ?? [];
    // Seven fraction digits; the writer's clock drifts by a few ms from minute to minute.
    const stamp =
      new Date(time + between(draw, 0, 14)).toISOString().slice(0, -1) +
      String(between(draw, 0, 9999)).padStart(4, "0");
    for (let first = 0; first < inMinute.length; first += FULL) {
      const part = inMinute.slice(first, first + FULL);
      records.push(printRecord(host, `${stamp}Z`, part));
      rows.push(...part);
    }
  }
  return {
    path: blobPath(host, hour),
    text: `{"records":[${records.join(",")}]}`,
    records: records.length,
    minutes: times.length,
    rows,
  };
}

/** `…/{SUBSCRIPTION}_NETWORKWATCHERRG/NETWORKWATCHER_{REGION}_{FLOWLOG}/y=2026/m=03/d=09/h=00/m=00/macAddress=…/PT1H.json` */
function blobPath(host: Host, hour: number): string {
  const [year = "", month = "", day = "", h = ""] = new Date(hour).toISOString().split(/[-T:]/);
  const log = `${SUBSCRIPTION}_NETWORKWATCHERRG/NETWORKWATCHER_${REGION}_${host.flowLog.name}`.toUpperCase();
  const time = `y=${year}/m=${month}/d=${day}/h=${h}/m=00`;
  return `insights-logs-flowlogflowevent/flowLogResourceID=/${log}/${time}/macAddress=${host.mac}/PT1H.json`;
}

function printRecord(host: Host, time: string, rows: readonly Row[]): string {
  return JSON.stringify({
    time,
    flowLogGUID: host.flowLog.guid,
    macAddress: host.mac,
    category: "FlowLogFlowEvent",
    flowLogResourceID: host.flowLog.resourceId,
    targetResourceID: host.flowLog.targetId,
    flowLogVersion: 4,
    operationName: "FlowLogFlowEvent",
    flowRecords: { flows: grouped(rows) },
  });
}

/** By ACL, then by rule; an ACL that both allowed and denied in this minute comes twice, as in recorded logs. */
function grouped(rows: readonly Row[]): unknown[] {
  const byAcl = Map.groupBy(rows, (row) => `${row.state === "D" ? "deny" : "allow"} ${row.acl}`);
  const inOrder = [...byAcl].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([key, own]) => ({
    aclID: key.slice(key.indexOf(" ") + 1),
    flowGroups: [...Map.groupBy(own, (row) => row.rule)].map(([rule, tuples]) => ({
      rule,
      flowTuples: tuples.map(printTuple),
    })),
  }));
}

function printTuple({ time, direction, state, encryption, counted, flow }: Row): string {
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = counted;
  const key = `${flow.src},${flow.dst},${flow.srcPort},${flow.dstPort},${flow.protocol}`;
  return `${time},${key},${direction},${state},${encryption},${packetsSent},${bytesSent},${packetsReceived},${bytesReceived}`;
}
