// Pointer on the strip of the whole case: the brush is drawn anew, moved, or resized by its handles (elements with `data-edge`), and
// everything follows while it moves. A click beside it brings it there, the wheel zooms, a double click shows the whole case. No React.

import { between, inside, isWhole, type Range, zoomed } from "../../model/range.ts";
import { onEscape, type Stroke, startStroke } from "./move.ts";
import { axisOf, type Live, type Picture } from "./picture.ts";
import { timeAt } from "./scale.ts";

export type OverviewActs = {
  picture(): Picture | null;
  redraw(): void;
  move(range: Range): void;
  showWhole(): void;
};

type Drag = {
  readonly how: "new" | "move" | "from" | "to";
  readonly x: number;
  readonly time: number;
  readonly before: Range;
  /** Of the strip when it began: asking again would lay the page out anew with every move. */
  readonly box: DOMRect;
  stroke: Stroke | null;
};

const DRAG_PX = 3;

export function attachOverview(element: HTMLElement, live: Live, acts: OverviewActs): () => void {
  let drag: Drag | null = null;
  const leaving = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, hear: (event: HTMLElementEventMap[K]) => void): void =>
    element.addEventListener(name, hear, { signal: leaving.signal, passive: false });
  const at = ({ clientX }: MouseEvent, { whole }: Picture): { x: number; time: number } => {
    const box = drag?.box ?? element.getBoundingClientRect();
    return { x: clientX - box.left, time: timeAt(axisOf(whole, box.width), clientX - box.left) };
  };

  on("pointerdown", (event) => {
    const picture = acts.picture();
    if (picture === null || event.button !== 0) return;
    const { range, whole } = picture;
    const { x, time } = at(event, picture);
    const edge =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-edge]")?.dataset.edge : "";
    const isInside = !isWhole(range, whole) && time >= range.from && time < range.to;
    const how = edge === "from" || edge === "to" ? edge : isInside ? "move" : "new";
    drag = { how, x, time, before: range, box: element.getBoundingClientRect(), stroke: null };
    element.setPointerCapture(event.pointerId);
  });

  on("pointermove", (event) => {
    const picture = acts.picture();
    if (picture === null) return;
    const { x, time } = at(event, picture);
    live.at = drag === null ? time : null;
    live.lane = null;
    acts.redraw();
    if (drag === null || (drag.stroke === null && Math.abs(x - drag.x) < DRAG_PX)) return;
    drag.stroke ??= startStroke(picture.whole);
    drag.stroke.to(draggedTo(drag, time, picture.whole));
  });

  on("pointerup", (event) => {
    const picture = acts.picture();
    if (picture === null || drag === null) return;
    const { stroke, how, before } = drag;
    drag = null;
    if (stroke) return stroke.end();
    if (how !== "new" || isWhole(before, picture.whole)) return;
    const [half, { time }] = [(before.to - before.from) / 2, at(event, picture)];
    acts.move(inside({ from: Math.round(time - half), to: Math.round(time + half) }, picture.whole));
  });

  onEscape(leaving.signal, () => {
    if (drag === null) return false;
    drag.stroke?.to(drag.before);
    drag.stroke?.end();
    drag = null;
    return true;
  });
  on("pointercancel", () => {
    drag?.stroke?.end();
    drag = null;
  });
  on("pointerleave", () => {
    live.at = null;
    acts.redraw();
  });
  on("dblclick", () => acts.showWhole());
  on("wheel", (event) => {
    const picture = acts.picture();
    if (picture === null || event.deltaY === 0) return;
    event.preventDefault();
    const { range, whole } = picture;
    const anchor = Math.max(range.from, Math.min(range.to, at(event, picture).time));
    acts.move(zoomed(range, whole, anchor, Math.exp(event.deltaY * (event.deltaMode === 0 ? 0.0016 : 0.025))));
  });
  return () => leaving.abort();
}

function draggedTo({ how, time: start, before }: Drag, time: number, whole: Range): Range {
  if (how === "new") return rounded(between(start, time, whole));
  if (how === "from") return rounded(between(Math.min(time, before.to), before.to, whole));
  if (how === "to") return rounded(between(before.from, Math.max(time, before.from), whole));
  return rounded(inside({ from: before.from + time - start, to: before.to + time - start }, whole));
}

function rounded({ from, to }: Range): Range {
  return { from: Math.round(from), to: Math.round(to) };
}
