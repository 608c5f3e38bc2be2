// The kernel: the hot path of ingest as WebAssembly (sources in kernel/, compiled into kernel-bytes.ts by build/kernel.mjs). It reads
// what is usual, straight from the bytes in its memory into columns in its memory, and says where it stopped; whatever is not usual
// the plain path walks, on views of the same memory, and property tests hold the two equal. About three times as fast as the same
// loops in JavaScript, and compiled once for all threads instead of warmed up in each.

import type { RawTuples } from "../segment/build.ts";
import type { Part } from "../segment/columns.ts";
import { KERNEL } from "./kernel-bytes.ts";

/** `group` and `encryption` are what `context` is made of once the record is whole. */
export type Filling = RawTuples & { group: Uint32Array; encryption: Uint16Array };

/** Addresses are positions in its memory: where a window's byte 0 is, its `byteOffset` says. */
export type Kernel = {
  /** Columns that it fills. */
  readonly raw: Filling;
  /** Where bytes are to be put that it is to read. */
  readonly window: Buffer;
  readonly calls: Calls;
  readonly memory: WebAssembly.Memory;
};

/** What the kernel asks of its host: ids of a text at from … to, and of a context. */
export type KernelHost = {
  textOf(bytes: Buffer): number;
  contextOf(header: number, acl: number, rule: number, encryption: number): number;
};

type Global = { readonly value: number };

/** What kernel/index.ts exports. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  readonly found: Global;
  readonly rows: Global;
  records(at: number, end: number, member: number, record: number, firstRow: number): number;
  tuple(from: number, end: number, row: number): number;
  keepHeader(from: number, length: number, id: number): void;
  /** Headers, texts and contexts that were met. */
  forget(): void;
  findSegment(firstRow: number, rows: number): number;
  readonly firstTime: Global;
  readonly lastTime: Global;
  readonly highestState: Global;
} & { readonly [P in PartCall]: () => number } & { readonly [P in Address]: Global };

/** Puts a part of the segment found last to OUT; how many bytes. */
type PartCall = `${Part}Part`;

type Address =
  | "CONSTANTS_END"
  | "TIME"
  | "PACKETS_SENT"
  | "BYTES_SENT"
  | "PACKETS_RECEIVED"
  | "BYTES_RECEIVED"
  | "SRC"
  | "DST"
  | "CONTEXT"
  | "MEMBER"
  | "RECORD"
  | "TUPLE"
  | "GROUP"
  | "SRC_PORT"
  | "DST_PORT"
  | "KIND"
  | "ENCRYPTION"
  | "STATE"
  | "FOUND"
  | "FOUND_BYTES"
  | "ROWS"
  | "OUT"
  | "OLD_CONTEXTS"
  | "CODE_SLOTS"
  | "CODE_BYTES"
  | "WINDOW";

let compiled: WebAssembly.Module | null = null;

/** The kernel's code, compiled when first asked for. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL, "base64"));
  return compiled;
}

/** Takes the code that another thread has compiled. */
export function takeKernelModule(module: WebAssembly.Module): void {
  compiled = module;
}

const PAGE = 65536;
/** Bytes at first: room for a long record and a read. */
const WINDOW = 1 << 21;

/** `codes`: encryption codes that it knows, by number. */
export function newKernel(host: KernelHost, codes: readonly (string | null)[]): Kernel {
  const instance = new WebAssembly.Instance(kernelModule(), {
    tables: {
      textOf: (from: number, to: number) => host.textOf(Buffer.from(calls.memory.buffer, from, to - from)),
      contextOf: host.contextOf,
    },
  });
  const calls = instance.exports as Calls; // as kernel/index.ts has it
  const kernel = grown(calls, WINDOW);
  for (const [i, code] of codes.entries()) {
    const slot = new Uint8Array(calls.memory.buffer, calls.CODE_SLOTS.value + i * calls.CODE_BYTES.value);
    slot[0] = code?.length ?? 0;
    slot.set(Buffer.from(code ?? ""), 1);
  }
  return kernel;
}

/** The same with a window of at least `bytes`; all views of its memory are made anew, what they held still lies there. */
export function withWindow(kernel: Kernel, bytes: number): Kernel {
  const larger = grown(kernel.calls, bytes);
  larger.raw.length = kernel.raw.length;
  return larger;
}

function grown(calls: Calls, bytes: number): Kernel {
  const { memory } = calls;
  const wanted = Math.ceil((calls.WINDOW.value + bytes) / PAGE) + 1; // a page more: it looks a little past the end
  const pages = memory.buffer.byteLength / PAGE;
  if (pages < wanted) memory.grow(wanted - pages);
  const window = Buffer.from(memory.buffer, calls.WINDOW.value, memory.buffer.byteLength - PAGE - calls.WINDOW.value);
  return { raw: columnsOf(calls), window, calls, memory };
}

function columnsOf(calls: Calls): Filling {
  const { buffer } = calls.memory;
  const rows = calls.ROWS.value;
  const doubles = (at: Global): Float64Array => new Float64Array(buffer, at.value, rows);
  const words = (at: Global): Uint32Array => new Uint32Array(buffer, at.value, rows);
  const shorts = (at: Global): Uint16Array => new Uint16Array(buffer, at.value, rows);
  return {
    length: 0,
    time: doubles(calls.TIME),
    src: words(calls.SRC),
    dst: words(calls.DST),
    srcPort: shorts(calls.SRC_PORT),
    dstPort: shorts(calls.DST_PORT),
    kind: shorts(calls.KIND),
    state: new Uint8Array(buffer, calls.STATE.value, rows),
    context: words(calls.CONTEXT),
    packetsSent: doubles(calls.PACKETS_SENT),
    bytesSent: doubles(calls.BYTES_SENT),
    packetsReceived: doubles(calls.PACKETS_RECEIVED),
    bytesReceived: doubles(calls.BYTES_RECEIVED),
    member: words(calls.MEMBER),
    record: words(calls.RECORD),
    tuple: words(calls.TUPLE),
    group: words(calls.GROUP),
    encryption: shorts(calls.ENCRYPTION),
  };
}
