// Once (docs/settling.md 4): which tuples are left out because somebody else logged the same flow better. Only pairs of addresses that
// several observers log are looked at.

import { isOutbound, type Pairs, serviceOf, sharedPairs } from "./channels.ts";
import type { Logs } from "./day-segment.ts";
import type { Gathered } from "./gather-day.ts";
import { keptColumn } from "./kept-columns.ts";
import { newQuadTable, quadNumber } from "./quad-table.ts";
import { APART, BEGIN_SEEN, HAS_ENDED, REPORTED, STAYS_OUT } from "./settled.ts";
import type { SettlingKernel } from "./settling-kernel.ts";
import { sortEntries } from "./sort-entries.ts";
import { type DayFlows, NO_CHANNEL } from "./stitch-flows.ts";

/** By NIC: differences of clocks in ms (its begin less the better log's) → how many flows showed it. */
export type ClockDifferences = Map<number, Map<number, number>>;

/** Sets LEFT_OUT in marks, STAYS_OUT in flows, and adds to `clocks`. */
export function leaveOut(
  kernel: SettlingKernel,
  day: number,
  { gathered, share, entries }: { readonly gathered: Gathered; readonly share: number; readonly entries: number },
  flows: DayFlows,
  logs: Logs,
  clocks: ClockDifferences,
): void {
  const pairs = sharedPairs(kernel, gathered.channels, share);
  if (pairs === null && !anyStaysOut(flows)) return;
  const cover = kernel.columns.flowCover.fill(Number.NEGATIVE_INFINITY, 0, flows.length);
  if (pairs !== null) coverFlows({ kernel, day, flows, logs, cover, clocks }, pairs);
  kernel.calls.markLeftOut(day, entries);
}

/** A flow can be left out for good before, and be the only one of its pair today. */
function anyStaysOut({ carried, flags }: DayFlows): boolean {
  for (let f = 0; f < carried; f++) if (((flags[f] as number) & STAYS_OUT) !== 0) return true;
  return false;
}

/** `cover`: by flow, until when it is left out (ms) where it does not stay out. */
type Covering = {
  readonly kernel: SettlingKernel;
  readonly day: number;
  readonly flows: DayFlows;
  readonly logs: Logs;
  readonly cover: Float64Array;
  readonly clocks: ClockDifferences;
};

const latestColumn = keptColumn(Float64Array);

/** Looks at the flows of each 5-tuple that several observers log. */
function coverFlows(covering: Covering, pairs: Pairs): void {
  const { flows, logs } = covering;
  const { tuples, starts, list, first } = byFiveTuple(flows, pairs);
  const observer = (f: number): number => logs.observer[flows.log[f] as number] as number;
  for (let t = 0; t < tuples; t++) {
    const from = starts[t] as number;
    const to = starts[t + 1] as number;
    const one = observer(list[from] as number);
    let same = from + 1;
    while (same < to && observer(list[same] as number) === one) same++;
    if (same >= to) continue;
    sortEntries(first, list, from, to, asTheyStand);
    const latest = latestColumn(to); // of the last tuples of flows until then
    let last = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) {
      last = Math.max(last, flows.last[list[i] as number] as number);
      latest[i] = last;
    }
    for (let i = from; i < to; i++) {
      const f = list[i] as number;
      if (flows.today[f] === 1) coverFlow(covering, f, { list, first, latest, from, to });
    }
  }
}

function asTheyStand(): boolean {
  return false;
}

/** The flows of one 5-tuple: `list[from]` … before `list[to]`, ascending by `first`. */
type Rivals = {
  readonly list: Uint32Array;
  readonly first: Float64Array;
  readonly latest: Float64Array;
  readonly from: number;
  readonly to: number;
};

