// The tuples of one day dealt out to their channels (docs/settling.md 1): the kernel unpacks segments and fills columns of what stitching
// looks at.

import { carriedToChannels, numberingSix, type Sixes } from "./channels.ts";
import type { DaySegment, Logs, Share } from "./day-segment.ts";
import { orderOfRecords } from "./order-of-records.ts";
import type { FlowsAtHand } from "./settled.ts";
import { layOut, readWith, type SettlingKernel } from "./settling-kernel.ts";

/** How much there is now in the kernel's columns. `places`: rows of the day's segments, taken one after another. */
export type Gathered = {
  readonly places: number;
  readonly rows: number;
  readonly channels: number;
  readonly entries: number;
  readonly sixes: Sixes;
};

export function gatherDay(
  kernel: SettlingKernel,
  day: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share: Share,
): Gathered {
  const places = placesOf(segments);
  const even = Math.ceil(places / share.parts);
  // Shares are told by a hash: where one turns out to be larger than there is room for, it is gathered again with more.
  for (let room = share.parts === 1 ? places : even * 1.25 + ROOM; ; room *= 2) {
    const rows = Math.min(places, Math.ceil(room));
    layOut(kernel, { places, rows, carried: atHand.length, logs: logs.nic.length });
    const gathered = gather(kernel, day, segments, logs, atHand, share, { places, rows });
    if (gathered !== null) return gathered;
  }
}

/** Rows of a few segments. */
const ROOM = 4 * 65536;

export function placesOf(segments: readonly DaySegment[]): number {
  return segments.reduce((sum, { length }) => sum + length, 0);
}

/** Null: there is no room for all rows. */
function gather(
  kernel: SettlingKernel,
  day: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  share: Share,
  most: { readonly places: number; readonly rows: number },
): Gathered | null {
  const { calls, columns } = kernel;
  const sixes = numberingSix();
  kernel.host = { precedes: orderOfRecords(columns.rowAt, segments), numberSix: sixes.numberAll };
  columns.observer.set(logs.observer);
  calls.clearChannels();
  let rows = 0;
  let place = 0;
  for (const segment of segments) {
    if (rows + segment.length > most.rows) return null;
    const { length, logs: contexts } = segment;
    columns.logOfContext.set(contexts);
    readWith(kernel, segment, "keys", (bytes) => calls.readKeys(bytes, contexts.length));
    readWith(kernel, segment, "when", (bytes) => calls.readWhen(bytes, length));
    readWith(kernel, segment, "ports", (bytes) => calls.readPorts(bytes, length));
    const whole = segment.isOfOneDay ? 1 : 0;
    rows = calls.meetRows(rows, day, place, length, whole, share.part, share.parts);
    place += length;
  }
  carriedToChannels(kernel, sixes, logs, atHand, share);
  const entries = calls.dealOut(rows, atHand.length);
  return { places: most.places, rows, channels: calls.channels.value, entries, sixes };
}
