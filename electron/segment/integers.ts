// Columns of non-negative integers (up to 2⁵³) as bytes: a width, then one plane a byte of significance, low plane first.
// Planes of high bytes are mostly zero or constant, which is what makes a fast general compressor do well on them.
//
//   values 3, 258  →  02 | 03 02 | 00 01      width 2, low plane, high plane
//
// Columns that creep (times, offsets) go through `deltas` first: zigzag differences, so that small steps back stay small.

const TWO_32 = 4294967296;

/** Bytes being written, growing as needed. */
export type ByteWriter = { bytes: Uint8Array; at: number };

// Fresh memory for every column costs more than filling it: the last writer's bytes are taken again, and so are other columns on their
// way, but for those of more than a segment, of which there are few.
const KEPT = 1 << 22;
let spare = new Uint8Array(1 << 20);

/** One at a time: a new writer takes the bytes of the one before. */
export function byteWriter(capacity: number): ByteWriter {
  return { bytes: spare.length < capacity ? fresh(capacity) : spare, at: 0 };
}

function fresh(capacity: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(capacity);
  if (capacity <= KEPT) spare = bytes;
  return bytes;
}

function reserve(out: ByteWriter, more: number): void {
  if (out.at + more <= out.bytes.length) return;
  const grown = fresh(Math.max(out.bytes.length * 2, out.at + more));
  grown.set(out.bytes.subarray(0, out.at));
  out.bytes = grown;
}

/**
 * Writes `length` values as planes. Each array type has a loop of its own: one loop over several types runs five times slower.
 */
export function writeIntegers(out: ByteWriter, values: ArrayLike<number>, length: number): void {
  if (values instanceof Uint8Array) writeBytes(out, values, length);
  else if (values instanceof Uint32Array) writeWords(out, values, length);
  else if (values instanceof Uint16Array) writeShorts(out, values, length);
  else writeDoubles(out, values instanceof Float64Array ? values : Float64Array.from(values), length);
}

function writeBytes(out: ByteWriter, values: Uint8Array, length: number): void {
  let any = 0;
  for (let i = 0; i < length; i++) any |= values[i] as number;
  reserve(out, 1 + length);
  out.bytes[out.at++] = any === 0 ? 0 : 1;
  if (any === 0) return;
  out.bytes.set(values.subarray(0, length), out.at);
  out.at += length;
}

function writeWords(out: ByteWriter, values: Uint32Array, length: number): void {
  let any = 0;
  for (let i = 0; i < length; i++) any |= values[i] as number;
  const width = any === 0 ? 0 : 4 - (Math.clz32(any) >>> 3);
  reserve(out, 1 + width * length);
  const { bytes } = out;
  bytes[out.at++] = width;
  for (let plane = 0; plane < width; plane++) {
    const shift = plane * 8;
    let at = out.at;
    for (let i = 0; i < length; i++) bytes[at++] = (values[i] as number) >>> shift;
    out.at = at;
  }
}

function writeShorts(out: ByteWriter, values: Uint16Array, length: number): void {
  const words = wordsFor(length);
  for (let i = 0; i < length; i++) words[i] = values[i] as number;
  writeWords(out, words, length);
}

let spareWords = new Uint32Array(1 << 16);

function wordsFor(length: number): Uint32Array {
  if (spareWords.length >= length) return spareWords;
  const words = new Uint32Array(length);
  if (length <= KEPT / 4) spareWords = words;
  return words;
}

function writeDoubles(out: ByteWriter, values: Float64Array, length: number): void {
  let max = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    if (value > max) max = value;
  }
  const words = wordsFor(length);
  for (let i = 0; i < length; i++) words[i] = values[i] as number; // keeps the low 32 bits of any whole number
  if (max < TWO_32) return writeWords(out, words, length);
  let width = 4;
  for (let rest = Math.floor(max / TWO_32); rest >= 1; rest = Math.floor(rest / 256)) width++;
  reserve(out, 1 + width * length);
  const { bytes } = out;
  bytes[out.at++] = width;
  for (let plane = 0; plane < 4; plane++)
    for (let i = 0; i < length; i++) bytes[out.at++] = (words[i] as number) >>> (plane * 8);
  for (let plane = 4; plane < width; plane++) {
    const unit = TWO_32 * 256 ** (plane - 4);
    for (let i = 0; i < length; i++) bytes[out.at++] = Math.floor((values[i] as number) / unit) % 256;
  }
}

/** Bytes being read. */
export type ByteReader = { readonly bytes: Uint8Array; at: number };

/** Fills `into`; of numbers too large for it the low bits. Each array type has a loop of its own, as in writeIntegers. */
export function readIntegers(from: ByteReader, into: Uint8Array | Uint16Array | Uint32Array | Float64Array): void {
  const { bytes } = from;
  const width = bytes[from.at++] ?? 0;
  const planes = planesAt(from, width, into.length);
  if (width === 0) into.fill(0);
  else if (width === 1 || into instanceof Uint8Array) into.set(bytes.subarray(planes, planes + into.length));
  else if (into instanceof Uint32Array) readWords(bytes, planes, Math.min(width, 4), into);
  else if (into instanceof Uint16Array) readShorts(bytes, planes, into);
  else readDoubles(bytes, planes, width, into);
}

/** The values at `places` of a column of `length`; steps over all of it. */
export function readIntegersAt(from: ByteReader, length: number, places: Uint32Array): Float64Array {
  const { bytes } = from;
  const width = bytes[from.at++] ?? 0;
  const planes = planesAt(from, width, length);
  const values = new Float64Array(places.length);
  for (let plane = 0; plane < width; plane++) {
    const [begin, unit] = [planes + length * plane, 256 ** plane];
    for (let i = 0; i < places.length; i++)
      values[i] = (values[i] as number) + (bytes[begin + (places[i] as number)] as number) * unit;
  }
  return values;
}

