// Every tuple of some sources with what settling says of it, by the independent reader and the second settling: no code of the program.

import { type NaiveTuple, settle } from "./naive-settling.ts";
import { type OracleTuple, readMembers } from "./oracle.ts";
import { inByteOrder, type LogFile, settlingInput } from "./settling-input.ts";

/** `flow`: as `--settled` prints it; `flowLog` in lower case. */
export type SettledTuple = OracleTuple & {
  readonly flow: string;
  readonly flowLog: string | null;
  /** The same with roll-overs undone. */
  readonly adjusted: Readonly<Record<(typeof COUNTERS)[number], number | null>>;
  /** Number of its flow, and of that flow over all tuples: first and last time. */
  readonly inFlow: number;
  readonly life: readonly [first: number, last: number];
  /** Time of its flow's tuple before it; null for the first. */
  readonly before: number | null;
};

export const COUNTERS = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

/** A folder that was added, and the files in it. */
export type Source = { readonly path: string; readonly files: readonly (readonly [string, Buffer | string])[] };

/** In default order. */
export function settledReading(sources: readonly Source[]): SettledTuple[] {
  const logs = sources.map(({ files }): LogFile[] =>
    inByteOrder(files.map(([path, bytes]) => ({ path, text: bytes.toString() }))),
  );
  const read = readMembers(
    sources.flatMap(({ path: source }, s) =>
      logs[s]!.map(({ path, text }) => ({ source, member: path, bytes: Buffer.from(text) })),
    ),
  ).tuples;
  const settling = settlingInput(logs);
  const { marks, flows } = settle(settling);
  const before = new Map<number, number>();
  for (const { steps } of flows)
    for (let i = 1; i < steps.length; i++) before.set(steps[i]!.at, steps[i - 1]!.tuple.time);
  return read.map((tuple, i) => {
    const mark = marks[i]!;
    const { steps } = flows[mark.flow]!;
    return {
      ...tuple,
      flow: (["first", "ends", "joined", "retry", "leftOut"] as const).filter((word) => mark[word]).join(" "),
      flowLog: nameOf(settling[i]!),
      adjusted: Object.fromEntries(COUNTERS.map((name, c) => [name, mark.adjusted[c]!])) as SettledTuple["adjusted"],
      inFlow: mark.flow,
      life: [steps[0]!.tuple.time, steps.at(-1)!.tuple.time],
      before: before.get(i) ?? null,
    };
  });
}

function nameOf({ flowLog }: NaiveTuple): string | null {
  return (flowLog.id ?? flowLog.guid)?.toLowerCase() ?? null;
}
