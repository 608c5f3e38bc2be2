// The rhythm of begins: seconds from one begin to the next, their median and the median distance from it (MAD).

export type Rhythm = {
  /** Each begin but the first: when, and how long after the one before, ms. */
  readonly steps: readonly { readonly time: number; readonly after: number }[];
  readonly median: number;
  readonly mad: number;
};

/** `begins`: instants in any order. Null for fewer than four: no rhythm can be seen in less. */
export function rhythmOf(begins: readonly number[]): Rhythm | null {
  if (begins.length < 4) return null;
  const times = [...begins].sort((a, b) => a - b);
  const steps = times.slice(1).map((time, i) => ({ time, after: time - (times[i] ?? time) }));
  const median = medianOf(steps.map(({ after }) => after));
  return { steps, median, mad: medianOf(steps.map(({ after }) => Math.abs(after - median))) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
