// Sums of a scope by bins of whole hours or more, from activity: one pass, the bins stay in the processor's nearest memory.

import { type Activity, BARE, LARGE, OUT, SLOT } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import type { Scan } from "./scan.ts";
import type { InScope } from "./scope-asked.ts";

/** Values of a bin: tuples, denied, begun, ended, packets sent, bytes sent, packets received, bytes received. */
export const BIN = 8;

/** `first`: number (time over width) of the first bin; `values`: BIN a bin. A bin without tuples is all zero. */
export type ScannedBins = { readonly first: number; readonly values: Float64Array };

export function scanBins(catalog: Catalog, { filter, once }: InScope, scan: Scan, width: number): ScannedBins {
  const { activity, slots } = scan;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const numberOf = (slot: number): number => Math.floor((activity?.slotTime[slot] as number) / width);
  for (let slot = 0; slot < slots.length; slot++) {
    if (slots[slot] === 0) continue;
    least = Math.min(least, numberOf(slot));
    most = Math.max(most, numberOf(slot));
  }
  if (activity === null || least > most) return { first: 0, values: new Float64Array(0) };
  // By slot: where its bin begins. Rows out of range have a bin of their own at the end: a branch for each would cost more.
  const binOf = new Int32Array(slots.length).fill((most - least + 1) * BIN);
  for (let slot = 0; slot < slots.length; slot++) if (slots[slot] === 1) binOf[slot] = (numberOf(slot) - least) * BIN;
  const values = new Float64Array((most - least + 2) * BIN);
  const { length, service } = catalog.conversations.columns;
  addUp(activity, length, service, filter.verdicts, once ? OUT : 0, binOf, values);
  return { first: least, values: values.subarray(0, -BIN) };
}

/** Nothing but the loop: code after it would have it compiled anew for every question. */
function addUp(
  { words, starts, large }: Activity,
  length: number,
  service: Uint32Array,
  verdicts: Uint8Array,
  left: number,
  binOf: Int32Array,
  values: Float64Array,
): void {
  for (let c = 0; c < length; c++) {
    if (verdicts[c] !== YES) continue;
    const denied = (service[c] as number) >>> 25;
    const end = starts[c + 1] as number;
    for (let w = starts[c] as number; w < end; ) {
      const head = words[w] as number;
      const isBare = (head & BARE) !== 0;
      const bin = binOf[head & SLOT] as number;
      if ((head & left) === 0) {
        const tuples = (head >>> 20) & 0xff;
        values[bin] = (values[bin] as number) + tuples;
        values[bin + 1] = (values[bin + 1] as number) + tuples * denied;
        values[bin + 2] = (values[bin + 2] as number) + ((words[w + 1] as number) >>> 27);
        values[bin + 3] = (values[bin + 3] as number) + ((words[w + 2] as number) >>> 22);
        if (!isBare) {
          if ((head & LARGE) === 0) {
            const packets = words[w + 3] as number;
            values[bin + 4] = (values[bin + 4] as number) + (packets & 0xffff);
            values[bin + 5] = (values[bin + 5] as number) + (words[w + 4] as number);
            values[bin + 6] = (values[bin + 6] as number) + (packets >>> 16);
            values[bin + 7] = (values[bin + 7] as number) + (words[w + 5] as number);
          } else {
            const l = (words[w + 4] as number) * 4;
            for (let i = 0; i < 4; i++)
              values[bin + 4 + i] = (values[bin + 4 + i] as number) + (large[l + i] as number);
          }
        }
      }
      w += isBare ? 3 : 6;
    }
  }
}
