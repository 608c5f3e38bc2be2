// Addresses and keys of a source's segments, distinct and in order, by the kernel, in memory that is bounded whatever the source.

import { damagedPart } from "./day-segment.ts";
import { columns, type Global, kernelExports, layOutColumns, PART_BYTES, putPart, viewOf } from "./kernel-memory.ts";

/** What kernel/index.ts exports for it, but for addresses of columns. */
type Calls = {
  readonly memory: WebAssembly.Memory;
  readonly distinct: Global;
  /** `bytes`: of the part at PART, as in the next. Both throw where it does not hold what it says. */
  readKeys(bytes: number, contexts: number): number;
  readAddresses(bytes: number, met: number): number;
  distinctAddresses(met: number): number;
  addKeys(met: number, endpoints: number): void;
  distinctKeys(met: number): number;
};

/** The dictionary of one segment, by its number in the case: its part "keys" as it was before it was compressed, and contexts as their ids in the case. */
export type SegmentKeys = { readonly id: number; readonly contexts: Uint32Array; part(): Uint8Array };

/** Numbers of IPv6 addresses, 16 bytes each, to `into`. */
type NumberSix = (bytes: Uint8Array, into: Uint32Array) => void;

export type ConversationKernel = { readonly calls: Calls; numberSix: NumberSix };

/** Distinct conversations of some segments, ascending, four words each; and for each key of each segment its place among them. */
export type MetKeys = { readonly words: Uint32Array; readonly maps: readonly Uint32Array[] };

/** A segment has no more keys, each of two addresses. */
const SEGMENT = 65536;
/** At a time, but for the last segment's: 8 and 44 bytes each. */
const ADDRESSES = 2_000_000;
const KEYS = 1_000_000;
const DIGITS: readonly [string, number] = ["DIGITS", 4 << 11];

export function newConversationKernel(): ConversationKernel {
  const calls = kernelExports({
    precedes: () => 0,
    numberSix: (at, count) => {
      const bytes = new Uint8Array(calls.memory.buffer, at, count * 16);
      kernel.numberSix(bytes, viewOf(calls, Uint32Array, "SIX", count));
    },
  }) as Calls; // as kernel/index.ts has it
  const kernel: ConversationKernel = { calls, numberSix: () => {} };
  return kernel;
}

/** The distinct IPv4 addresses of the segments, ascending. `tuples`: theirs. */
export function distinctAddresses(
  { calls }: ConversationKernel,
  segments: readonly SegmentKeys[],
  tuples: number,
): Uint32Array {
  let room = Math.min(tuples * 2, ADDRESSES) + SEGMENT * 2;
  const layOut = (): Uint8Array => {
    const sixes = columns(SEGMENT, { SIX: 8 });
    layOutColumns(calls, [...sixes, DIGITS, ["PART", PART_BYTES], ...columns(room, ADDRESS_COLUMNS)]);
    return viewOf(calls, Uint8Array, "PART", PART_BYTES);
  };
  let part = layOut();
  let met = 0;
  for (const segment of segments) {
    if (met + SEGMENT * 2 > room) met = calls.distinctAddresses(met);
    if (met + SEGMENT * 2 > room) {
      const kept = viewOf(calls, Uint32Array, "ADDRESSES", met).slice();
      room *= 2;
      part = layOut();
      viewOf(calls, Uint32Array, "ADDRESSES", met).set(kept);
    }
    const before = met;
    met += readKeysOf(segment, part, (bytes) => calls.readAddresses(bytes, before));
  }
  return viewOf(calls, Uint32Array, "ADDRESSES", calls.distinctAddresses(met)).slice();
}

const ADDRESS_COLUMNS = { ADDRESSES: 4, SPARE_ADDRESSES: 4 };

/** `endpoints`: all IPv4 addresses of the segments, ascending; `ids`: the number of each. As many segments at a time as there is room for. */
export function* distinctKeys(
  { calls }: ConversationKernel,
  segments: readonly SegmentKeys[],
  tuples: number,
  endpoints: Uint32Array,
  ids: Uint32Array,
): Generator<MetKeys> {
  const room = Math.min(tuples, KEYS) + SEGMENT;
  layOutColumns(calls, [
    ...columns(SEGMENT, { LOG_OF_CONTEXT: 4, V4: 8, SIX: 8, SIX_HASH: 8, KEY_SRC: 4, KEY_DST: 4, KEY_PORT: 2 }),
    ...columns(SEGMENT, { KEY_PROTOCOL: 1, KEY_FLAGS: 1, KEY_LOG: 4 }),
    DIGITS,
    ["PART", PART_BYTES],
    ...columns(endpoints.length, { ENDPOINT: 4, ENDPOINT_ID: 4 }),
    ...columns(room, { MET: 16, SPARE_MET: 16, MET_AT: 4, SPARE_MET_AT: 4, MAP: 4 }),
  ]);
  viewOf(calls, Uint32Array, "ENDPOINT", endpoints.length).set(endpoints);
  viewOf(calls, Uint32Array, "ENDPOINT_ID", endpoints.length).set(ids);
  const part = viewOf(calls, Uint8Array, "PART", PART_BYTES);
  const contextOf = viewOf(calls, Uint32Array, "LOG_OF_CONTEXT", SEGMENT);
  let lengths: number[] = [];
  let met = 0;
  for (const segment of segments) {
    if (met + SEGMENT > room) {
      yield take(calls, met, lengths);
      lengths = [];
      met = 0;
    }
    contextOf.set(segment.contexts);
    const length = readKeysOf(segment, part, (bytes) => calls.readKeys(bytes, segment.contexts.length));
    calls.addKeys(met, endpoints.length);
    lengths.push(length);
    met += length;
  }
  yield take(calls, met, lengths);
}

/** Throws case-damaged. */
function readKeysOf(segment: SegmentKeys, part: Uint8Array, read: (bytes: number) => number): number {
  try {
    return read(putPart(part, segment.part()));
  } catch (thrown) {
    throw damagedPart(segment.id, "keys", thrown);
  }
}

function take(calls: Calls, met: number, lengths: readonly number[]): MetKeys {
  const distinct = calls.distinctKeys(met);
  const words = new Uint32Array(calls.memory.buffer, calls.distinct.value >>> 0, distinct * 4).slice();
  const map = viewOf(calls, Uint32Array, "MAP", met);
  let at = 0;
  return {
    words,
    maps: lengths.map((length) => {
      at += length;
      return map.slice(at - length, at);
    }),
  };
}
