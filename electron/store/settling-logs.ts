// The flow logs at NICs as settling takes them: which stand in one line, who observes, which is the better log.

import type { Logs } from "../analysis/day-segment.ts";
import { type FlowLogAtNic, linesOf, ranksOf } from "../analysis/lines.ts";
import type { ReadDb } from "./database.ts";
import { property } from "./fingerprint.ts";
import { flowLogsAtNics, namedLogs } from "./flow-logs-at-nics.ts";
import type { SegmentRow } from "./read.ts";

/** `text`: what the lines are, for keeping: JSON of NIC, flow log, line. */
export type SettlingLogs = {
  readonly logs: Logs;
  readonly ofContext: ReadonlyMap<number, number>;
  readonly text: string;
};

export function settlingLogs(db: ReadDb, segments: readonly SegmentRow[]): SettlingLogs {
  const { logs, ofContext } = flowLogsAtNics(db, segments);
  const lines = linesOf(logs);
  const column = (value: (log: FlowLogAtNic) => number): Uint32Array => Uint32Array.from(logs, value);
  return {
    logs: {
      nic: column(({ nic }) => nic),
      flowLog: column(({ flowLog }) => flowLog),
      line: Uint32Array.from(lines),
      observer: observersIn(logs, (_, i) => lines[i] as number),
      rank: Uint32Array.from(ranksOf(logs)),
      isNsg: Uint8Array.from(logs, ({ format }) => (format === "nsg" ? 1 : 0)),
    },
    ofContext,
    text: JSON.stringify(logs.map(({ nic, flowLog }, i) => [nic, flowLog, lines[i]])),
  };
}

/** NIC and line as one number, from 0. */
function observersIn(logs: readonly FlowLogAtNic[], lineOf: (log: FlowLogAtNic, i: number) => number): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(logs, (log, i) => {
    const name = `${log.nic} ${lineOf(log, i)}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

/** Line by NIC and flow log, as kept. */
export function linesIn(text: string): ReadonlyMap<string, number> {
  const rows = JSON.parse(text) as [number, number, number][]; // written by settlingLogs
  return new Map(rows.map(([nic, flowLog, line]) => [`${nic} ${flowLog}`, line]));
}

/** Observer of each context, from the lines that are kept. For a settled case. */
export function observersOf(db: ReadDb, segments: readonly SegmentRow[]): ReadonlyMap<number, number> {
  const { logs, ofContext } = namedLogs(db, segments);
  const lines = linesIn(property(db, "lines") ?? "[]");
  const observers = observersIn(logs, ({ nic, flowLog }) => lines.get(`${nic} ${flowLog}`) ?? 0);
  return new Map([...ofContext].map(([context, place]) => [context, observers[place] as number]));
}
