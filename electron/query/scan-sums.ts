// All sums of a scope by conversation or by pair of addresses: one pass over activity in pair order, with what was looked at by tuple
// added where its conversation comes along. Groups are finished one after another. Where only the largest are shown, scan-counts.ts
// finds them, and only theirs are summed here.

import { HOURS, LARGE, SUMS, TUPLES, WITHIN } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import { reserve, type SummedBy, type Sums } from "./group-sums.ts";
import type { Scan } from "./scan.ts";
import type { InScope } from "./scope-asked.ts";
import type { Taken } from "./taken-sums.ts";

const NOTHING = new Uint32Array(0);
const NO_NUMBERS = new Float64Array(0);

/**
 * What was looked at by tuple, by conversation. `at`: the place of each conversation in it, −1 where it has none. `taken`: what the filter
 * takes in part, not in it before addTaken adds it.
 */
export type ByTuple = { readonly sums: Sums; readonly at: Int32Array; readonly taken: readonly Taken[] };

/** Conversations from … before to, added to `sums`. */
export function scanSums(
  catalog: Catalog,
  { filter }: InScope,
  { activity, left, ...hours }: Scan,
  by: SummedBy,
  { sums: byTuple, at }: ByTuple,
  { from, to }: { readonly from: number; readonly to: number },
  sums: Sums,
): void {
  const { verdicts } = filter;
  const { src, dst, service } = catalog.conversations.columns;
  const ranks = catalog.ranks();
  const heads = activity?.heads ?? NOTHING;
  const words = activity?.sums ?? NOTHING;
  const starts = activity?.starts ?? NOTHING;
  const hourTime = activity?.hours ?? NO_NUMBERS;
  const [firstHour, pastHour] = [hours.from, hours.to];
  const large = activity?.large ?? NO_NUMBERS;
  const isScanned = activity !== null;
  const hasTuples = byTuple.length > 0;
  const isEach = by === "conversation";
  // The group that is being added up.
  let group = -1;
  let rank = 0;
  let tuples = 0;
  let denied = 0;
  let flows = 0;
  let first = 0;
  let last = 0;
  let packetsSent = 0;
  let bytesSent = 0;
  let packetsReceived = 0;
  let bytesReceived = 0;
  // No function takes part: variables that one shares with this loop would lie in memory.
  for (let c = from; c <= to; c++) {
    const isEnd = c === to;
    const tuple = hasTuples && !isEnd ? (at[c] as number) : -1;
    const takes = isScanned && verdicts[c] === YES;
    if (!takes && tuple === -1 && !isEnd) continue;
    if (group !== -1 && (isEnd || isEach || src[c] !== src[group] || dst[c] !== dst[group])) {
      if (tuples > 0) {
        if (sums.length === sums.id.length) reserve(sums, 1);
        const row = sums.length++;
        sums.id[row] = group;
        sums.rank[row] = rank;
        sums.tuples[row] = tuples;
        sums.denied[row] = denied;
        sums.flows[row] = flows;
        sums.firstTime[row] = first;
        sums.lastTime[row] = last;
        sums.packetsSent[row] = packetsSent;
        sums.bytesSent[row] = bytesSent;
        sums.packetsReceived[row] = packetsReceived;
        sums.bytesReceived[row] = bytesReceived;
      }
      group = -1;
    }
    if (isEnd) break;
    if (group === -1) {
      group = c;
      rank = Number.POSITIVE_INFINITY;
      first = Number.POSITIVE_INFINITY;
      last = Number.NEGATIVE_INFINITY;
      tuples = denied = flows = packetsSent = bytesSent = packetsReceived = bytesReceived = 0;
    }
    const before = tuples;
    if (takes) {
      const end = starts[c + 1] as number;
      for (let r = starts[c] as number; r < end; r++) {
        const head = heads[r] as number;
        const hour = head >>> HOURS;
        if (hour < firstHour || hour >= pastHour || (head & left) !== 0) continue;
        const w = r * SUMS;
        const one = words[w] as number;
        const begin = hourTime[hour] as number;
        tuples += head & TUPLES;
        flows += (one >>> 22) & 31;
        const earliest = begin + (one & WITHIN);
        const latest = begin + ((words[w + 1] as number) & WITHIN);
        if (earliest < first) first = earliest;
        if (latest > last) last = latest;
        if ((head & LARGE) === 0) {
          const packets = words[w + 2] as number;
          packetsSent += packets & 0xffff;
          bytesSent += words[w + 3] as number;
          packetsReceived += packets >>> 16;
          bytesReceived += words[w + 4] as number;
        } else {
          const l = (words[w + 3] as number) * 4;
          packetsSent += large[l] as number;
          bytesSent += large[l + 1] as number;
          packetsReceived += large[l + 2] as number;
          bytesReceived += large[l + 3] as number;
        }
      }
    }
    if (tuple !== -1) {
      tuples += byTuple.tuples[tuple] as number;
      flows += byTuple.flows[tuple] as number;
      first = Math.min(first, byTuple.firstTime[tuple] as number);
      last = Math.max(last, byTuple.lastTime[tuple] as number);
      packetsSent += byTuple.packetsSent[tuple] as number;
      bytesSent += byTuple.bytesSent[tuple] as number;
      packetsReceived += byTuple.packetsReceived[tuple] as number;
      bytesReceived += byTuple.bytesReceived[tuple] as number;
    }
    if (tuples > before) {
      if ((service[c] as number) >>> 25 === 1) denied += tuples - before;
      rank = Math.min(rank, ranks[c] as number);
    }
  }
}
