// Answers are drawn a few a frame: a hand that moves the range goes first, and no frame waits for all views at once.

import { flushSync } from "react-dom";

/** What drawing answers may take of a frame, in ms; one is always drawn. */
const BUDGET_MS = 2;

const waiting = new Map<object, () => void>();
let asked = false;

/** Draws in one of the next frames; of several for the same view only the last. */
export function byFrame(view: object, draw: () => void): void {
  waiting.set(view, draw);
  if (asked) return;
  asked = true;
  soon();
}

/** A page that is not seen has no frames. */
function soon(): void {
  if (document.hidden) setTimeout(drawSome);
  else requestAnimationFrame(drawSome);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden && asked) setTimeout(drawSome); // the frame that was asked for may not come
});

function drawSome(): void {
  const began = performance.now();
  try {
    for (const [view, draw] of waiting) {
      waiting.delete(view);
      flushSync(draw);
      if (performance.now() - began >= BUDGET_MS) break;
    }
  } finally {
    asked = waiting.size > 0;
    if (asked) soon();
  }
}
