// Counts the tuples of each group in rows of activity, part by part: parts share no group, so that two threads can each take some
// (count-beside.ts). One pass over the heads, without a branch that depends on what is in them.

import { HOURS, TUPLES } from "./activity.ts";
import type { Pairs } from "./pair-order.ts";

/** All of it over shared memory. `groups`: of each conversation, in ascending order; null: itself. */
export type Counting = {
  readonly heads: Uint32Array;
  readonly starts: Uint32Array;
  readonly verdicts: Uint8Array;
  readonly groups: Uint32Array | null;
  /** Hours of the activity that count, from … before to; rows with a flag of `left` do not. */
  readonly from: number;
  readonly to: number;
  readonly left: number;
  /** Where each part begins (a conversation that begins a group), and where the last one ends. */
  readonly parts: Uint32Array;
  /** Where the counts go; what stands there before does not matter. */
  readonly tuples: Int32Array;
  /** Parts that somebody has taken, and those that are done; below 0: the thread beside came to grief. */
  readonly progress: Int32Array;
};

const TAKEN = 0;
export const DONE = 1;

/** Takes parts until there is none left. */
export function countParts(counting: Counting): void {
  const { parts, progress } = counting;
  for (;;) {
    const part = Atomics.add(progress, TAKEN, 1);
    if (part >= parts.length - 1) return;
    countPart(counting, parts[part] as number, parts[part + 1] as number);
    Atomics.add(progress, DONE, 1);
    Atomics.notify(progress, DONE);
  }
}

/** About `count` parts of as many conversations each, none of which cuts a pair. */
export function partsOf(conversations: number, pairs: Pairs | null, count: number): Uint32Array {
  const parts = new Uint32Array(new SharedArrayBuffer((count + 1) * 4));
  for (let part = 1; part < count; part++) {
    const middle = Math.floor((conversations * part) / count);
    parts[part] = pairs === null ? middle : (pairs.starts[pairs.of[middle] as number] as number);
  }
  parts[count] = conversations;
  return parts;
}

/** Conversations whose rows are gone through together: their running sums stay in the processor's nearest memory. */
const BLOCK = 1024;
let running = new Int32Array(BLOCK * 4);

/** Nothing but the loops: code around them would have them compiled anew for every question. */
function countPart(
  { heads, starts, verdicts, groups, from, to, left, tuples }: Counting,
  begin: number,
  end: number,
): void {
  if (begin === end) return;
  const firstGroup = groups === null ? begin : (groups[begin] as number);
  const lastGroup = groups === null ? end - 1 : (groups[end - 1] as number);
  tuples.fill(0, firstGroup, lastGroup + 1);
  const last = to - 1;
  for (let first = begin; first < end; first += BLOCK) {
    const past = Math.min(end, first + BLOCK);
    const firstRow = starts[first] as number;
    const rows = (starts[past] as number) - firstRow;
    if (running.length <= rows) running = new Int32Array(rows * 2);
    const sums = running; // of the rows before each
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      sums[r] = sum;
      const head = heads[firstRow + r] as number;
      const hour = head >>> HOURS;
      const isOut = ((hour - from) | (last - hour)) >> 31; // −1 where it is
      const counts = ((head & left) - 1) >> 31; // −1 where it does
      sum = (sum + (head & TUPLES & ~isOut & counts)) | 0;
    }
    sums[rows] = sum;
    let before = 0;
    for (let c = first; c < past; c++) {
      const after = sums[(starts[c + 1] as number) - firstRow] as number;
      const own = (after - before) & -((verdicts[c] as number) >>> 1);
      before = after;
      const group = groups === null ? c : (groups[c] as number);
      tuples[group] = (tuples[group] as number) + own;
    }
  }
}
