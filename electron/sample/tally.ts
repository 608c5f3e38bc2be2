// Running counts over everything written, blob by blob, and the rows of the intrusion set aside.

import { silence, type Totals } from "./flow.ts";
import type { Row } from "./observe.ts";
import type { Blob } from "./record.ts";
import { ADMIN_RULE } from "./rules.ts";

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
  /** An end and a begin in one millisecond: the log turned a page. */
  rollOvers: number;
  /** Records beyond the first of a NIC's minute, with the same time. */
  continuedRecords: number;
  readonly intrusion: Row[];
};

export function emptyTally(): Tally {
  return {
    files: 0,
    records: 0,
    tuples: 0,
    denied: 0,
    firstTime: Number.POSITIVE_INFINITY,
    lastTime: 0,
    counted: { ...silence },
    states: { B: 0, C: 0, E: 0, D: 0 },
    encryption: {},
    platform: 0,
    adminRule: 0,
    unspecified: 0,
    rollOvers: 0,
    continuedRecords: 0,
    intrusion: [],
  };
}

export function tally(into: Tally, blob: Blob): void {
  into.files++;
  into.records += blob.records;
  into.continuedRecords += blob.records - blob.minutes;
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
    if (row.flow.rollOver !== undefined && row.state === "E" && !row.truly) into.rollOvers++;
    if (row.flow.step) into.intrusion.push(row);
  }
}
