// Everything a drawing of the timeline is made from, and where it stands on the canvas. What moves with the pointer is `Live`:
// it changes without React.

import type { HostStatus } from "../../../shared/notebook.ts";
import type { Range } from "../../model/range.ts";
import type { Bars } from "./bars.ts";
import type { Stretch } from "./coverage.ts";
import type { Axis } from "./scale.ts";

/** A note at the instant it speaks of; `status` is that of its host. */
export type Mark = {
  readonly id: string;
  readonly time: number;
  readonly title: string;
  readonly host: string | null;
  readonly status: HostStatus | null;
};

export type Picture = {
  readonly whole: Range;
  /** What the detail shows, and the brush of the overview. */
  readonly range: Range;
  readonly detail: Bars | null;
  readonly overview: Bars | null;
  readonly stretches: readonly Stretch[];
  readonly nics: number;
  readonly marks: readonly Mark[];
  readonly selected: Range | null;
  /** How bytes are counted, in two lines. */
  readonly counted: readonly [string, string];
};

/** `at`: time under the crosshair. `preview`: what a drag on the detail would zoom into. `note`: title of the mark under it. */
export type Live = { at: number | null; preview: Range | null; note: string | null };

export const GUTTER = 96;
const RIGHT = 12;

export function axisOf(range: Range, widthPx: number): Axis {
  return { range, left: GUTTER, right: Math.max(GUTTER + 1, widthPx - RIGHT) };
}

/** Heights in px from the top of the detail canvas. */
export type Tracks = {
  readonly marks: number;
  readonly bytesTop: number;
  readonly bytesBase: number;
  readonly waterTop: number;
  readonly waterline: number;
  readonly waterEnd: number;
  readonly lane: number;
  readonly laneEnd: number;
};

const AXIS = 16;
const MARKS = 14;
const LANE = 6;

/** `waterShare`: how much of the tuples' track lies over the waterline. */
export function tracksOf(heightPx: number, waterShare: number): Tracks {
  const top = AXIS + MARKS;
  const laneEnd = heightPx - 4;
  const lane = laneEnd - LANE;
  const rest = lane - 4 - top;
  const bytesBase = top + Math.round(rest * 0.44);
  const waterTop = bytesBase + 5;
  const waterEnd = lane - 4;
  return {
    marks: AXIS,
    bytesTop: top,
    bytesBase,
    waterTop,
    waterline: waterTop + Math.round((waterEnd - waterTop) * waterShare),
    waterEnd,
    lane,
    laneEnd,
  };
}
