// A segment summed by its own keys, so that a scope that holds all of it adds a key at a time and not a row at a time.

import { FIRST } from "../analysis/settled.ts";
import type { TupleColumns } from "../segment/columns.ts";
import type { Counters } from "../segment/encode.ts";

/** Columns by key. `order`: keys in the order of their first rows; a key without rows is not in it. */
export type KeySums = {
  readonly order: Uint32Array;
  readonly tuples: Uint32Array;
  /** First tuples of flows; 0 where they are not settled. */
  readonly flows: Uint32Array;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
  readonly packetsSent: Float64Array;
  readonly bytesSent: Float64Array;
  readonly packetsReceived: Float64Array;
  readonly bytesReceived: Float64Array;
};

/** `n`: keys of the segment. */
export function sumKeys(
  n: number,
  { key, time }: Pick<TupleColumns, "key" | "time">,
  counters: Counters,
  marks: Uint8Array | null,
): KeySums {
  const order = new Uint32Array(n);
  const tuples = new Uint32Array(n);
  const flows = new Uint32Array(n);
  const firstTime = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const lastTime = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  let met = 0;
  for (let i = 0; i < key.length; i++) {
    const k = key[i] as number;
    const t = time[i] as number;
    if (tuples[k] === 0) order[met++] = k;
    tuples[k] = (tuples[k] as number) + 1;
    if (marks !== null && ((marks[i] as number) & FIRST) !== 0) flows[k] = (flows[k] as number) + 1;
    if (t < (firstTime[k] as number)) firstTime[k] = t;
    if (t > (lastTime[k] as number)) lastTime[k] = t;
  }
  return {
    order: order.subarray(0, met),
    tuples,
    flows,
    firstTime,
    lastTime,
    packetsSent: byKey(counters.packetsSent, key, n),
    bytesSent: byKey(counters.bytesSent, key, n),
    packetsReceived: byKey(counters.packetsReceived, key, n),
    bytesReceived: byKey(counters.bytesReceived, key, n),
  };
}

/** −1 is a counter the log does not have: it adds nothing. */
function byKey(values: Float64Array, key: Uint32Array, keys: number): Float64Array {
  const sums = new Float64Array(keys);
  for (let i = 0; i < key.length; i++) {
    const value = values[i] as number;
    if (value > 0) sums[key[i] as number] = (sums[key[i] as number] as number) + value;
  }
  return sums;
}
