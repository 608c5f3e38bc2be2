// Tuples of a day → flows (docs/settling.md 2): channel by channel, source port by source port, in order, one state machine.

import { BEGIN, END, NO_STATE } from "../../shared/flow.ts";
import { isDenied, isTcp, serviceOf } from "./channels.ts";
import type { DaySegment, Logs } from "./day-segment.ts";
import { AT_HAND, type Gathered, portOf, timeOf } from "./gather-day.ts";
import { keptColumn } from "./kept-columns.ts";
import { orderOfRecords } from "./order-of-records.ts";
import {
  BEGIN_SEEN,
  ENDS,
  FIRST,
  type FlowsAtHand,
  HAS_ENDED,
  JOINED,
  LONGEST_PAUSE,
  OVER,
  RETRY,
  RETRY_PAUSE,
  STAYS_OUT,
} from "./settled.ts";
import { sortEntries } from "./sort-entries.ts";

/** Flows at hand on the day, those carried over first. Columns are longer than `length`. */
export type DayFlows = {
  length: number;
  readonly carried: number;
  /** NO_CHANNEL: carried over, and not of the share. */
  readonly channel: Uint32Array;
  readonly port: Uint16Array;
  /** Log of the first tuple. */
  readonly log: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly flags: Uint8Array;
  /** Whether it has tuples on the day, and whether one of them is a join. */
  readonly today: Uint8Array;
  readonly joined: Uint8Array;
};

export type Stitched = {
  readonly flows: DayFlows;
  /** Flow of each entry. */
  readonly flowAt: Uint32Array;
};

export const NO_CHANNEL = 0xffffffff;

const entryFlow = keptColumn(Uint32Array);

/** Puts the entries of each channel in order, and sets marks by place. What comes out is good until the next call. */
export function stitchFlows(
  day: number,
  gathered: Gathered,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  marks: Uint8Array,
): Stitched {
  const { channels, starts, entries, entry, key } = gathered;
  const flows = flowColumns(atHand.length + gathered.rows, atHand.length);
  carryOver(flows, logs, atHand);
  const flowAt = entryFlow(entries);
  const precedes = orderOfRecords(gathered, segments);
  for (let channel = 0; channel < channels.table.length; channel++) {
    const from = starts[channel] as number;
    const to = starts[channel + 1] as number;
    if (to - from > 1) sortEntries(key, entry, from, to, precedes);
    for (let p = from; p < to; ) p = stitchPort(p, to, channel, day, gathered, flows, flowAt, marks);
  }
  return { flows, flowAt };
}

/** Stitches the entries from p on that have its source port, and returns where the next begin. */
function stitchPort(
  from: number,
  to: number,
  channel: number,
  day: number,
  { channels, entry, key, stateLog, at }: Gathered,
  flows: DayFlows,
  flowAt: Uint32Array,
  marks: Uint8Array,
): number {
  const port = portOf(key[from] as number);
  const service = serviceOf(channels, channel);
  const denied = isDenied(service);
  const tcp = isTcp(service);
  const { last, flags } = flows;
  let flow = -1; // that may go on
  let before = -1; // place of its last tuple, if that is of the day
  let p = from;
  for (; p < to; p++) {
    const k = key[p] as number;
    if (portOf(k) !== port) break;
    const row = entry[p] as number;
    if (row >= AT_HAND) {
      const carried = row - AT_HAND;
      flows.channel[carried] = channel;
      flows.port[carried] = port;
      flowAt[p] = carried;
      if (!denied && isOneTuple(flows, carried)) continue; // ended without a begin: nothing goes on with it
      if (flow === -1 || (last[flow] as number) <= (last[carried] as number)) flow = carried;
      continue;
    }
    const t = day + timeOf(k);
    const place = at[row] as number;
    const state = (stateLog[row] as number) & 0xff;
    const log = (stateLog[row] as number) >>> 8;
    const since = flow === -1 ? Number.POSITIVE_INFINITY : t - (last[flow] as number);
    let mark = 0;
    if (denied) {
      if (tcp && since <= RETRY_PAUSE) mark = RETRY;
      else {
        flow = beginFlow(flows, channel, port, log, t, HAS_ENDED | BEGIN_SEEN);
        mark = FIRST;
      }
    } else if (state === NO_STATE) {
      flowAt[p] = beginFlow(flows, channel, port, log, t, HAS_ENDED);
      marks[place] = FIRST;
      continue;
    } else if (state === BEGIN) {
      if (since === 0) {
        mark = JOINED;
        if (before !== -1) marks[before] = (marks[before] as number) & ~ENDS;
        flags[flow] = (flags[flow] as number) & ~HAS_ENDED;
        flows.joined[flow] = 1;
      } else {
        leave(flows, flow);
        flow = beginFlow(flows, channel, port, log, t, BEGIN_SEEN);
        mark = FIRST;
      }
    } else {
      if (since > LONGEST_PAUSE || ((flags[flow] as number) & HAS_ENDED) !== 0) {
        leave(flows, flow);
        flow = beginFlow(flows, channel, port, log, t, 0);
        mark = FIRST;
      }
      if (state === END) {
        mark |= ENDS;
        flags[flow] = (flags[flow] as number) | HAS_ENDED;
      }
    }
    marks[place] = mark;
    flowAt[p] = flow;
    last[flow] = t;
    flows.today[flow] = 1;
    before = place;
  }
  return p;
}

