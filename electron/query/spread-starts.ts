// Since when the counters of each tuple in scope count: since its flow's tuple before it, whatever the scope says of that one.

import { FIRST } from "../analysis/settled.ts";
import type { Catalog } from "./catalog.ts";
import { flowShares } from "./flow-shares.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";

/** Some rows of a segment, ascending; `start` ≤ t < `end` is the interval of each, clipped to the scope's range, never empty. */
export type Intervals = {
  readonly view: SegmentView;
  readonly length: number;
  readonly row: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
};

/**
 * Every tuple in scope once. The first tuple of a flow counts at its own time: there the interval is that millisecond, and so it is
 * where the tuple before has the same time. `most`: tuples of a share.
 */
export function* spreadIntervals(catalog: Catalog, scope: InScope, most?: number): Generator<Intervals, void> {
  const pairs = scope.isEverything ? null : pairsOf(catalog, scope.filter.verdicts);
  for (const lanes of flowShares(catalog, scope, pairs, most)) {
    const { length, count, starts, order, mark, alone, time } = lanes;
    const since = new Float64Array(length);
    const least = scope.from ?? Number.NEGATIVE_INFINITY;
    for (let lane = 0; lane < count; lane++) {
      // A flow that goes on from segments before the range: all that is told of its tuple there is that it was before the range.
      let before = Number.NEGATIVE_INFINITY;
      for (let p = starts[lane] as number; p < (starts[lane + 1] as number); p++) {
        const at = order[p] as number;
        const t = time[at] as number;
        const isFirst = ((mark[at] as number) & FIRST) !== 0;
        since[at] = isFirst ? t : Math.max(before, least);
        if (alone[at] === 0) before = t;
      }
    }
    for (const { view, from, to } of lanes.segments()) {
      const rows = matching(view, scope);
      const row = new Uint32Array(to - from);
      const start = new Float64Array(to - from);
      const end = new Float64Array(to - from);
      let n = 0;
      for (let at = from; at < to; at++) {
        const i = lanes.row[at] as number;
        if (rows !== null && rows[i] === 0) continue;
        const t = time[at] as number;
        row[n] = i;
        start[n] = Math.min(since[at] as number, t);
        end[n] = Math.max(t, (start[n] as number) + 1);
        n++;
      }
      if (n > 0) yield { view, length: n, row, start, end };
    }
  }
}

/** 1 for each pair of addresses between which there may be tuples in scope. */
export function pairsOf(catalog: Catalog, verdicts: Uint8Array): Uint8Array {
  const { length, of } = catalog.pairs();
  const pairs = new Uint8Array(length);
  for (let c = 0; c < verdicts.length; c++) if (verdicts[c] !== 0) pairs[of[c] as number] = 1;
  return pairs;
}
