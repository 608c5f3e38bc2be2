// Tuples of a day → flows (docs/settling.md 2): lane by lane, in order, one state machine.

import { BEGIN, DENY, END, NO_STATE } from "../../shared/flow.ts";
import { type DaySegment, flagsOf, type Gathered, type Logs } from "./gather-day.ts";
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

const TCP = 6;

/** Flows at hand on the day, those carried over first. Columns are longer than `length`. */
export type DayFlows = {
  length: number;
  readonly carried: number;
  lane: Uint32Array;
  /** Log of the first tuple. */
  log: Uint32Array;
  first: Float64Array;
  last: Float64Array;
  flags: Uint8Array;
  /** Whether it has tuples on the day, and whether one of them is a join. */
  today: Uint8Array;
  joined: Uint8Array;
};

export type Stitched = {
  readonly flows: DayFlows;
  /** Flow of each row, by position in `gathered.order`. */
  readonly flowAt: Uint32Array;
};

/** Sets marks by a row's place among the rows of the day's segments. */
export function stitchFlows(
  day: number,
  gathered: Gathered,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  marks: Uint8Array,
): Stitched {
  const { lanes, starts, order, time, state, at, log, laneTable, channelTable } = gathered;
  const flows = newFlows(atHand.length + Math.ceil(gathered.length / 2) + 16, atHand.length);
  const flowAt = new Uint32Array(gathered.length);
  const current = carryOver(flows, gathered, logs, atHand);
  const compare = inOrder(gathered, segments);

  for (let lane = 0; lane < lanes; lane++) {
    const from = starts[lane] as number;
    const to = starts[lane + 1] as number;
    if (to - from > 1) bringInOrder(order, from, to, time, compare);
    const service = channelTable.words[(laneTable.words[lane * 4] as number) * 4 + 3] as number;
    const isDenied = flagsOf(service) >>> 1 === DENY;
    const isTcp = ((service >>> 16) & 0xff) === TCP;
    let flow = current[lane] as number;
    let before = -1; // place of the flow's last tuple
    for (let p = from; p < to; p++) {
      const row = order[p] as number;
      const t = day + (time[row] as number);
      const place = at[row] as number;
      const since = flow === -1 ? Number.POSITIVE_INFINITY : t - (flows.last[flow] as number);
      const s = state[row] as number;
      let mark = 0;
      if (isDenied) {
        if (isTcp && since <= RETRY_PAUSE) mark = RETRY;
        else {
          flow = beginFlow(flows, lane, log[row] as number, t, HAS_ENDED | BEGIN_SEEN);
          mark = FIRST;
        }
      } else if (s === NO_STATE) {
        flowAt[p] = beginFlow(flows, lane, log[row] as number, t, HAS_ENDED);
        marks[place] = FIRST;
        continue;
      } else if (s === BEGIN) {
        if (since === 0) {
          mark = JOINED;
          if (before !== -1) marks[before] = (marks[before] as number) & ~ENDS;
          flows.flags[flow] = (flows.flags[flow] as number) & ~HAS_ENDED;
          flows.joined[flow] = 1;
        } else {
          leave(flows, flow);
          flow = beginFlow(flows, lane, log[row] as number, t, BEGIN_SEEN);
          mark = FIRST;
        }
      } else {
        if (since > LONGEST_PAUSE || ((flows.flags[flow] as number) & HAS_ENDED) !== 0) {
          leave(flows, flow);
          flow = beginFlow(flows, lane, log[row] as number, t, 0);
          mark = FIRST;
        }
        if (s === END) {
          mark |= ENDS;
          flows.flags[flow] = (flows.flags[flow] as number) | HAS_ENDED;
        }
      }
      marks[place] = mark;
      flowAt[p] = flow;
      flows.last[flow] = t;
      flows.today[flow] = 1;
      before = place;
    }
  }
  return { flows, flowAt };
}

function newFlows(capacity: number, carried: number): DayFlows {
  return {
    length: 0,
    carried,
    lane: new Uint32Array(capacity),
    log: new Uint32Array(capacity),
    first: new Float64Array(capacity),
    last: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    today: new Uint8Array(capacity),
    joined: new Uint8Array(capacity),
  };
}

