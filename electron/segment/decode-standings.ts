// Where a segment's tuples stand, straight from its part "place" (encode.ts): a run of consecutive tuples ends where one of its columns,
// which tell how a tuple differs from the expected next, is not zero. No column is made.

import type { Standings } from "../analysis/standings.ts";
import { unpack } from "./frame.ts";

/** A column as it lies in `bytes`. */
type Planes = { readonly at: number; readonly width: number };

export function decodeStandings(frame: Uint8Array, firstMember: number, length: number): Standings {
  const bytes = unpack(frame);
  const [members, records, skipped] = threeColumns(bytes, length);
  const starts = runStarts(bytes, [members, records, skipped], length);
  const member = new Uint32Array(starts.length);
  const record = new Uint32Array(starts.length);
  const tuple = new Uint32Array(starts.length);
  for (let run = 0; run < starts.length; run++) {
    const row = starts[run] as number;
    const toMember = stepOf(valueAt(bytes, members, length, row));
    const toRecord = stepOf(valueAt(bytes, records, length, row));
    const skips = valueAt(bytes, skipped, length, row);
    member[run] = toMember + (run === 0 ? 0 : (member[run - 1] as number));
    record[run] = toRecord + (run === 0 ? 0 : (record[run - 1] as number));
    const isNew = run === 0 || toMember !== 0 || toRecord !== 0;
    tuple[run] = skips + (isNew ? 0 : (tuple[run - 1] as number) + row - (starts[run - 1] as number));
  }
  return { firstMember, starts, member, record, tuple };
}

function threeColumns(bytes: Uint8Array, length: number): [Planes, Planes, Planes] {
  let at = 0;
  const column = (): Planes => {
    const width = bytes[at] ?? 0;
    const planes = { at: at + 1, width };
    at += 1 + width * length;
    if (at > bytes.length) throw new RangeError("column is cut off");
    return planes;
  };
  return [column(), column(), column()];
}

function runStarts(bytes: Uint8Array, columns: readonly Planes[], length: number): Uint32Array {
  const differs = new Uint8Array(length);
  for (const { at, width } of columns)
    for (let plane = 0; plane < width; plane++)
      for (let row = 0, from = at + plane * length; row < length; row++)
        differs[row] = (differs[row] as number) | (bytes[from + row] as number);
  let runs = 0;
  for (let row = 0; row < length; row++) if (row === 0 || differs[row] !== 0) runs++;
  const starts = new Uint32Array(runs);
  for (let row = 0, run = 0; row < length; row++) if (row === 0 || differs[row] !== 0) starts[run++] = row;
  return starts;
}

function valueAt(bytes: Uint8Array, { at, width }: Planes, length: number, row: number): number {
  let value = 0;
  for (let plane = width - 1; plane >= 0; plane--) value = value * 256 + (bytes[at + plane * length + row] as number);
  return value;
}

/** Undoes zigzag (integers.ts). */
function stepOf(zigzag: number): number {
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}
