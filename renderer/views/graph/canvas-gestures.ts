// What a hand does on the canvas: a drag on nothing pans, on a node moves it, with Shift (or the lasso on) draws a line round nodes; a
// click selects, with Ctrl, Cmd or Shift adds; two clicks open; the wheel zooms at the pointer.

import type { Pointed } from "./chosen.ts";
import type { Transform } from "./scene.ts";

/** What changes without a component being rendered. `lasso`: points x, y of a line being drawn, in world units. */
export type Live = {
  transform: Transform;
  node: number;
  edge: number;
  size: [number, number];
  moved: { readonly node: number; readonly x: number; readonly y: number } | null;
  lasso: number[];
};

type Tell = {
  at(event: MouseEvent): Pointed;
  world(event: MouseEvent): readonly [number, number];
  isLasso(): boolean;
  redraw(): void;
  zoomAt(factor: number, x: number, y: number): void;
  point(what: Pointed, at: readonly [number, number]): void;
  select(what: Pointed, how: "one" | "more"): void;
  open(what: Pointed): void;
  move(node: number, x: number, y: number): void;
  lasso(line: readonly number[]): void;
};

type Held = { x: number; y: number; moved: boolean; readonly does: "pan" | "move" | "lasso"; readonly node: number };

/** Before a press is a drag, px. */
const SLACK = 4;

/** Returns how to detach them. */
export function attachGestures(element: HTMLCanvasElement, live: Live, tell: Tell): () => void {
  let held: Held | null = null;

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const what = tell.at(event);
    const node = what !== null && "node" in what ? what.node : -1;
    const does = tell.isLasso() || (event.shiftKey && node < 0) ? "lasso" : node >= 0 ? "move" : "pan";
    held = { x: event.clientX, y: event.clientY, moved: false, does, node };
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (held === null) {
      const what = tell.at(event);
      element.style.cursor = tell.isLasso() ? "crosshair" : what === null ? "default" : "pointer";
      const bounds = element.getBoundingClientRect();
      return tell.point(what, [event.clientX - bounds.left, event.clientY - bounds.top]);
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < SLACK) return;
    held.moved = true;
    const [x, y] = tell.world(event);
    if (held.does === "move") live.moved = { node: held.node, x, y };
    else if (held.does === "lasso") live.lasso.push(x, y);
    else {
      live.transform = { ...live.transform, x: live.transform.x + dx, y: live.transform.y + dy };
      Object.assign(held, { x: event.clientX, y: event.clientY });
    }
    tell.redraw();
  };
  const up = (event: PointerEvent): void => {
    const was = held;
    held = null;
    if (was === null) return;
    const { moved, lasso } = live;
    live.moved = null;
    live.lasso = [];
    if (!was.moved) {
      const isMore = event.ctrlKey || event.metaKey || event.shiftKey;
      if (was.does !== "lasso" || !isMore) tell.select(tell.at(event), isMore ? "more" : "one");
    } else if (was.does === "move" && moved) tell.move(moved.node, moved.x, moved.y);
    else if (was.does === "lasso" && lasso.length >= 6) tell.lasso(lasso);
    tell.redraw();
  };
  const cancel = (): void => {
    held = null;
    live.moved = null;
    live.lasso = [];
    tell.redraw();
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const bounds = element.getBoundingClientRect();
    tell.zoomAt(Math.exp(-event.deltaY * 0.0015), event.clientX - bounds.left, event.clientY - bounds.top);
  };
  const open = (event: MouseEvent): void => tell.open(tell.at(event));
  const leave = (): void => tell.point(null, [0, 0]);

  element.addEventListener("pointerdown", down);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", up);
  element.addEventListener("pointerleave", leave);
  element.addEventListener("pointercancel", cancel);
  element.addEventListener("dblclick", open);
  element.addEventListener("wheel", wheel, { passive: false });
  return () => {
    element.removeEventListener("pointerdown", down);
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", up);
    element.removeEventListener("pointerleave", leave);
    element.removeEventListener("pointercancel", cancel);
    element.removeEventListener("dblclick", open);
    element.removeEventListener("wheel", wheel);
  };
}
