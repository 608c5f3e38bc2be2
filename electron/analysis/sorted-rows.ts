// Distinct rows of numbers in ascending order, one after another in a column: an address is a row of one number, a conversation one of
// four. Hot path: read and written from front to back.

export type Rows = Uint32Array;

function compare(a: Rows, i: number, b: Rows, j: number, width: number): number {
  for (let w = 0; w < width; w++) {
    const [x, y] = [a[i + w] as number, b[j + w] as number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Rows of either as one; `ofA`, `ofB`: the place there of each row. */
export function merged(a: Rows, b: Rows, width: number): { rows: Rows; ofA: Uint32Array; ofB: Uint32Array } {
  const rows = new Uint32Array(a.length + b.length);
  const ofA = new Uint32Array(a.length / width);
  const ofB = new Uint32Array(b.length / width);
  let [i, j, n] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compare(a, i, b, j, width);
    const [from, at] = order <= 0 ? [a, i] : [b, j];
    for (let w = 0; w < width; w++) rows[n * width + w] = from[at + w] as number;
    if (order <= 0) {
      ofA[i / width] = n;
      i += width;
    }
    if (order >= 0) {
      ofB[j / width] = n;
      j += width;
    }
    n++;
  }
  const used = n * width;
  return { rows: used * 1.25 < rows.length ? rows.slice(0, used) : rows.subarray(0, used), ofA, ofB };
}

/** Gives memory of tens of megabytes back at once, and not when it is collected. What it was of is empty then. */
export function release(...columns: readonly Uint32Array[]): void {
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}

/** Rows that have numbers. */
export type NumberedRows = { readonly rows: Rows; readonly ids: Uint32Array };

/** Numbers that rows have already, to `ids`. Where few look for themselves among many, most of those are stepped over. */
export function findIds(
  rows: Rows,
  { rows: known, ids: knownIds }: NumberedRows,
  width: number,
  ids: Uint32Array,
): void {
  const length = known.length / width;
  let at = 0; // all known rows before it come before the row
  for (let i = 0; i < ids.length && at < length; i++) {
    const isBefore = (place: number): boolean => compare(known, place * width, rows, i * width, width) < 0;
    let step = 1;
    for (; at + step <= length && isBefore(at + step - 1); step *= 2) at += step;
    for (; step >= 1; step /= 2) if (at + step <= length && isBefore(at + step - 1)) at += step;
    if (at < length && compare(known, at * width, rows, i * width, width) === 0) ids[i] = knownIds[at] as number;
  }
}

/** Numbered rows, in few sorted lists: one that comes is merged with those before that are not longer than twice it. */
export function addNumbered(lists: NumberedRows[], added: NumberedRows, width: number): void {
  let last = added;
  for (let before = lists.at(-1); before && before.ids.length <= last.ids.length * 2; before = lists.at(-1)) {
    const { rows, ofA, ofB } = merged(before.rows, last.rows, width);
    const ids = new Uint32Array(rows.length / width);
    for (let i = 0; i < ofA.length; i++) ids[ofA[i] as number] = before.ids[i] as number;
    for (let i = 0; i < ofB.length; i++) ids[ofB[i] as number] = last.ids[i] as number;
    last = { rows, ids };
    lists.pop();
  }
  lists.push(last);
}
