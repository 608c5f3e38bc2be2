// One UTC day settled (docs/settling.md): its tuples and the flows at hand give marks, adjusted counters, and the flows at hand on the
// next day. A day of many tuples is taken in shares by source and destination, so that memory stays bounded.

import { adjustCounters } from "./adjust-counters.ts";
import { type DaySegment, DST_SIX, flagsOf, type Gathered, gatherDay, type Logs, SRC_SIX } from "./gather-day.ts";
import { type ClockDifferences, leaveOut } from "./leave-out.ts";
import { APART, DAY, type FlowsAtHand, HAS_ENDED, OVER, RETRY_PAUSE } from "./settled.ts";
import { NO_LANE, type Stitched, stitchFlows } from "./stitch-flows.ts";

/** Tuples of a share; about 60 bytes each. */
const SHARE = 1_500_000;

export type SettledDay = {
  /** By place among the rows of the day's segments, taken one after another; of other days' rows 0. */
  readonly marks: Uint8Array;
  /** Places ascending, four values each. */
  readonly adjustedAt: Uint32Array;
  readonly adjusted: Float64Array;
  readonly atHand: FlowsAtHand;
  readonly clocks: ClockDifferences;
};

/** A share at a time, for a day can take minutes. `day`: its begin, ms. `tuples`: about how many it has. */
export function* settlingDay(
  day: number,
  tuples: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share = SHARE,
): Generator<void, SettledDay> {
  const marks = new Uint8Array(segments.reduce((rows, segment) => rows + segment.length, 0));
  const clocks: ClockDifferences = new Map();
  const found: { place: number; values: readonly number[] }[] = [];
  const next = newColumns(1024);
  const parts = Math.max(1, Math.ceil(tuples / share));
  for (let part = 0; part < parts; part++) {
    const gathered = gatherDay(day, segments, logs, atHand, { part, parts });
    const stitched = stitchFlows(day, gathered, segments, logs, atHand, marks);
    const totals = adjustCounters(gathered, stitched, segments, atHand, marks, (place, values) =>
      found.push({ place, values }),
    );
    leaveOut(day, gathered, stitched, logs, marks, clocks);
    addAtHand(next, day + DAY, gathered, stitched, logs, totals);
    yield;
  }
  found.sort((a, b) => a.place - b.place);
  return {
    marks,
    adjustedAt: Uint32Array.from(found, ({ place }) => place),
    adjusted: Float64Array.from(found.flatMap(({ values }) => values)),
    atHand: inOrder(next),
    clocks,
  };
}

/** How many of the marked tuples have all of these bits. */
export function countMarks(marks: Uint8Array, bits: number): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (((marks[i] as number) & bits) === bits) count++;
  return count;
}

/** Flows at hand as they are found; columns may be longer than `length`. */
type Columns = { -readonly [C in keyof FlowsAtHand]: FlowsAtHand[C] };

function newColumns(capacity: number): Columns {
  return {
    length: 0,
    nic: new Uint32Array(capacity),
    line: new Uint32Array(capacity),
    flowLog: new Uint32Array(capacity),
    src: new Uint8Array(capacity * 17),
    dst: new Uint8Array(capacity * 17),
    srcPort: new Uint16Array(capacity),
    service: new Uint32Array(capacity),
    first: new Float64Array(capacity),
    last: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    totals: new Float64Array(capacity * 4),
  };
}

function reserve(columns: Columns): void {
  if (columns.length < columns.nic.length) return;
  const grown = newColumns(columns.length * 2);
  for (const name of NAMES) grown[name].set(columns[name]);
  Object.assign(columns, { ...grown, length: columns.length });
}

const NAMES = [
  "nic",
  "line",
  "flowLog",
  "src",
  "dst",
  "srcPort",
  "service",
  "first",
  "last",
  "flags",
  "totals",
] as const satisfies readonly (keyof FlowsAtHand)[];

/** A case can have as many open flows as tuples: nothing is made for each but its row. */
function addAtHand(
  into: Columns,
  nextDay: number,
  gathered: Gathered,
  { flows }: Stitched,
  logs: Logs,
  totals: Float64Array,
): void {
  const { laneTable, channelTable, v6 } = gathered;
  for (let f = 0; f < flows.length; f++) {
    const lane = flows.lane[f] as number;
    if (lane === NO_LANE || flows.today[f] === 0) continue;
    const flags = flows.flags[f] as number;
    const channel = laneTable.words[lane * 4] as number;
    const service = channelTable.words[channel * 4 + 3] as number;
    const isRetried = flagsOf(service) >>> 1 === 1 && ((service >>> 16) & 0xff) === 6;
    const left = nextDay - (flows.last[f] as number);
    const isAtHand = flags & HAS_ENDED ? left <= (isRetried ? RETRY_PAUSE : APART) : (flags & OVER) === 0;
    if (!isAtHand) continue;
    reserve(into);
    const at = into.length++;
    const log = flows.log[f] as number;
    into.nic[at] = logs.nic[log] as number;
    into.line[at] = logs.line[log] as number;
    into.flowLog[at] = logs.flowLog[log] as number;
    putAddress(into.src, at, channelTable.words[channel * 4 + 1] as number, (service & SRC_SIX) !== 0, v6);
    putAddress(into.dst, at, channelTable.words[channel * 4 + 2] as number, (service & DST_SIX) !== 0, v6);
    into.srcPort[at] = laneTable.words[lane * 4 + 1] as number;
    into.service[at] = (service & 0x03ffffff) >>> 0;
    into.first[at] = flows.first[f] as number;
    into.last[at] = flows.last[f] as number;
    into.flags[at] = flags;
    for (let c = 0; c < 4; c++) into.totals[at * 4 + c] = totals[f * 4 + c] as number;
  }
}

function putAddress(into: Uint8Array, at: number, word: number, isSix: boolean, v6: readonly Uint8Array[]): void {
  const from = at * 17;
  into[from] = isSix ? 6 : 4;
  if (isSix) into.set(v6[word] as Uint8Array, from + 1);
  else {
    into[from + 1] = word >>> 24;
    into[from + 2] = word >>> 16;
    into[from + 3] = word >>> 8;
    into[from + 4] = word;
  }
}

/** By all that a flow is told by: one order whatever the order of evidence. Addresses last, by their bytes written in decimal. */
function inOrder(found: Columns): FlowsAtHand {
  const order = Uint32Array.from({ length: found.length }, (_, i) => i);
  const { nic, line, service, srcPort, first, last, flowLog } = found;
  order.sort((a, b) => {
    for (const column of [nic, line, service, srcPort, first, last, flowLog]) {
      const difference = (column[a] as number) - (column[b] as number);
      if (difference !== 0) return difference;
    }
    const [one, other] = [addressesOf(found, a), addressesOf(found, b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
  const sorted = newColumns(found.length);
  order.forEach((from, to) => {
    for (const name of NAMES) {
      const width = name === "src" || name === "dst" ? 17 : name === "totals" ? 4 : 1;
      for (let i = 0; i < width; i++) sorted[name][to * width + i] = found[name][from * width + i] as number;
    }
  });
  return { ...sorted, length: found.length };
}

function addressesOf({ src, dst }: Columns, i: number): string {
  return `${src.subarray(i * 17, i * 17 + 17)} ${dst.subarray(i * 17, i * 17 + 17)}`;
}
