// The settling kernel: the hot path of settling as WebAssembly (sources in kernel/, compiled into kernel-bytes.ts by build/kernel.mjs):
// what is done for each tuple of a day, in columns in its own memory. What is done for each flow or less is done in TypeScript, on views
// of the same columns. No garbage, and nothing to warm up: half of the processor's time went there.

import { KERNEL } from "./kernel-bytes.ts";

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type Make<C extends Column> = new (buffer: ArrayBuffer, at: number, length: number) => C;
type Global = { value: number };

/** How many there can be of what columns are of. `places`: rows of the day's segments; `rows`: of the share. */
export type Extent = {
  readonly places: number;
  readonly rows: number;
  readonly carried: number;
  readonly logs: number;
};

/** What kernel/index.ts exports, but for addresses of columns. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  readonly channels: Global;
  clearChannels(): void;
  channelNumber(observer: number, src: number, dst: number, service: number): number;
  readKeys(): number;
  readWhen(): number;
  readPorts(length: number): void;
  meetRows(
    rows: number,
    day: number,
    first: number,
    length: number,
    whole: number,
    part: number,
    parts: number,
  ): number;
  dealOut(rows: number, carried: number): number;
  stitchFlows(day: number, carried: number): number;
  findWanted(places: number): number;
  hasWanted(first: number, length: number): number;
  pickCounters(first: number, length: number): void;
  adjustCounters(flows: number): number;
  sieveObservers(): number;
  mayBeShared(channel: number): number;
  markLeftOut(day: number, entries: number): void;
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

/** A segment has no more tuples, keys, contexts; and no part of it more bytes. */
const SEGMENT = 65536;
const PART_BYTES = 6 * 1024 * 1024;
const PAGE = 65536;

let compiled: WebAssembly.Module | null = null;

export function newSettlingKernel(): SettlingKernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0)));
  const instance = new WebAssembly.Instance(compiled, {
    host: {
      precedes: (a: number, b: number): number => (kernel.host.precedes(a >>> 0, b >>> 0) ? 1 : 0),
      numberSix: (at: number, count: number): void => {
        const { buffer } = kernel.calls.memory;
        const into = new Uint32Array(buffer, addressOf(kernel.calls, "SIX").value, count);
        kernel.host.numberSix(new Uint8Array(buffer, at, count * 16), into);
      },
    },
  });
  const calls = instance.exports as Calls; // as kernel/index.ts has it
  const host = { precedes: () => false, numberSix: () => {} };
  const kernel: SettlingKernel = {
    calls,
    host,
    columns: laidOut(calls, { places: 0, rows: 0, carried: 0, logs: 0 }),
  };
  return kernel;
}

/** Makes room. Marks and usual marks stay where they are as long as the places do; all else is to be written before it is read. */
export function layOut(kernel: SettlingKernel, extent: Extent): void {
  kernel.columns = laidOut(kernel.calls, extent);
}

function laidOut(calls: Calls, { places, rows, carried, logs }: Extent): KernelColumns {
  const most = rows + carried; // channels, entries and flows are no more
  const bytesOf: readonly (readonly [name: string, bytes: number])[] = [
    ...columns(places, { MARKS: 1, USUAL: 1, NUMBER: 4 }),
    ...columns(rows, { ROW_CHANNEL: 4, ROW_KEY: 8, ROW_STATE_LOG: 4, ROW_AT: 4 }),
    ...columns(most, { CHANNELS: 16, NEXT: 4, ENTRY: 4, KEY: 8, FLOW_AT: 4, SPARE_ENTRY: 4, SPARE_KEY: 8, WANTED: 4 }),
    ...columns(most + 1, { STARTS: 4 }),
    ...columns(tableFor(most * 2), { SLOTS: 4 }),
    ...columns(tableFor(most * 4), { SIEVE: 4 }),
    ...columns(most, { COUNTERS: 32, DIFFERING_AT: 4, DIFFERING: 32 }),
    ...columns(carried, { CARRIED_CHANNEL: 4, CARRIED_PORT: 2 }),
    ...columns(most, { FLOW_CHANNEL: 4, FLOW_PORT: 2, FLOW_LOG: 4, FLOW_FIRST: 8, FLOW_LAST: 8, FLOW_FLAGS: 1 }),
    ...columns(most, { FLOW_TODAY: 1, FLOW_JOINED: 1, FLOW_COVER: 8, TOTALS: 32, UNANSWERED: 1 }),
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
    ...columns(SEGMENT, { KEY_FLAGS: 1, KEY_LOG: 4, KEY_USED: 1, KEY_CHANNEL: 4 }),
    ...columns(SEGMENT, { TUPLE_KEY: 4, TUPLE_STEP: 8, TUPLE_STATE: 1, TUPLE_PORT: 2 }),
    ["PART", PART_BYTES],
  ];
  let end = PAGE;
  for (const [name, bytes] of bytesOf) {
    addressOf(calls, name).value = end;
    end = Math.ceil((end + bytes) / 64) * 64;
  }
  const more = Math.ceil(end / PAGE) - calls.memory.buffer.byteLength / PAGE;
  if (more > 0) calls.memory.grow(more);
  const view = <C extends Column>(make: Make<C>, name: string, length: number): C =>
    new make(calls.memory.buffer as ArrayBuffer, addressOf(calls, name).value >>> 0, length);
  return {
    marks: view(Uint8Array, "MARKS", places),
    usual: view(Uint8Array, "USUAL", places),
    rowAt: view(Uint32Array, "ROW_AT", rows),
    channels: view(Uint32Array, "CHANNELS", most * 4),
    carriedChannel: view(Int32Array, "CARRIED_CHANNEL", carried),
    carriedPort: view(Uint16Array, "CARRIED_PORT", carried),
    flowChannel: view(Uint32Array, "FLOW_CHANNEL", most),
    flowPort: view(Uint16Array, "FLOW_PORT", most),
    flowLog: view(Uint32Array, "FLOW_LOG", most),
    flowFirst: view(Float64Array, "FLOW_FIRST", most),
    flowLast: view(Float64Array, "FLOW_LAST", most),
    flowFlags: view(Uint8Array, "FLOW_FLAGS", most),
    flowToday: view(Uint8Array, "FLOW_TODAY", most),
    flowJoined: view(Uint8Array, "FLOW_JOINED", most),
    flowCover: view(Float64Array, "FLOW_COVER", most),
    totals: view(Float64Array, "TOTALS", most * 4),
    differingAt: view(Uint32Array, "DIFFERING_AT", most),
    differing: view(Float64Array, "DIFFERING", most * 4),
    observer: view(Uint32Array, "OBSERVER", logs),
    logOfContext: view(Uint32Array, "LOG_OF_CONTEXT", SEGMENT),
    part: view(Uint8Array, "PART", PART_BYTES),
  };
}

function columns(length: number, bytes: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(bytes).map(([name, each]) => [name, each * length]);
}

/** A power of two above it. */
function tableFor(most: number): number {
  let size = PAGE;
  while (size <= most) size *= 2;
  return size;
}

function addressOf(calls: Calls, name: string): Global {
  return (calls as unknown as Readonly<Record<string, Global>>)[name] as Global; // kernel/memory.ts has all that are laid out
}

/** Puts a segment's part where the kernel reads it. */
export function putPart({ columns: { part } }: SettlingKernel, bytes: Uint8Array): void {
  if (bytes.length > part.length)
    throw new RangeError(`a part of ${bytes.length} bytes is larger than any of a segment`);
  part.set(bytes);
}