function coverFlow({ kernel, day, flows, logs, cover, clocks }: Covering, f: number, rivals: Rivals): void {
  const { list, latest, from } = rivals;
  const observer = (flow: number): number => logs.observer[flows.log[flow] as number] as number;
  const place = (flow: number): number => placeOf(kernel, flows, logs, flow);
  const begin = flows.first[f] as number;
  let best = -1; // of those that leave out its first tuple
  for (let i = lastBefore(rivals, (flows.last[f] as number) + APART); i >= from; i--) {
    if ((latest[i] as number) < begin - APART) break;
    const g = list[i] as number;
    if ((flows.last[g] as number) < begin - APART || observer(g) === observer(f) || place(g) >= place(f)) continue;
    const hasEnded = ((flows.flags[g] as number) & HAS_ENDED) !== 0;
    if (hasEnded) flows.flags[f] = (flows.flags[f] as number) | STAYS_OUT;
    else cover[f] = Math.max(cover[f] as number, (flows.last[g] as number) + REPORTED);
    if (hasEnded || begin <= (flows.last[g] as number) + REPORTED)
      if (best === -1 || place(g) < place(best) || (place(g) === place(best) && isNearer(flows, begin, g, best)))
        best = g;
  }
  const isSeen = (flow: number): boolean => ((flows.flags[flow] as number) & BEGIN_SEEN) !== 0;
  if (best === -1 || begin < day || !isSeen(f) || !isSeen(best)) return;
  const nic = logs.nic[flows.log[f] as number] as number;
  const isRough = (flow: number): boolean => logs.isNsg[flows.log[flow] as number] === 1; // its times are whole seconds
  if (nic === logs.nic[flows.log[best] as number] || isRough(f) || isRough(best)) return;
  const differences = clocks.get(nic) ?? new Map<number, number>();
  const difference = begin - (flows.first[best] as number);
  differences.set(difference, (differences.get(difference) ?? 0) + 1);
  clocks.set(nic, differences);
}

/** Whether g, which comes before `other` in a list, begins as near to `begin` or nearer. */
function isNearer({ first }: DayFlows, begin: number, g: number, other: number): boolean {
  const [a, b] = [first[g] as number, first[other] as number];
  return Math.abs(a - begin) <= Math.abs(b - begin);
}

/** The last of them that begins no later than `until`; before `from`: none. */
function lastBefore({ first, from, to }: Rivals, until: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((first[middle] as number) <= until) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Lower is better: direction O first, then the log's rank. */
function placeOf(kernel: SettlingKernel, flows: DayFlows, logs: Logs, flow: number): number {
  const isOut = isOutbound(serviceOf(kernel, flows.channel[flow] as number));
  return (logs.rank[flows.log[flow] as number] as number) + (isOut ? 0 : TWO_32);
}

const TWO_32 = 4294967296;

const tupleOfFlow = keptColumn(Int32Array);
const tupleStarts = keptColumn(Uint32Array);
const tupleNext = keptColumn(Uint32Array);
const flowList = keptColumn(Uint32Array);
const firstList = keptColumn(Float64Array);

type FiveTuples = {
  readonly tuples: number;
  readonly starts: Uint32Array;
  /** Flows, and the time of each one's first tuple. */
  readonly list: Uint32Array;
  readonly first: Float64Array;
};

/** Flows of shared pairs dealt out by 5-tuple. */
function byFiveTuple(flows: DayFlows, { pairOf }: Pairs): FiveTuples {
  const table = newQuadTable(1024);
  const tupleOf = tupleOfFlow(flows.length);
  for (let f = 0; f < flows.length; f++) {
    const channel = flows.channel[f] as number;
    const pair = channel === NO_CHANNEL ? -1 : (pairOf[channel] as number);
    tupleOf[f] = pair === -1 ? -1 : quadNumber(table, pair, flows.port[f] as number, 0, 0);
  }
  const tuples = table.length;
  const starts = tupleStarts(tuples + 1).fill(0, 0, tuples + 1);
  for (let f = 0; f < flows.length; f++) {
    const after = (tupleOf[f] as number) + 1;
    if (after > 0) starts[after] = (starts[after] as number) + 1;
  }
  for (let t = 0; t < tuples; t++) starts[t + 1] = (starts[t + 1] as number) + (starts[t] as number);
  const next = tupleNext(tuples);
  next.set(starts.subarray(0, tuples));
  const list = flowList(starts[tuples] as number);
  const first = firstList(starts[tuples] as number);
  for (let f = 0; f < flows.length; f++) {
    const t = tupleOf[f] as number;
    if (t === -1) continue;
    const at = next[t] as number;
    next[t] = at + 1;
    list[at] = f;
    first[at] = flows.first[f] as number;
  }
  return { tuples, starts, list, first };
}
