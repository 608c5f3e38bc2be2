// Conversations numbered so that those between the same two addresses stand together: edges then add up along the way, without a
// table of groups. Only in memory: the case numbers them by source (analysis/conversation-index.ts).

import type { Conversations } from "../store/derive.ts";

/** The same conversations by source address, destination, then as they were. */
export function inPairOrder(conversations: Conversations): Conversations {
  const { columns, endpoints, mapOf } = conversations;
  const order = orderOf([columns.dst, columns.src], columns.length, endpoints);
  const number = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) number[order[i] as number] = i;
  const picked = (column: Uint32Array): Uint32Array => {
    const out = new Uint32Array(order.length);
    for (let i = 0; i < out.length; i++) out[i] = column[order[i] as number] as number;
    return out;
  };
  return {
    ...conversations,
    columns: {
      length: columns.length,
      context: picked(columns.context),
      src: picked(columns.src),
      dst: picked(columns.dst),
      service: picked(columns.service),
    },
    mapOf(segmentId) {
      const map = mapOf(segmentId);
      const own = new Uint32Array(map.length);
      for (let k = 0; k < map.length; k++) own[k] = number[map[k] as number] as number;
      return own;
    },
  };
}

const DIGIT = 11;

/** Positions in ascending order of the columns' values (below `values`), the last column first; equal ones stay as they are. */
function orderOf(columns: readonly Uint32Array[], length: number, values: number): Uint32Array {
  let order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  let spare = new Uint32Array(length);
  const starts = new Uint32Array((1 << DIGIT) + 1);
  for (const column of columns)
    for (let shift = 0; shift < 32 && values > 2 ** shift; shift += DIGIT) {
      starts.fill(0);
      for (let i = 0; i < length; i++) {
        const next = (((column[i] as number) >>> shift) & ((1 << DIGIT) - 1)) + 1;
        starts[next] = (starts[next] as number) + 1;
      }
      for (let d = 1; d < starts.length; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
      for (let i = 0; i < length; i++) {
        const at = order[i] as number;
        const digit = ((column[at] as number) >>> shift) & ((1 << DIGIT) - 1);
        const to = starts[digit] as number;
        starts[digit] = to + 1;
        spare[to] = at;
      }
      [order, spare] = [spare, order];
    }
  return order;
}

/** `of`: pair of each conversation; `length`: how many there are; `starts`: the first conversation of each, and where the last one ends. */
export type Pairs = { readonly length: number; readonly of: Uint32Array; readonly starts: Uint32Array };

/** Of conversations in pair order. */
export function pairsIn({ columns }: Conversations): Pairs {
  const { length, src, dst } = columns;
  const of = new Uint32Array(new SharedArrayBuffer(length * 4)); // both threads that count see it (count-beside.ts)
  const starts = new Uint32Array(length + 1);
  let pair = -1;
  for (let c = 0; c < length; c++) {
    if (c === 0 || src[c] !== src[c - 1] || dst[c] !== dst[c - 1]) starts[++pair] = c;
    of[c] = pair;
  }
  starts[pair + 1] = length;
  return { length: pair + 1, of, starts: starts.slice(0, pair + 2) };
}
