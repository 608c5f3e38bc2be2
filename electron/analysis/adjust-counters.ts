// What flows really moved (docs/settling.md 3): after a join that is no retry Azure counts from the flow's beginning again. Also tells which joins are
// retries, for that too is in the counters.

import type { DaySegment } from "./day-segment.ts";
import type { Gathered } from "./gather-day.ts";
import type { FlowsAtHand } from "./settled.ts";
import { readWith, type SettlingKernel } from "./settling-kernel.ts";
import type { DayFlows } from "./stitch-flows.ts";

/** Tuples whose adjusted counters differ from the logged ones: their places, and four values each. */
export type Differing = { readonly at: Uint32Array; readonly values: Float64Array };

/** The kernel's totals are then, four a flow, the adjusted counters so far, of flows that have a join or may go on. */
export function adjustCounters(
  kernel: SettlingKernel,
  { places }: Gathered,
  flows: DayFlows,
  segments: readonly DaySegment[],
  atHand: FlowsAtHand,
): Differing {
  const { calls, columns } = kernel;
  columns.totals.fill(0, atHand.length * 4, flows.length * 4);
  columns.totals.set(atHand.totals);
  const wanted = calls.findWanted(places);
  let place = 0;
  for (const segment of wanted === 0 ? [] : segments) {
    const first = place;
    if (calls.hasWanted(first, segment.length) !== 0)
      readWith(kernel, segment, "counters", (bytes) => calls.pickCounters(bytes, first, segment.length));
    place += segment.length;
  }
  const length = calls.adjustCounters(flows.length);
  return { at: columns.differingAt.slice(0, length), values: columns.differing.slice(0, length * 4) };
}

/** Bytes. */
const KEPT = 48 * 1024 * 1024;

/** The segments of a day that is settled in several shares: their counters are unpacked once, as far as there is room. */
export function keepingCounters(segments: readonly DaySegment[]): DaySegment[] {
  let room = KEPT;
  return segments.map((segment) => {
    let kept: Uint8Array | null = null;
    return {
      ...segment,
      part: (name) => {
        if (name !== "counters") return segment.part(name);
        if (kept !== null) return kept;
        const bytes = segment.part(name);
        if (bytes.length > room) return bytes;
        room -= bytes.length;
        kept = bytes;
        return bytes;
      },
    };
  });
}

/** More than a day has tuples. */
const NUMBERS = 2 ** 27;

/** All shares' as one, places ascending. */
export function byPlace(shares: readonly Differing[]): Differing {
  const length = shares.reduce((sum, { at }) => sum + at.length, 0);
  const at = new Uint32Array(length);
  const values = new Float64Array(length * 4);
  let from = 0;
  for (const share of shares) {
    at.set(share.at, from);
    values.set(share.values, from * 4);
    from += share.at.length;
  }
  const order = new Float64Array(length); // place and number as one: numbers are sorted faster than by a function
  for (let i = 0; i < length; i++) order[i] = (at[i] as number) * NUMBERS + i;
  order.sort();
  const sorted = new Float64Array(length * 4);
  for (let to = 0; to < length; to++) {
    const place = Math.floor((order[to] as number) / NUMBERS);
    const i = (order[to] as number) - place * NUMBERS;
    at[to] = place;
    for (let c = 0; c < 4; c++) sorted[to * 4 + c] = values[i * 4 + c] as number;
  }
  return { at, values: sorted };
}
