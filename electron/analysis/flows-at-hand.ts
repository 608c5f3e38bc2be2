// The flows that are at hand on the next day (docs/settling.md 4), in one order whatever the order of evidence.

import { DST_SIX, isDenied, isTcp, SRC_SIX, serviceOf } from "./channels.ts";
import type { Logs } from "./day-segment.ts";
import type { Gathered } from "./gather-day.ts";
import { APART, type FlowsAtHand, HAS_ENDED, OVER, RETRY_PAUSE } from "./settled.ts";
import type { SettlingKernel } from "./settling-kernel.ts";
import { type DayFlows, NO_CHANNEL } from "./stitch-flows.ts";

/** Flows at hand as they are found; columns may be longer than `length`. */
export type AtHandFound = { -readonly [C in keyof FlowsAtHand]: FlowsAtHand[C] };

export function noneFound(): AtHandFound {
  return columnsFor(1024);
}

function columnsFor(capacity: number): AtHandFound {
  return {
    length: 0,
    nic: new Uint32Array(capacity),
    line: new Uint32Array(capacity),
    flowLog: new Uint32Array(capacity),
    src: new Uint8Array(capacity * 17),
    dst: new Uint8Array(capacity * 17),
    srcPort: new Uint16Array(capacity),
    service: new Uint32Array(capacity),
    first: new Float64Array(capacity),
    last: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    totals: new Float64Array(capacity * 4),
  };
}

function reserve(columns: AtHandFound): void {
  if (columns.length < columns.nic.length) return;
  const grown = columnsFor(columns.length * 2);
  for (const name of NAMES) grown[name].set(columns[name]);
  Object.assign(columns, { ...grown, length: columns.length });
}

const NAMES = [
  "nic",
  "line",
  "flowLog",
  "src",
  "dst",
  "srcPort",
  "service",
  "first",
  "last",
  "flags",
  "totals",
] as const satisfies readonly (keyof FlowsAtHand)[];

/** A case can have as many open flows as tuples: nothing is made for each but its row. */
export function addAtHand(
  kernel: SettlingKernel,
  into: AtHandFound,
  nextDay: number,
  { sixes }: Gathered,
  flows: DayFlows,
  logs: Logs,
): void {
  const { channels: words, totals } = kernel.columns;
  for (let f = 0; f < flows.length; f++) {
    const channel = flows.channel[f] as number;
    if (flows.today[f] === 0 || channel === NO_CHANNEL) continue;
    const flags = flows.flags[f] as number;
    const left = nextDay - (flows.last[f] as number);
    if (flags & HAS_ENDED ? left > RETRY_PAUSE : (flags & OVER) !== 0) continue;
    const service = serviceOf(kernel, channel);
    if (flags & HAS_ENDED && left > (isDenied(service) && isTcp(service) ? RETRY_PAUSE : APART)) continue;
    reserve(into);
    const at = into.length++;
    const log = flows.log[f] as number;
    into.nic[at] = logs.nic[log] as number;
    into.line[at] = logs.line[log] as number;
    into.flowLog[at] = logs.flowLog[log] as number;
    putAddress(into.src, at, words[channel * 4 + 1] as number, (service & SRC_SIX) !== 0, sixes.bytes);
    putAddress(into.dst, at, words[channel * 4 + 2] as number, (service & DST_SIX) !== 0, sixes.bytes);
    into.srcPort[at] = flows.port[f] as number;
    into.service[at] = (service & 0x03ffffff) >>> 0;
    into.first[at] = flows.first[f] as number;
    into.last[at] = flows.last[f] as number;
    into.flags[at] = flags;
    for (let c = 0; c < 4; c++) into.totals[at * 4 + c] = totals[f * 4 + c] as number;
  }
}

function putAddress(into: Uint8Array, at: number, word: number, isSix: boolean, v6: readonly Uint8Array[]): void {
  const from = at * 17;
  into[from] = isSix ? 6 : 4;
  if (isSix) into.set(v6[word] as Uint8Array, from + 1);
  else {
    into[from + 1] = word >>> 24;
    into[from + 2] = word >>> 16;
    into[from + 3] = word >>> 8;
    into[from + 4] = word;
  }
}

/** By all that a flow is told by. Addresses last, by their bytes written in decimal. */
export function inOrder(found: AtHandFound): FlowsAtHand {
  const order = Uint32Array.from({ length: found.length }, (_, i) => i);
  const { nic, line, service, srcPort, first, last, flowLog } = found;
  order.sort(
    (a, b) =>
      (nic[a] as number) - (nic[b] as number) ||
      (line[a] as number) - (line[b] as number) ||
      (service[a] as number) - (service[b] as number) ||
      (srcPort[a] as number) - (srcPort[b] as number) ||
      (first[a] as number) - (first[b] as number) ||
      (last[a] as number) - (last[b] as number) ||
      (flowLog[a] as number) - (flowLog[b] as number) ||
      compareAddresses(found, a, b),
  );
  return {
    length: found.length,
    nic: words(nic, order),
    line: words(line, order),
    flowLog: words(flowLog, order),
    src: bytes(found.src, order, 17),
    dst: bytes(found.dst, order, 17),
    srcPort: Uint16Array.from(words(srcPort, order)),
    service: words(service, order),
    first: doubles(first, order, 1),
    last: doubles(last, order, 1),
    flags: bytes(found.flags, order, 1),
    totals: doubles(found.totals, order, 4),
  };
}

function compareAddresses(found: AtHandFound, a: number, b: number): number {
  const [one, other] = [addressesOf(found, a), addressesOf(found, b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function addressesOf({ src, dst }: AtHandFound, i: number): string {
  return `${src.subarray(i * 17, i * 17 + 17)} ${dst.subarray(i * 17, i * 17 + 17)}`;
}

// A loop for each array type: one over several runs five times slower.

function words(column: Uint32Array | Uint16Array, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = column[order[i] as number] as number;
  return out;
}

function bytes(column: Uint8Array, order: Uint32Array, width: number): Uint8Array {
  const out = new Uint8Array(order.length * width);
  for (let i = 0, to = 0; i < order.length; i++)
    for (let at = (order[i] as number) * width, end = at + width; at < end; ) out[to++] = column[at++] as number;
  return out;
}

function doubles(column: Float64Array, order: Uint32Array, width: number): Float64Array {
  const out = new Float64Array(order.length * width);
  for (let i = 0, to = 0; i < order.length; i++)
    for (let at = (order[i] as number) * width, end = at + width; at < end; ) out[to++] = column[at++] as number;
  return out;
}
