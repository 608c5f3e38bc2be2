// The next period of a series, held to a worked example and to what a straight line says of itself.

import fc from "fast-check";
import { expect, test } from "vitest";
import { forecastNext, LEAST } from "../../electron/analysis/forecast.ts";

test("a straight line goes on, without doubt", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e5 }),
      fc.integer({ min: LEAST, max: 60 }),
      (base, step, n) => {
        const next = forecastNext(Array.from({ length: n }, (_, i) => base + step * i));
        const line = base + step * n;
        expect(next?.value).toBeCloseTo(line, 3);
        expect((next?.high ?? 0) - (next?.low ?? 0)).toBeLessThan(1e-3 * Math.max(1, line));
      },
    ),
  );
});

test("the interval of a worked example", () => {
  // y = 2, 4, 5, 4, 5 at x = 0 … 4: slope 0.6, mean 4, residual sum of squares 2.4, so s² = 0.8; at x = 5 the line gives 5.8 and the
  // interval is ± 3.182 · √(0.8 · (1 + 1/5 + 9/10)).
  const half = 3.182 * Math.sqrt(0.8 * (1 + 1 / 5 + 9 / 10));
  const next = forecastNext([2, 4, 5, 4, 5]);
  expect(next?.value).toBeCloseTo(5.8, 12);
  expect(next?.low).toBeCloseTo(5.8 - half, 12);
  expect(next?.high).toBeCloseTo(5.8 + half, 12);
});

test("too few periods give none, and no volume is below zero", () => {
  expect(forecastNext([])).toBeNull();
  expect(forecastNext([1, 2])).toBeNull();
  expect(forecastNext([100, 50, 0])).toMatchObject({ value: 0, low: 0 });
});
