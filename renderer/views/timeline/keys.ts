// Keys of the timeline, and where each brings the range. Pure: what is not a key of the timeline is null.

import { inside, LEAST_MS, type Range, shifted, zoomed } from "../../model/range.ts";

/** On the detail: arrows pan by a bar, PageUp and PageDown by the window, Home and End to the ends of the case. */
export function panned(key: string, range: Range, whole: Range, barMs: number): Range | null {
  const span = range.to - range.from;
  switch (key) {
    case "ArrowLeft":
      return shifted(range, whole, -barMs);
    case "ArrowRight":
      return shifted(range, whole, barMs);
    case "ArrowUp":
      return zoomed(range, whole, (range.from + range.to) / 2, 1 / 1.5);
    case "ArrowDown":
      return zoomed(range, whole, (range.from + range.to) / 2, 1.5);
    case "PageUp":
      return shifted(range, whole, -span);
    case "PageDown":
      return shifted(range, whole, span);
    case "Home":
      return inside({ from: whole.from, to: whole.from + span }, whole);
    case "End":
      return inside({ from: whole.to - span, to: whole.to }, whole);
    default:
      return null;
  }
}

/** On a handle: arrows move it by a bar, PageUp and PageDown by ten, Home and End as far as it goes. */
export function resized(key: string, edge: "from" | "to", range: Range, whole: Range, barMs: number): Range | null {
  const [least, most] = edge === "from" ? [whole.from, range.to - LEAST_MS] : [range.from + LEAST_MS, whole.to];
  const now = range[edge];
  const bars = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[key];
  const wanted = key === "Home" ? least : key === "End" ? most : bars === undefined ? null : now + bars * barMs;
  if (wanted === null) return null;
  return { ...range, [edge]: Math.max(Math.min(least, now), Math.min(most, wanted)) };
}
