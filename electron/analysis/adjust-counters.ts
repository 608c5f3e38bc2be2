// What flows really moved (docs/settling.md 3): after a join that is no retry Azure counts from the flow's beginning again. Also tells which joins are
// retries, for that too is in the counters.

import { BEGIN, END } from "../../shared/flow.ts";
import { type DaySegment, flagsOf, type Gathered } from "./gather-day.ts";
import { AWAITS_COUNTERS, type FlowsAtHand, HAS_ENDED, JOINED, RETRY } from "./settled.ts";
import type { Stitched } from "./stitch-flows.ts";

const MOST = 2 ** 53;
const TCP = 6;

/** By flow (four each): adjusted counters so far; kept for flows that have a join or may go on. */
export type Totals = Float64Array;

/** Calls `adjusted` for each tuple whose counters differ, by its place among the rows of the day's segments. */
export function adjustCounters(
  gathered: Gathered,
  { flows, flowAt }: Stitched,
  segments: readonly DaySegment[],
  atHand: FlowsAtHand,
  marks: Uint8Array,
  adjusted: (place: number, values: readonly [number, number, number, number]) => void,
): Totals {
  const totals = new Float64Array(flows.length * 4);
  totals.set(atHand.totals);
  const wanted = wantedRows(gathered, { flows, flowAt });
  const counters = countersOf(wanted, gathered, segments);
  const unanswered = new Uint8Array(flows.length); // its last tuple is an E that reports one packet sent and none received
  wanted.forEach((p, i) => {
    const row = gathered.order[p] as number;
    const flow = flowAt[p] as number;
    const place = gathered.at[row] as number;
    const isBegin = gathered.state[row] === BEGIN;
    const from = i * 4;
    if (((marks[place] as number) & JOINED) !== 0) {
      if (unanswered[flow] === 1 && isTcp(gathered, flows.lane[flow] as number))
        marks[place] = (marks[place] as number) | RETRY;
      else flows.flags[flow] = (flows.flags[flow] as number) | AWAITS_COUNTERS;
    }
    const awaits = ((flows.flags[flow] as number) & AWAITS_COUNTERS) !== 0;
    if (awaits && !isBegin && isWhole(counters, from)) {
      flows.flags[flow] = (flows.flags[flow] as number) & ~AWAITS_COUNTERS;
      if (countsFromBegin(counters, from, totals, flow * 4)) {
        const less = (c: number): number => (counters[from + c] as number) - (totals[flow * 4 + c] as number);
        adjusted(place, [less(0), less(1), less(2), less(3)]);
        totals.set(counters.subarray(from, from + 4), flow * 4);
      } else addTo(totals, flow * 4, counters, from);
    } else addTo(totals, flow * 4, counters, from);
    unanswered[flow] = gathered.state[row] === END && counters[from] === 1 && counters[from + 2] === 0 ? 1 : 0;
  });
  return totals;
}

/** Positions, in order, of the tuples of flows whose counters matter: those with a join, and those that may go on tomorrow. */
function wantedRows(gathered: Gathered, { flows, flowAt }: Stitched): Uint32Array {
  const { lanes, starts, laneTable, channelTable } = gathered;
  let wanted = new Uint32Array(1024);
  let length = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const service = channelTable.words[(laneTable.words[lane * 4] as number) * 4 + 3] as number;
    if (flagsOf(service) >>> 1 === 1) continue; // denied
    for (let p = starts[lane] as number; p < (starts[lane + 1] as number); p++) {
      const flow = flowAt[p] as number;
      const isAwaiting = ((flows.flags[flow] as number) & AWAITS_COUNTERS) !== 0;
      const goesOn = ((flows.flags[flow] as number) & HAS_ENDED) === 0;
      if (flows.joined[flow] === 0 && !isAwaiting && !goesOn) continue;
      if (length === wanted.length) {
        const grown = new Uint32Array(length * 2);
        grown.set(wanted);
        wanted = grown;
      }
      wanted[length++] = p;
    }
  }
  return wanted.subarray(0, length);
}

/** Four a wanted row, −1 where absent; segments are unpacked one after another. */
function countersOf(wanted: Uint32Array, { order, at }: Gathered, segments: readonly DaySegment[]): Float64Array {
  const counters = new Float64Array(wanted.length * 4);
  const places = new Float64Array(wanted.length); // each with where it came from, so that they can be sorted
  for (let i = 0; i < wanted.length; i++) places[i] = (at[order[wanted[i] as number] as number] as number) * WANTED + i;
  places.sort();
  let start = 0;
  let n = 0;
  for (const segment of segments) {
    const end = start + segment.length;
    if (n < places.length && (places[n] as number) < end * WANTED) {
      const { packetsSent, bytesSent, packetsReceived, bytesReceived } = segment.counters();
      for (; n < places.length && (places[n] as number) < end * WANTED; n++) {
        const place = Math.floor((places[n] as number) / WANTED);
        const to = ((places[n] as number) - place * WANTED) * 4;
        counters[to] = packetsSent[place - start] as number;
        counters[to + 1] = bytesSent[place - start] as number;
        counters[to + 2] = packetsReceived[place - start] as number;
        counters[to + 3] = bytesReceived[place - start] as number;
      }
    }
    start = end;
  }
  return counters;
}

/** More than the wanted rows of a share. */
const WANTED = 2 ** 24;

function isTcp({ laneTable, channelTable }: Gathered, lane: number): boolean {
  const service = channelTable.words[(laneTable.words[lane * 4] as number) * 4 + 3] as number;
  return ((service >>> 16) & 0xff) === TCP;
}

function isWhole(counters: Float64Array, from: number): boolean {
  return counters[from] !== -1 && counters[from + 1] !== -1 && counters[from + 2] !== -1 && counters[from + 3] !== -1;
}

/** All four at least the totals so far, and one greater. */
function countsFromBegin(counters: Float64Array, from: number, totals: Float64Array, at: number): boolean {
  let greater = false;
  for (let c = 0; c < 4; c++) {
    const [value, total] = [counters[from + c] as number, totals[at + c] as number];
    if (value < total) return false;
    if (value > total) greater = true;
  }
  return greater;
}

function addTo(totals: Float64Array, at: number, counters: Float64Array, from: number): void {
  for (let c = 0; c < 4; c++) {
    const value = counters[from + c] as number;
    if (value > 0) totals[at + c] = Math.min(MOST, (totals[at + c] as number) + value);
  }
}
