// The order of rows by several columns of numbers: least significant digit first. Digits are small, so that what is written to next stays
// in the cache, and only as many of them as the largest number needs.

const DIGIT = 11;

/** Positions in ascending order of the last column, then of the one before it, and so on to the first. */
export function sortedBy(columns: readonly Uint32Array[]): Uint32Array {
  const n = columns[0]?.length ?? 0;
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let spare = new Uint32Array(n);
  const counts = new Uint32Array((1 << DIGIT) + 1);
  for (const column of columns) {
    let any = 0;
    for (let i = 0; i < n; i++) any |= column[i] as number;
    const bits = 32 - Math.clz32(any);
    const digits = Math.ceil(bits / DIGIT);
    const width = Math.ceil(bits / digits);
    for (let digit = 0; digit < digits; digit++) {
      dealOut(column, digit * width, (1 << width) - 1, order, spare, counts);
      [order, spare] = [spare, order];
    }
  }
  return order;
}

function dealOut(
  column: Uint32Array,
  shift: number,
  mask: number,
  order: Uint32Array,
  into: Uint32Array,
  counts: Uint32Array,
): void {
  counts.fill(0);
  for (let i = 0; i < column.length; i++) {
    const after = (((column[i] as number) >>> shift) & mask) + 1;
    counts[after] = (counts[after] as number) + 1;
  }
  for (let digit = 1; digit <= mask; digit++) counts[digit] = (counts[digit] as number) + (counts[digit - 1] as number);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number;
    const digit = ((column[at] as number) >>> shift) & mask;
    const to = counts[digit] as number;
    into[to] = at;
    counts[digit] = to + 1;
  }
}
