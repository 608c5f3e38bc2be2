// What a series of equally long periods would come to in the next one, if it went on in a straight line, and how unsure that is.

/**
 * `low` to `high`: the 95 % prediction interval of one further observation, for errors that are independent, normal and of one spread
 * (Montgomery, Peck, Vining, Introduction to Linear Regression Analysis, 2.5). Not below zero: volumes are not.
 */
export type Forecast = { readonly value: number; readonly low: number; readonly high: number };

/** Fewer observations leave no degree of freedom for the spread. */
export const LEAST = 3;

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom; beyond, the normal one is near enough. */
const T95: readonly number[] = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
  ...[2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086],
  ...[2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
];
const NORMAL95 = 1.96;

/** Of the observation after the last of `values`, by least squares; null for fewer than LEAST. */
export function forecastNext(values: readonly number[]): Forecast | null {
  const n = values.length;
  if (n < LEAST) return null;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  let xx = 0;
  let xy = 0;
  for (const [x, y] of values.entries()) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  const slope = xy / xx;
  const at = (x: number): number => meanY + slope * (x - meanX);
  const squares = values.reduce((sum, y, x) => sum + (y - at(x)) ** 2, 0);
  const spread = Math.sqrt((squares / (n - 2)) * (1 + 1 / n + (n - meanX) ** 2 / xx));
  const half = (T95[n - 3] ?? NORMAL95) * spread;
  const value = at(n);
  return { value: Math.max(0, value), low: Math.max(0, value - half), high: Math.max(0, value + half) };
}