/** Of an allowed flow that was carried over. */
function isOneTuple({ first, last, flags }: DayFlows, flow: number): boolean {
  return ((flags[flow] as number) & ~STAYS_OUT) === HAS_ENDED && first[flow] === last[flow];
}

const flowChannel = keptColumn(Uint32Array);
const flowPort = keptColumn(Uint16Array);
const flowLog = keptColumn(Uint32Array);
const flowFirst = keptColumn(Float64Array);
const flowLast = keptColumn(Float64Array);
const flowFlags = keptColumn(Uint8Array);
const flowToday = keptColumn(Uint8Array);
const flowJoined = keptColumn(Uint8Array);

/** `most`: no more flows than tuples and flows carried over. */
function flowColumns(most: number, carried: number): DayFlows {
  return {
    length: carried,
    carried,
    channel: flowChannel(most),
    port: flowPort(most),
    log: flowLog(most),
    first: flowFirst(most),
    last: flowLast(most),
    flags: flowFlags(most),
    today: flowToday(most),
    joined: flowJoined(most),
  };
}

/** Flow i is the flow at hand i; of those that are of the share, the entries will tell the channel. */
function carryOver(flows: DayFlows, logs: Logs, atHand: FlowsAtHand): void {
  const logOf = new Map<number, number>();
  for (let i = 0; i < logs.nic.length; i++) logOf.set((logs.nic[i] as number) * IDS + (logs.flowLog[i] as number), i);
  for (let i = 0; i < atHand.length; i++) {
    flows.channel[i] = NO_CHANNEL;
    flows.log[i] = logOf.get((atHand.nic[i] as number) * IDS + (atHand.flowLog[i] as number)) ?? 0;
    flows.first[i] = atHand.first[i] as number;
    flows.last[i] = atHand.last[i] as number;
    flows.flags[i] = atHand.flags[i] as number;
    flows.today[i] = 0;
    flows.joined[i] = 0;
  }
}

/** More than a case has flow logs. */
const IDS = 2 ** 26;

function beginFlow(flows: DayFlows, channel: number, port: number, log: number, t: number, flags: number): number {
  const flow = flows.length++;
  flows.channel[flow] = channel;
  flows.port[flow] = port;
  flows.log[flow] = log;
  flows.first[flow] = t;
  flows.last[flow] = t;
  flows.flags[flow] = flags;
  flows.today[flow] = 1;
  flows.joined[flow] = 0;
  return flow;
}

function leave(flows: DayFlows, flow: number): void {
  if (flow !== -1) flows.flags[flow] = (flows.flags[flow] as number) | OVER;
}
