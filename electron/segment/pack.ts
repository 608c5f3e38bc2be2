// Raw tuples → packed segment, and back for the rare case that records of it turn out to be duplicates.

import { buildSegment, DST_V6, type RawTuples, SRC_V6 } from "./build.ts";
import type { Context, FlowLog, PackedSegment } from "./columns.ts";
import {
  decodeCounters,
  decodeKeys,
  decodePlace,
  decodePorts,
  decodeWhen,
  encodeKeys,
  encodeTuples,
} from "./encode.ts";

/** The texts that raw rows refer to. */
export type RawTexts = {
  readonly contexts: readonly Context[];
  readonly flowLogs: readonly FlowLog[];
  readonly otherStates: readonly string[];
};

/** Rows from (inclusive) … to (exclusive), at least one. `raw.member` ascends. Only the texts in use are kept. */
export function packSegment(raw: RawTuples, v6: Uint8Array, texts: RawTexts, from: number, to: number): PackedSegment {
  const { addresses, keys, tuples } = buildSegment(raw, v6, from, to);

  const contexts: Context[] = [];
  const flowLogs: FlowLog[] = [];
  const newContext = new Map<number, number>();
  const newFlowLog = new Map<number, number>();
  for (let i = 0; i < keys.length; i++) {
    const old = keys.context[i] as number;
    let now = newContext.get(old);
    if (now === undefined) {
      now = contexts.length;
      newContext.set(old, now);
      const context = texts.contexts[old] as Context;
      let flowLog = newFlowLog.get(context.flowLog);
      if (flowLog === undefined) {
        flowLog = flowLogs.length;
        newFlowLog.set(context.flowLog, flowLog);
        flowLogs.push(texts.flowLogs[context.flowLog] as FlowLog);
      }
      contexts.push({ ...context, flowLog });
    }
    keys.context[i] = now;
  }

  const firstMember = tuples.member[0] as number;
  const lastMember = tuples.member[tuples.length - 1] as number;
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  let other = false;
  for (let i = 0; i < tuples.length; i++) {
    tuples.member[i] = (tuples.member[i] as number) - firstMember;
    const time = tuples.time[i] as number;
    if (time < firstTime) firstTime = time;
    if (time > lastTime) lastTime = time;
    if ((tuples.state[i] as number) > 4) other = true;
  }
  return {
    tuples: tuples.length,
    firstTime,
    lastTime,
    contexts,
    flowLogs,
    otherStates: other ? texts.otherStates : [],
    firstMember,
    lastMember,
    parts: {
      keys: encodeKeys(addresses, keys),
      ...encodeTuples(tuples),
    },
  };
}

/** The segment without the rows that `drop` names (member counted like firstMember, record); null when none is left. */
export function withoutRecords(
  segment: PackedSegment,
  drop: (member: number, record: number) => boolean,
): PackedSegment | null {
  const { addresses, keys } = decodeKeys(segment.parts.keys);
  const { length, key, time, state } = decodeWhen(segment.parts.when);
  const srcPort = decodePorts(segment.parts.ports, length);
  const counters = decodeCounters(segment.parts.counters, length);
  const place = decodePlace(segment.parts.place, length);
  const rows: number[] = [];
  for (let i = 0; i < length; i++) {
    if (!drop((place.member[i] as number) + segment.firstMember, place.record[i] as number)) rows.push(i);
  }
  if (rows.length === length) return segment;
  if (rows.length === 0) return null;

  const v4 = addresses.v4.length;
  const address = (index: number): number => (index < v4 ? (addresses.v4[index] as number) : index - v4);
  const keyOf = (row: number): number => key[row] as number;
  const u32 = (value: (row: number) => number): Uint32Array => Uint32Array.from(rows, value);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] as number);
  const raw: RawTuples = {
    length: rows.length,
    time: pick(time),
    src: u32((row) => address(keys.src[keyOf(row)] as number)),
    dst: u32((row) => address(keys.dst[keyOf(row)] as number)),
    srcPort: Uint16Array.from(rows, (row) => srcPort[row] as number),
    dstPort: Uint16Array.from(rows, (row) => keys.dstPort[keyOf(row)] as number),
    kind: Uint16Array.from(rows, (row) => {
      const k = keyOf(row);
      const family = ((keys.src[k] as number) >= v4 ? SRC_V6 : 0) | ((keys.dst[k] as number) >= v4 ? DST_V6 : 0);
      return (keys.protocol[k] as number) | ((keys.flags[k] as number) << 8) | family;
    }),
    state: Uint8Array.from(rows, (row) => state[row] as number),
    context: u32((row) => keys.context[keyOf(row)] as number),
    packetsSent: pick(counters.packetsSent),
    bytesSent: pick(counters.bytesSent),
    packetsReceived: pick(counters.packetsReceived),
    bytesReceived: pick(counters.bytesReceived),
    member: u32((row) => (place.member[row] as number) + segment.firstMember),
    record: u32((row) => place.record[row] as number),
    tuple: u32((row) => place.tuple[row] as number),
  };
  return packSegment(raw, addresses.v6, segment, 0, rows.length);
}
