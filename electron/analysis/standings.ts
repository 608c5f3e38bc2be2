// Where a segment's tuples stand, as runs of consecutive tuples of a record: kilobytes a segment, so that those of a whole day can be kept.

/** Run r has the rows from `starts[r]` on, and `tuple[r]` is the number of the first. Members count from `firstMember`, the number of one in the case. */
export type Standings = {
  readonly firstMember: number;
  readonly starts: Uint32Array;
  readonly member: Uint32Array;
  readonly record: Uint32Array;
  readonly tuple: Uint32Array;
};

/** The number in its record of a row of the run. */
export function tupleAt({ starts, tuple }: Standings, run: number, row: number): number {
  return (tuple[run] as number) + row - (starts[run] as number);
}

/** The last of ascending `starts` that is not after `at`. */
export function lastFrom(starts: Uint32Array, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
