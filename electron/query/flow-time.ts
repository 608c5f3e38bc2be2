// Flows that overlap a range of time, or start in it, as the rows of their tuples. A flow's life is from its first tuple to its last,
// of all its tuples, whatever else a scope says.

import { FIRST } from "../analysis/settled.ts";
import type { Catalog } from "./catalog.ts";
import type { Lanes } from "./flow-lanes.ts";
import { flowShares, type Range, sharesOf } from "./flow-shares.ts";
import { newBits, type RowMask, setBit } from "./row-mask.ts";

/** First and last time of each flow of a share, and which flow each row is of. */
type Lives = {
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly blocks: readonly Block[];
};
/** `row`: rows of a segment, and the flow of each. */
type Block = {
  readonly segment: number;
  readonly rows: number;
  readonly row: Uint32Array;
  readonly flow: Uint32Array;
};

/** The case is settled. `from`, `to`: not both null. `most`: tuples of a share. */
export function flowsInTime(catalog: Catalog, range: Range, which: "overlapping" | "starting", most?: number): RowMask {
  const from = range.from ?? Number.NEGATIVE_INFINITY;
  const to = range.to ?? Number.POSITIVE_INFINITY;
  const mask = new Map<number, Uint8Array>();
  for (const { first, last, blocks } of livesOf(catalog, most)) {
    const isIn =
      which === "starting"
        ? (flow: number): boolean => (first[flow] as number) >= from && (first[flow] as number) < to
        : (flow: number): boolean => (first[flow] as number) < to && (last[flow] as number) >= from;
    for (const { segment, rows, row, flow } of blocks) {
      let bits = mask.get(segment);
      for (let i = 0; i < row.length; i++) {
        if (!isIn(flow[i] as number)) continue;
        if (!bits) {
          bits = newBits(rows);
          mask.set(segment, bits);
        }
        setBit(bits, row[i] as number);
      }
    }
  }
  return mask;
}

// Where all of a case is one share its lives are kept: a range is moved far oftener than evidence is added.
const kept = new WeakMap<Catalog, Lives>();
const ALWAYS: Range = { from: null, to: null };

function* livesOf(catalog: Catalog, most?: number): Generator<Lives, void> {
  const known = kept.get(catalog);
  if (known && most === undefined) {
    yield known;
    return;
  }
  const isOne = sharesOf(catalog, ALWAYS, most) === 1;
  for (const lanes of flowShares(catalog, ALWAYS, null, most)) {
    const lives = livesIn(lanes);
    if (isOne) kept.set(catalog, lives);
    yield lives;
  }
}

function livesIn(lanes: Lanes): Lives {
  const { length, count, starts, order, mark, alone, time } = lanes;
  const flowOf = new Uint32Array(length);
  const first = new Float64Array(length);
  const last = new Float64Array(length);
  let flows = 0;
  const begin = (t: number): number => {
    first[flows] = t;
    return flows++;
  };
  for (let lane = 0; lane < count; lane++) {
    let current = -1;
    for (let p = starts[lane] as number; p < (starts[lane + 1] as number); p++) {
      const at = order[p] as number;
      const t = time[at] as number;
      const isAlone = alone[at] === 1;
      const isFirst = ((mark[at] as number) & FIRST) !== 0;
      const flow = isFirst || isAlone || current === -1 ? begin(t) : current;
      if (!isAlone) current = flow;
      flowOf[at] = flow;
      last[flow] = t;
    }
  }
  const blocks: Block[] = [];
  for (const { view, from, to } of lanes.segments()) {
    const { id, tuples } = view.segment;
    blocks.push({ segment: id, rows: tuples, row: lanes.row.slice(from, to), flow: flowOf.slice(from, to) });
  }
  return { first: first.slice(0, flows), last: last.slice(0, flows), blocks };
}
