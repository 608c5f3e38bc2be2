// What a member turns out to hold, by its records alone: whose they are and of which hour. A downloaded blob holds one NIC, one flow log
// and one hour; whatever its path says, this is what it is.

import { HOUR } from "../segment/columns.ts";
import type { MemberContent } from "../segment/part.ts";
import type { Batch } from "./batch.ts";

/** A record that Azure writes at the end of an hour may bear a time of the next: it is written up to a minute after what it tells. */
const LATE = 62_000;

/** Ids of one batch, −1 for none. Times of records in ms. */
export type Gathered = {
  readonly nics: Set<number>;
  readonly flowLogs: Set<number>;
  lastNic: number;
  lastFlowLog: number;
  firstTime: number;
  lastTime: number;
};

const NOTHING = -2;

export function newGathered(): Gathered {
  return {
    nics: new Set(),
    flowLogs: new Set(),
    lastNic: NOTHING,
    lastFlowLog: NOTHING,
    firstTime: Number.POSITIVE_INFINITY,
    lastTime: Number.NEGATIVE_INFINITY,
  };
}

/** `time`: the record's own, −1 where it has none. */
export function gather(g: Gathered, nic: number, flowLog: number, time: number): void {
  if (nic !== g.lastNic) g.nics.add(nic);
  if (flowLog !== g.lastFlowLog) g.flowLogs.add(flowLog);
  g.lastNic = nic;
  g.lastFlowLog = flowLog;
  if (time === -1) return;
  if (time < g.firstTime) g.firstTime = time;
  if (time > g.lastTime) g.lastTime = time;
}

/** Null where there was no record. */
export function contentOf(g: Gathered, batch: Batch): MemberContent | null {
  if (g.flowLogs.size === 0) return null;
  const nics = [...g.nics].map((id) => (id === -1 ? null : (batch.texts[id] as string)));
  const flowLogs = [...g.flowLogs].map((id) => batch.flowLogs[id] as MemberContent["flowLogs"][number]);
  const names = new Set(flowLogs.map(({ format, id, guid }) => `${format} ${(id ?? guid ?? "").toLowerCase()}`));
  const timed = g.firstTime <= g.lastTime;
  const firstHour = timed ? Math.floor(g.firstTime / HOUR) : null;
  return {
    nics: nics.slice(0, MOST),
    flowLogs: flowLogs.slice(0, MOST),
    firstHour,
    lastHour: timed ? Math.floor(g.lastTime / HOUR) : null,
    isBlob: nics.length === 1 && names.size === 1 && firstHour !== null && g.lastTime < (firstHour + 1) * HOUR + LATE,
  };
}

/** Told of one member; a file that holds more of them was put together by somebody. */
const MOST = 16;
