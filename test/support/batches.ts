// What a batch holds, with every reference resolved: rows, records and rejects that can be compared whoever read them.

import type { Batch } from "../../electron/ingest/batch.ts";
import { DST_V6, SRC_V6 } from "../../electron/segment/build.ts";
import { states } from "../../shared/flow.ts";
import { printIp, printIpv4 } from "../../shared/ip.ts";

export type Content = { readonly rows: unknown[]; readonly records: unknown[]; readonly rejects: unknown[] };

export function emptied(batch: Batch): Batch {
  batch.raw.length = 0;
  batch.records.length = 0;
  batch.rejects.length = 0;
  batch.otherStates.length = 0;
  return batch;
}

/** The same bytes where the kernel can read them; the next call overwrites them. */
export function inWindow(batch: Batch, bytes: Uint8Array): Buffer {
  batch.kernel.window.set(bytes);
  return batch.kernel.window.subarray(0, bytes.length);
}

/** From a row, record and reject on. */
export function contentOf(batch: Batch, from = { rows: 0, records: 0, rejects: 0 }): Content {
  const { raw, records } = batch;
  const each = <T>(first: number, length: number, of: (i: number) => T): T[] =>
    Array.from({ length: length - first }, (_, i) => of(first + i));
  return {
    rows: each(from.rows, raw.length, (i) => rowOf(batch, i)),
    records: each(from.records, records.length, (i) => ({
      place: [records.member[i], records.record[i], records.offset[i], records.bytes[i]],
      time: records.time[i],
      tuples: records.tuples[i],
      flags: records.flags[i],
      bounds: [records.firstTime[i], records.lastTime[i]],
      digest: Buffer.from(records.digest.subarray(i * 16, i * 16 + 16)).toString("hex"),
    })),
    rejects: batch.rejects.slice(from.rejects),
  };
}

function rowOf(batch: Batch, i: number): unknown {
  const { raw, v6 } = batch;
  const kind = raw.kind[i]!;
  const ip = (value: number, six: number): string =>
    kind & six ? printIp(v6.subarray(value * 16, value * 16 + 16)) : printIpv4(value);
  const context = batch.contexts[raw.context[i]!]!;
  const state = raw.state[i]!;
  return {
    time: raw.time[i],
    ends: [ip(raw.src[i]!, SRC_V6), ip(raw.dst[i]!, DST_V6), raw.srcPort[i], raw.dstPort[i], kind],
    state: state < states.length ? states[state] : batch.otherStates[state - states.length],
    context: { ...context, flowLog: batch.flowLogs[context.flowLog] },
    counters: [raw.packetsSent[i], raw.bytesSent[i], raw.packetsReceived[i], raw.bytesReceived[i]],
    place: [raw.member[i], raw.record[i], raw.tuple[i]],
  };
}
