// The settling kernel: the hot path of settling as WebAssembly (sources in kernel/, compiled into kernel-bytes.ts by build/kernel.mjs):
// what is done for each tuple of a day, in columns in its own memory. What is done for each flow or less is done in TypeScript, on views
// of the same columns. No garbage, and nothing to warm up: half of the processor's time went there.

import { type DaySegment, damagedPart } from "./day-segment.ts";
import {
  addressOf,
  columns,
  type Global,
  kernelExports,
  layOutColumns,
  PART_BYTES,
  putPart,
  viewOf,
} from "./kernel-memory.ts";

/**
 * How many there can be of what columns are of. `places`: rows of the day's segments; `rows`: of the part of the day; `ofShare`: of its
 * largest share.
 */
export type Extent = {
  readonly places: number;
  readonly rows: number;
  readonly ofShare: number;
  readonly carried: number;
  readonly logs: number;
};

/** What kernel/index.ts exports, but for addresses of columns. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  readonly channels: Global;
  clearChannels(): void;
  channelNumber(observer: number, src: number, dst: number, service: number): number;
  /** `bytes`: of the part, as in the next three. All throw where it does not hold what it says. */
  readKeys(bytes: number, contexts: number): void;
  readWhen(bytes: number, tuples: number): void;
  readPorts(bytes: number, tuples: number): void;
  meetRows(
    rows: number,
    day: number,
    first: number,
    length: number,
    whole: number,
    part: number,
    parts: number,
  ): number;
  shareChannels(shares: number): void;
  countRows(rows: number, share: number): number;
  dealOut(rows: number, carried: number, share: number): number;
  stitchFlows(day: number, carried: number): number;
  findWanted(places: number): number;
  hasWanted(first: number, length: number): number;
  pickCounters(bytes: number, first: number, length: number): void;
  adjustCounters(flows: number): number;
  listShared(share: number): number;
  markLeftOut(day: number, entries: number): void;
  differFromUsual(first: number, length: number): void;
  readonly marksFirst: Global;
  readonly marksLeftOut: Global;
};

/** What the kernel asks: the order of two rows of one port and instant, and numbers of IPv6 addresses. */
export type KernelHost = {
  precedes(a: number, b: number): boolean;
  /** `bytes`: 16 an address; their numbers go to `into`. */
  numberSix(bytes: Uint8Array, into: Uint32Array): void;
};

/** Views of its columns, good until it is laid out anew. */
export type KernelColumns = {
  readonly marks: Uint8Array;
  readonly usual: Uint8Array;
  readonly rowAt: Uint32Array;
  /** Four words a channel. */
  readonly channels: Uint32Array;
  readonly next: Uint32Array;
  readonly carriedChannel: Int32Array;
  readonly carriedPort: Uint16Array;
  readonly flowChannel: Uint32Array;
  readonly flowPort: Uint16Array;
  readonly flowLog: Uint32Array;
  readonly flowFirst: Float64Array;
  readonly flowLast: Float64Array;
  readonly flowFlags: Uint8Array;
  readonly flowToday: Uint8Array;
  readonly flowJoined: Uint8Array;
  readonly flowCover: Float64Array;
  readonly totals: Float64Array;
  readonly differingAt: Uint32Array;
  readonly differing: Float64Array;
  readonly observer: Uint32Array;
  readonly logOfContext: Uint32Array;
  /** A segment's part as it was before it was compressed. */
  readonly part: Uint8Array;
};

export type SettlingKernel = {
  readonly calls: Calls;
  host: KernelHost;
  columns: KernelColumns;
};

/** A segment has no more tuples, keys, contexts. */
const SEGMENT = 65536;
const PAGE = 65536;

export function newSettlingKernel(): SettlingKernel {
  const calls = kernelExports({
    precedes: (a, b) => (kernel.host.precedes(a >>> 0, b >>> 0) ? 1 : 0),
    numberSix: (at, count) => {
      const { buffer } = calls.memory;
      const into = new Uint32Array(buffer, addressOf(calls, "SIX").value, count);
      kernel.host.numberSix(new Uint8Array(buffer, at, count * 16), into);
    },
  }) as Calls; // as kernel/index.ts has it
  const host = { precedes: () => false, numberSix: () => {} };
  const kernel: SettlingKernel = {
    calls,
    host,
    columns: laidOut(calls, { places: 0, rows: 0, ofShare: 0, carried: 0, logs: 0 }),
  };
  return kernel;
}

/** Makes room. What is by share comes last: all else stays where it is as long as only that is another. */
export function layOut(kernel: SettlingKernel, extent: Extent): void {
  kernel.columns = laidOut(kernel.calls, extent);
}

