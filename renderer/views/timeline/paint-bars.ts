// Bars over a baseline and round the waterline, square, 1 px apart where there is room; those of an earlier range stand behind them as
// a silhouette; and ticks for the begins of what is selected.

import { type Bars, barPx, firstAfter, waterScale } from "./bars.ts";
import type { Brush } from "./brush.ts";
import type { Colours } from "./colours.ts";
import type { Picture, Tracks } from "./picture.ts";
import { type Axis, roundUp, xOf } from "./scale.ts";
import type { Ticks } from "./ticks.ts";

/** `amount`, `water`: px for one. The greatest values are round. */
export type Scales = {
  readonly amountMost: number;
  readonly allowedMost: number;
  readonly deniedMost: number;
  readonly amount: number;
  readonly water: number;
};

/** One scale for what is shown and what it is compared with. */
export function scalesOf({ detail, earlier }: Picture, tracks: Tracks): Scales {
  const most = (of: "mostAmount" | "mostAllowed" | "mostDenied"): number =>
    roundUp(Math.max(detail?.[of] ?? 0, earlier?.bars[of] ?? 0));
  const [amountMost, allowedMost, deniedMost] = [most("mostAmount"), most("mostAllowed"), most("mostDenied")];
  return {
    amountMost,
    allowedMost,
    deniedMost,
    amount: amountMost > 0 ? (tracks.amountBase - tracks.amountTop) / amountMost : 0,
    water: waterScale(allowedMost, deniedMost, tracks.waterline - tracks.waterTop, tracks.waterEnd - tracks.waterline),
  };
}

type Layer = {
  readonly values: Float64Array;
  readonly base: number;
  readonly px: number;
  readonly down: boolean;
  readonly colour: string;
};

function layersOf(
  bars: Bars,
  tracks: Tracks,
  { amount, water }: Scales,
  colours: readonly [string, string],
): readonly Layer[] {
  const [allowed, denied] = colours;
  return [
    { values: bars.amount, base: tracks.amountBase, px: amount, down: false, colour: allowed },
    { values: bars.allowed, base: tracks.waterline, px: water, down: false, colour: allowed },
    { values: bars.denied, base: tracks.waterline, px: water, down: true, colour: denied },
  ];
}

export function paintBars({ ctx, colours }: Brush, axis: Axis, tracks: Tracks, bars: Bars, scales: Scales): void {
  const gap = xOf(axis, axis.range.from + bars.widthMs) - axis.left >= 2.5 ? 1 : 0;
  for (const { values, base, px, down, colour } of layersOf(bars, tracks, scales, [colours.allowed, colours.denied])) {
    ctx.fillStyle = colour;
    eachBar(bars, 0, axis, (i, left, right) => {
      const length = barPx(values[i] as number, px);
      if (length > 0) ctx.fillRect(left, down ? base + 1 : base - length, Math.max(1, right - gap - left), length);
    });
  }
}

export function paintEarlier(
  { ctx, colours }: Brush,
  axis: Axis,
  tracks: Tracks,
  { bars, shiftMs }: NonNullable<Picture["earlier"]>,
  scales: Scales,
): void {
  const layers = layersOf(bars, tracks, scales, [colours.allowedSoft, colours.deniedSoft]);
  for (const { values, base, px, down, colour } of layers)
    eachBar(bars, shiftMs, axis, (i, left, right) => {
      const length = barPx(values[i] as number, px);
      if (length === 0) return;
      const width = Math.max(1, right - left);
      ctx.fillStyle = colour;
      ctx.fillRect(left, down ? base + 1 : base - length, width, length);
      ctx.fillStyle = colours.text3;
      ctx.fillRect(left, down ? base + length : base - length, width, 1);
    });
}

function eachBar(
  bars: Bars,
  shiftMs: number,
  axis: Axis,
  draw: (i: number, left: number, right: number) => void,
): void {
  const { time, length, widthMs } = bars;
  for (let i = Math.max(0, firstAfter(time, length, axis.range.from - shiftMs) - 1); i < length; i++) {
    const begin = (time[i] as number) + shiftMs;
    if (begin >= axis.range.to) break;
    draw(i, Math.round(xOf(axis, begin)), Math.round(xOf(axis, begin + widthMs)));
  }
}

/** A tick for each begin; denied ones are broken. Where a bin holds both, one above the other. */
export function paintTicks({ ctx }: Brush, axis: Axis, tracks: Tracks, ticks: Ticks, colours: Colours): void {
  const { ticks: top, ticksEnd: end } = tracks;
  const part = Math.max(2, Math.floor((end - top) / 4));
  for (let i = 0; i < ticks.length; i++) {
    const x = Math.round(xOf(axis, ticks.time[i] as number));
    if (x < axis.left || x >= axis.right) continue;
    const [begun, denied] = [(ticks.begun[i] as number) > 0, (ticks.denied[i] as number) > 0];
    if (begun) {
      ctx.fillStyle = colours.accent;
      ctx.fillRect(x, top, 1.5, denied ? part + 1 : end - top);
    }
    if (!denied) continue;
    ctx.fillStyle = colours.denied;
    for (let y = begun ? top + part + 3 : top; y < end; y += part + 2) ctx.fillRect(x, y, 1.5, Math.min(part, end - y));
  }
}
