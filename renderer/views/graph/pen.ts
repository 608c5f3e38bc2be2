// What drawing needs of a canvas: the same calls draw on the screen, and are written down as SVG (svg.ts).

import type { Drawing } from "../../widgets/drawing.ts";

export type Pen = Pick<
  Drawing,
  | "arc"
  | "beginPath"
  | "bezierCurveTo"
  | "closePath"
  | "fill"
  | "fillStyle"
  | "fillText"
  | "font"
  | "globalAlpha"
  | "lineJoin"
  | "lineTo"
  | "lineWidth"
  | "measureText"
  | "moveTo"
  | "rect"
  | "restore"
  | "rotate"
  | "roundRect"
  | "save"
  | "setLineDash"
  | "stroke"
  | "strokeStyle"
  | "strokeText"
  | "textAlign"
  | "textBaseline"
  | "translate"
>;
