// Activity: what each key of a segment did in each hour. A scope made of whole hours adds these rows up instead of tuples.

import { BEGIN, DENY, END } from "../../shared/flow.ts";
import { FIRST, LEFT_OUT } from "./settled.ts";

/** In ms. */
export const HOUR = 3_600_000;

/**
 * Rows by key ascending, then hour, then what once takes before what it leaves out. A key that jumps between very many hours may have
 * several rows of one.
 */
export type ActivityCounts = {
  readonly length: number;
  /** Rows of each key. */
  readonly rowsOf: Uint32Array;
  /** Hours since 1970 UTC. */
  readonly hour: Uint32Array;
  /** 1: the tuples that once leaves out. */
  readonly leftOut: Uint8Array;
  readonly tuples: Uint32Array;
  /** First tuples of flows; 0 where they are not settled. */
  readonly flows: Uint32Array;
  /** Allowed B tuples, and E tuples. */
  readonly begun: Uint32Array;
  readonly ended: Uint32Array;
  /** 1 where some counter is more than zero. */
  readonly measured: Uint8Array;
};

export type SegmentActivity = ActivityCounts & {
  /** First and last time, ms within the hour. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** As logged. A counter the log does not have adds nothing. */
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
};

/** The columns of a segment that activity is made of. `flags` by key; `marks`: null where flows are not settled. */
export type ActivityRows = {
  readonly flags: Uint8Array;
  readonly key: Uint32Array;
  readonly time: Float64Array;
  readonly state: Uint8Array;
  readonly marks: Uint8Array | null;
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
};

/** Null where a sum is past what can be exact: such a segment is looked at tuple by tuple. */
export function activityOf(rows: ActivityRows): SegmentActivity | null {
  const { place, order, length } = placed(rows);
  const { key, time, state, marks, flags } = rows;
  const made = newActivity(length, flags.length);
  const { hour, leftOut, tuples, flows, begun, ended, first, last } = made;
  for (let i = 0; i < key.length; i++) {
    const at = order[place[i] as number] as number;
    const k = key[i] as number;
    const t = time[i] as number;
    const h = Math.floor(t / HOUR);
    const within = t - h * HOUR;
    const mark = marks === null ? 0 : (marks[i] as number);
    if (tuples[at] === 0) {
      hour[at] = h;
      leftOut[at] = (mark & LEFT_OUT) === 0 ? 0 : 1;
      first[at] = within;
      last[at] = within;
      made.rowsOf[k] = (made.rowsOf[k] as number) + 1;
    } else if (within < (first[at] as number)) first[at] = within;
    else if (within > (last[at] as number)) last[at] = within;
    tuples[at] = (tuples[at] as number) + 1;
    if ((mark & FIRST) !== 0) flows[at] = (flows[at] as number) + 1;
    if (state[i] === BEGIN && (flags[k] as number) >>> 1 !== DENY) begun[at] = (begun[at] as number) + 1;
    if (state[i] === END) ended[at] = (ended[at] as number) + 1;
  }
  for (const name of ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const)
    if (!addUp(rows[name], place, order, made[name], made.measured)) return null;
  return made;
}

/** Where each tuple's row is met, and where that row stands among all in their order. */
type Placed = { readonly place: Uint32Array; readonly order: Uint32Array; readonly length: number };

/** Evidence made to have a key in all hours must not cost its square: no more rows of a key are looked through for a tuple's. */
const LOOKED_THROUGH = 64;

/** Rows of one key are a list, the one met last at its head: tuples mostly come in order of time. */
function placed({ flags, key, time, marks }: ActivityRows): Placed {
  const n = key.length;
  const place = new Uint32Array(n);
  const head = new Int32Array(flags.length).fill(-1);
  const before = new Int32Array(n);
  const name = new Uint32Array(n); // hour and whether it is left out
  let length = 0;
  for (let i = 0; i < n; i++) {
    const k = key[i] as number;
    const out = marks !== null && ((marks[i] as number) & LEFT_OUT) !== 0 ? 1 : 0;
    const own = Math.floor((time[i] as number) / HOUR) * 2 + out;
    let row = head[k] as number;
    for (let looked = 0; row !== -1 && name[row] !== own; looked++)
      row = looked < LOOKED_THROUGH ? (before[row] as number) : -1;
    if (row === -1) {
      row = length++;
      name[row] = own;
      before[row] = head[k] as number;
      head[k] = row;
    }
    place[i] = row;
  }
  const order = new Uint32Array(length);
  let next = 0;
  const several: number[] = [];
  for (let k = 0; k < head.length; k++) {
    const row = head[k] as number;
    if (row === -1) continue;
    if (before[row] === -1) order[row] = next++;
    else {
      several.length = 0;
      for (let each = row; each !== -1; each = before[each] as number) several.push(each);
      several.sort((a, b) => (name[a] as number) - (name[b] as number) || a - b);
      for (const each of several) order[each] = next++;
    }
  }
  return { place, order, length };
}

function newActivity(length: number, keys: number): SegmentActivity {
  const whole = (): Uint32Array => new Uint32Array(length);
  const wide = (): Float64Array => new Float64Array(length);
  return {
    length,
    rowsOf: new Uint32Array(keys),
    hour: whole(),
    leftOut: new Uint8Array(length),
    tuples: whole(),
    flows: whole(),
    begun: whole(),
    ended: whole(),
    measured: new Uint8Array(length),
    first: whole(),
    last: whole(),
    packetsSent: wide(),
    bytesSent: wide(),
    packetsReceived: wide(),
    bytesReceived: wide(),
  };
}

/** Whether all sums are exact. */
function addUp(
  values: Float64Array,
  place: Uint32Array,
  order: Uint32Array,
  into: Float64Array,
  measured: Uint8Array,
): boolean {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value <= 0) continue; // −1: the log has none
    const at = order[place[i] as number] as number;
    const sum = (into[at] as number) + value;
    into[at] = sum;
    measured[at] = 1;
    if (sum > most) most = sum;
  }
  return most <= Number.MAX_SAFE_INTEGER;
}