function laidOut(calls: Calls, { places, rows, ofShare, carried, logs }: Extent): KernelColumns {
  const most = rows + carried; // channels are no more
  const entries = ofShare + carried; // nor are flows
  const bytesOf: readonly (readonly [name: string, bytes: number])[] = [
    ...columns(places, { MARKS: 1, USUAL: 1, NUMBER: 4 }),
    ...columns(rows, { ROW_CHANNEL: 4, ROW_KEY: 8, ROW_STATE_LOG: 4, ROW_AT: 4 }),
    ...columns(most, { CHANNELS: 16, NEXT: 4, CHANNEL_SHARE: 1 }),
    ...columns(most + 1, { STARTS: 4 }),
    ...columns(tableFor(most * 2), { SLOTS: 4 }),
    ...columns(tableFor(most * 4), { SIEVE: 4 }),
    ...columns(carried, { CARRIED_CHANNEL: 4, CARRIED_PORT: 2 }),
    ...columns(logs, { OBSERVER: 4 }),
    ...columns(SEGMENT, {
      LOG_OF_CONTEXT: 4,
      V4: 8,
      SIX: 8,
      SIX_HASH: 8,
      KEY_SRC: 4,
      KEY_DST: 4,
      KEY_PORT: 2,
      KEY_PROTOCOL: 1,
    }),
    ...columns(SEGMENT, { KEY_FLAGS: 1, KEY_LOG: 4, KEY_USED: 1, KEY_CHANNEL: 4, KEY_WORDS: 16 }),
    ...columns(SEGMENT, { TUPLE_KEY: 4, TUPLE_STEP: 8, TUPLE_STATE: 1, TUPLE_PORT: 2 }),
    ["PART", PART_BYTES],
    ...columns(entries, { ENTRY: 4, KEY: 8, FLOW_AT: 4, SPARE_ENTRY: 4, SPARE_KEY: 8, WANTED: 4 }),
    ...columns(entries, { COUNTERS: 32, DIFFERING_AT: 4, DIFFERING: 32 }),
    ...columns(entries, { FLOW_CHANNEL: 4, FLOW_PORT: 2, FLOW_LOG: 4, FLOW_FIRST: 8, FLOW_LAST: 8, FLOW_FLAGS: 1 }),
    ...columns(entries, { FLOW_TODAY: 1, FLOW_JOINED: 1, FLOW_COVER: 8, TOTALS: 32, UNANSWERED: 1 }),
  ];
  layOutColumns(calls, bytesOf);
  return {
    marks: viewOf(calls, Uint8Array, "MARKS", places),
    usual: viewOf(calls, Uint8Array, "USUAL", places),
    rowAt: viewOf(calls, Uint32Array, "ROW_AT", rows),
    channels: viewOf(calls, Uint32Array, "CHANNELS", most * 4),
    next: viewOf(calls, Uint32Array, "NEXT", most),
    carriedChannel: viewOf(calls, Int32Array, "CARRIED_CHANNEL", carried),
    carriedPort: viewOf(calls, Uint16Array, "CARRIED_PORT", carried),
    flowChannel: viewOf(calls, Uint32Array, "FLOW_CHANNEL", entries),
    flowPort: viewOf(calls, Uint16Array, "FLOW_PORT", entries),
    flowLog: viewOf(calls, Uint32Array, "FLOW_LOG", entries),
    flowFirst: viewOf(calls, Float64Array, "FLOW_FIRST", entries),
    flowLast: viewOf(calls, Float64Array, "FLOW_LAST", entries),
    flowFlags: viewOf(calls, Uint8Array, "FLOW_FLAGS", entries),
    flowToday: viewOf(calls, Uint8Array, "FLOW_TODAY", entries),
    flowJoined: viewOf(calls, Uint8Array, "FLOW_JOINED", entries),
    flowCover: viewOf(calls, Float64Array, "FLOW_COVER", entries),
    totals: viewOf(calls, Float64Array, "TOTALS", entries * 4),
    differingAt: viewOf(calls, Uint32Array, "DIFFERING_AT", entries),
    differing: viewOf(calls, Float64Array, "DIFFERING", entries * 4),
    observer: viewOf(calls, Uint32Array, "OBSERVER", logs),
    logOfContext: viewOf(calls, Uint32Array, "LOG_OF_CONTEXT", SEGMENT),
    part: viewOf(calls, Uint8Array, "PART", PART_BYTES),
  };
}

/** A power of two above it. */
function tableFor(most: number): number {
  let size = PAGE;
  while (size <= most) size *= 2;
  return size;
}

/** Puts a segment's part where `read`, which is given its length, has the kernel read it. Throws case-damaged. */
export function readWith(
  { columns: { part } }: SettlingKernel,
  segment: DaySegment,
  name: Parameters<DaySegment["part"]>[0],
  read: (bytes: number) => void,
): void {
  try {
    read(putPart(part, segment.part(name)));
  } catch (thrown) {
    throw damagedPart(segment.id, name, thrown);
  }
}
