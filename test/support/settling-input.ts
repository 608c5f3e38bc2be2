// Flow-log files → the tuples that the naive settling takes, by the independent reader: whole files, a record that came before
// (in an earlier source or member) brings nothing.

import type { Counters, FlowLog, NaiveTuple } from "./naive-settling.ts";
import { type OracleTuple, readMembers } from "./oracle.ts";

/** `path` inside its source; a file is `{"records":[…]}`. */
export type LogFile = { readonly path: string; readonly text: string };

type Head = { readonly flowLog: FlowLog; readonly recordTime: number | null };
type RecordJson = { readonly [key: string]: unknown };

/** Files of each source, the sources in the order in which they are added. Members are taken in byte order of their paths. */
export function settlingInput(sources: readonly (readonly LogFile[])[]): NaiveTuple[] {
  const files = sources.flatMap((of, source) =>
    inByteOrder(of).map((file, member) => ({ ...file, source, member, heads: headsOf(file.text) })),
  );
  const members = files.map(({ path, text }, index) => ({
    source: String(index),
    member: path,
    bytes: Buffer.from(text),
  }));
  return readMembers(members).tuples.map((tuple) => {
    const { source, member, heads } = files[Number(tuple.source)]!;
    return { ...plain(tuple), ...heads[tuple.record]!, source, member };
  });
}

export function inByteOrder(files: readonly LogFile[]): LogFile[] {
  return [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function headsOf(text: string): Head[] {
  const { records } = JSON.parse(text.replace(/^\uFEFF/, "")) as { records: RecordJson[] };
  return records.map(headOf);
}

function headOf(record: RecordJson): Head {
  const written = (key: string): string | null => (typeof record[key] === "string" ? record[key] : null);
  const time = Date.parse(written("time") ?? "");
  const recordTime = Number.isNaN(time) ? null : time;
  if (!("flowRecords" in record)) {
    return { flowLog: { format: "nsg", id: written("resourceId"), guid: null, target: null }, recordTime };
  }
  const id = written("flowLogResourceID") ?? written("resourceId");
  const flowLog = { format: "vnet", id, guid: written("flowLogGUID"), target: written("targetResourceID") } as const;
  return { flowLog, recordTime };
}

function plain(tuple: OracleTuple): Omit<NaiveTuple, keyof Head | "source" | "member"> {
  const { nic, srcIp, dstIp, srcPort, dstPort, protocol, state, time, record } = tuple;
  const counters: Counters = [tuple.packetsSent, tuple.bytesSent, tuple.packetsReceived, tuple.bytesReceived];
  return {
    ...{ nic, srcIp, dstIp, srcPort, dstPort, protocol, state, time, record, tuple: tuple.tuple, counters },
    direction: tuple.direction as "I" | "O",
    decision: tuple.decision as "allow" | "deny",
  };
}
