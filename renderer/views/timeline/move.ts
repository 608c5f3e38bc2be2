// Moving what is looked at: a gesture is one step back, however often it moves; a burst of keys or wheel turns likewise.

import { narrow, writeAddress } from "../../model/navigate.ts";
import { boundsOf, type Range } from "../../model/range.ts";

export type Stroke = { to(range: Range): void; end(): void };

/** One drag: at most one move a frame, the first a step of its own, those after it replace it. */
export function startStroke(whole: Range): Stroke {
  let wanted: Range | null = null;
  let frame = 0;
  let how: "push" | "replace" = "push";
  const move = (): void => {
    frame = 0;
    if (wanted === null) return;
    narrow(boundsOf(wanted, whole), how);
    how = "replace";
    wanted = null;
  };
  return {
    to(range) {
      wanted = range;
      frame ||= requestAnimationFrame(move);
    },
    end() {
      cancelAnimationFrame(frame);
      move();
      writeAddress();
    },
  };
}

const BURST_MS = 700;
let movedTime = Number.NEGATIVE_INFINITY;

/** A single move, by wheel, key or button. */
export function moveTo(range: Range, whole: Range): void {
  const now = performance.now();
  narrow(boundsOf(range, whole), now - movedTime < BURST_MS ? "replace" : "push");
  movedTime = now;
}

/** Escape, before anyone else hears it, wherever the focus is; `cancel` says whether there was a drag to cancel. */
export function onEscape(signal: AbortSignal, cancel: () => boolean): void {
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !cancel()) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  window.addEventListener("keydown", press, { capture: true, signal });
}
