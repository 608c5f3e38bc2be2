// The spread timeline written a second time (docs/command-line.md, Time): each byte of a few placed by itself, many by long division.

import type { NaiveScope, Sums } from "./naive-query.ts";
import { COUNTERS, type SettledTuple } from "./settled-reading.ts";

/** Where the counters of a tuple count: from … before to. `range`: what they are clipped to. */
function intervalOf(t: SettledTuple, range: Pick<NaiveScope, "from" | "to">): { from: number; to: number } {
  const since = Math.max(t.before ?? t.time, range.from ?? 0);
  return since < t.time ? { from: since, to: t.time } : { from: t.time, to: t.time + 1 };
}

/** What of `value` falls into each bin, by the bin's begin. */
export function naiveSpread(value: number, from: number, to: number, width: number): Map<number, number> {
  const bins = new Map<number, number>();
  const put = (time: number, n: number): void => {
    const bin = Math.floor(time / width) * width;
    if (n > 0) bins.set(bin, (bins.get(bin) ?? 0) + n);
  };
  const length = to - from;
  if (value <= 50) {
    // The i-th of n has come when i n-ths of the interval are over: it falls into the millisecond before.
    for (let i = 1; i <= value; i++) put(from + Math.ceil((i * length) / value) - 1, 1);
    return bins;
  }
  let given = 0n;
  for (let time = from; time < to; ) {
    const end = Math.min(to, (Math.floor(time / width) + 1) * width);
    const until = (BigInt(value) * BigInt(end - from)) / BigInt(length);
    put(time, Number(until - given));
    given = until;
    time = end;
  }
  return bins;
}

/** Rows of a timeline without its counters, and these spread. */
export function spreadOver(
  rows: readonly Sums[],
  tuples: readonly SettledTuple[],
  range: Pick<NaiveScope, "from" | "to">,
  width: number,
): Sums[] {
  const nothing = { tuples: 0, allowed: 0, denied: 0, begun: 0, ended: 0, ...zeroes() };
  const bins = new Map(rows.map((row): [number, Sums] => [Number(row.time), { ...row, ...zeroes() }]));
  for (const t of tuples) {
    const { from, to } = intervalOf(t, range);
    for (const counter of COUNTERS)
      for (const [time, n] of naiveSpread(t[counter] ?? 0, from, to, width)) {
        const bin = bins.get(time) ?? { time, ...nothing };
        bins.set(time, bin);
        bin[counter] = Number(bin[counter]) + n;
      }
  }
  return [...bins.values()];
}

function zeroes(): Record<(typeof COUNTERS)[number], number> {
  return { packetsSent: 0, bytesSent: 0, packetsReceived: 0, bytesReceived: 0 };
}
