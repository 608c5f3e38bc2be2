// The strip of a host: one scale up and down, nothing outside, and no hour lost for being small.

import { expect, test } from "vitest";
import { activityBars } from "../../renderer/views/subject/activity-bars.ts";

const HOUR = 3_600_000;
const whole = { from: 0, to: 10 * HOUR };

test("allowed and denied have one scale; what is not zero can be seen", () => {
  const { bars } = activityBars(
    [
      { time: 0, allowed: 1000, denied: 500 },
      { time: HOUR, allowed: 1, denied: 0 },
    ],
    [],
    whole,
    1000,
    104,
    HOUR,
  );
  expect(bars.map(({ counted: _, ...bar }) => bar)).toEqual([
    { x: 0, width: 99, up: 50, down: 25 },
    { x: 100, width: 99, up: 1, down: 0 },
  ]);
});

test("the first hour begins before the case and is cut at its edge; so are gaps", () => {
  const { bars, gaps } = activityBars(
    [{ time: -HOUR / 2, allowed: 3, denied: 0 }],
    [
      { from: -5 * HOUR, to: -HOUR },
      { from: 9 * HOUR, to: 20 * HOUR },
    ],
    whole,
    1000,
    100,
    HOUR,
  );
  expect(bars[0]).toMatchObject({ x: 0, width: 49 });
  expect(gaps).toEqual([{ x: 900, width: 100 }]);
});

test("a case of one instant, and a host that did nothing", () => {
  const { bars } = activityBars([{ time: 0, allowed: 2, denied: 0 }], [], { from: 5, to: 5 }, 1000, 100, HOUR);
  for (const { x, width, up, down } of bars) expect([x, width, up, down].every(Number.isFinite)).toBe(true);
  expect(activityBars([{ time: 0, allowed: 0, denied: 0 }], [], whole, 1000, 100, HOUR).bars).toEqual([]);
});
