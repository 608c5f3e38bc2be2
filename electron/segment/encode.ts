// Segment and record columns → compressed parts, and back. The order of columns here is the case format (docs/case-format.md).

import {
  type Addresses,
  type Keys,
  type Part,
  type RecordColumns,
  SEGMENT_TUPLES,
  type TupleColumns,
} from "./columns.ts";
import { pack, unpack } from "./frame.ts";
import {
  type ByteReader,
  type ByteWriter,
  byteWriter,
  countOf,
  deltas,
  readDeltas,
  readIntegers,
  readIntegersAt,
  undoDeltas,
  writeIntegers,
} from "./integers.ts";

/** Tuple counters that are all zero, all absent, or written out. */
const ZERO = 0;
const ABSENT = 1;
const WRITTEN = 2;

function finish(out: ByteWriter): Uint8Array {
  return pack(out.bytes.subarray(0, out.at));
}

function open(frame: Uint8Array): ByteReader {
  return { bytes: unpack(frame), at: 0 };
}

export function encodeKeys(addresses: Addresses, keys: Keys): Uint8Array {
  const out = byteWriter(keys.length * 16);
  const v6 = addresses.v6.length / 16;
  writeIntegers(out, [addresses.v4.length, v6, keys.length], 3);
  writeIntegers(out, addresses.v4, addresses.v4.length);
  writeIntegers(out, addresses.v6, addresses.v6.length);
  for (const column of [keys.src, keys.dst, keys.dstPort, keys.protocol, keys.flags, keys.context])
    writeIntegers(out, column, keys.length);
  return finish(out);
}

export function decodeKeys(frame: Uint8Array): { addresses: Addresses; keys: Keys } {
  const from = open(frame);
  const sizes = new Uint32Array(3);
  readIntegers(from, sizes);
  const v4 = countOf(sizes[0], SEGMENT_TUPLES * 2);
  const v6 = countOf(sizes[1], SEGMENT_TUPLES * 2);
  const length = countOf(sizes[2], SEGMENT_TUPLES);
  const addresses = { v4: u32(from, v4), v6: u8(from, v6 * 16) };
  const keys = {
    length,
    src: u32(from, length),
    dst: u32(from, length),
    dstPort: u16(from, length),
    protocol: u8(from, length),
    flags: u8(from, length),
    context: u32(from, length),
  };
  return { addresses, keys };
}

type Columns = Omit<TupleColumns, "length">;

export function encodeTuples(tuples: TupleColumns): { readonly [P in Exclude<Part, "keys">]: Uint8Array } {
  const n = tuples.length;
  const when = byteWriter(n * 8);
  writeIntegers(when, [n, n > 0 ? (tuples.time[0] as number) : 0], 2);
  writeIntegers(when, tuples.key, n);
  writeIntegers(when, deltas(tuples.time, n, n > 0 ? (tuples.time[0] as number) : 0), n);
  writeIntegers(when, tuples.state, n);
  const whenPart = finish(when);

  const ports = byteWriter(n * 2 + 16);
  writeIntegers(ports, tuples.srcPort, n);

  return { when: whenPart, ports: finish(ports), counters: encodeCounters(tuples), place: encodePlace(tuples) };
}

/** Begin and deny rows have nothing measured, so the counters proper are kept for the other rows only, each plus one (0 = absent). */
function encodeCounters(tuples: TupleColumns): Uint8Array {
  const n = tuples.length;
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = tuples;
  const [kind, ...values] = counterScratch(n);
  const [v0, v1, v2, v3] = values;
  let written = 0;
  for (let i = 0; i < n; i++) {
    const ps = packetsSent[i] as number;
    const bs = bytesSent[i] as number;
    const pr = packetsReceived[i] as number;
    const br = bytesReceived[i] as number;
    if (ps === 0 && bs === 0 && pr === 0 && br === 0) kind[i] = ZERO;
    else if (ps === -1 && bs === -1 && pr === -1 && br === -1) kind[i] = ABSENT;
    else {
      kind[i] = WRITTEN;
      v0[written] = ps + 1;
      v1[written] = bs + 1;
      v2[written] = pr + 1;
      v3[written++] = br + 1;
    }
  }
  const out = byteWriter(n + written * 10);
  writeIntegers(out, kind, n);
  for (const column of values) writeIntegers(out, column, written);
  return finish(out);
}

type CounterScratch = readonly [Uint8Array, Float64Array, Float64Array, Float64Array, Float64Array];
let counterColumns: CounterScratch = newCounterScratch(SEGMENT_TUPLES);

function newCounterScratch(n: number): CounterScratch {
  return [new Uint8Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
}

function counterScratch(n: number): CounterScratch {
  if (counterColumns[0].length < n) counterColumns = newCounterScratch(n);
  return counterColumns;
}

/** Records and tuples count upward, so what is kept is how far each differs from the expected next: mostly nothing at all. */
function encodePlace(tuples: TupleColumns): Uint8Array {
  const n = tuples.length;
  const out = byteWriter(n * 3);
  const skipped = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const same = i > 0 && tuples.member[i] === tuples.member[i - 1] && tuples.record[i] === tuples.record[i - 1];
    skipped[i] = (tuples.tuple[i] as number) - (same ? (tuples.tuple[i - 1] as number) + 1 : 0);
  }
  writeIntegers(out, deltas(tuples.member, n, 0), n);
  writeIntegers(out, deltas(tuples.record, n, 0), n);
  writeIntegers(out, skipped, n);
  return finish(out);
}

