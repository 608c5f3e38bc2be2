// One UTC day settled (docs/settling.md): its tuples and the flows at hand give marks, adjusted counters, and the flows at hand on the
// next day. A day of many tuples is taken in shares by source and destination, so that memory stays bounded.

import { adjustCounters } from "./adjust-counters.ts";
import { type DaySegment, DST_SIX, flagsOf, type Gathered, gatherDay, type Logs, SRC_SIX } from "./gather-day.ts";
import { type ClockDifferences, leaveOut } from "./leave-out.ts";
import { APART, DAY, type FlowsAtHand, HAS_ENDED, OVER, RETRY_PAUSE } from "./settled.ts";
import { NO_LANE, type Stitched, stitchFlows } from "./stitch-flows.ts";

/** Tuples of a share; about 60 bytes each. */
const SHARE = 3_000_000;

export type SettledDay = {
  /** By place among the rows of the day's segments, taken one after another; of other days' rows 0. */
  readonly marks: Uint8Array;
  /** Places ascending, four values each. */
  readonly adjustedAt: Uint32Array;
  readonly adjusted: Float64Array;
  readonly atHand: FlowsAtHand;
  readonly clocks: ClockDifferences;
};

/** `day`: its begin, ms. `tuples`: about how many it has. */
export function settleDay(
  day: number,
  tuples: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share = SHARE,
): SettledDay {
  const parts = Math.max(1, Math.ceil(tuples / share));
  return settleShares(day, { from: 0, step: 1, parts }, segments, logs, atHand);
}

/** Of `parts` shares those numbered `from`, `from + step` … */
export type Shares = { readonly from: number; readonly step: number; readonly parts: number };

/** In how many shares two take a day, each half of them: memory is what one alone needs. */
export function sharesForTwo(tuples: number): number {
  return 2 * Math.ceil(tuples / SHARE);
}

/** As `settleDay`, of some shares only; `joined` puts them together. */
export function settleShares(
  day: number,
  { from, step, parts }: Shares,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
): SettledDay {
  const marks = new Uint8Array(segments.reduce((rows, segment) => rows + segment.length, 0));
  const clocks: ClockDifferences = new Map();
  const found: { place: number; values: readonly number[] }[] = [];
  const next: NextFlow[] = [];
  for (let part = from; part < parts; part += step) {
    const gathered = gatherDay(day, segments, logs, atHand, { part, parts });
    const stitched = stitchFlows(day, gathered, segments, logs, atHand, marks);
    const totals = adjustCounters(gathered, stitched, segments, atHand, marks, (place, values) =>
      found.push({ place, values }),
    );
    leaveOut(day, gathered, stitched, logs, marks, clocks);
    for (const flow of eachAtHand(day + DAY, gathered, stitched, logs, totals)) next.push(flow);
  }
  found.sort((a, b) => a.place - b.place);
  return {
    marks,
    adjustedAt: Uint32Array.from(found, ({ place }) => place),
    adjusted: Float64Array.from(found.flatMap(({ values }) => values)),
    atHand: inColumns(next),
    clocks,
  };
}

/** What two made of different shares of one day. */
export function joined(a: SettledDay, b: SettledDay): SettledDay {
  for (let i = 0; i < a.marks.length; i++) a.marks[i] = (a.marks[i] as number) | (b.marks[i] as number);
  const length = a.adjustedAt.length + b.adjustedAt.length;
  const adjustedAt = new Uint32Array(length);
  const adjusted = new Float64Array(length * 4);
  for (let at = 0, i = 0, j = 0; at < length; at++) {
    const isMine =
      j === b.adjustedAt.length || (a.adjustedAt[i] ?? Number.POSITIVE_INFINITY) < (b.adjustedAt[j] as number);
    const [from, k] = isMine ? [a, i++] : [b, j++];
    adjustedAt[at] = from.adjustedAt[k] as number;
    adjusted.set(from.adjusted.subarray(k * 4, k * 4 + 4), at * 4);
  }
  const clocks: ClockDifferences = new Map(a.clocks);
  for (const [nic, differences] of b.clocks) {
    const sums = new Map(clocks.get(nic));
    for (const [difference, flows] of differences) sums.set(difference, (sums.get(difference) ?? 0) + flows);
    clocks.set(nic, sums);
  }
  return {
    marks: a.marks,
    adjustedAt,
    adjusted,
    atHand: inColumns([...flowsOf(a.atHand), ...flowsOf(b.atHand)]),
    clocks,
  };
}

/** How many of the marked tuples have all of these bits. */
export function countMarks(marks: Uint8Array, bits: number): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (((marks[i] as number) & bits) === bits) count++;
  return count;
}

