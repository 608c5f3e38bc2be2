// A canvas drawn to without asking the page: setting a font on a canvas that stands in the page works out every style that has
// changed, in the middle of a frame. An offscreen context of the same canvas does not.

export type Drawing = OffscreenCanvasRenderingContext2D;

const made = new WeakMap<HTMLCanvasElement, Drawing | null>(); // a canvas hands itself over once

/** Null where the browser has no 2d context. Its size is that of `drawing.canvas`. */
export function drawingOn(canvas: HTMLCanvasElement): Drawing | null {
  const known = made.get(canvas);
  if (known !== undefined) return known;
  const drawing = canvas.transferControlToOffscreen().getContext("2d");
  made.set(canvas, drawing);
  return drawing;
}
