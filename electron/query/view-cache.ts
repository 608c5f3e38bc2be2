// Unpacked segments kept in memory within a budget: a page asks the same stretch again and again, and unpacking costs more than
// adding up.

import type { SegmentRow } from "../store/read.ts";
import type { SegmentView } from "./segment-view.ts";

/** Of columns: activity of about 90 million tuples. `look` may grow to 4 GB. */
export const BUDGET = 1024 * 1024 * 1024;

/** A segment no question has used for so many questions may make room. */
const STALE = 16;

export type ViewCache = {
  /** The budget from now on. */
  shrinkTo(bytes: number): void;
  /** A question begins. */
  begin(): void;
  of(segment: SegmentRow): SegmentView;
};

/** Where a question needs more than fits, what is kept stays and the rest is unpacked anew: a scan must not empty the cache. */
export function viewCache(open: (segment: SegmentRow) => SegmentView, most: number): ViewCache {
  let budget = most;
  /** Used longest ago first. */
  const kept = new Map<number, { readonly view: SegmentView; readonly used: number }>();
  let questions = 0;

  function bytes(): number {
    let sum = 0;
    for (const { view } of kept.values()) sum += view.bytes();
    return sum;
  }

  /** Views grow while they are looked at, so room is made between questions too. */
  function fits(): boolean {
    let rest = bytes() - budget;
    if (rest < 0) return true;
    for (const [id, { view, used }] of kept) {
      if (questions - used < STALE) break;
      kept.delete(id);
      rest -= view.bytes();
      if (rest < 0) return true;
    }
    return false;
  }

  function shrink(): void {
    let rest = bytes() - budget;
    for (const [id, { view }] of kept) {
      if (rest <= 0) return;
      kept.delete(id);
      rest -= view.bytes();
    }
  }

  return {
    shrinkTo(bytes) {
      budget = bytes;
    },
    begin() {
      questions++;
      if (!fits()) shrink();
    },
    of(segment) {
      const known = kept.get(segment.id);
      if (known) {
        if (known.used !== questions) {
          kept.delete(segment.id);
          kept.set(segment.id, { view: known.view, used: questions });
        }
        return known.view;
      }
      const view = open(segment);
      if (fits()) kept.set(segment.id, { view, used: questions });
      return view;
    },
  };
}
