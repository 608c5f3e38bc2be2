// The tuples of a part of one day, met and dealt out to their channels (docs/settling.md 1): the kernel unpacks segments once and fills
// columns of what stitching looks at; a share of them at a time then goes on.

import { carriedToChannels, numberingSix, type Sixes } from "./channels.ts";
import type { DayPart, DaySegment, Logs } from "./day-segment.ts";
import { orderOfRecords } from "./order-of-records.ts";
import type { FlowsAtHand } from "./settled.ts";
import { type Extent, layOut, readWith, type SettlingKernel } from "./settling-kernel.ts";

/** How much there is now in the kernel's columns. `places`: rows of the day's segments, taken one after another. */
export type Gathered = {
  readonly places: number;
  readonly rows: number;
  readonly channels: number;
  readonly shares: number;
  readonly sixes: Sixes;
};

export function gatherDay(
  kernel: SettlingKernel,
  day: number,
  segments: readonly DaySegment[],
  logs: Logs,
  atHand: FlowsAtHand,
  part: DayPart,
): Gathered {
  const places = placesOf(segments);
  const even = Math.ceil(places / part.parts);
  // Parts are told by a hash: where one turns out to be larger than there is room for, it is gathered again with more.
  for (let room = part.parts === 1 ? places : even * 1.25 + ROOM; ; room *= 2) {
    const extent = {
      places,
      rows: Math.min(places, Math.ceil(room)),
      ofShare: 0,
      carried: atHand.length,
      logs: logs.nic.length,
    };
    layOut(kernel, extent);
    const gathered = gather(kernel, day, segments, logs, atHand, part, extent);
    if (gathered === null) continue;
    makeRoomForShares(kernel, gathered, extent);
    kernel.host = { ...kernel.host, precedes: orderOfRecords(kernel.columns.rowAt, segments) };
    return gathered;
  }
}

function makeRoomForShares(kernel: SettlingKernel, { rows, shares }: Gathered, extent: Extent): void {
  const { calls } = kernel;
  calls.shareChannels(shares);
  let ofShare = 0;
  for (let share = 0; share < shares; share++) ofShare = Math.max(ofShare, calls.countRows(rows, share));
  layOut(kernel, { ...extent, ofShare });
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
  { part, parts, shares }: DayPart,
  most: Extent,
): Gathered | null {
  const { calls, columns } = kernel;
  const sixes = numberingSix();
  kernel.host = { ...kernel.host, numberSix: sixes.numberAll };
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
    rows = calls.meetRows(rows, day, place, length, whole, part, parts);
    place += length;
  }
  carriedToChannels(kernel, sixes, logs, atHand, { part, parts, shares });
  return { places: most.places, rows, channels: calls.channels.value, shares, sixes };
}
