// The bars of a series: its own scale, nothing outside the picture, a cut interval said to be cut.

import { expect, test } from "vitest";
import { barsOf } from "../../renderer/views/growth/growth-bars.ts";

const periods = [true, true, false].map((whole, p) => ({ from: p, to: p + 1, whole }));

test("the largest takes the height, the least can be seen, zero is not drawn", () => {
  const { periods: bars, next } = barsOf({ values: [1000, 1, 0], forecast: null }, periods, 400, 30);
  expect(bars.map(({ x, height, whole }) => [x, height, whole])).toEqual([
    [0, 27, true],
    [100, 1, true],
    [200, 0, false],
  ]);
  expect(next).toBeNull();
});

test("an interval beyond the scale is cut at the top", () => {
  const { next } = barsOf({ values: [10, 10, 5], forecast: { value: 10, low: 0, high: 99 } }, periods, 400, 30);
  expect(next).toEqual({ x: 350, value: 3, low: 30, high: 0, cut: true });
});
