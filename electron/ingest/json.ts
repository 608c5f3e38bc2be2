// A JSON walker over bytes that may end anywhere: positions kept, canonical form written on the side, nothing built in between.
//
// Canonical form (what a record's digest is taken of): keys in one order (ranked ones first, then the rest by their bytes), no white
// space, strings with the fewest escapes, whole numbers without fraction or exponent. So key order, spacing and escapes do not
// matter, and values do.

/** Thrown (never as an error) when the bytes end before the value does. */
export const NEED_MORE: unique symbol = Symbol("need more bytes");

/** What is wrong, and where (position in the window). Thrown inside the walk only. */
export class Malformed {
  readonly at: number;
  readonly why: string;
  constructor(at: number, why: string) {
    this.at = at;
    this.why = why;
  }
}

/** Deepest nesting, and longest string or number in bytes. */
export const DEPTH = 64;
const TOKEN_BYTES = 1 << 20;
const LONG_TOKEN = `a string or number longer than ${TOKEN_BYTES} bytes`;

export type Walker = {
  bytes: Buffer;
  at: number;
  end: number;
  /** Canonical form of what was walked since `canonAt` was last set to 0. */
  canon: Uint8Array;
  canonAt: number;
  /** Position of the first tolerated fault (a trailing comma), −1 while there is none. */
  fault: number;
  depth: number;
  /** Rank of the key at from … to of the canonical bytes: known keys ascend in the order in which they are usually written. */
  readonly rank: Rank;
};

export type Rank = (canon: Uint8Array, from: number, to: number) => number;

/** Of a key that has no rank of its own. */
export const UNRANKED = 255;

export function newWalker(rank: Rank): Walker {
  return {
    bytes: Buffer.alloc(0),
    at: 0,
    end: 0,
    canon: new Uint8Array(1 << 18),
    canonAt: 0,
    fault: -1,
    depth: 0,
    rank,
  };
}

/** The byte at `at` after white space; the walk needs more when there is none. */
export function peek(w: Walker): number {
  const { bytes, end } = w;
  let at = w.at;
  while (at < end) {
    const c = bytes[at] as number;
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) {
      w.at = at;
      return c;
    }
    at++;
  }
  w.at = at;
  throw NEED_MORE;
}

function room(w: Walker, more: number): void {
  if (w.canonAt + more <= w.canon.length) return;
  const grown = new Uint8Array(Math.max(w.canon.length * 2, w.canonAt + more));
  grown.set(w.canon.subarray(0, w.canonAt));
  w.canon = grown;
}

function put(w: Walker, byte: number): void {
  room(w, 1);
  w.canon[w.canonAt++] = byte;
}

/** Copies raw bytes that are already canonical. */
export function copy(w: Walker, from: number, to: number): void {
  const length = to - from;
  room(w, length);
  if (length < 48) {
    const { canon, bytes } = w;
    let out = w.canonAt;
    for (let i = from; i < to; i++) canon[out++] = bytes[i] as number;
  } else w.canon.set(w.bytes.subarray(from, to), w.canonAt);
  w.canonAt += length;
}

function putText(w: Walker, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  room(w, bytes.length);
  w.canon.set(bytes, w.canonAt);
  w.canonAt += bytes.length;
}

/** Position of the closing quote of the string whose first byte is at `from`; sets `escaped`. Needs more when there is none. */
let escaped = false;
export function stringEnd(w: Walker, from: number): number {
  const { bytes } = w;
  const end = Math.min(w.end, from + TOKEN_BYTES + 1);
  escaped = false;
  for (let at = from; at < end; at++) {
    const c = bytes[at] as number;
    if (c === 34) return at;
    if (c === 92) {
      escaped = true;
      at++;
    }
  }
  if (w.end <= from + TOKEN_BYTES) throw NEED_MORE;
  throw new Malformed(from, LONG_TOKEN);
}

/** The text of a string token between its quotes; a bad escape is malformed. */
export function decode(w: Walker, from: number, to: number): string {
  const raw = Buffer.from(w.bytes.buffer, w.bytes.byteOffset + from, to - from).toString("utf8");
  if (!raw.includes("\\")) return raw;
  try {
    // Control characters are not legal inside a string; they are kept as they are.
    return JSON.parse(`"${raw.replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`);
  } catch {
    throw new Malformed(from, "a string with an escape that does not exist");
  }
}

/** Walks a string at its opening quote; canonical form written. Returns the position of its closing quote. */
export function walkString(w: Walker): number {
  const from = w.at + 1;
  const to = stringEnd(w, from);
  if (escaped) putText(w, JSON.stringify(decode(w, from, to)));
  else copy(w, from - 1, to + 1);
  w.at = to + 1;
  return to;
}

// Entries of the objects being walked: where each lies in the canonical bytes. A stack shared by nested objects.
let entryKey = new Uint32Array(256);
let entryKeyEnd = new Uint32Array(256);
let entryEnd = new Uint32Array(256);
let entryRank = new Uint32Array(256);
let order = new Uint32Array(256);
let entries = 0;

/** Called with the key's rank and `w.at` at the value, which it must walk. */
export type OnKey = (rank: number) => void;