type NextFlow = {
  readonly nic: number;
  readonly line: number;
  readonly flowLog: number;
  readonly src: Uint8Array;
  readonly dst: Uint8Array;
  readonly srcPort: number;
  readonly service: number;
  readonly first: number;
  readonly last: number;
  readonly flags: number;
  readonly totals: Float64Array;
};

/** All that a flow is told by, for one order whatever the order of evidence. */
function nameOf({ nic, line, service, srcPort, first, last, flowLog, src, dst }: NextFlow): string {
  const numbers = [nic, line, service, srcPort, first, last, flowLog];
  return `${numbers.map((n) => String(n).padStart(16, "0")).join(" ")} ${src} ${dst}`;
}

function flowsOf(flows: FlowsAtHand): NextFlow[] {
  return Array.from({ length: flows.length }, (_, i) => ({
    nic: flows.nic[i] as number,
    line: flows.line[i] as number,
    flowLog: flows.flowLog[i] as number,
    src: flows.src.subarray(i * 17, i * 17 + 17),
    dst: flows.dst.subarray(i * 17, i * 17 + 17),
    srcPort: flows.srcPort[i] as number,
    service: flows.service[i] as number,
    first: flows.first[i] as number,
    last: flows.last[i] as number,
    flags: flows.flags[i] as number,
    totals: flows.totals.subarray(i * 4, i * 4 + 4),
  }));
}

function* eachAtHand(
  nextDay: number,
  gathered: Gathered,
  { flows }: Stitched,
  logs: Logs,
  totals: Float64Array,
): Generator<NextFlow> {
  const { laneTable, channelTable, v6 } = gathered;
  for (let f = 0; f < flows.length; f++) {
    const lane = flows.lane[f] as number;
    if (lane === NO_LANE || flows.today[f] === 0) continue;
    const flags = flows.flags[f] as number;
    const channel = laneTable.words[lane * 4] as number;
    const word = (i: number): number => channelTable.words[channel * 4 + i] as number;
    const service = word(3);
    const isRetried = flagsOf(service) >>> 1 === 1 && ((service >>> 16) & 0xff) === 6;
    const left = nextDay - (flows.last[f] as number);
    const isAtHand = flags & HAS_ENDED ? left <= (isRetried ? RETRY_PAUSE : APART) : (flags & OVER) === 0;
    if (!isAtHand) continue;
    const log = flows.log[f] as number;
    const src = addressOf(word(1), (service & SRC_SIX) !== 0, v6);
    const dst = addressOf(word(2), (service & DST_SIX) !== 0, v6);
    const srcPort = laneTable.words[lane * 4 + 1] as number;
    yield {
      nic: logs.nic[log] as number,
      line: logs.line[log] as number,
      flowLog: logs.flowLog[log] as number,
      src,
      dst,
      srcPort,
      service: (service & 0x03ffffff) >>> 0,
      first: flows.first[f] as number,
      last: flows.last[f] as number,
      flags,
      totals: totals.slice(f * 4, f * 4 + 4),
    };
  }
}

function addressOf(word: number, isSix: boolean, v6: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(17);
  bytes[0] = isSix ? 6 : 4;
  if (isSix) bytes.set(v6[word] as Uint8Array, 1);
  else bytes.set([word >>> 24, word >>> 16, word >>> 8, word], 1);
  return bytes;
}

function inColumns(unordered: readonly NextFlow[]): FlowsAtHand {
  const named = unordered.map((flow) => ({ flow, name: nameOf(flow) }));
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const flows = named.map(({ flow }) => flow);
  const n = flows.length;
  const src = new Uint8Array(n * 17);
  const dst = new Uint8Array(n * 17);
  const totals = new Float64Array(n * 4);
  flows.forEach((flow, i) => {
    src.set(flow.src, i * 17);
    dst.set(flow.dst, i * 17);
    totals.set(flow.totals, i * 4);
  });
  return {
    length: n,
    nic: Uint32Array.from(flows, ({ nic }) => nic),
    line: Uint32Array.from(flows, ({ line }) => line),
    flowLog: Uint32Array.from(flows, ({ flowLog }) => flowLog),
    src,
    dst,
    srcPort: Uint16Array.from(flows, ({ srcPort }) => srcPort),
    service: Uint32Array.from(flows, ({ service }) => service),
    first: Float64Array.from(flows, ({ first }) => first),
    last: Float64Array.from(flows, ({ last }) => last),
    flags: Uint8Array.from(flows, ({ flags }) => flags),
    totals,
  };
}
