// A picture that can be written down: its size and how a pen draws it. Each projection gives the one it shows, so that what is saved is
// what is on the screen, whole, with a line under it that says what it was made of.

import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";
import { svgPen } from "./svg.ts";

export type Exhibit = {
  readonly width: number;
  readonly height: number;
  readonly draw: (pen: Pen, colours: Palette) => void;
};

const FOOT = 22;
const MARGIN = 12;

/** The same with its caption under it. */
function captioned({ width, height, draw }: Exhibit, caption: string): Exhibit {
  return {
    width,
    height: height + FOOT,
    draw(pen, colours) {
      draw(pen, colours);
      pen.globalAlpha = 1;
      pen.textBaseline = "middle";
      pen.textAlign = "start";
      pen.font = `420 10px ${colours.font}`;
      pen.fillStyle = colours.text3;
      pen.fillText(fitting(pen, caption, width - 2 * MARGIN), MARGIN, height + FOOT / 2);
    },
  };
}

function fitting(pen: Pen, text: string, width: number): string {
  let length = text.length;
  const cut = (): string => (length === text.length ? text : `${text.slice(0, length)}…`);
  while (length > 8 && pen.measureText(cut()).width > width) length -= 4;
  return cut();
}

export function svgOf(exhibit: Exhibit, title: string, caption: string, colours: Palette): string {
  const whole = captioned(exhibit, caption);
  const measuring = new OffscreenCanvas(1, 1).getContext("2d");
  const pen = svgPen(whole.width, whole.height, (text, font) => {
    if (measuring === null) return text.length * 6;
    measuring.font = font;
    return measuring.measureText(text).width;
  });
  whole.draw(pen, colours);
  return pen.finish(title, caption, colours.surface);
}

/** Twice as fine as the screen, where no side becomes longer than canvases may be. */
export async function pngOf(exhibit: Exhibit, caption: string, colours: Palette): Promise<Uint8Array> {
  const whole = captioned(exhibit, caption);
  const scale = Math.min(2, 12_000 / Math.max(whole.width, whole.height));
  const canvas = new OffscreenCanvas(Math.ceil(whole.width * scale), Math.ceil(whole.height * scale));
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("This browser draws no pictures.");
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  whole.draw(pen, colours);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
}
