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
  const marks = new Uint8Array(segments.reduce((rows, segment) => rows + segment.length, 0));
  const clocks: ClockDifferences = new Map();
  const found: { place: number; values: readonly number[] }[] = [];
  const next: NextFlow[] = [];
  const parts = Math.max(1, Math.ceil(tuples / share));
  for (let part = 0; part < parts; part++) {
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
  /** All that it is told by, for one order whatever the order of evidence. */
  readonly name: string;
};

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
    const flow = {
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
    const key = [flow.nic, flow.line, flow.service, srcPort, flow.first, flow.last, flow.flowLog];
    yield { ...flow, name: `${key.map((n) => String(n).padStart(16, "0")).join(" ")} ${src} ${dst}` };
  }
}

function addressOf(word: number, isSix: boolean, v6: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(17);
  bytes[0] = isSix ? 6 : 4;
  if (isSix) bytes.set(v6[word] as Uint8Array, 1);
  else bytes.set([word >>> 24, word >>> 16, word >>> 8, word], 1);
  return bytes;
}

function inColumns(flows: NextFlow[]): FlowsAtHand {
  flows.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
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