export function decodeWhen(frame: Uint8Array): Pick<Columns, "key" | "time" | "state"> & { readonly length: number } {
  const from = open(frame);
  const head = new Float64Array(2);
  readIntegers(from, head);
  const [counted, start = 0] = head;
  const length = countOf(counted, SEGMENT_TUPLES);
  const key = u32(from, length);
  const time = undoDeltas(f64(from, length), start);
  return { length, key, time, state: u8(from, length) };
}

export function decodePorts(frame: Uint8Array, length: number): Uint16Array {
  return u16(open(frame), length);
}

export type Counters = Pick<Columns, "packetsSent" | "bytesSent" | "packetsReceived" | "bytesReceived">;

export function decodeCounters(frame: Uint8Array, length: number): Counters {
  const from = open(frame);
  const kind = u8(from, length);
  let written = 0;
  for (let i = 0; i < length; i++) if (kind[i] === WRITTEN) written++;
  const column = (): Float64Array => {
    const values = f64(from, written);
    const out = new Float64Array(length);
    let at = 0;
    for (let i = 0; i < length; i++) {
      if (kind[i] === WRITTEN) out[i] = (values[at++] as number) - 1;
      else if (kind[i] === ABSENT) out[i] = -1;
    }
    return out;
  };
  return { packetsSent: column(), bytesSent: column(), packetsReceived: column(), bytesReceived: column() };
}

/** The same of some rows only, ascending. */
export function decodeCountersAt(frame: Uint8Array, length: number, rows: Uint32Array): Counters {
  const from = open(frame);
  const kind = u8(from, length);
  const places = new Uint32Array(rows.length); // among what is written
  let written = 0;
  for (let i = 0, next = 0; i < length; i++) {
    if (rows[next] === i) places[next++] = kind[i] === WRITTEN ? written : 0;
    if (kind[i] === WRITTEN) written++;
  }
  const column = (): Float64Array =>
    readIntegersAt(from, written, places).map((value, i) => {
      const own = kind[rows[i] as number];
      if (own === WRITTEN) return value - 1;
      return own === ABSENT ? -1 : 0;
    });
  return { packetsSent: column(), bytesSent: column(), packetsReceived: column(), bytesReceived: column() };
}

export function decodePlace(frame: Uint8Array, length: number): Pick<Columns, "member" | "record" | "tuple"> {
  const from = open(frame);
  const member = crept(from, length);
  const record = crept(from, length);
  const tuple = u32(from, length);
  for (let i = 1; i < length; i++) {
    if (member[i] === member[i - 1] && record[i] === record[i - 1])
      tuple[i] = (tuple[i] as number) + (tuple[i - 1] as number) + 1;
  }
  return { member, record, tuple };
}

export function encodeRecords(records: RecordColumns): Uint8Array {
  const n = records.length;
  const out = byteWriter(n * 28);
  writeIntegers(out, [n], 1);
  writeIntegers(out, deltas(records.member, n, 0), n);
  writeIntegers(out, deltas(records.record, n, 0), n);
  const gap = new Float64Array(n); // bytes between the end of the record before and this one's start
  for (let i = 0; i < n; i++) {
    const same = i > 0 && records.member[i] === records.member[i - 1];
    gap[i] =
      (records.offset[i] as number) - (same ? (records.offset[i - 1] as number) + (records.bytes[i - 1] as number) : 0);
  }
  writeIntegers(out, gap, n);
  writeIntegers(out, records.bytes, n);
  const time = new Float64Array(n);
  for (let i = 0; i < n; i++) time[i] = (records.time[i] as number) + 1;
  writeIntegers(out, deltas(time, n, 0), n);
  writeIntegers(out, records.tuples, n);
  writeIntegers(out, records.flags, n);
  writeIntegers(out, records.digest, n * 16);
  return finish(out);
}

export function decodeRecords(frame: Uint8Array): RecordColumns {
  const from = open(frame);
  const n = countOf(u32(from, 1)[0], Math.floor(from.bytes.length / 16)); // digests are never all zero
  const member = crept(from, n);
  const record = crept(from, n);
  const offset = f64(from, n);
  const bytes = f64(from, n);
  for (let i = 1; i < n; i++) {
    if (member[i] === member[i - 1])
      offset[i] = (offset[i] as number) + (offset[i - 1] as number) + (bytes[i - 1] as number);
  }
  const time = undoDeltas(f64(from, n), 0);
  for (let i = 0; i < n; i++) time[i] = (time[i] as number) - 1;
  return {
    length: n,
    member,
    record,
    offset,
    bytes,
    time,
    tuples: u32(from, n),
    flags: u8(from, n),
    digest: u8(from, n * 16),
  };
}

function u8(from: ByteReader, length: number): Uint8Array {
  const out = new Uint8Array(length);
  readIntegers(from, out);
  return out;
}
function u16(from: ByteReader, length: number): Uint16Array {
  const out = new Uint16Array(length);
  readIntegers(from, out);
  return out;
}
function u32(from: ByteReader, length: number): Uint32Array {
  const out = new Uint32Array(length);
  readIntegers(from, out);
  return out;
}
/** What went through deltas. */
function crept(from: ByteReader, length: number): Uint32Array {
  const out = new Uint32Array(length);
  readDeltas(from, out);
  return out;
}
function f64(from: ByteReader, length: number): Float64Array {
  const out = new Float64Array(length);
  readIntegers(from, out);
  return out;
}
