// A canvas as large as its parent, drawn at most once a frame; a move of the pointer renders no component.

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useAppearance } from "../../../model/appearance.ts";
import { drawingOn } from "../../../widgets/drawing.ts";
import { type Palette, readPalette } from "../palette.ts";
import type { Pen } from "../pen.ts";

type Drawn = {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly size: RefObject<readonly [number, number]>;
  readonly redraw: () => void;
};

/** `draw` is called with the newest of what the component has; `onSize` when the pane has another size. */
export function useDrawn(
  draw: (pen: Pen, size: readonly [number, number], colours: Palette) => void,
  onSize: (size: readonly [number, number]) => void,
): Drawn {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useRef<readonly [number, number]>([0, 0]);
  const latest = useRef({ draw, onSize });
  latest.current = { draw, onSize };
  const palette = useRef<Palette | null>(null);
  const frame = useRef(0);
  const colours = useAppearance((appearance) => appearance.colours);

  const redraw = useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      const [width, height] = size.current;
      const ctx = canvas.current === null || width === 0 ? null : drawingOn(canvas.current);
      if (ctx === null) return;
      const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
      if (ctx.canvas.width !== wide || ctx.canvas.height !== high)
        Object.assign(ctx.canvas, { width: wide, height: high });
      palette.current ??= readPalette();
      ctx.setTransform(wide / width, 0, 0, wide / width, 0, 0);
      ctx.clearRect(0, 0, width, height);
      latest.current.draw(ctx, size.current, palette.current);
    });
  }, []);

  useEffect(redraw);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read again when they have changed
  useEffect(() => {
    palette.current = null;
    redraw();
  }, [colours, redraw]);
  useEffect(() => {
    const box = canvas.current?.parentElement;
    if (!box) return;
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      size.current = [width, height];
      latest.current.onSize([Math.round(width), Math.round(height)]);
      redraw();
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [redraw]);

  return { canvas, size, redraw };
}
