// What a canvas of the timeline is drawn with.

import type { Drawing } from "../../widgets/drawing.ts";
import type { Colours } from "./colours.ts";

export type Brush = {
  readonly ctx: Drawing;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
  /** Of what was not logged. */
  readonly hatch: CanvasPattern | string;
};
