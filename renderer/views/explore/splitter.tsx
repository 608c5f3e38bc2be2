// What lies between two panes and is drawn to divide them otherwise: by hand, by arrows, back to the usual by a double click or Enter.

import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef } from "react";
import { arrange, usePanes } from "../../model/arrange.ts";
import { limits, type Sized, within } from "../../model/panes.ts";

const STEP = 16;

export function Splitter(props: {
  readonly of: Sized;
  readonly label: string;
  readonly axis: "x" | "y";
  /** The size there is now, and how much of it a pixel is; drawing on (down, right) adds, or takes away where `perPixel` is negative. */
  readonly measure: () => { readonly size: number; readonly perPixel: number };
}): ReactElement {
  const { of, label, axis, measure } = props;
  const value = usePanes((panes) => panes[of]);
  const drawn = useRef<{ readonly at: number; readonly size: number; readonly perPixel: number } | null>(null);
  const { least, most, usual } = limits[of];
  const set = (size: number | null): void => arrange({ [of]: size === null ? null : within(of, size) });
  const place = (event: PointerEvent): number => (axis === "x" ? event.clientX : event.clientY);

  const press = (event: KeyboardEvent): void => {
    const [less, more] = axis === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const by = (event.shiftKey ? 4 : 1) * STEP * ({ [less]: -1, [more]: 1 }[event.key] ?? 0);
    const { size, perPixel } = measure();
    if (by !== 0) set(size + by * perPixel);
    else if (event.key === "Home") set(perPixel > 0 ? least : most);
    else if (event.key === "End") set(perPixel > 0 ? most : least);
    else if (event.key === "Enter") set(null);
    else return;
    event.preventDefault();
  };
  const shown = value ?? usual;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      className={`splitter ${axis}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === "x" ? "vertical" : "horizontal"}
      aria-valuemin={Math.round(least * (most <= 1 ? 100 : 1))}
      aria-valuemax={Math.round(most * (most <= 1 ? 100 : 1))}
      aria-valuenow={Math.round(shown * (most <= 1 ? 100 : 1))}
      title={`${label}: draw, or use arrows; a double click or Enter makes it as usual`}
      onKeyDown={press}
      onDoubleClick={() => set(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        drawn.current = { at: place(event), ...measure() };
      }}
      onPointerMove={(event) => {
        if (drawn.current === null) return;
        const { at, size, perPixel } = drawn.current;
        set(size + (place(event) - at) * perPixel);
      }}
      onPointerUp={() => {
        drawn.current = null;
      }}
      onPointerCancel={() => {
        drawn.current = null;
      }}
    />
  );
}
