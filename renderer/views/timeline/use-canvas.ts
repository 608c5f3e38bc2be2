// A canvas that fills its box at the screen's own resolution and is drawn at most once a frame, without React.

import { type RefObject, useEffect, useRef, useState } from "react";
import { useAppearance } from "../../model/appearance.ts";
import { drawingOn } from "../../widgets/drawing.ts";
import type { Brush } from "./brush.ts";
import { type Colours, hatching, readColours } from "./colours.ts";

export type Sheet = {
  readonly ref: RefObject<HTMLCanvasElement | null>;
  /** CSS px; 0 until it is laid out. */
  readonly width: number;
  /** Draws in the next frame, with what `draw` finds then. */
  redraw(): void;
};

export function useCanvas(draw: (brush: Brush) => void): Sheet {
  const ref = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const colours = useAppearance((appearance) => appearance.colours);
  const latest = useRef(draw);
  latest.current = draw;
  const sheet = useRef({
    frame: 0,
    width: 0,
    height: 0,
    colours: null as Colours | null,
    hatch: null as CanvasPattern | string | null,
  });

  const redraw = useRef((): void => {
    sheet.current.frame ||= requestAnimationFrame(() => {
      sheet.current.frame = 0;
      const canvas = ref.current;
      const { width: w, height: h } = sheet.current;
      const ctx = canvas === null || w === 0 ? null : drawingOn(canvas);
      if (ctx === null) return;
      const dpr = devicePixelRatio;
      if (ctx.canvas.width !== Math.round(w * dpr) || ctx.canvas.height !== Math.round(h * dpr)) {
        ctx.canvas.width = Math.round(w * dpr);
        ctx.canvas.height = Math.round(h * dpr);
        sheet.current.hatch = null;
      }
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      sheet.current.colours ??= readColours();
      const ink = sheet.current.colours;
      sheet.current.hatch ??= hatching(ctx, ink.gapInk, ink.gapBg);
      latest.current({ ctx, width: w, height: h, colours: ink, hatch: sheet.current.hatch });
    });
  }).current;

  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const observer = new ResizeObserver(() => {
      sheet.current.width = canvas.clientWidth; // kept: reading it while drawing would lay the page out anew
      sheet.current.height = canvas.clientHeight;
      setWidth(canvas.clientWidth);
      redraw();
    });
    observer.observe(canvas);
    void document.fonts.ready.then(redraw);
    const { current } = sheet;
    return () => {
      observer.disconnect();
      cancelAnimationFrame(current.frame);
      current.frame = 0;
    };
  }, [redraw]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours
  useEffect(() => {
    sheet.current.colours = null;
    sheet.current.hatch = null;
    redraw();
  }, [colours, redraw]);

  return { ref, width, redraw };
}
