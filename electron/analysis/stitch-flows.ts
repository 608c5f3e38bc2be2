// Tuples of a day → flows (docs/settling.md 2), by the kernel; and the columns of flows that it goes on from and leaves.

import type { Logs } from "./day-segment.ts";
import type { FlowsAtHand } from "./settled.ts";
import type { SettlingKernel } from "./settling-kernel.ts";

/** Flows at hand on the day, those carried over first. Columns are longer than `length`. */
export type DayFlows = {
  readonly length: number;
  readonly carried: number;
  /** NO_CHANNEL: carried over, and not of the share. */
  readonly channel: Uint32Array;
  readonly port: Uint16Array;
  /** Log of the first tuple. */
  readonly log: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly flags: Uint8Array;
  /** Whether it has tuples on the day. */
  readonly today: Uint8Array;
};

export const NO_CHANNEL = 0xffffffff;

/** Puts the entries of each channel in order, and sets marks by place. */
export function stitchFlows(kernel: SettlingKernel, day: number, logs: Logs, atHand: FlowsAtHand): DayFlows {
  carryOver(kernel, logs, atHand);
  const length = kernel.calls.stitchFlows(day, atHand.length);
  const { columns } = kernel;
  return {
    length,
    carried: atHand.length,
    channel: columns.flowChannel,
    port: columns.flowPort,
    log: columns.flowLog,
    first: columns.flowFirst,
    last: columns.flowLast,
    flags: columns.flowFlags,
    today: columns.flowToday,
  };
}

/** Flow i is the flow at hand i; of those that are of the share, the entries will tell the channel. */
function carryOver({ columns }: SettlingKernel, logs: Logs, atHand: FlowsAtHand): void {
  const logOf = new Map<number, number>();
  for (let i = 0; i < logs.nic.length; i++) logOf.set((logs.nic[i] as number) * IDS + (logs.flowLog[i] as number), i);
  const { flowChannel, flowLog, flowFirst, flowLast, flowFlags, flowToday, flowJoined } = columns;
  for (let i = 0; i < atHand.length; i++) {
    flowChannel[i] = NO_CHANNEL;
    flowLog[i] = logOf.get((atHand.nic[i] as number) * IDS + (atHand.flowLog[i] as number)) ?? 0;
    flowFirst[i] = atHand.first[i] as number;
    flowLast[i] = atHand.last[i] as number;
    flowFlags[i] = atHand.flags[i] as number;
    flowToday[i] = 0;
    flowJoined[i] = 0;
  }
}

/** More than a case has flow logs. */
const IDS = 2 ** 26;
