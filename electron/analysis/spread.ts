// Counters spread evenly over an interval, in whole numbers that add up to what they were (docs/command-line.md, --spread).

/**
 * How much of `value`, a whole number spread over from ≤ t < to, has come before `time`: rounded down, so that what falls between
 * two instants is the difference of two of these, and all differences add up to `value`. An empty interval is its first millisecond.
 */
export function shareBefore(value: number, from: number, to: number, time: number): number {
  if (time <= from) return 0;
  if (time >= to) return value;
  const [part, whole] = [time - from, to - from];
  // Below 2⁵³ a product is exact, and so is the whole part of its quotient.
  if (value <= Number.MAX_SAFE_INTEGER / part) return Math.floor((value * part) / whole);
  return Number((BigInt(value) * BigInt(part)) / BigInt(whole));
}

export function shareBetween(value: number, from: number, to: number, begin: number, end: number): number {
  return shareBefore(value, from, to, end) - shareBefore(value, from, to, begin);
}