/** Walks an object at its brace; entries come out sorted in the canonical form. */
export function walkObject(w: Walker, onKey: OnKey): void {
  const base = entries;
  try {
    if (++w.depth > DEPTH) throw new Malformed(w.at, `nested deeper than ${DEPTH}`);
    put(w, 123);
    w.at++;
    for (;;) {
      let c = peek(w);
      if (c === 44 && entries > base) {
        const comma = w.at;
        w.at++;
        c = peek(w);
        if (c === 125 && w.fault === -1) w.fault = comma;
      } else if (c !== 125 && entries > base) throw new Malformed(w.at, "a comma or closing brace is missing");
      if (c === 125) break;
      if (c !== 34) throw new Malformed(w.at, "a key is expected here");
      if (entries === entryKey.length) growEntries();
      const entry = entries++;
      const keyFrom = w.canonAt + 1;
      entryKey[entry] = keyFrom;
      walkString(w);
      const keyTo = w.canonAt - 1;
      entryKeyEnd[entry] = keyTo;
      if (peek(w) !== 58) throw new Malformed(w.at, "a colon is missing");
      w.at++;
      put(w, 58);
      peek(w);
      const rank = w.rank(w.canon, keyFrom, keyTo);
      entryRank[entry] = rank;
      onKey(rank);
      put(w, 44);
      entryEnd[entry] = w.canonAt;
    }
    w.at++;
    sortEntries(w, base);
    if (entries > base) w.canonAt--; // the comma after the last
    put(w, 125);
    w.depth--;
  } finally {
    entries = base;
  }
}

function growEntries(): void {
  entryKey = twice(entryKey);
  entryKeyEnd = twice(entryKeyEnd);
  entryEnd = twice(entryEnd);
  entryRank = twice(entryRank);
  order = twice(order);
}

function twice(old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(old.length * 2);
  grown.set(old);
  return grown;
}

/** Whether entry `a` comes after entry `b`; neither does when their keys are the same. */
function keyAfter(w: Walker, a: number, b: number): boolean {
  const difference = (entryRank[a] as number) - (entryRank[b] as number);
  if (difference !== 0) return difference > 0;
  const { canon } = w;
  const aTo = entryKeyEnd[a] as number;
  const bTo = entryKeyEnd[b] as number;
  let i = entryKey[a] as number;
  let j = entryKey[b] as number;
  while (i < aTo && j < bTo) {
    const byByte = (canon[i++] as number) - (canon[j++] as number);
    if (byByte !== 0) return byByte > 0;
  }
  return aTo - i > bTo - j;
}

let reordered = new Uint8Array(1 << 16);

/** Entries beyond which an insertion sort would be too slow. */
const FEW = 64;

/** Brings the entries from `base` on into key order in the canonical bytes; equal keys keep their order. */
function sortEntries(w: Walker, base: number): void {
  let sorted = true;
  for (let i = base + 1; i < entries && sorted; i++) sorted = !keyAfter(w, i - 1, i);
  if (sorted) return;
  const n = entries - base;
  for (let i = 0; i < n; i++) {
    let slot = i;
    if (n <= FEW)
      for (; slot > 0 && keyAfter(w, order[slot - 1] as number, base + i); slot--)
        order[slot] = order[slot - 1] as number;
    order[slot] = base + i;
  }
  if (n > FEW) order.subarray(0, n).sort((a, b) => (keyAfter(w, a, b) ? 1 : keyAfter(w, b, a) ? -1 : a - b));
  const start = (entryKey[base] as number) - 1;
  const length = w.canonAt - start;
  if (reordered.length < length) reordered = new Uint8Array(length * 2);
  let out = 0;
  for (let i = 0; i < n; i++) {
    const entry = order[i] as number;
    const from = (entryKey[entry] as number) - 1;
    const to = entryEnd[entry] as number;
    if (to - from < 64) for (let at = from; at < to; at++) reordered[out++] = w.canon[at] as number;
    else {
      reordered.set(w.canon.subarray(from, to), out);
      out += to - from;
    }
  }
  w.canon.set(reordered.subarray(0, length), start);
}

/** Walks an array at its bracket; `onElement` is called at each element and must walk it. */
export function walkArray(w: Walker, onElement: (index: number) => void): void {
  if (++w.depth > DEPTH) throw new Malformed(w.at, `nested deeper than ${DEPTH}`);
  put(w, 91);
  w.at++;
  let index = 0;
  for (;;) {
    let c = peek(w);
    if (c === 44 && index > 0) {
      const comma = w.at;
      w.at++;
      c = peek(w);
      if (c === 93 && w.fault === -1) w.fault = comma;
    } else if (c !== 93 && index > 0) throw new Malformed(w.at, "a comma or closing bracket is missing");
    if (c === 93) break;
    if (index > 0) put(w, 44);
    onElement(index++);
  }
  w.at++;
  put(w, 93);
  w.depth--;
}

/** Walks any value. */
export function walkValue(w: Walker): void {
  const c = peek(w);
  if (c === 34) walkString(w);
  else if (c === 123) walkObject(w, () => walkValue(w));
  else if (c === 91) walkArray(w, () => walkValue(w));
  else walkScalar(w);
}

function walkScalar(w: Walker): void {
  const from = w.at;
  let at = from;
  for (;;) {
    if (at >= w.end) throw NEED_MORE;
    const c = w.bytes[at] as number;
    if (c === 44 || c === 93 || c === 125 || c <= 32) break;
    if (++at - from > TOKEN_BYTES) throw new Malformed(from, LONG_TOKEN);
  }
  const text = decode(w, from, at);
  if (text !== "true" && text !== "false" && text !== "null") {
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text))
      throw new Malformed(from, "neither a value nor a closing bracket");
    const number = Number(text);
    putText(w, Number.isSafeInteger(number) ? String(number === 0 ? 0 : number) : text);
  } else copy(w, from, at);
  w.at = at;
}
