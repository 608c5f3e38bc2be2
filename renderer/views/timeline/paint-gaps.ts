// What was not logged, drawn: hatching over the full height where no NIC was, a share of the lane where some were not.

import type { Brush } from "./brush.ts";
import { isNoLog } from "./coverage.ts";
import type { Picture, Tracks } from "./picture.ts";
import { type Axis, xOf } from "./scale.ts";

export function paintNoLog({ ctx, hatch }: Brush, axis: Axis, tracks: Tracks, picture: Picture): void {
  for (const [left, right] of silent(axis, picture)) {
    ctx.fillStyle = hatch;
    ctx.fillRect(left, tracks.marks, right - left, tracks.laneEnd - tracks.marks);
  }
}

const LABEL = { width: 44, height: 16 };

export function paintNoLogWords({ ctx, colours }: Brush, axis: Axis, tracks: Tracks, picture: Picture): void {
  ctx.font = `520 11px ${colours.font}`;
  ctx.textAlign = "center";
  for (const [left, right] of silent(axis, picture)) {
    if (right - left < LABEL.width) continue;
    const [x, y] = [(left + right) / 2, (tracks.amountTop + tracks.amountBase) / 2];
    ctx.fillStyle = colours.gapBg;
    ctx.fillRect(x - LABEL.width / 2, y - LABEL.height / 2, LABEL.width, LABEL.height);
    ctx.fillStyle = colours.gapText;
    ctx.fillText("no log", x, y + 4);
  }
}

/** Where nobody logged, in px, cut to the axis. */
function silent(axis: Axis, { stretches }: Picture): readonly (readonly [number, number])[] {
  return stretches.flatMap((stretch): (readonly [number, number])[] => {
    if (!isNoLog(stretch) || stretch.to <= axis.range.from || stretch.from >= axis.range.to) return [];
    return [[Math.max(axis.left, xOf(axis, stretch.from)), Math.min(axis.right, xOf(axis, stretch.to))]];
  });
}

/** The lines that bars stand on, broken where nobody logged. */
export function paintLines({ ctx, colours, hatch }: Brush, axis: Axis, tracks: Tracks, picture: Picture): void {
  const rows = [
    [tracks.amountBase, colours.lineStrong],
    [tracks.waterline, colours.text],
  ] as const;
  for (const [y, colour] of rows) {
    ctx.fillStyle = colour;
    ctx.fillRect(axis.left, y, axis.right - axis.left, 1);
    ctx.fillStyle = hatch;
    for (const [left, right] of silent(axis, picture)) ctx.fillRect(left, y, right - left, 1);
  }
}

/** Full where every NIC that logs then was logged; the share that was not is hatched from the top. */
export function paintLane({ ctx, colours, hatch }: Brush, axis: Axis, tracks: Tracks, picture: Picture): void {
  const height = tracks.laneEnd - tracks.lane;
  for (const { from, to, of, missing } of picture.stretches) {
    if (of === 0 || missing >= of || to <= axis.range.from || from >= axis.range.to) continue;
    const [left, right] = [Math.round(xOf(axis, from)), Math.round(xOf(axis, to))];
    const hatched = missing === 0 ? 0 : Math.min(height - 1, Math.max(2, Math.round((height * missing) / of)));
    ctx.fillStyle = colours.lineStrong;
    ctx.fillRect(left, tracks.lane + hatched, right - left, height - hatched);
    ctx.fillStyle = hatch;
    ctx.fillRect(left, tracks.lane, right - left, hatched);
  }
}
