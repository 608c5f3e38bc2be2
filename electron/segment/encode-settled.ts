// Settled columns → bytes: the marks and adjusted counters of a segment's tuples, and the flows at hand at the end of a day.
// Mostly a mark follows from its tuple's state, so what is kept is how it differs from that: next to nothing.

import { BEGIN, DENY, END, NO_STATE } from "../../shared/flow.ts";
import { type Adjusted, ENDS, FIRST, type FlowsAtHand } from "../analysis/settled.ts";
import { pack, unpack } from "./frame.ts";
import {
  type ByteReader,
  byteWriter,
  countOf,
  deltas,
  readDeltas,
  readIntegers,
  undoDeltas,
  writeIntegers,
} from "./integers.ts";

/** The mark of each tuple if its flow were logged from B to E. `flags`: of the segment's keys. */
export function usualMarks(
  flags: Uint8Array,
  { key, state }: { readonly key: Uint32Array; readonly state: Uint8Array },
): Uint8Array {
  const marks = new Uint8Array(key.length);
  for (let i = 0; i < marks.length; i++) {
    const s = state[i];
    if ((flags[key[i] as number] as number) >>> 1 === DENY || s === BEGIN || s === NO_STATE) marks[i] = FIRST;
    else if (s === END) marks[i] = ENDS;
  }
  return marks;
}

export type SettledColumns = { readonly marks: Uint8Array; readonly adjusted: Adjusted };

/** `usual`: of each tuple. */
export function encodeSettled({ marks, adjusted }: SettledColumns, usual: Uint8Array): Uint8Array {
  const differing = new Uint8Array(marks.length);
  for (let i = 0; i < marks.length; i++) differing[i] = (marks[i] as number) ^ (usual[i] as number);
  return encodeDiffering(differing, adjusted);
}

/** `differing`: the bits of each tuple's mark that differ from its usual one. */
export function encodeDiffering(differing: Uint8Array, { rows, values }: Adjusted): Uint8Array {
  const n = differing.length;
  const out = byteWriter(n + rows.length * 16);
  writeIntegers(out, [n, rows.length], 2);
  writeIntegers(out, differing, n);
  writeIntegers(out, deltas(rows, rows.length, 0), rows.length);
  writeIntegers(out, values, values.length);
  return pack(out.bytes.subarray(0, out.at));
}

export function decodeSettled(frame: Uint8Array, usual: Uint8Array): SettledColumns {
  const from = { bytes: unpack(frame), at: 0 };
  const [n = 0, count = 0] = read(from, new Uint32Array(2));
  if (n !== usual.length) throw new RangeError(`${n} tuples are settled, not ${usual.length}`);
  const marks = read(from, new Uint8Array(n));
  for (let i = 0; i < n; i++) marks[i] = (marks[i] as number) ^ (usual[i] as number);
  const rows = new Uint32Array(countOf(count, n));
  readDeltas(from, rows);
  return { marks, adjusted: { rows, values: read(from, new Float64Array(count * 4)) } };
}

export function encodeAtHand(flows: FlowsAtHand): Uint8Array {
  const out = byteWriter(flows.length * 64);
  writeIntegers(out, [flows.length], 1);
  const n = flows.length;
  for (const column of [
    flows.nic,
    flows.line,
    flows.flowLog,
    flows.service,
    flows.srcPort,
    flows.flags,
    flows.src,
    flows.dst,
  ])
    writeIntegers(out, column, column.length);
  for (const times of [flows.first, flows.last]) writeIntegers(out, deltas(times, n, 0), n);
  writeIntegers(out, flows.totals, n * 4);
  return pack(out.bytes.subarray(0, out.at));
}

export function decodeAtHand(frame: Uint8Array): FlowsAtHand {
  const from = { bytes: unpack(frame), at: 0 };
  const [counted] = read(from, new Uint32Array(1));
  const length = countOf(counted, Math.floor(from.bytes.length / 34)); // no address is all zero: it begins with its family
  return {
    length,
    nic: read(from, new Uint32Array(length)),
    line: read(from, new Uint32Array(length)),
    flowLog: read(from, new Uint32Array(length)),
    service: read(from, new Uint32Array(length)),
    srcPort: read(from, new Uint16Array(length)),
    flags: read(from, new Uint8Array(length)),
    src: read(from, new Uint8Array(length * 17)),
    dst: read(from, new Uint8Array(length * 17)),
    first: undoDeltas(read(from, new Float64Array(length)), 0),
    last: undoDeltas(read(from, new Float64Array(length)), 0),
    totals: read(from, new Float64Array(length * 4)),
  };
}

function read<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: ByteReader, into: T): T {
  readIntegers(from, into);
  return into;
}
