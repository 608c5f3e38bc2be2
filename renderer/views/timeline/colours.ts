// The tokens a canvas of the timeline draws with, read once a theme, and the hatching of what was not logged.

import { token } from "../../model/appearance.ts";
import type { Drawing } from "../../widgets/drawing.ts";

export type Colours = ReturnType<typeof readColours>;

/** A canvas takes no font features: figures of the fallback stand where the family has none. */
export function readColours() {
  return {
    text: token("--text"),
    text2: token("--text-2"),
    text3: token("--text-3"),
    line: token("--line"),
    lineStrong: token("--line-strong"),
    surface: token("--surface"),
    allowed: token("--allowed"),
    allowedSoft: token("--allowed-soft"),
    denied: token("--denied"),
    deniedSoft: token("--denied-soft"),
    encOff: token("--enc-off"),
    groups: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => token(`--cat-${n}`)),
    severities: [0, 1, 2, 3, 4].map((n) => token(`--sev-${n}`)),
    deniedText: token("--denied-text"),
    accent: token("--accent"),
    accentSoft: token("--accent-soft"),
    brush: token("--brush"),
    brushEdge: token("--brush-edge"),
    gapInk: token("--gap-ink"),
    gapBg: token("--gap-bg"),
    gapText: token("--gap-text"),
    font: token("--font-ui"),
  } as const;
}

const TILE = 5;

/** 45°, a line every 5 px; drawn in device pixels so that it stays a hairline. */
export function hatching(ctx: Drawing, ink: string, ground: string): CanvasPattern | string {
  const scale = ctx.getTransform().a;
  const size = Math.max(1, Math.round(TILE * scale));
  const tile = new OffscreenCanvas(size, size);
  const on = tile.getContext("2d");
  if (on === null) return ground;
  on.fillStyle = ground;
  on.fillRect(0, 0, size, size);
  on.strokeStyle = ink;
  on.lineWidth = scale;
  on.beginPath();
  for (const shift of [-size, 0, size]) {
    on.moveTo(shift - 1, size + 1);
    on.lineTo(shift + size + 1, -1);
  }
  on.stroke();
  const pattern = ctx.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(size === TILE * scale ? 1 / scale : TILE / size));
  return pattern ?? ground;
}
