// Rows of activity counted on two threads: as one after another has it.

import { expect, test } from "vitest";
import { HOURS, OUT } from "../../electron/query/activity.ts";
import { countBeside } from "../../electron/query/count-beside.ts";
import { type Counting, partsOf } from "../../electron/query/count-rows.ts";
import { randomFrom } from "../support/logs.ts";

const CONVERSATIONS = 20_000;
const random = randomFrom(7);
const below = (most: number): number => Math.floor(random() * most);

const starts = new Uint32Array(new SharedArrayBuffer((CONVERSATIONS + 1) * 4));
for (let c = 0; c < CONVERSATIONS; c++) starts[c + 1] = starts[c]! + below(6);
const heads = new Uint32Array(new SharedArrayBuffer(starts[CONVERSATIONS]! * 4));
for (let row = 0; row < heads.length; row++) heads[row] = (below(200) << HOURS) | (below(2) * OUT) | below(30);
const verdicts = new Uint8Array(new SharedArrayBuffer(CONVERSATIONS));
for (let c = 0; c < CONVERSATIONS; c++) verdicts[c] = below(3);
const of = new Uint32Array(new SharedArrayBuffer(CONVERSATIONS * 4));
for (let c = 1; c < CONVERSATIONS; c++) of[c] = of[c - 1]! + below(2);
const length = of[CONVERSATIONS - 1]! + 1;
const pairs = { length, of, starts: Uint32Array.from({ length: length + 1 }, (_, pair) => of.indexOf(pair)) };

function plainly(groups: Uint32Array | null, from: number, to: number, left: number): Int32Array {
  const tuples = new Int32Array(groups === null ? CONVERSATIONS : length);
  for (let c = 0; c < CONVERSATIONS; c++)
    for (let row = starts[c]!; row < starts[c + 1]!; row++) {
      const hour = heads[row]! >>> HOURS;
      if (verdicts[c] === 2 && hour >= from && hour < to && (heads[row]! & left) === 0)
        tuples[groups === null ? c : groups[c]!]! += heads[row]! & 0x1fff;
    }
  return tuples;
}

test.each([
  ["by conversation", null, 0, 200, 0, 32],
  ["by pair", pairs, 0, 200, 0, 32],
  ["by pair, some hours, once", pairs, 20, 130, OUT, 32],
  ["by pair, in more parts than are worth it", pairs, 50, 51, 0, 15_000],
] as const)("%s", (_, grouped, from, to, left, count) => {
  const groups = grouped?.of ?? null;
  for (let round = 0; round < 5; round++) {
    const tuples = new Int32Array(new SharedArrayBuffer((groups === null ? CONVERSATIONS : length) * 4)).fill(99);
    const parts = partsOf(CONVERSATIONS, grouped, count);
    const progress = new Int32Array(new SharedArrayBuffer(8));
    const counting: Counting = { heads, starts, verdicts, groups, from, to, left, parts, tuples, progress };
    countBeside(counting);
    expect(tuples).toEqual(plainly(groups, from, to, left));
  }
});
