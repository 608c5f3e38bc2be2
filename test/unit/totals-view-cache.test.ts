// Unpacked segments in memory: what fits stays, a question larger than the budget does not empty it, what nobody asks for makes room.

import { expect, test } from "vitest";
import type { SegmentView } from "../../electron/query/segment-view.ts";
import { viewCache } from "../../electron/query/view-cache.ts";
import type { SegmentRow } from "../../electron/store/read.ts";

const SIZE = 100;

/** A cache over segments of equal size that are counted as they are unpacked. */
function counted(budget: number): { readonly ask: (ids: readonly number[]) => number[] } {
  let opened: number[] = [];
  const open = (segment: SegmentRow): SegmentView => {
    opened.push(segment.id);
    return { segment, bytes: () => SIZE } as unknown as SegmentView; // all that the cache looks at
  };
  const cache = viewCache(open, budget);
  return {
    ask(ids) {
      opened = [];
      cache.begin();
      for (const id of ids) expect(cache.of({ id } as SegmentRow).segment.id).toBe(id);
      return opened;
    },
  };
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test("what fits is unpacked once", () => {
  const { ask } = counted(5 * SIZE);
  expect(ask(upTo(4))).toEqual(upTo(4));
  expect(ask(upTo(4))).toEqual([]);
  expect(ask([3, 1])).toEqual([]);
});

test("a question that needs more than fits leaves what is kept in place", () => {
  const { ask } = counted(5 * SIZE);
  ask(upTo(20));
  expect(ask(upTo(20)).length).toBeLessThanOrEqual(16);
  expect(ask([0, 1, 2, 3])).toEqual([]);
});

test("what has not been asked for in a long while makes room for what is", () => {
  const { ask } = counted(5 * SIZE);
  ask(upTo(5));
  for (let question = 0; question < 20; question++) ask([10, 11]);
  expect(ask([10, 11])).toEqual([]);
});
