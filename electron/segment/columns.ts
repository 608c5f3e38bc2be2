// A segment: at most SEGMENT_TUPLES tuples of consecutive members in file order, as columns, with its own dictionary of keys,
// so that ingest threads need no shared numbering and a segment can be read without any other.

import type { Ms } from "../../shared/flow.ts";

export const SEGMENT_TUPLES = 65536;

/** In ms. */
export const HOUR = 3_600_000;

/** Address `i` is `v4[i]` (unsigned 32 bit) while i < v4.length, else bytes 16·(i − v4.length) … of `v6`. */
export type Addresses = { readonly v4: Uint32Array; readonly v6: Uint8Array };

/** The dictionary, one row a key: what every tuple of a conversation shares. `src`, `dst`: index into Addresses. */
export type Keys = {
  readonly length: number;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly dstPort: Uint16Array;
  readonly protocol: Uint8Array;
  /** direction (0 I, 1 O) | decision (0 allow, 1 deny) << 1 */
  readonly flags: Uint8Array;
  /** Index into the segment's contexts. */
  readonly context: Uint32Array;
};

/** Which flow log wrote it. NSG logs: `id` is the network security group. */
export type FlowLog = {
  readonly id: string | null;
  readonly guid: string | null;
  readonly target: string | null;
  readonly format: "vnet" | "nsg";
};

/** The texts around a tuple, as logged but for the NIC (12 upper-case hex digits). `flowLog`: index into the flow logs. */
export type Context = {
  readonly nic: string | null;
  readonly flowLog: number;
  readonly acl: string | null;
  readonly rule: string | null;
  readonly encryption: string | null;
};

/** One row a tuple. Counters: −1 where the log has none. `member` counts from the segment's first member. */
export type TupleColumns = {
  readonly length: number;
  readonly key: Uint32Array;
  readonly time: Float64Array;
  /** Index in `states` of shared/flow.ts; from states.length on, index into the segment's other states. */
  readonly state: Uint8Array;
  readonly srcPort: Uint16Array;
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
  readonly member: Uint32Array;
  readonly record: Uint32Array;
  readonly tuple: Uint32Array;
};

export type Segment = {
  readonly addresses: Addresses;
  readonly keys: Keys;
  readonly tuples: TupleColumns;
};

/** Compressed parts in this order; each can be read apart. */
export const parts = ["keys", "when", "ports", "counters", "place"] as const;
export type Part = (typeof parts)[number];

/** A segment as it crosses threads and lies in the case. */
export type PackedSegment = {
  readonly tuples: number;
  readonly firstTime: Ms;
  readonly lastTime: Ms;
  readonly contexts: readonly Context[];
  readonly flowLogs: readonly FlowLog[];
  /** States outside shared/flow.ts, as logged. */
  readonly otherStates: readonly string[];
  readonly firstMember: number;
  readonly lastMember: number;
  readonly parts: { readonly [P in Part]: Uint8Array };
};

/** Where each record of a run of members lies. Offsets and lengths in bytes of the uncompressed member. */
export type RecordColumns = {
  readonly length: number;
  /** Counts from the run's first member. */
  readonly member: Uint32Array;
  readonly record: Uint32Array;
  readonly offset: Float64Array;
  readonly bytes: Float64Array;
  /** The record's own `time` in ms; −1 where it has none that can be read. */
  readonly time: Float64Array;
  /** Tuples of the record that could be read. */
  readonly tuples: Uint32Array;
  /** Flags below. */
  readonly flags: Uint8Array;
  /** 16 bytes a record. */
  readonly digest: Uint8Array;
};

export const KEPT = 0;
/** Its content came before: it brings no tuples. */
export const DUPLICATE = 1;
/** Not a record of a flow log, or one that could not be read: it is in the rejects. */
export const REJECTED = 2;
