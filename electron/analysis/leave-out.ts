// Once (docs/settling.md 4): which tuples are left out because somebody else logged the same flow better. Only pairs of addresses that
// several observers log are looked at.

import { flagsOf, type Gathered, type Logs } from "./gather-day.ts";
import { newQuadTable, quadNumber } from "./quad-table.ts";
import { APART, BEGIN_SEEN, HAS_ENDED, LEFT_OUT, REPORTED, STAYS_OUT } from "./settled.ts";
import { type DayFlows, NO_LANE, type Stitched } from "./stitch-flows.ts";

/** By NIC: differences of clocks in ms (its begin less the better log's) → how many flows showed it. */
export type ClockDifferences = Map<number, Map<number, number>>;

/** Sets LEFT_OUT in marks, STAYS_OUT in flows, and adds to `clocks`. */
export function leaveOut(
  day: number,
  gathered: Gathered,
  { flows, flowAt }: Stitched,
  logs: Logs,
  marks: Uint8Array,
  clocks: ClockDifferences,
): void {
  const { lanes, starts, order, time, at, laneTable, shared, pairOf } = gathered;
  const cover = coverOf(day, gathered, flows, logs, clocks);
  const outBefore = new Set<number>(); // lanes with a flow that was left out for good before, perhaps the only one of its pair today
  for (let f = 0; f < flows.carried; f++)
    if (((flows.flags[f] as number) & STAYS_OUT) !== 0) outBefore.add(flows.lane[f] as number);
  for (let lane = 0; lane < lanes; lane++) {
    const isShared = shared[pairOf[laneTable.words[lane * 4] as number] as number] === 1;
    if (!isShared && !outBefore.has(lane)) continue;
    for (let p = starts[lane] as number; p < (starts[lane + 1] as number); p++) {
      const row = order[p] as number;
      const flow = flowAt[p] as number;
      const staysOut = ((flows.flags[flow] as number) & STAYS_OUT) !== 0;
      if (!staysOut && day + (time[row] as number) > (cover[flow] as number)) continue;
      const place = at[row] as number;
      marks[place] = (marks[place] as number) | LEFT_OUT;
    }
  }
}

/** Until when each flow is left out (ms), where it does not stay out. */
function coverOf(day: number, gathered: Gathered, flows: DayFlows, logs: Logs, clocks: ClockDifferences): Float64Array {
  const cover = new Float64Array(flows.length).fill(Number.NEGATIVE_INFINITY);
  for (const { from, to, list } of eachFiveTuple(gathered, flows)) {
    const group = list.subarray(from, to);
    const observer = (f: number): number => logs.observer[flows.log[f] as number] as number;
    if (group.every((f) => observer(f) === observer(group[0] as number))) continue;
    group.sort((a, b) => (flows.first[a] as number) - (flows.first[b] as number) || a - b);
    const latest = new Float64Array(group.length); // of the last tuples of flows until then
    group.forEach((f, i) => {
      latest[i] = Math.max(i > 0 ? (latest[i - 1] as number) : Number.NEGATIVE_INFINITY, flows.last[f] as number);
    });
    for (const f of group)
      if (flows.today[f] === 1) coverFlow(f, group, latest, gathered, flows, logs, cover, day, clocks);
  }
  return cover;
}

function coverFlow(
  f: number,
  group: Uint32Array,
  latest: Float64Array,
  gathered: Gathered,
  flows: DayFlows,
  logs: Logs,
  cover: Float64Array,
  day: number,
  clocks: ClockDifferences,
): void {
  const observer = (flow: number): number => logs.observer[flows.log[flow] as number] as number;
  const place = (flow: number): number => placeOf(gathered, flows, logs, flow);
  const begin = flows.first[f] as number;
  let best = -1; // of those that leave out its first tuple
  for (let i = lastBefore(group, flows.first, (flows.last[f] as number) + APART); i >= 0; i--) {
    if ((latest[i] as number) < begin - APART) break;
    const g = group[i] as number;
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

/** Whether g, which comes before `other` in a group, begins as near to `begin` or nearer. */
function isNearer({ first }: DayFlows, begin: number, g: number, other: number): boolean {
  const [a, b] = [first[g] as number, first[other] as number];
  return Math.abs(a - begin) <= Math.abs(b - begin);
}

/** The last of `group` (ascending by `first`) that begins no later than `until`; −1 none. */
function lastBefore(group: Uint32Array, first: Float64Array, until: number): number {
  let [low, high] = [0, group.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((first[group[middle] as number] as number) <= until) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Lower is better: direction O first, then the log's rank. */
function placeOf({ laneTable, channelTable }: Gathered, flows: DayFlows, logs: Logs, flow: number): number {
  const channel = laneTable.words[(flows.lane[flow] as number) * 4] as number;
  const isOut = (flagsOf(channelTable.words[channel * 4 + 3] as number) & 1) === 1;
  return (logs.rank[flows.log[flow] as number] as number) + (isOut ? 0 : TWO_32);
}

const TWO_32 = 4294967296;

/** Flows of shared pairs, dealt out by 5-tuple; those with one flow only are passed over. */
function* eachFiveTuple(
  { laneTable, shared, pairOf }: Gathered,
  flows: DayFlows,
): Generator<{ from: number; to: number; list: Uint32Array }> {
  const table = newQuadTable(1024);
  const chosen: number[] = [];
  const tuple: number[] = [];
  for (let f = 0; f < flows.length; f++) {
    const lane = flows.lane[f] as number;
    if (lane === NO_LANE) continue;
    const pair = pairOf[laneTable.words[lane * 4] as number] as number;
    if (shared[pair] === 0) continue;
    chosen.push(f);
    tuple.push(quadNumber(table, pair, laneTable.words[lane * 4 + 1] as number, 0, 0));
  }
  const starts = new Uint32Array(table.length + 1);
  for (const t of tuple) starts[t + 1] = (starts[t + 1] as number) + 1;
  for (let t = 0; t < table.length; t++) starts[t + 1] = (starts[t + 1] as number) + (starts[t] as number);
  const next = starts.slice();
  const list = new Uint32Array(chosen.length);
  chosen.forEach((f, i) => {
    const t = tuple[i] as number;
    list[next[t] as number] = f;
    next[t] = (next[t] as number) + 1;
  });
  for (let t = 0; t < table.length; t++) {
    const [from, to] = [starts[t] as number, starts[t + 1] as number];
    if (to - from > 1) yield { from, to, list };
  }
}
