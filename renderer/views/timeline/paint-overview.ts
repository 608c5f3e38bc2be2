// The whole case in one strip: tuples on a log scale, days, hatching where nobody logged, and the brush round what the detail shows.

import { barPx, logShare } from "./bars.ts";
import type { Brush } from "./brush.ts";
import { isNoLog } from "./coverage.ts";

import { axisOf, type Live, type Picture } from "./picture.ts";
import { type Axis, ticks, xOf } from "./scale.ts";

const LABELS = 14;
const TOP = 3;
const TICK_PX = 84;

export function paintOverview(brush: Brush, picture: Picture, live: Live, days: number): void {
  const { ctx, width, height, colours } = brush;
  const axis = axisOf(picture.whole, width);
  const base = height - LABELS;
  ctx.clearRect(0, 0, width, height);
  ctx.drawImage(groundOf(brush, picture, days), 0, 0, width, height);
  ctx.save();
  ctx.beginPath();
  ctx.rect(axis.left, 0, axis.right - axis.left, height);
  ctx.clip();
  const [left, right] = [Math.round(xOf(axis, picture.range.from)), Math.round(xOf(axis, picture.range.to))];
  ctx.fillStyle = colours.brush;
  ctx.fillRect(left, TOP - 2, right - left, base - TOP + 3);
  ctx.fillStyle = colours.brushEdge;
  ctx.fillRect(left, TOP - 2, 1, base - TOP + 3);
  ctx.fillRect(Math.max(left, right - 1), TOP - 2, 1, base - TOP + 3);
  if (live.at !== null) {
    ctx.fillStyle = colours.text;
    ctx.fillRect(Math.round(xOf(axis, live.at)), TOP - 2, 1, base - TOP + 3);
  }
  ctx.restore();
}

// What stays while the brush moves, painted once: the strip is drawn anew with every move.
let ground: { readonly canvas: OffscreenCanvas; readonly of: readonly unknown[] } | null = null;

function groundOf(brush: Brush, picture: Picture, days: number): OffscreenCanvas {
  const { width, height, colours, hatch } = brush;
  const { overview, stretches, whole } = picture;
  const of = [overview, stretches, whole, width, height, colours, hatch, days, devicePixelRatio];
  if (ground?.of.every((part, i) => part === of[i])) return ground.canvas;
  const canvas = new OffscreenCanvas(Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio));
  const ctx = canvas.getContext("2d");
  if (ctx) {
    ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintGround({ ...brush, ctx }, picture, days);
  }
  ground = { canvas, of };
  return canvas;
}

function paintGround(brush: Brush, picture: Picture, days: number): void {
  const { ctx, width, height, hatch } = brush;
  const axis = axisOf(picture.whole, width);
  const base = height - LABELS;
  ctx.save();
  ctx.beginPath();
  ctx.rect(axis.left, 0, axis.right - axis.left, height);
  ctx.clip();
  for (const stretch of picture.stretches) {
    if (!isNoLog(stretch)) continue;
    const left = xOf(axis, stretch.from);
    ctx.fillStyle = hatch;
    ctx.fillRect(left, TOP, Math.max(1, xOf(axis, stretch.to) - left), base - TOP);
  }
  paintBars(brush, axis, picture, base);
  ctx.restore();
  paintLabels(brush, axis, base, days);
}

/** A bar's height is the log of its tuples; its lower part is denied in proportion, at least 1 px. */
function paintBars({ ctx, colours }: Brush, axis: Axis, { overview }: Picture, base: number): void {
  if (overview !== null) {
    const { leastTuples, mostTuples, length, widthMs } = overview;
    for (let i = 0; i < length; i++) {
      const left = Math.round(xOf(axis, overview.time[i] as number));
      const wide = Math.max(1, Math.round(xOf(axis, (overview.time[i] as number) + widthMs)) - left);
      const [tuples, denied] = [overview.tuples[i] as number, overview.denied[i] as number];
      const height = Math.max(2, Math.round((base - TOP - 1) * logShare(tuples, leastTuples, mostTuples)));
      const under = barPx(denied, height / tuples);
      ctx.fillStyle = colours.allowed;
      ctx.fillRect(left, base - height, wide, height - under);
      ctx.fillStyle = colours.denied;
      ctx.fillRect(left, base - under, wide, under);
    }
  }
  ctx.fillStyle = colours.lineStrong;
  ctx.fillRect(axis.left, base, axis.right - axis.left, 1);
}

function paintLabels({ ctx, colours, width, height }: Brush, axis: Axis, base: number, days: number): void {
  ctx.font = `420 10px ${colours.font}`;
  ctx.textAlign = "left";
  let free = axis.left;
  for (const { time, label } of ticks(axis.range, (axis.right - axis.left) / TICK_PX)) {
    const x = Math.round(xOf(axis, time));
    ctx.fillStyle = colours.lineStrong;
    ctx.fillRect(x, base, 1, 4);
    if (x < free || x + 4 + ctx.measureText(label).width > width - 2) continue;
    ctx.fillStyle = colours.text3;
    ctx.fillText(label, x + 4, height - 3);
    free = x + 12 + ctx.measureText(label).width;
  }
  ctx.font = `620 11px ${colours.font}`;
  ctx.fillStyle = colours.text;
  ctx.fillText("Whole case", 12, TOP + 10);
  ctx.font = `420 10px ${colours.font}`;
  ctx.fillStyle = colours.text3;
  ctx.fillText(days < 1 ? "log scale" : `${days} ${days === 1 ? "day" : "days"}, log`, 12, TOP + 22);
}
