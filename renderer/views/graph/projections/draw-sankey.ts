// Draws ribbons and bars. What was denied only is a dashed line of one width: nothing of it was measured.

import { bytes, count } from "../../../model/format.ts";
import type { GraphMeasure } from "../../../model/graph-look.ts";
import type { Palette } from "../palette.ts";
import type { Pen } from "../pen.ts";
import type { Ribbon, Sankey } from "./sankey.ts";

const SIDE = 190;
export const PAD = 12;
const BAR = 8;

export type SankeyScene = {
  readonly sankey: Sankey;
  readonly measure: GraphMeasure;
  readonly width: number;
  /** Ribbons; −1 and empty for none. */
  readonly hover: number;
  readonly active: number;
  readonly selected: ReadonlySet<number>;
};

export function drawSankey(pen: Pen, scene: SankeyScene, colours: Palette): void {
  const { sankey, width, hover, active, selected } = scene;
  const isPointed = hover >= 0 || active >= 0 || selected.size > 0;
  sankey.ribbons.forEach((ribbon, i) => {
    const isNear = i === hover || i === active || selected.has(i);
    pen.globalAlpha = isPointed ? (isNear ? 0.75 : 0.16) : 0.36;
    drawRibbon(pen, ribbon, width, colours);
    if (!selected.has(i) && i !== active) return;
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    trace(pen, ribbon, width);
    pen.strokeStyle = colours.accent;
    pen.lineWidth = 1.5;
    pen.stroke();
  });
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  pen.textBaseline = "middle";
  for (const side of ["left", "right"] as const)
    for (const { title, value, y, height } of sankey[side]) {
      const x = side === "left" ? SIDE : width - SIDE - BAR;
      pen.beginPath();
      pen.rect(x, y + PAD, BAR, height);
      pen.fillStyle = colours.text2;
      pen.fill();
      const [middle, at] = [y + PAD + height / 2, side === "left" ? SIDE - 6 : width - SIDE + 6];
      pen.textAlign = side === "left" ? "end" : "start";
      const amount = scene.measure === "bytes" ? bytes(value) : count(value);
      pen.font = `420 10px ${colours.font}`;
      const used = pen.measureText(amount).width + 6;
      pen.fillStyle = colours.text3;
      pen.fillText(amount, at, middle);
      pen.font = `480 11px ${colours.mono}`;
      pen.fillStyle = colours.text;
      pen.fillText(
        title.length > 18 ? `${title.slice(0, 17)}…` : title,
        side === "left" ? at - used : at + used,
        middle,
      );
    }
  pen.textAlign = "start";
}

function drawRibbon(pen: Pen, ribbon: Ribbon, width: number, colours: Palette): void {
  if (ribbon.isDenied) {
    const [x0, x1] = [SIDE + BAR, width - SIDE - BAR];
    const [y0, y1] = [ribbon.y0 + ribbon.height0 / 2 + PAD, ribbon.y1 + ribbon.height1 / 2 + PAD];
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
    pen.setLineDash([4, 3]);
    pen.strokeStyle = colours.denied;
    pen.lineWidth = 1.25;
    pen.stroke();
    pen.setLineDash([]);
    return;
  }
  trace(pen, ribbon, width);
  pen.fillStyle = colours.allowed;
  pen.fill();
}

function trace(pen: Pen, { y0, y1, height0, height1 }: Ribbon, width: number): void {
  const [x0, x1] = [SIDE + BAR, width - SIDE - BAR];
  const middle = (x0 + x1) / 2;
  const [a, b] = [Math.max(0.6, height0), Math.max(0.6, height1)];
  pen.beginPath();
  pen.moveTo(x0, y0 + PAD);
  pen.bezierCurveTo(middle, y0 + PAD, middle, y1 + PAD, x1, y1 + PAD);
  pen.lineTo(x1, y1 + PAD + b);
  pen.bezierCurveTo(middle, y1 + PAD + b, middle, y0 + PAD + a, x0, y0 + PAD + a);
  pen.closePath();
}

/** Ribbon under a point of the pane; −1 for none. */
export function ribbonAt({ ribbons }: Sankey, width: number, x: number, y: number): number {
  const [x0, x1] = [SIDE + BAR, width - SIDE - BAR];
  const t = (x - x0) / (x1 - x0);
  if (t < 0 || t > 1) return -1;
  const ease = t * t * (3 - 2 * t); // of the curves that ribbons follow, nearly
  let best = -1;
  let nearest = 4;
  ribbons.forEach(({ y0, y1, height0, height1 }, i) => {
    const [top, height] = [y0 + (y1 - y0) * ease + PAD, height0 + (height1 - height0) * ease];
    const distance = Math.max(top - y, y - top - height, 0);
    if (distance < nearest || (distance === 0 && nearest === 0)) {
      nearest = distance;
      best = i;
    }
  });
  return best;
}