/**
 * A count of values that follow. Memory is taken for them before they are looked at, and a column of zeros takes one byte however long it
 * says it is: what is more than there can be is refused.
 */
export function countOf(value: number | undefined, most: number): number {
  if (value === undefined || value > most)
    throw new RangeError(`it says it holds ${value} values, and can hold ${most}`);
  return value;
}

/** Where the planes begin; steps over them. */
function planesAt(from: ByteReader, width: number, length: number): number {
  const planes = from.at;
  if (width > 7 || planes + width * length > from.bytes.length) throw new RangeError("column is cut off");
  from.at += width * length;
  return planes;
}

function readShorts(bytes: Uint8Array, planes: number, into: Uint16Array): void {
  const n = into.length;
  for (let i = 0, low = planes, high = planes + n; i < n; i++, low++, high++)
    into[i] = (bytes[low] as number) | ((bytes[high] as number) << 8);
}

/** `width`: 2 to 4. */
function readWords(bytes: Uint8Array, planes: number, width: number, into: Uint32Array): void {
  const n = into.length;
  const [p1, p2, p3] = [planes + n, planes + n * 2, planes + n * 3];
  if (width === 2)
    for (let i = 0; i < n; i++) into[i] = (bytes[planes + i] as number) | ((bytes[p1 + i] as number) << 8);
  else if (width === 3)
    for (let i = 0; i < n; i++)
      into[i] = (bytes[planes + i] as number) | ((bytes[p1 + i] as number) << 8) | ((bytes[p2 + i] as number) << 16);
  else
    for (let i = 0; i < n; i++)
      into[i] =
        (bytes[planes + i] as number) |
        ((bytes[p1 + i] as number) << 8) |
        ((bytes[p2 + i] as number) << 16) |
        ((bytes[p3 + i] as number) << 24);
}

function readDoubles(bytes: Uint8Array, planes: number, width: number, into: Float64Array): void {
  const n = into.length;
  const words = wordsFor(n);
  readWords(bytes, planes, Math.min(width, 4), words.subarray(0, n));
  for (let i = 0; i < n; i++) into[i] = words[i] as number;
  for (let plane = 4; plane < width; plane++) {
    const unit = 256 ** plane;
    for (let i = 0, at = planes + n * plane; i < n; i++, at++)
      into[i] = (into[i] as number) + (bytes[at] as number) * unit;
  }
}

/** Writes what `deltas` makes of numbers below 2³², from 0 on, without a step in between. */
export function writeDeltas(out: ByteWriter, values: Uint32Array): void {
  const zigzags = wordsFor(values.length);
  let previous = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const own = zigzag(value - previous);
    if (own >= TWO_32) return writeIntegers(out, deltas(values, values.length, 0), values.length);
    zigzags[i] = own;
    previous = value;
  }
  writeWords(out, zigzags, values.length);
}

/** Reads what `deltas` made of numbers below 2³², without a step in between. */
export function readDeltas(from: ByteReader, into: Uint32Array): void {
  const width = from.bytes[from.at] ?? 0;
  if (width > 4) {
    const zigzag = new Float64Array(into.length);
    readIntegers(from, zigzag);
    into.set(undoDeltas(zigzag, 0));
    return;
  }
  readIntegers(from, into);
  let previous = 0;
  for (let i = 0; i < into.length; i++) {
    const zigzag = into[i] as number;
    previous = (previous + ((zigzag >>> 1) ^ -(zigzag & 1))) | 0;
    into[i] = previous;
  }
}

let differences = new Float64Array(1 << 16);

/** Zigzag differences of neighbours, the first against `start`: 0,-1,1,-2 … → 0,1,2,3 … The next call overwrites them. */
export function deltas(values: Uint32Array | Float64Array, length: number, start: number): Float64Array {
  const room = differences.length < length ? new Float64Array(length) : differences;
  if (length <= KEPT / 8) differences = room;
  const out = room.subarray(0, length);
  return values instanceof Float64Array ? doubleDeltas(values, out, start) : wordDeltas(values, out, start);
}

function zigzag(difference: number): number {
  return difference >= 0 ? difference * 2 : -difference * 2 - 1;
}

function doubleDeltas(values: Float64Array, out: Float64Array, start: number): Float64Array {
  if (out.length > 0) out[0] = zigzag((values[0] as number) - start);
  for (let i = 1; i < out.length; i++) out[i] = zigzag((values[i] as number) - (values[i - 1] as number));
  return out;
}

/** The same for the other array type: see writeIntegers. */
function wordDeltas(values: Uint32Array, out: Float64Array, start: number): Float64Array {
  if (out.length > 0) out[0] = zigzag((values[0] as number) - start);
  for (let i = 1; i < out.length; i++) out[i] = zigzag((values[i] as number) - (values[i - 1] as number));
  return out;
}

/** Undoes `deltas` in place. */
export function undoDeltas(values: Float64Array, start: number): Float64Array {
  if (values.length === 0) return values;
  values[0] = start + stepOf(values[0] as number);
  // From the column itself: a sum in a variable becomes an object a step until this is compiled.
  for (let i = 1; i < values.length; i++) values[i] = (values[i - 1] as number) + stepOf(values[i] as number);
  return values;
}

function stepOf(zigzag: number): number {
  if (zigzag < TWO_32) return (zigzag >>> 1) ^ -(zigzag & 1);
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}
