// Raw tuple columns of a batch → a segment: builds the dictionary of keys and the activity of each key by hour.
// Hot path: loops over typed arrays, an open-addressing table on five integers, no allocation per tuple.

import { BEGIN, DENY, END } from "../../shared/flow.ts";
import { type Activity, type Addresses, HOUR, type Keys, type Segment, type TupleColumns } from "./columns.ts";

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

/** `v6`: 16 bytes an IPv6 address that the rows refer to. Rows from (inclusive) … to (exclusive) become the segment. */
export function buildSegment(raw: RawTuples, v6: Uint8Array, from: number, to: number): Segment {
  const n = to - from;
  const key = new Uint32Array(n);
  let slots = 1024;
  while (slots < n * 2) slots *= 2;
  const mask = slots - 1;
  const table = new Int32Array(slots).fill(-1);
  const first = new Uint32Array(n); // row that a key was first met in
  let keys = 0;
  const { src, dst, dstPort, kind, context } = raw;
  for (let i = 0; i < n; i++) {
    const row = from + i;
    const s = src[row] as number;
    const d = dst[row] as number;
    const p = dstPort[row] as number;
    const k = kind[row] as number;
    const c = context[row] as number;
    let h = Math.imul(s, 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b) ^ Math.imul((p << 12) ^ k, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    let slot = (h ^ (h >>> 13)) & mask;
    for (;;) {
      const found = table[slot] as number;
      if (found === -1) {
        table[slot] = keys;
        first[keys] = row;
        key[i] = keys++;
        break;
      }
      const at = first[found] as number;
      if (src[at] === s && dst[at] === d && dstPort[at] === p && kind[at] === k && context[at] === c) {
        key[i] = found;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const { addresses, columns } = dictionary(raw, v6, first.subarray(0, keys));
  return { addresses, keys: columns, tuples: slice(raw, key, from, to) };
}

function slice(raw: RawTuples, key: Uint32Array, from: number, to: number): TupleColumns {
  return {
    length: to - from,
    key,
    time: raw.time.slice(from, to),
    state: raw.state.slice(from, to),
    srcPort: raw.srcPort.slice(from, to),
    packetsSent: raw.packetsSent.slice(from, to),
    bytesSent: raw.bytesSent.slice(from, to),
    packetsReceived: raw.packetsReceived.slice(from, to),
    bytesReceived: raw.bytesReceived.slice(from, to),
    member: raw.member.slice(from, to),
    record: raw.record.slice(from, to),
    tuple: raw.tuple.slice(from, to),
  };
}

/** The distinct addresses of the keys in ascending order, and the keys in order of first appearance. */
function dictionary(raw: RawTuples, v6: Uint8Array, first: Uint32Array): { addresses: Addresses; columns: Keys } {
  const n = first.length;
  const four = new Uint32Array(n * 2);
  const six = new Set<number>();
  let count = 0;
  for (let i = 0; i < n; i++) {
    const row = first[i] as number;
    const kind = raw.kind[row] as number;
    if (kind & SRC_V6) six.add(raw.src[row] as number);
    else four[count++] = raw.src[row] as number;
    if (kind & DST_V6) six.add(raw.dst[row] as number);
    else four[count++] = raw.dst[row] as number;
  }
  const v4 = distinct(four.subarray(0, count).sort());
  const order = [...six].sort((a, b) => Buffer.compare(v6.subarray(a * 16, a * 16 + 16), v6.subarray(b * 16, b * 16 + 16)));
  const bytes = new Uint8Array(order.length * 16);
  const rank = new Map<number, number>();
  order.forEach((index, i) => {
    bytes.set(v6.subarray(index * 16, index * 16 + 16), i * 16);
    rank.set(index, v4.length + i);
  });
  const columns = {
    length: n,
    src: new Uint32Array(n),
    dst: new Uint32Array(n),
    dstPort: new Uint16Array(n),
    protocol: new Uint8Array(n),
    flags: new Uint8Array(n),
    context: new Uint32Array(n),
  };
  for (let i = 0; i < n; i++) {
    const row = first[i] as number;
    const kind = raw.kind[row] as number;
    const [s, d] = [raw.src[row] as number, raw.dst[row] as number];
    columns.src[i] = kind & SRC_V6 ? (rank.get(s) as number) : indexOf(v4, s);
    columns.dst[i] = kind & DST_V6 ? (rank.get(d) as number) : indexOf(v4, d);
    columns.dstPort[i] = raw.dstPort[row] as number;
    columns.protocol[i] = kind & 255;
    columns.flags[i] = (kind >>> 8) & 3;
    columns.context[i] = raw.context[row] as number;
  }
  return { addresses: { v4, v6: bytes }, columns };
}

function distinct(sorted: Uint32Array): Uint32Array {
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i] as number;
  }
  return sorted.slice(0, kept);
}

/** Position of a value that is there, in ascending values. */
function indexOf(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What each key did in each hour. Absent counters add nothing. Begun counts B (allowed), ended E. */
export function activityOf({ keys, tuples }: Segment): Activity {
  const n = tuples.length;
  // Rows chained per key in the order met; a key rarely has more than two hours in one segment.
  const head = new Int32Array(keys.length).fill(-1);
  const next = new Int32Array(n);
  const hours = new Uint32Array(n);
  const sums = {
    tuples: new Uint32Array(n),
    begun: new Uint32Array(n),
    ended: new Uint32Array(n),
    packetsSent: new Float64Array(n),
    bytesSent: new Float64Array(n),
    packetsReceived: new Float64Array(n),
    bytesReceived: new Float64Array(n),
  };
  let rows = 0;
  for (let i = 0; i < n; i++) {
    const key = tuples.key[i] as number;
    const hour = Math.floor((tuples.time[i] as number) / HOUR);
    let row = head[key] as number;
    while (row !== -1 && hours[row] !== hour) row = next[row] as number;
    if (row === -1) {
      row = rows++;
      hours[row] = hour;
      next[row] = head[key] as number;
      head[key] = row;
    }
    sums.tuples[row] = (sums.tuples[row] as number) + 1;
    const state = tuples.state[i];
    if (state === BEGIN && ((keys.flags[key] as number) >>> 1) !== DENY) sums.begun[row] = (sums.begun[row] as number) + 1;
    else if (state === END) sums.ended[row] = (sums.ended[row] as number) + 1;
    const bytes = tuples.bytesSent[i] as number;
    if (bytes > 0) sums.bytesSent[row] = (sums.bytesSent[row] as number) + bytes;
    const packets = tuples.packetsSent[i] as number;
    if (packets > 0) sums.packetsSent[row] = (sums.packetsSent[row] as number) + packets;
    const bytesBack = tuples.bytesReceived[i] as number;
    if (bytesBack > 0) sums.bytesReceived[row] = (sums.bytesReceived[row] as number) + bytesBack;
    const packetsBack = tuples.packetsReceived[i] as number;
    if (packetsBack > 0) sums.packetsReceived[row] = (sums.packetsReceived[row] as number) + packetsBack;
  }
  const order = new Uint32Array(rows);
  const keyOf = new Uint32Array(rows);
  let at = 0;
  for (let key = 0; key < keys.length; key++) {
    const start = at;
    for (let row = head[key] as number; row !== -1; row = next[row] as number) {
      let slot = at++;
      while (slot > start && (hours[order[slot - 1] as number] as number) > (hours[row] as number)) {
        order[slot] = order[slot - 1] as number;
        slot--;
      }
      order[slot] = row;
    }
    keyOf.fill(key, start, at);
  }
  return {
    length: rows,
    key: keyOf,
    hour: pickU32(hours, order),
    tuples: pickU32(sums.tuples, order),
    begun: pickU32(sums.begun, order),
    ended: pickU32(sums.ended, order),
    packetsSent: pickF64(sums.packetsSent, order),
    bytesSent: pickF64(sums.bytesSent, order),
    packetsReceived: pickF64(sums.packetsReceived, order),
    bytesReceived: pickF64(sums.bytesReceived, order),
  };
}

function pickU32(column: Uint32Array, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = column[order[i] as number] as number;
  return out;
}

/** Sums past what a counter can hold stop there: 2⁵³ says "more than can be told". */
function pickF64(column: Float64Array, order: Uint32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(2 ** 53, column[order[i] as number] as number);
  return out;
}
