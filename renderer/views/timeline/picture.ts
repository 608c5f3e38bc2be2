// Everything a drawing of the timeline is made from, and where it stands on the canvas. What moves with the pointer is `Live`:
// it changes without React.

import type { Range } from "../../model/range.ts";
import type { Bars } from "./bars.ts";
import type { Stretch } from "./coverage.ts";
import type { Lane } from "./lanes.ts";
import type { Mark } from "./marks.ts";
import type { Axis } from "./scale.ts";
import type { Ticks } from "./ticks.ts";

export type Picture = {
  readonly whole: Range;
  /** What the detail shows, and the brush of the overview. */
  readonly range: Range;
  readonly detail: Bars | null;
  readonly overview: Bars | null;
  /** Of the range that is compared, and what to add to its times. */
  readonly earlier: { readonly bars: Bars; readonly shiftMs: number } | null;
  /** Of what is selected; null where nothing is that has begins. */
  readonly ticks: Ticks | null;
  readonly stretches: readonly Stretch[];
  readonly nics: number;
  readonly marks: readonly Mark[];
  readonly selected: Range | null;
  /** How amounts are counted, in two lines. */
  readonly counted: readonly [string, string];
};

/** `at`: time under the crosshair. `preview`: what a drag on the detail would zoom into. `lane`: that under the pointer. */
export type Live = { at: number | null; preview: Range | null; lane: Lane | null };

export const GUTTER = 96;
const RIGHT = 12;

export function axisOf(range: Range, widthPx: number): Axis {
  return { range, left: GUTTER, right: Math.max(GUTTER + 1, widthPx - RIGHT) };
}

/** Heights in px from the top of the detail canvas. */
export type Tracks = {
  readonly marks: number;
  readonly amountTop: number;
  readonly amountBase: number;
  readonly waterTop: number;
  readonly waterline: number;
  readonly waterEnd: number;
  /** Of the selected; no height where there are none. */
  readonly ticks: number;
  readonly ticksEnd: number;
  readonly lane: number;
  readonly laneEnd: number;
};

const AXIS = 16;
const MARKS = 14;
const LANE = 6;
const TICKS = 11;

/** `waterShare`: how much of the tuples' track lies over the waterline. */
export function tracksOf(heightPx: number, waterShare: number, hasTicks: boolean): Tracks {
  const top = AXIS + MARKS;
  const laneEnd = heightPx - 4;
  const lane = laneEnd - LANE;
  const ticksEnd = lane - 3;
  const ticks = hasTicks ? ticksEnd - TICKS : ticksEnd;
  const waterEnd = ticks - (hasTicks ? 3 : 1);
  const amountBase = top + Math.round((waterEnd - top) * 0.44);
  const waterTop = amountBase + 5;
  return {
    marks: AXIS,
    amountTop: top,
    amountBase,
    waterTop,
    waterline: waterTop + Math.round((waterEnd - waterTop) * waterShare),
    waterEnd,
    ticks,
    ticksEnd,
    lane,
    laneEnd,
  };
}