/** Flow i is the flow at hand i (one that is not of the share has no lane: NO_LANE). Returns the flow that each lane may go on with, −1 none. */
function carryOver(flows: DayFlows, { lanes, laneAtHand }: Gathered, logs: Logs, atHand: FlowsAtHand): Int32Array {
  const current = new Int32Array(lanes).fill(-1);
  const logOf = new Map<string, number>();
  for (let i = 0; i < logs.nic.length; i++) logOf.set(`${logs.nic[i]} ${logs.flowLog[i]}`, i);
  for (let i = 0; i < atHand.length; i++) {
    const lane = laneAtHand[i] as number;
    flows.lane[i] = lane === -1 ? NO_LANE : lane;
    flows.log[i] = logOf.get(`${atHand.nic[i]} ${atHand.flowLog[i]}`) ?? 0;
    flows.first[i] = atHand.first[i] as number;
    flows.last[i] = atHand.last[i] as number;
    flows.flags[i] = atHand.flags[i] as number;
    if (lane === -1) continue;
    const other = current[lane] as number;
    const isOneTuple = ((atHand.flags[i] as number) & ~STAYS_OUT) === HAS_ENDED && atHand.first[i] === atHand.last[i];
    if (isOneTuple && flagsOf(atHand.service[i] as number) >>> 1 !== DENY) continue; // ended without a begin: nothing goes on with it
    if (other === -1 || (flows.last[other] as number) <= (atHand.last[i] as number)) current[lane] = i;
  }
  flows.length = atHand.length;
  return current;
}

export const NO_LANE = 0xffffffff;

function beginFlow(flows: DayFlows, lane: number, log: number, t: number, flags: number): number {
  if (flows.length === flows.lane.length) growFlows(flows);
  const flow = flows.length++;
  flows.lane[flow] = lane;
  flows.log[flow] = log;
  flows.first[flow] = t;
  flows.last[flow] = t;
  flows.flags[flow] = flags;
  flows.today[flow] = 1;
  return flow;
}

function leave(flows: DayFlows, flow: number): void {
  if (flow !== -1) flows.flags[flow] = (flows.flags[flow] as number) | OVER;
}

function growFlows(flows: DayFlows): void {
  const grown = newFlows(flows.lane.length * 2, flows.carried);
  for (const name of ["lane", "log", "first", "last", "flags", "today", "joined"] as const)
    grown[name].set(flows[name]);
  Object.assign(flows, { ...grown, length: flows.length });
}

/** Negative when row a comes before row b of the same instant. */
type Compare = (a: number, b: number) => number;

function inOrder({ at }: Gathered, segments: readonly DaySegment[]): Compare {
  const starts = new Float64Array(segments.length);
  let start = 0;
  segments.forEach((segment, i) => {
    starts[i] = start;
    start += segment.length;
  });
  const segmentOf = (place: number): number => {
    let [low, high] = [0, segments.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return (a, b) => {
    const [i, j] = [segmentOf(at[a] as number), segmentOf(at[b] as number)];
    const [one, other] = [segments[i] as DaySegment, segments[j] as DaySegment];
    const x = one.standing((at[a] as number) - (starts[i] as number));
    const y = other.standing((at[b] as number) - (starts[j] as number));
    if (x.member === y.member && x.record === y.record) return x.tuple - y.tuple;
    return one.recordTime(x) - other.recordTime(y) || x.record - y.record || x.tuple - y.tuple || a - b;
  };
}

/** Rows of a lane are few and mostly in order already: by insertion. */
function bringInOrder(order: Uint32Array, from: number, to: number, time: Uint32Array, compare: Compare): void {
  if (to - from > MANY) {
    const rows = Array.from(order.subarray(from, to));
    rows.sort((a, b) => (time[a] as number) - (time[b] as number) || compare(a, b));
    order.set(rows, from);
    return;
  }
  for (let p = from + 1; p < to; p++) {
    const row = order[p] as number;
    const t = time[row] as number;
    let q = p;
    for (; q > from; q--) {
      const other = order[q - 1] as number;
      const u = time[other] as number;
      if (u < t || (u === t && compare(other, row) < 0)) break;
      order[q] = other;
    }
    order[q] = row;
  }
}

const MANY = 64;
