// The groups of a scope (conversations or pairs of addresses) with no more than their tuples, and the sums of all of them: what is needed
// to find the largest and to tell what is left out. One pass; nothing is allocated for a group. Its inner loop is that of
// scan-sums.ts written again: a function that both called would keep their sums in memory instead of registers.

import { BARE, LARGE, OUT, SLOT, WITHIN } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import type { Measure, SummedBy } from "./group-sums.ts";
import type { Scan } from "./scan.ts";
import type { ByTuple } from "./scan-sums.ts";
import type { InScope } from "./scope-asked.ts";

/** In pair order; `id`: the first conversation of each. Overwritten by the next question. */
export type Counts = {
  length: number;
  id: Uint32Array;
  rank: Uint32Array;
  tuples: Uint32Array;
  /** Sums of all groups; of times the first and the last. */
  readonly totals: Readonly<Record<Measure, number>>;
};

const NOTHING = new Uint32Array(0);
const NO_NUMBERS = new Float64Array(0);

/** Memory that is kept, for fresh memory costs more than filling it. */
let spare: Pick<Counts, "id" | "rank" | "tuples"> = { id: NOTHING, rank: NOTHING, tuples: NOTHING };

function grown(column: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.max(1 << 12, column.length * 2));
  larger.set(column);
  return larger;
}

export function scanCounts(
  catalog: Catalog,
  { filter, once }: InScope,
  { activity, slots }: Scan,
  by: SummedBy,
  { sums: byTuple, at }: ByTuple,
): Counts {
  const { verdicts } = filter;
  const { length, src, dst, service } = catalog.conversations.columns;
  const ranks = catalog.ranks();
  const words = activity?.words ?? NOTHING;
  const starts = activity?.starts ?? NOTHING;
  const slotTime = activity?.slotTime ?? NO_NUMBERS;
  const large = activity?.large ?? NO_NUMBERS;
  const isScanned = activity !== null;
  const hasTuples = byTuple.length > 0;
  const left = once ? OUT : 0;
  const isEach = by === "conversation";
  let { id, rank, tuples } = spare;
  let groups = 0;
  let group = -1;
  let source = -1;
  let destination = -1;
  let count = 0;
  let least = 0;
  let all = 0;
  let denied = 0;
  let flows = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let packetsSent = 0;
  let bytesSent = 0;
  let packetsReceived = 0;
  let bytesReceived = 0;
  // No function takes part: variables that one shares with this loop would lie in memory.
  for (let c = 0; c <= length; c++) {
    const isEnd = c === length;
    const tuple = hasTuples && !isEnd ? (at[c] as number) : -1;
    const takes = isScanned && verdicts[c] === YES;
    if (!takes && tuple === -1 && !isEnd) continue;
    if (isEnd || isEach || src[c] !== source || dst[c] !== destination) {
      if (count > 0) {
        if (groups === id.length) {
          id = grown(id);
          rank = grown(rank);
          tuples = grown(tuples);
        }
        id[groups] = group;
        rank[groups] = least;
        tuples[groups++] = count;
      }
      if (isEnd) break;
      group = c;
      source = src[c] as number;
      destination = dst[c] as number;
      count = 0;
      least = 0xffffffff;
    }
    let own = 0;
    if (takes) {
      const end = starts[c + 1] as number;
      for (let w = starts[c] as number; w < end; ) {
        const head = words[w] as number;
        const isBare = (head & BARE) !== 0;
        const slot = head & SLOT;
        if (slots[slot] === 1 && (head & left) === 0) {
          const one = words[w + 1] as number;
          const begin = slotTime[slot] as number;
          own += (head >>> 20) & 0xff;
          flows += (one >>> 22) & 31;
          const earliest = begin + (one & WITHIN);
          const latest = begin + ((words[w + 2] as number) & WITHIN);
          if (earliest < first) first = earliest;
          if (latest > last) last = latest;
          if (!isBare) {
            if ((head & LARGE) !== 0) {
              const l = (words[w + 4] as number) * 4;
              packetsSent += large[l] as number;
              bytesSent += large[l + 1] as number;
              packetsReceived += large[l + 2] as number;
              bytesReceived += large[l + 3] as number;
            } else {
              const packets = words[w + 3] as number;
              packetsSent += packets & 0xffff;
              bytesSent += words[w + 4] as number;
              packetsReceived += packets >>> 16;
              bytesReceived += words[w + 5] as number;
            }
          }
        }
        w += isBare ? 3 : 6;
      }
    }
    if (tuple !== -1) {
      own += byTuple.tuples[tuple] as number;
      flows += byTuple.flows[tuple] as number;
      first = Math.min(first, byTuple.firstTime[tuple] as number);
      last = Math.max(last, byTuple.lastTime[tuple] as number);
      packetsSent += byTuple.packetsSent[tuple] as number;
      bytesSent += byTuple.bytesSent[tuple] as number;
      packetsReceived += byTuple.packetsReceived[tuple] as number;
      bytesReceived += byTuple.bytesReceived[tuple] as number;
    }
    if (own > 0) {
      count += own;
      all += own;
      if ((service[c] as number) >>> 25 === 1) denied += own;
      if ((ranks[c] as number) < least) least = ranks[c] as number;
    }
  }
  spare = { id, rank, tuples };
  const totals = {
    tuples: all,
    denied,
    flows,
    firstTime: first,
    lastTime: last,
    packetsSent,
    bytesSent,
    packetsReceived,
    bytesReceived,
  };
  return { length: groups, id, rank, tuples, totals };
}
