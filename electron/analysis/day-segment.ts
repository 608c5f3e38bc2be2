// What settling is given: segments with tuples of a day, and the flow logs at NICs.

import { AppError } from "../../shared/failure.ts";
import type { Standings } from "./standings.ts";

/** A segment with tuples on the day (and perhaps on others). */
export type DaySegment = {
  /** As the case numbers it. */
  readonly id: number;
  readonly length: number;
  /** All of its tuples are of one day. */
  readonly isOfOneDay: boolean;
  /** By context of the segment: place in the flow logs at NICs. */
  readonly logs: Uint32Array;
  /** A part as it was before it was compressed. */
  part(name: "keys" | "when" | "ports" | "counters"): Uint8Array;
  /** For tuples of one instant, whose order is that of their records. */
  standings(): Standings;
  /** A record's own time, −1 none. `member`: as numbered by the case. */
  recordTime(member: number, record: number): number;
};

/** By place in the flow logs at NICs: NIC and flow log as numbered by the case, line, observer (NIC and line as one number), rank. */
export type Logs = {
  readonly nic: Uint32Array;
  readonly flowLog: Uint32Array;
  readonly line: Uint32Array;
  readonly observer: Uint32Array;
  readonly rank: Uint32Array;
  /** 1: an NSG's. */
  readonly isNsg: Uint8Array;
};

/** A part of the day's tuples, told by a hash of source and destination: `part` of `parts`. It is settled in `shares`, told likewise. */
export type DayPart = { readonly part: number; readonly parts: number; readonly shares: number };

/** What reading a part threw, with the name of what is damaged. */
export function damagedPart(segmentId: number, name: string, thrown: unknown): AppError {
  const why = (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, "");
  return new AppError(
    "case-damaged",
    `The case is damaged: part "${name}" of segment ${segmentId} cannot be read: ${why}.`,
  );
}
