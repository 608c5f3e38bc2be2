// Left of the axis: what each track is, how it is counted, and the value its greatest bar could have.

import { count } from "../../model/format.ts";
import { amountFigure, measureShort } from "../../model/measure.ts";
import type { Brush } from "./brush.ts";
import type { Scales } from "./paint-bars.ts";
import { GUTTER, type Picture, type Tracks } from "./picture.ts";

export function paintGutter({ ctx, colours }: Brush, tracks: Tracks, picture: Picture, scales: Scales): void {
  const { nics, counted, detail, ticks } = picture;
  const write = (text: string, x: number, y: number, colour: string, weight: 420 | 620, size: 10 | 11): void => {
    ctx.font = `${weight} ${size}px ${colours.font}`;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };
  const { text, text3, deniedText } = colours;
  const measure = detail?.measure ?? "bytes";
  ctx.textAlign = "left";
  write(measureShort(measure), 12, tracks.amountTop + 9, text, 620, 11);
  if (tracks.amountBase - tracks.amountTop >= 33) {
    write(counted[0], 12, tracks.amountTop + 21, text3, 420, 10);
    write(counted[1], 12, tracks.amountTop + 32, text3, 420, 10);
  }
  write("Tuples", 12, tracks.waterTop + 10, text, 620, 11);
  const allowedAt = Math.max(tracks.waterline - 2, tracks.waterTop + 21); // below the title where only denied was logged
  write("allowed", 12, allowedAt, text3, 420, 10);
  write("denied", 12, Math.max(tracks.waterline + 10, allowedAt + 11), deniedText, 420, 10);
  if (ticks) write("Selected", 12, tracks.ticksEnd - 1, text, 620, 11);
  if (nics > 0) write("NICs logged", 12, tracks.laneEnd + 1, text3, 420, 10);
  ctx.textAlign = "right";
  const edge = GUTTER - 6;
  const figure = (value: string, y: number): void => write(value, edge, y, text3, 420, 10);
  const { amountMost, allowedMost, deniedMost, water } = scales;
  if (amountMost > 0) figure(amountFigure(measure, amountMost), tracks.amountTop + 8);
  if (allowedMost > 0)
    figure(count(allowedMost), Math.min(tracks.waterline - 2, tracks.waterline - allowedMost * water + 8));
  if (deniedMost > 0)
    figure(
      count(deniedMost),
      Math.min(tracks.waterEnd, Math.max(tracks.waterline + 9, tracks.waterline + deniedMost * water)),
    );
  if (ticks) figure(count(ticks.total), tracks.ticksEnd - 1);
  if (nics > 0) figure(count(nics), tracks.laneEnd + 1);
}
