// Rows of a list by their positions, as stretches: a million rows that are all chosen are one. Pure.

/** From, inclusive, to, exclusive; ascending, none touching the next. */
export type Ranges = readonly (readonly [number, number])[];

export function isIn(ranges: Ranges, at: number): boolean {
  return ranges.some(([from, to]) => at >= from && at < to);
}

export function countOf(ranges: Ranges): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

export function united(ranges: Ranges, [from, to]: readonly [number, number]): Ranges {
  if (to <= from) return ranges;
  const apart = ranges.filter((one) => one[1] < from || one[0] > to);
  const touching = ranges.filter((one) => one[1] >= from && one[0] <= to);
  const whole = [
    Math.min(from, ...touching.map((one) => one[0])),
    Math.max(to, ...touching.map((one) => one[1])),
  ] as const;
  return [...apart, whole].sort((a, b) => a[0] - b[0]);
}

export function without(ranges: Ranges, [from, to]: readonly [number, number]): Ranges {
  if (to <= from) return ranges;
  return ranges.flatMap(([a, b]) => {
    const left: (readonly [number, number])[] = [];
    if (a < Math.min(b, from)) left.push([a, Math.min(b, from)]);
    if (Math.max(a, to) < b) left.push([Math.max(a, to), b]);
    return left;
  });
}

export function toggled(ranges: Ranges, at: number): Ranges {
  return isIn(ranges, at) ? without(ranges, [at, at + 1]) : united(ranges, [at, at + 1]);
}

/** From one row to another, both included, whichever is the first. */
export function between(a: number, b: number): Ranges {
  return [[Math.min(a, b), Math.max(a, b) + 1]];
}
