// Which conversations are between the same two addresses: numbered once for a state of the case, so that edges add up by index.

import type { Conversations } from "../store/derive.ts";

/** `of`: pair of each conversation. `src`, `dst`: the endpoints of each pair. */
export type Pairs = {
  readonly length: number;
  readonly of: Uint32Array;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
};

export function pairConversations({ columns }: Conversations): Pairs {
  const { length, src, dst } = columns;
  const of = new Uint32Array(length);
  const first = new Uint32Array(length); // a conversation of each pair
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(length * 2 + 2))).fill(-1); // open addressing, at most half full
  const mask = slots.length - 1;
  let pairs = 0;
  for (let id = 0; id < length; id++) {
    const [s, d] = [src[id] as number, dst[id] as number];
    let slot = (Math.imul(s, 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b) ^ (d >>> 15)) & mask;
    for (;;) {
      const pair = slots[slot] as number;
      if (pair === -1) {
        slots[slot] = pairs;
        first[pairs] = id;
        of[id] = pairs++;
        break;
      }
      const known = first[pair] as number;
      if (src[known] === s && dst[known] === d) {
        of[id] = pair;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const ends = (column: Uint32Array): Uint32Array =>
    Uint32Array.from(first.subarray(0, pairs), (id) => column[id] as number);
  return { length: pairs, of, src: ends(src), dst: ends(dst) };
}
