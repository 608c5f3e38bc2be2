// Pointer and wheel on the detail and on the lanes under it: the crosshair follows, a drag previews and then zooms, a click selects a bar,
// a double click opens its tuples or, beside the bars, shows the whole case. Knows no React.

import { between, inside, type Range, shifted, zoomed } from "../../model/range.ts";
import { barAt, binAround } from "./bars.ts";
import type { Lane } from "./lanes.ts";
import { onEscape } from "./move.ts";
import { axisOf, type Live, type Picture } from "./picture.ts";
import { timeAt } from "./scale.ts";

export type DetailActs = {
  picture(): Picture | null;
  redraw(): void;
  zoom(range: Range): void;
  /** By wheel: many in a row are one step. */
  nudge(range: Range): void;
  select(bar: Range | null): void;
  /** `y`: px from the top. */
  open(bar: Range, y: number): void;
  showWhole(): void;
  laneAt?(y: number): Lane | null;
  /** The wheel scrolls here, and zooms with Ctrl. */
  scrolls?(): boolean;
};

const DRAG_PX = 4;
const ZOOM = 0.0016;

export function attachDetail(element: HTMLElement, live: Live, acts: DetailActs): () => void {
  let start: { readonly x: number; readonly time: number } | null = null;
  const leaving = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, hear: (event: HTMLElementEventMap[K]) => void): void =>
    element.addEventListener(name, hear, { signal: leaving.signal, passive: false });

  const at = ({ clientX, clientY }: MouseEvent, picture: Picture) => {
    const box = element.getBoundingClientRect();
    const axis = axisOf(picture.range, box.width);
    return { x: clientX - box.left, y: clientY - box.top, axis, time: timeAt(axis, clientX - box.left) };
  };

  on("pointerdown", (event) => {
    const picture = acts.picture();
    if (picture === null || event.button !== 0 || isOnButton(event)) return;
    const { x, time } = at(event, picture);
    start = { x, time };
    element.setPointerCapture(event.pointerId);
  });

  on("pointermove", (event) => {
    const picture = acts.picture();
    if (picture === null) return;
    const { x, y, axis, time } = at(event, picture);
    live.at = x < axis.left - 2 && start === null ? null : time;
    live.lane = acts.laneAt?.(y) ?? null;
    if (start !== null && (live.preview !== null || Math.abs(x - start.x) > DRAG_PX))
      live.preview = snapped(between(start.time, time, picture.whole), picture);
    acts.redraw();
  });

  on("pointerup", (event) => {
    const picture = acts.picture();
    if (picture === null || start === null) return;
    start = null;
    const { preview } = live;
    live.preview = null;
    acts.redraw();
    if (preview !== null) return acts.zoom(preview);
    acts.select(barRange(picture, at(event, picture).time));
  });

  on("pointercancel", cancel);
  on("pointerleave", () => {
    if (start !== null) return;
    live.at = null;
    live.lane = null;
    acts.redraw();
  });
  onEscape(leaving.signal, () => {
    if (start === null) return false;
    cancel();
    return true;
  });
  on("dblclick", (event) => {
    const picture = acts.picture();
    if (picture === null || isOnButton(event)) return;
    const { time, y } = at(event, picture);
    const bar = barRange(picture, time);
    if (bar) acts.open(bar, y);
    else acts.showWhole();
  });
  on("wheel", (event) => {
    const picture = acts.picture();
    if (picture === null || (event.deltaX === 0 && event.deltaY === 0)) return;
    if (acts.scrolls?.() && !event.ctrlKey && !event.shiftKey && event.deltaX === 0) return;
    event.preventDefault();
    const { range, whole } = picture;
    const { axis, time } = at(event, picture);
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const turned =
      (event.shiftKey ? event.deltaX || event.deltaY : isPan ? event.deltaX : event.deltaY) * unitPx(event);
    if (isPan)
      acts.nudge(shifted(range, whole, Math.round((turned * (range.to - range.from)) / (axis.right - axis.left))));
    else acts.nudge(inside(zoomed(range, whole, time, Math.exp(turned * ZOOM)), whole));
  });

  function cancel(): void {
    start = null;
    live.preview = null;
    acts.redraw();
  }
  return () => leaving.abort();
}

function unitPx({ deltaMode }: WheelEvent): number {
  return deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
}

/** To whole bins, where it is wider than one; never past what is shown. */
function snapped(range: Range, { detail, range: shown }: Picture): Range {
  const width = detail?.widthMs ?? 1;
  if (range.to - range.from < width) return range;
  return {
    from: Math.max(shown.from, Math.floor(range.from / width) * width),
    to: Math.min(shown.to, Math.ceil(range.to / width) * width),
  };
}

function barRange({ detail, range }: Picture, time: number): Range | null {
  return detail !== null && barAt(detail, time) >= 0 ? binAround(time, detail.widthMs, range) : null;
}

/** Marks, gaps and names answer for themselves. */
function isOnButton({ target }: Event): boolean {
  return target instanceof Element && target.closest("button") !== null;
}
