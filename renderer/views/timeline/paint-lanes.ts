// Lanes drawn: a series as bars of its measure on a scale of its own, a NIC as bars of its tuples on a log scale with the denied share at
// the foot, hatched where it was not logged.

import { type Bars, barPx, firstAfter, logShare } from "./bars.ts";
import type { Brush } from "./brush.ts";
import type { Colours } from "./colours.ts";
import { isNoLog } from "./coverage.ts";
import { LANE_PX, type Lane, lanesSeen } from "./lanes.ts";
import { paintCrosshair } from "./paint-detail.ts";
import { axisOf, type Live, type Picture } from "./picture.ts";
import { type Axis, roundUp, ticks, xOf } from "./scale.ts";

const TOP = 3;
const TICK_PX = 92;

export type LanesPicture = {
  readonly picture: Picture;
  readonly lanes: readonly Lane[];
  readonly bars: ReadonlyMap<string, Bars>;
  readonly scrollPx: number;
};

export function paintLanes(brush: Brush, { picture, lanes, bars, scrollPx }: LanesPicture, live: Live): void {
  const { ctx, width, height, colours } = brush;
  const axis = axisOf(picture.range, width);
  ctx.clearRect(0, 0, width, height);
  ctx.save();
  ctx.beginPath();
  ctx.rect(axis.left, 0, axis.right - axis.left, height);
  ctx.clip();
  ctx.fillStyle = colours.line;
  for (const { time } of ticks(axis.range, (axis.right - axis.left) / TICK_PX))
    ctx.fillRect(Math.round(xOf(axis, time)), 0, 1, height);
  if (picture.selected) {
    const [left, right] = [xOf(axis, picture.selected.from), xOf(axis, picture.selected.to)].map(Math.round);
    ctx.fillStyle = colours.accentSoft;
    ctx.fillRect(left ?? 0, 0, (right ?? 0) - (left ?? 0), height);
  }
  const { first, end } = lanesSeen(scrollPx, height, lanes.length);
  for (let i = first; i < end; i++) {
    const lane = lanes[i] as Lane;
    const base = (i + 1) * LANE_PX - scrollPx - 2;
    if (lane.kind === "nic") paintSilence(brush, axis, lane, base);
    ctx.fillStyle = colours.lineStrong;
    ctx.fillRect(axis.left, base, axis.right - axis.left, 1);
    const own = bars.get(lane.id);
    if (own === undefined) continue;
    if (lane.kind === "nic") paintActivity(brush, axis, own, base);
    else paintSeries(brush, axis, own, base, colourOf(lane.series.look, colours));
  }
  ctx.restore();
  paintCrosshair(brush, axis, live, 0, height);
}

function colourOf(look: string, colours: Colours): string {
  if (look === "allowed") return colours.allowed;
  if (look === "denied") return colours.denied;
  if (look === "unencrypted") return colours.encOff;
  return colours.groups[Number(look) - 1] ?? colours.allowed;
}

/** What a lane of a series measures: tuples where nothing of the measure was logged in it, as of what was denied. */
export function laneAmounts({ amount, tuples, mostAmount, mostTuples }: Bars): {
  readonly values: Float64Array;
  readonly most: number;
  readonly isTuples: boolean;
} {
  const isTuples = mostAmount === 0 && mostTuples > 0;
  return isTuples ? { values: tuples, most: mostTuples, isTuples } : { values: amount, most: mostAmount, isTuples };
}

function paintSeries({ ctx }: Brush, axis: Axis, bars: Bars, base: number, colour: string): void {
  const { values, most } = laneAmounts(bars);
  const px = most > 0 ? (LANE_PX - 2 - TOP) / roundUp(most) : 0;
  ctx.fillStyle = colour;
  eachBar(bars, axis, (i, left, wide) => {
    const length = barPx(values[i] as number, px);
    ctx.fillRect(left, base - length, wide, length);
  });
}

function paintActivity({ ctx, colours }: Brush, axis: Axis, bars: Bars, base: number): void {
  const { tuples, denied, leastTuples, mostTuples } = bars;
  eachBar(bars, axis, (i, left, wide) => {
    const all = tuples[i] as number;
    const length = Math.max(2, Math.round((LANE_PX - 2 - TOP) * logShare(all, leastTuples, mostTuples)));
    const under = barPx(denied[i] as number, length / all);
    ctx.fillStyle = colours.allowed;
    ctx.fillRect(left, base - length, wide, length - under);
    ctx.fillStyle = colours.denied;
    ctx.fillRect(left, base - under, wide, under);
  });
}

function eachBar(bars: Bars, axis: Axis, draw: (i: number, left: number, widePx: number) => void): void {
  const gap = xOf(axis, axis.range.from + bars.widthMs) - axis.left >= 2.5 ? 1 : 0;
  for (let i = Math.max(0, firstAfter(bars.time, bars.length, axis.range.from) - 1); i < bars.length; i++) {
    const time = bars.time[i] as number;
    if (time >= axis.range.to) break;
    const left = Math.round(xOf(axis, time));
    draw(i, left, Math.max(1, Math.round(xOf(axis, time + bars.widthMs)) - gap - left));
  }
}

/** Before its first hour, after its last, and in its gaps. */
function paintSilence(
  { ctx, hatch }: Brush,
  axis: Axis,
  { stretches }: Extract<Lane, { kind: "nic" }>,
  base: number,
): void {
  ctx.fillStyle = hatch;
  for (const stretch of stretches) {
    if (!isNoLog(stretch)) continue;
    const [left, right] = [Math.max(axis.left, xOf(axis, stretch.from)), Math.min(axis.right, xOf(axis, stretch.to))];
    if (right > left) ctx.fillRect(left, base - LANE_PX + TOP, right - left, LANE_PX - TOP);
  }
}
