// Unpacked segments make room in the order in which they were last used.

import { expect, test } from "vitest";
import type { SegmentView } from "../../electron/query/segment-view.ts";
import { viewCache } from "../../electron/query/view-cache.ts";
import type { SegmentRow } from "../../electron/store/read.ts";

const segment = (id: number): SegmentRow => ({ id }) as SegmentRow;

test("the one that was used longest ago makes room first", () => {
  const opened: number[] = [];
  const open = ({ id }: SegmentRow): SegmentView => {
    opened.push(id);
    return { bytes: () => 10 } as SegmentView;
  };
  const cache = viewCache(open, 25);
  cache.begin();
  cache.of(segment(1));
  cache.of(segment(2));
  cache.begin();
  cache.of(segment(1));
  cache.of(segment(3)); // past the budget: the next question makes room
  cache.begin();
  expect(opened).toEqual([1, 2, 3]);
  cache.of(segment(1));
  cache.of(segment(3));
  expect(opened).toEqual([1, 2, 3]);
  cache.of(segment(2));
  expect(opened).toEqual([1, 2, 3, 2]);
});

test("a scan over more than fits does not empty it", () => {
  const opened: number[] = [];
  const cache = viewCache(({ id }) => {
    opened.push(id);
    return { bytes: () => 10 } as SegmentView;
  }, 35);
  for (let round = 0; round < 2; round++) {
    cache.begin();
    for (let id = 0; id < 8; id++) cache.of(segment(id));
  }
  expect(opened.length).toBeLessThan(16);
});
