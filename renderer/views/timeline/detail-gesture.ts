// Pointer and wheel on the detail: the crosshair follows, a drag previews and then zooms, a click selects a bar, a double click opens
// its tuples or, beside the bars, shows the whole case. Knows no React.

import { between, inside, type Range, shifted, zoomed } from "../../model/range.ts";
import { barAt, binAround } from "./bars.ts";
import { onEscape } from "./move.ts";
import { axisOf, type Live, type Mark, type Picture, tracksOf } from "./picture.ts";
import { timeAt, xOf } from "./scale.ts";

export type DetailActs = {
  picture(): Picture | null;
  redraw(): void;
  zoom(range: Range): void;
  /** By wheel: many in a row are one step. */
  nudge(range: Range): void;
  select(bar: Range | null): void;
  open(bar: Range): void;
  openMark(mark: Mark): void;
  showWhole(): void;
};

const DRAG_PX = 4;
const MARK_PX = 8;
const ZOOM = 0.0016;

export function attachDetail(element: HTMLElement, live: Live, acts: DetailActs): () => void {
  let start: { readonly x: number; readonly time: number } | null = null;
  const leaving = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, hear: (event: HTMLElementEventMap[K]) => void): void =>
    element.addEventListener(name, hear, { signal: leaving.signal, passive: false });

  const at = ({ clientX, clientY }: MouseEvent, picture: Picture) => {
    const box = element.getBoundingClientRect();
    const axis = axisOf(picture.range, box.width);
    return { x: clientX - box.left, y: clientY - box.top, axis, box, time: timeAt(axis, clientX - box.left) };
  };

  on("pointerdown", (event) => {
    const picture = acts.picture();
    if (picture === null || event.button !== 0) return;
    const { x, time } = at(event, picture);
    start = { x, time };
    element.setPointerCapture(event.pointerId);
  });

  on("pointermove", (event) => {
    const picture = acts.picture();
    if (picture === null) return;
    const { x, y, axis, box, time } = at(event, picture);
    live.at = x < axis.left - 2 && start === null ? null : time;
    live.note = markAt(picture, x, y, box)?.title ?? null;
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
    const { x, y, box, time } = at(event, picture);
    const mark = markAt(picture, x, y, box);
    if (mark) acts.openMark(mark);
    else acts.select(barRange(picture, time));
  });

  on("pointercancel", cancel);
  on("pointerleave", () => {
    if (start !== null) return;
    live.at = null;
    live.note = null;
    acts.redraw();
  });
  onEscape(leaving.signal, () => {
    if (start === null) return false;
    cancel();
    return true;
  });
  on("dblclick", (event) => {
    const picture = acts.picture();
    if (picture === null) return;
    const bar = barRange(picture, at(event, picture).time);
    if (bar) acts.open(bar);
    else acts.showWhole();
  });
  on("wheel", (event) => {
    const picture = acts.picture();
    if (picture === null || (event.deltaX === 0 && event.deltaY === 0)) return;
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

function markAt(picture: Picture, x: number, y: number, box: DOMRect): Mark | null {
  const { marks, bytesTop } = tracksOf(box.height, 0.5);
  if (y < marks || y > bytesTop) return null;
  const axis = axisOf(picture.range, box.width);
  return picture.marks.find(({ time }) => Math.abs(xOf(axis, time) - x) <= MARK_PX) ?? null;
}
