// What each key of a segment did in each hour. Hot path: a row of sums is one cache line, and nothing is allocated per tuple.

import { BEGIN, DENY, END } from "../../shared/flow.ts";
import { type Activity, HOUR, SEGMENT_TUPLES, type Segment } from "./columns.ts";

// A row of sums: eight doubles.
const ROW = 8;
const TUPLES = 0;
const BEGUN = 1;
const ENDED = 2;
const PACKETS_SENT = 3;
const BYTES_SENT = 4;
const PACKETS_RECEIVED = 5;
const BYTES_RECEIVED = 6;
const HOURS = 7; // since 1970

/** Rows of a key are chained from `head` by `next`, −1 at the end. */
type Scratch = { readonly head: Int32Array; readonly next: Int32Array; readonly sums: Float64Array };

function newScratch(size: number): Scratch {
  return { head: new Int32Array(size), next: new Int32Array(size), sums: new Float64Array(size * ROW) };
}

let kept = newScratch(SEGMENT_TUPLES);

/** Kept from one segment to the next: four megabytes that need no fresh memory each time. */
function scratch(keys: number, tuples: number): Scratch {
  if (kept.next.length < tuples) kept = newScratch(tuples);
  kept.head.fill(-1, 0, keys);
  return kept;
}

/** Absent counters add nothing. Begun counts B (allowed), ended E. By key, then hour. */
export function activityOf({ keys, tuples }: Segment): Activity {
  const n = tuples.length;
  const { head, next, sums } = scratch(keys.length, n); // a key rarely has more than two hours in one segment
  const { key: keyOfTuple, time, state, packetsSent, bytesSent, packetsReceived, bytesReceived } = tuples;
  let rows = 0;
  for (let i = 0; i < n; i++) {
    const key = keyOfTuple[i] as number;
    const hour = Math.floor((time[i] as number) / HOUR);
    let row = head[key] as number;
    while (row !== -1 && sums[row * ROW + HOURS] !== hour) row = next[row] as number;
    if (row === -1) {
      row = rows++;
      const fresh = row * ROW;
      sums[fresh + TUPLES] = 0;
      sums[fresh + BEGUN] = 0;
      sums[fresh + ENDED] = 0;
      sums[fresh + PACKETS_SENT] = 0;
      sums[fresh + BYTES_SENT] = 0;
      sums[fresh + PACKETS_RECEIVED] = 0;
      sums[fresh + BYTES_RECEIVED] = 0;
      sums[fresh + HOURS] = hour;
      next[row] = head[key] as number;
      head[key] = row;
    }
    const at = row * ROW;
    sums[at + TUPLES] = (sums[at + TUPLES] as number) + 1;
    const s = state[i];
    if (s === BEGIN && (keys.flags[key] as number) >>> 1 !== DENY) sums[at + BEGUN] = (sums[at + BEGUN] as number) + 1;
    else if (s === END) sums[at + ENDED] = (sums[at + ENDED] as number) + 1;
    const ps = packetsSent[i] as number;
    if (ps > 0) sums[at + PACKETS_SENT] = (sums[at + PACKETS_SENT] as number) + ps;
    const bs = bytesSent[i] as number;
    if (bs > 0) sums[at + BYTES_SENT] = (sums[at + BYTES_SENT] as number) + bs;
    const pr = packetsReceived[i] as number;
    if (pr > 0) sums[at + PACKETS_RECEIVED] = (sums[at + PACKETS_RECEIVED] as number) + pr;
    const br = bytesReceived[i] as number;
    if (br > 0) sums[at + BYTES_RECEIVED] = (sums[at + BYTES_RECEIVED] as number) + br;
  }
  return sorted(keys.length, rows, kept);
}

function sorted(keys: number, rows: number, { head, next, sums }: Scratch): Activity {
  const activity = {
    length: rows,
    key: new Uint32Array(rows),
    hour: new Uint32Array(rows),
    tuples: new Uint32Array(rows),
    begun: new Uint32Array(rows),
    ended: new Uint32Array(rows),
    packetsSent: new Float64Array(rows),
    bytesSent: new Float64Array(rows),
    packetsReceived: new Float64Array(rows),
    bytesReceived: new Float64Array(rows),
  };
  const order = new Uint32Array(rows);
  let at = 0;
  for (let key = 0; key < keys; key++) {
    const start = at;
    for (let row = head[key] as number; row !== -1; row = next[row] as number) {
      const hour = sums[row * ROW + HOURS] as number;
      let slot = at++;
      while (slot > start && (sums[(order[slot - 1] as number) * ROW + HOURS] as number) > hour) {
        order[slot] = order[slot - 1] as number;
        slot--;
      }
      order[slot] = row;
    }
    activity.key.fill(key, start, at);
  }
  for (let i = 0; i < rows; i++) {
    const from = (order[i] as number) * ROW;
    activity.hour[i] = sums[from + HOURS] as number;
    activity.tuples[i] = sums[from + TUPLES] as number;
    activity.begun[i] = sums[from + BEGUN] as number;
    activity.ended[i] = sums[from + ENDED] as number;
    activity.packetsSent[i] = capped(sums[from + PACKETS_SENT] as number);
    activity.bytesSent[i] = capped(sums[from + BYTES_SENT] as number);
    activity.packetsReceived[i] = capped(sums[from + PACKETS_RECEIVED] as number);
    activity.bytesReceived[i] = capped(sums[from + BYTES_RECEIVED] as number);
  }
  return activity;
}

/** Sums past what a counter can hold stop there: 2⁵³ says "more than can be told". */
function capped(sum: number): number {
  return Math.min(sum, 2 ** 53);
}
