// Raw tuple columns of a batch → a segment: builds the dictionary of keys and the activity of each key by hour.
// Hot path: loops over typed arrays, an open-addressing table on five integers, no allocation per tuple.

import { BEGIN, DENY, END } from "../../shared/flow.ts";
import {
  type Activity,
  type Addresses,
  HOUR,
  type Keys,
  SEGMENT_TUPLES,
  type Segment,
  type TupleColumns,
} from "./columns.ts";

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
 * columns are views of `raw`: use them before it is filled anew.
 */
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
    let h =
      Math.imul(s, 0x9e3779b1) ^
      Math.imul(d, 0x85ebca6b) ^
      Math.imul((p << 12) ^ k, 0xc2b2ae35) ^
      Math.imul(c, 0x27d4eb2f);
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
function dictionary(raw: RawTuples, v6: Uint8Array, first: Uint32Array): { addresses: Addresses; columns: Keys } {
  const n = first.length;
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
    const row = first[i] as number;
    const kind = raw.kind[row] as number;
    const s = raw.src[row] as number;
    const d = raw.dst[row] as number;
    columns.src[i] = s;
    columns.dst[i] = d;
    columns.dstPort[i] = raw.dstPort[row] as number;
    columns.protocol[i] = kind;
    columns.flags[i] = (kind >>> 8) & 3;
    columns.context[i] = raw.context[row] as number;
    if (kind & SRC_V6) six.add(s);
    else addAddress(four, s);
    if (kind & DST_V6) six.add(d);
    else addAddress(four, d);
  }
  const v4 = four.values.slice(0, four.count).sort();
  for (let rank = 0; rank < v4.length; rank++) four.ranks[slotOf(four, v4[rank] as number)] = rank;

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
    const kind = raw.kind[first[i] as number] as number;
    const s = columns.src[i] as number;
    const d = columns.dst[i] as number;
    columns.src[i] = kind & SRC_V6 ? (rank.get(s) as number) : (four.ranks[slotOf(four, s)] as number);
    columns.dst[i] = kind & DST_V6 ? (rank.get(d) as number) : (four.ranks[slotOf(four, d)] as number);
  }
  return { addresses: { v4, v6: bytes }, columns };
}

/** Distinct IPv4 addresses: `slots` holds position + 1 in `values`, `ranks` stands beside `slots`. */
type AddressTable = {
  readonly slots: Uint32Array;
  readonly ranks: Uint32Array;
  readonly values: Uint32Array;
  count: number;
};

function newAddressTable(most: number): AddressTable {
  let slots = 64;
  while (slots < most * 2) slots *= 2;
  return { slots: new Uint32Array(slots), ranks: new Uint32Array(slots), values: new Uint32Array(most), count: 0 };
}

/** Where the address is, or the free slot where it belongs. */
function slotOf(table: AddressTable, value: number): number {
  const { slots, values } = table;
  const mask = slots.length - 1;
  const h = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  let slot = (h ^ (h >>> 13)) & mask;
  for (;;) {
    const at = slots[slot] as number;
    if (at === 0 || values[at - 1] === value) return slot;
    slot = (slot + 1) & mask;
  }
}

function addAddress(table: AddressTable, value: number): void {
  const slot = slotOf(table, value);
  if (table.slots[slot] !== 0) return;
  table.values[table.count++] = value;
  table.slots[slot] = table.count;
}

/** What each key did in each hour. Absent counters add nothing. Begun counts B (allowed), ended E. */
export function activityOf({ keys, tuples }: Segment): Activity {
  const n = tuples.length;
  // Rows chained per key in the order met; a key rarely has more than two hours in one segment.
  const { head, next, hours, sums } = activityScratch(keys.length, n);
  let rows = 0;
  for (let i = 0; i < n; i++) {
    const key = tuples.key[i] as number;
    const hour = Math.floor((tuples.time[i] as number) / HOUR);
    let row = head[key] as number;
    while (row !== -1 && hours[row] !== hour) row = next[row] as number;
    if (row === -1) {
      row = rows++;
      hours[row] = hour;
      clearRow(sums, row);
      next[row] = head[key] as number;
      head[key] = row;
    }
    sums.tuples[row] = (sums.tuples[row] as number) + 1;
    const state = tuples.state[i];
    if (state === BEGIN && (keys.flags[key] as number) >>> 1 !== DENY)
      sums.begun[row] = (sums.begun[row] as number) + 1;
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

type ActivitySums = Pick<
  Activity,
  "tuples" | "begun" | "ended" | "packetsSent" | "bytesSent" | "packetsReceived" | "bytesReceived"
>;
type ActivityScratch = {
  readonly head: Int32Array;
  readonly next: Int32Array;
  readonly hours: Uint32Array;
  readonly sums: ActivitySums;
};

function newActivityScratch(size: number): ActivityScratch {
  const sums = {
    tuples: new Uint32Array(size),
    begun: new Uint32Array(size),
    ended: new Uint32Array(size),
    packetsSent: new Float64Array(size),
    bytesSent: new Float64Array(size),
    packetsReceived: new Float64Array(size),
    bytesReceived: new Float64Array(size),
  };
  return { head: new Int32Array(size), next: new Int32Array(size), hours: new Uint32Array(size), sums };
}

let kept = newActivityScratch(SEGMENT_TUPLES);

/** Kept from one segment to the next: three megabytes that need no fresh memory each time. */
function activityScratch(keys: number, tuples: number): ActivityScratch {
  if (kept.next.length < tuples) kept = newActivityScratch(tuples);
  kept.head.fill(-1, 0, keys);
  return kept;
}

function clearRow(sums: ActivitySums, row: number): void {
  sums.tuples[row] = 0;
  sums.begun[row] = 0;
  sums.ended[row] = 0;
  sums.packetsSent[row] = 0;
  sums.bytesSent[row] = 0;
  sums.packetsReceived[row] = 0;
  sums.bytesReceived[row] = 0;
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
