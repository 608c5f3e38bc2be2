// What flows really moved (docs/settling.md 3): after a join that is no retry Azure counts from the flow's beginning again. Also tells which joins are
// retries, for that too is in the counters.

import { BEGIN, END } from "../../shared/flow.ts";
import { isDenied, isTcp, serviceOf } from "./channels.ts";
import type { DaySegment } from "./day-segment.ts";
import { AT_HAND, type Gathered } from "./gather-day.ts";
import { keptColumn } from "./kept-columns.ts";
import { AWAITS_COUNTERS, type FlowsAtHand, HAS_ENDED, JOINED, RETRY } from "./settled.ts";
import type { Stitched } from "./stitch-flows.ts";

const MOST = 2 ** 53;

/** Tuples whose adjusted counters differ from the logged ones, as they are found: their places, and four values each. */
export type Differing = { length: number; at: Uint32Array; values: Float64Array };

export function noneDiffering(): Differing {
  return { length: 0, at: new Uint32Array(256), values: new Float64Array(1024) };
}

const totalsColumn = keptColumn(Float64Array);
const awaitedUnanswered = keptColumn(Uint8Array);

/** Four a flow: adjusted counters so far, of flows that have a join or may go on. Good until the next call. */
export function adjustCounters(
  gathered: Gathered,
  { flows, flowAt }: Stitched,
  segments: readonly DaySegment[],
  atHand: FlowsAtHand,
  marks: Uint8Array,
  differing: Differing,
): Float64Array {
  const totals = totalsColumn(flows.length * 4).fill(0, atHand.length * 4, flows.length * 4);
  totals.set(atHand.totals);
  const unanswered = awaitedUnanswered(flows.length).fill(0, 0, flows.length); // its last tuple is an E that reports one packet sent and none received
  const { wanted, length } = wantedEntries(gathered, { flows, flowAt });
  const counters = countersOf(wanted, length, gathered, segments);
  const { entry, at, stateLog, channels } = gathered;
  const { flags } = flows;
  for (let i = 0; i < length; i++) {
    const p = wanted[i] as number;
    const row = entry[p] as number;
    const flow = flowAt[p] as number;
    const place = at[row] as number;
    const state = (stateLog[row] as number) & 0xff;
    const from = i * 4;
    if (((marks[place] as number) & JOINED) !== 0) {
      if (unanswered[flow] === 1 && isTcp(serviceOf(channels, flows.channel[flow] as number)))
        marks[place] = (marks[place] as number) | RETRY;
      else flags[flow] = (flags[flow] as number) | AWAITS_COUNTERS;
    }
    let isAdjusted = false;
    if (((flags[flow] as number) & AWAITS_COUNTERS) !== 0 && state !== BEGIN && isWhole(counters, from)) {
      flags[flow] = (flags[flow] as number) & ~AWAITS_COUNTERS;
      isAdjusted = countsFromBegin(counters, from, totals, flow * 4);
    }
    if (isAdjusted) addDiffering(differing, place, counters, from, totals, flow * 4);
    else addTo(totals, flow * 4, counters, from);
    unanswered[flow] = state === END && counters[from] === 1 && counters[from + 2] === 0 ? 1 : 0;
  }
  return totals;
}

const wantedColumn = keptColumn(Uint32Array);

/** In order, the entries that are tuples of flows whose counters matter: those with a join, and those that may go on tomorrow. */
function wantedEntries(
  { channels, starts, entry, entries }: Gathered,
  { flows, flowAt }: Stitched,
): { readonly wanted: Uint32Array; readonly length: number } {
  const wanted = wantedColumn(entries);
  let length = 0;
  for (let channel = 0; channel < channels.table.length; channel++) {
    if (isDenied(serviceOf(channels, channel))) continue;
    const to = starts[channel + 1] as number;
    for (let p = starts[channel] as number; p < to; p++) {
      const flow = flowAt[p] as number;
      const matters =
        flows.joined[flow] === 1 || ((flows.flags[flow] as number) & (AWAITS_COUNTERS | HAS_ENDED)) !== HAS_ENDED;
      if (matters && (entry[p] as number) < AT_HAND) wanted[length++] = p;
    }
  }
  return { wanted, length };
}

const numberByPlace = keptColumn(Int32Array);
const wantedCounters = keptColumn(Float64Array);

/** Four a wanted entry, −1 where absent; segments are unpacked one after another. */
function countersOf(
  wanted: Uint32Array,
  length: number,
  { entry, at }: Gathered,
  segments: readonly DaySegment[],
): Float64Array {
  const counters = wantedCounters(length * 4);
  if (length === 0) return counters;
  let places = 0;
  for (const segment of segments) places += segment.length;
  const number = numberByPlace(places).fill(-1, 0, places);
  for (let i = 0; i < length; i++) number[at[entry[wanted[i] as number] as number] as number] = i;
  let start = 0;
  for (const segment of segments) {
    segment.pickCounters(number, start, counters);
    start += segment.length;
  }
  return counters;
}

function isWhole(counters: Float64Array, from: number): boolean {
  return counters[from] !== -1 && counters[from + 1] !== -1 && counters[from + 2] !== -1 && counters[from + 3] !== -1;
}

/** All four at least the totals so far, and one greater. */
function countsFromBegin(counters: Float64Array, from: number, totals: Float64Array, at: number): boolean {
  let greater = false;
  for (let c = 0; c < 4; c++) {
    const value = counters[from + c] as number;
    const total = totals[at + c] as number;
    if (value < total) return false;
    if (value > total) greater = true;
  }
  return greater;
}

/** The totals become what was logged. */
function addDiffering(
  differing: Differing,
  place: number,
  counters: Float64Array,
  from: number,
  totals: Float64Array,
  at: number,
): void {
  if (differing.length === differing.at.length) {
    const [places, values] = [new Uint32Array(differing.length * 2), new Float64Array(differing.length * 8)];
    places.set(differing.at);
    values.set(differing.values);
    Object.assign(differing, { at: places, values });
  }
  const to = differing.length * 4;
  differing.at[differing.length++] = place;
  for (let c = 0; c < 4; c++) {
    const value = counters[from + c] as number;
    differing.values[to + c] = value - (totals[at + c] as number);
    totals[at + c] = value;
  }
}

function addTo(totals: Float64Array, at: number, counters: Float64Array, from: number): void {
  for (let c = 0; c < 4; c++) {
    const value = counters[from + c] as number;
    if (value > 0) totals[at + c] = Math.min(MOST, (totals[at + c] as number) + value);
  }
}

/** Places ascending. */
export function byPlace({ length, at, values }: Differing): Omit<Differing, "length"> {
  const order = Uint32Array.from({ length }, (_, i) => i).sort((a, b) => (at[a] as number) - (at[b] as number));
  const sorted = new Float64Array(length * 4);
  order.forEach((from, to) => {
    for (let c = 0; c < 4; c++) sorted[to * 4 + c] = values[from * 4 + c] as number;
  });
  return { at: order.map((i) => at[i] as number), values: sorted };
}
