// Stretches in which NICs were not logged, as places on the axis that can be asked about, and what there is to say. Pure.

import type { Nic } from "../../../shared/contract.ts";
import { count, day, duration } from "../../model/format.ts";
import type { Stretch } from "./coverage.ts";
import { spanWords } from "./readout.ts";

/** Stretches that stand in one place, in order. */
export type Spot = { readonly left: number; readonly right: number; readonly stretches: readonly Stretch[] };

/** Those nearer than `leastPx` to one another stand together. `xOfTime` cuts to the axis. */
export function spotsOf(
  stretches: readonly Stretch[],
  xOfTime: (time: number) => number,
  leastPx: number,
): readonly Spot[] {
  const found: { left: number; right: number; stretches: Stretch[] }[] = [];
  for (const stretch of stretches) {
    if (stretch.missing === 0 && stretch.of > 0) continue;
    const [left, right] = [xOfTime(stretch.from), xOfTime(stretch.to)];
    if (right <= left) continue;
    const last = found.at(-1);
    if (last && left - last.right < leastPx) {
      last.stretches.push(stretch);
      last.right = right;
    } else found.push({ left, right, stretches: [stretch] });
  }
  return found;
}

/** NICs that had logged before, would log again, and did not in all of this stretch. */
export function silentNics(nics: readonly Nic[], { from, to }: Stretch): readonly Nic[] {
  return nics.filter(({ gaps }) => gaps.some((gap) => gap.from < to && gap.to > from));
}

/** "No log 23:00 to 23:35 UTC: none of 12 NICs was logged". */
export function gapWords(stretch: Stretch): string {
  const { from, to, of, missing } = stretch;
  const when = `${spanWords(stretch)} (${duration(to - from)})`;
  if (of === 0) return `No log ${when}: no NIC had begun to log, or all had ended.`;
  if (missing >= of) return `No log ${when}: ${of === 1 ? "the one NIC" : `none of ${count(of)} NICs`} was logged.`;
  return `Partly logged ${when}: ${count(missing)} of ${count(of)} NICs ${missing === 1 ? "was" : "were"} not.`;
}

export function gapMeaning({ of, missing }: Stretch): string {
  return missing >= of
    ? "This does not mean there was no traffic: nobody wrote down whether there was."
    : "Traffic of these NICs is missing from every figure of this stretch, unless the other side was logged.";
}

/** "Wed 4 Mar and 2 more" */
export function spotTitle({ stretches }: Spot): string {
  const [first] = stretches;
  if (first === undefined) return "";
  return stretches.length === 1
    ? gapWords(first)
    : `${count(stretches.length)} stretches without all logs from ${day(first.from)}`;
}
