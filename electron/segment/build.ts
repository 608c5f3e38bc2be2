// Raw tuple columns of a batch → a segment: builds the dictionary of keys.
// Hot path: loops over typed arrays, an open-addressing table on five integers, no allocation per tuple.

import { addAddress, newAddressTable, ranked } from "./address-table.ts";
import { type Addresses, type Keys, SEGMENT_TUPLES, type Segment, type TupleColumns } from "./columns.ts";

/** Columns as a scanner fills them, one row a tuple. IPv6 addresses are an index into `v6`, told by V6 in `kind`. */
export type RawTuples = {
  length: number;
  time: Float64Array;
  src: Uint32Array;
  dst: Uint32Array;
  srcPort: Uint16Array;
  dstPort: Uint16Array;
  /** protocol | direction << 8 | decision << 9 | source is IPv6 << 10 | destination is IPv6 << 11 */
  kind: Uint16Array;
  state: Uint8Array;
  context: Uint32Array;
  packetsSent: Float64Array;
  bytesSent: Float64Array;
  packetsReceived: Float64Array;
  bytesReceived: Float64Array;
  member: Uint32Array;
  record: Uint32Array;
  tuple: Uint32Array;
};

export const SRC_V6 = 1 << 10;
export const DST_V6 = 1 << 11;

/**
 * `v6`: 16 bytes an IPv6 address that the rows refer to. Rows from (inclusive) … to (exclusive) become the segment, whose tuple
 * columns are views of `raw` and of memory that the next call takes again: use them before.
 */
export function buildSegment(raw: RawTuples, v6: Uint8Array, from: number, to: number): Segment {
  const n = to - from;
  const { key, table, words } = keyScratch(n);
  const mask = table.length - 1;
  let keys = 0;
  const { src, dst, dstPort, kind, context } = raw;
  for (let i = 0; i < n; i++) {
    const row = from + i;
    const s = src[row] as number;
    const d = dst[row] as number;
    const p = (dstPort[row] as number) | ((kind[row] as number) << 16);
    const c = context[row] as number;
    let h =
      Math.imul(s, 0x9e3779b1) ^
      Math.imul(d, 0x85ebca6b) ^
      Math.imul(p ^ (p >>> 16), 0xc2b2ae35) ^
      Math.imul(c, 0x27d4eb2f);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    let slot = (h ^ (h >>> 13)) & mask;
    for (;;) {
      const found = table[slot] as number;
      if (found === -1) {
        const at = keys * WORDS;
        words[at] = s;
        words[at + 1] = d;
        words[at + 2] = p;
        words[at + 3] = c;
        table[slot] = keys;
        key[i] = keys++;
        break;
      }
      const at = found * WORDS;
      if (words[at] === s && words[at + 1] === d && words[at + 2] === p >>> 0 && words[at + 3] === c) {
        key[i] = found;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const { addresses, columns } = dictionary(words, keys, v6);
  return { addresses, keys: columns, tuples: slice(raw, key, from, to) };
}

/**
 * `table`: slots of key numbers, −1 free; `words`: what the keys are, side by side so that a comparison meets one cache line: source,
 * destination, destination port | kind << 16, context. Kept from one segment to the next.
 */
type KeyScratch = { readonly key: Uint32Array; readonly table: Int32Array; readonly words: Uint32Array };
const WORDS = 4;
let keyColumns = newKeyScratch(SEGMENT_TUPLES);

function newKeyScratch(n: number): KeyScratch {
  let slots = 1024;
  while (slots < n * 2) slots *= 2;
  return { key: new Uint32Array(n), table: new Int32Array(slots), words: new Uint32Array(n * WORDS) };
}

function keyScratch(n: number): KeyScratch {
  if (keyColumns.key.length < n) keyColumns = newKeyScratch(n);
  keyColumns.table.fill(-1);
  return keyColumns;
}

function slice(raw: RawTuples, key: Uint32Array, from: number, to: number): TupleColumns {
  return {
    length: to - from,
    key: key.subarray(0, to - from),
    time: raw.time.subarray(from, to),
    state: raw.state.subarray(from, to),
    srcPort: raw.srcPort.subarray(from, to),
    packetsSent: raw.packetsSent.subarray(from, to),
    bytesSent: raw.bytesSent.subarray(from, to),
    packetsReceived: raw.packetsReceived.subarray(from, to),
    bytesReceived: raw.bytesReceived.subarray(from, to),
    member: raw.member.slice(from, to), // counted anew from the segment's first member
    record: raw.record.subarray(from, to),
    tuple: raw.tuple.subarray(from, to),
  };
}

/** The distinct addresses of the keys in ascending order, and the keys in order of first appearance. */
function dictionary(words: Uint32Array, n: number, v6: Uint8Array): { addresses: Addresses; columns: Keys } {
  const columns = {
    length: n,
    src: new Uint32Array(n),
    dst: new Uint32Array(n),
    dstPort: new Uint16Array(n),
    protocol: new Uint8Array(n),
    flags: new Uint8Array(n),
    context: new Uint32Array(n),
  };
  const six = new Set<number>();
  const four = newAddressTable(n * 2);
  for (let i = 0; i < n; i++) {
    const s = words[i * WORDS] as number;
    const d = words[i * WORDS + 1] as number;
    const portKind = words[i * WORDS + 2] as number;
    const kind = portKind >>> 16;
    columns.dstPort[i] = portKind;
    columns.protocol[i] = kind;
    columns.flags[i] = (kind >>> 8) & 3;
    columns.context[i] = words[i * WORDS + 3] as number;
    // Until ranks are known: the number of an IPv4 address, the index of an IPv6 one.
    if (kind & SRC_V6) six.add(s);
    columns.src[i] = kind & SRC_V6 ? s : addAddress(four, s);
    if (kind & DST_V6) six.add(d);
    columns.dst[i] = kind & DST_V6 ? d : addAddress(four, d);
  }
  const { v4, ranks } = ranked(four);

  const order = [...six].sort((a, b) =>
    Buffer.compare(v6.subarray(a * 16, a * 16 + 16), v6.subarray(b * 16, b * 16 + 16)),
  );
  const bytes = new Uint8Array(order.length * 16);
  const rank = new Map<number, number>();
  order.forEach((index, i) => {
    bytes.set(v6.subarray(index * 16, index * 16 + 16), i * 16);
    rank.set(index, v4.length + i);
  });
  for (let i = 0; i < n; i++) {
    const kind = (words[i * WORDS + 2] as number) >>> 16;
    const s = columns.src[i] as number;
    const d = columns.dst[i] as number;
    columns.src[i] = kind & SRC_V6 ? (rank.get(s) as number) : (ranks[s] as number);
    columns.dst[i] = kind & DST_V6 ? (rank.get(d) as number) : (ranks[d] as number);
  }
  return { addresses: { v4, v6: bytes }, columns };
}
