// What a filter takes of each hour of activity, all conversations together: asked of every range, worked out once a filter.

import { type Activity, HOURS, LARGE, SUMS, TUPLES, WITHIN } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { type Compiled, YES } from "./compile-filter.ts";
import { type Measure, measures } from "./group-sums.ts";

/** By hour of the activity; first and last time are ±infinity in an hour without tuples. */
export type HourTotals = Readonly<Record<Measure | "begun" | "ended", Float64Array>>;

type Known = { readonly activity: Activity; readonly left: number; readonly totals: HourTotals };
const known = new WeakMap<Compiled, Known[]>();

/** `left`: rows with one of these flags do not count. Not to be changed by who receives it. */
export function hourTotals(catalog: Catalog, activity: Activity, filter: Compiled, left: number): HourTotals {
  const kept = known.get(filter) ?? [];
  if (!known.has(filter)) known.set(filter, kept);
  const before = kept.find((each) => each.activity === activity && each.left === left);
  if (before) return before.totals;
  const column = (): Float64Array => new Float64Array(activity.hours.length);
  const totals = Object.fromEntries(
    [...measures, "begun", "ended"].map((name) => [name, column()]),
  ) as unknown as HourTotals; // of all its names
  totals.firstTime.fill(Number.POSITIVE_INFINITY);
  totals.lastTime.fill(Number.NEGATIVE_INFINITY);
  const { length, service } = catalog.conversations.columns;
  addUp(activity, length, service, filter.verdicts, left, totals);
  kept.push({ activity, left, totals });
  return totals;
}

/** Nothing but the loop: code after it would have it compiled anew for every question. */
function addUp(
  { heads, sums, starts, large, hours }: Activity,
  length: number,
  service: Uint32Array,
  verdicts: Uint8Array,
  left: number,
  totals: HourTotals,
): void {
  const { tuples, denied, begun, ended, flows, firstTime, lastTime } = totals;
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = totals;
  for (let c = 0; c < length; c++) {
    if (verdicts[c] !== YES) continue;
    const isDenied = (service[c] as number) >>> 25;
    const end = starts[c + 1] as number;
    for (let r = starts[c] as number; r < end; r++) {
      const head = heads[r] as number;
      if ((head & left) !== 0) continue;
      const hour = head >>> HOURS;
      const w = r * SUMS;
      const one = sums[w] as number;
      const two = sums[w + 1] as number;
      const count = head & TUPLES;
      tuples[hour] = (tuples[hour] as number) + count;
      denied[hour] = (denied[hour] as number) + count * isDenied;
      flows[hour] = (flows[hour] as number) + ((one >>> 22) & 31);
      begun[hour] = (begun[hour] as number) + (one >>> 27);
      ended[hour] = (ended[hour] as number) + (two >>> 22);
      const first = (hours[hour] as number) + (one & WITHIN);
      const last = (hours[hour] as number) + (two & WITHIN);
      if (first < (firstTime[hour] as number)) firstTime[hour] = first;
      if (last > (lastTime[hour] as number)) lastTime[hour] = last;
      if ((head & LARGE) === 0) {
        const packets = sums[w + 2] as number;
        packetsSent[hour] = (packetsSent[hour] as number) + (packets & 0xffff);
        bytesSent[hour] = (bytesSent[hour] as number) + (sums[w + 3] as number);
        packetsReceived[hour] = (packetsReceived[hour] as number) + (packets >>> 16);
        bytesReceived[hour] = (bytesReceived[hour] as number) + (sums[w + 4] as number);
      } else {
        const l = (sums[w + 3] as number) * 4;
        packetsSent[hour] = (packetsSent[hour] as number) + (large[l] as number);
        bytesSent[hour] = (bytesSent[hour] as number) + (large[l + 1] as number);
        packetsReceived[hour] = (packetsReceived[hour] as number) + (large[l + 2] as number);
        bytesReceived[hour] = (bytesReceived[hour] as number) + (large[l + 3] as number);
      }
    }
  }
}
