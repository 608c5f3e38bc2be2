// What a NIC's logs say of the hours in which it was not logged.

import type { Nic } from "../../../shared/contract.ts";

const HOUR = 3_600_000;

export function hoursIn(spans: Nic["gaps"]): number {
  return spans.reduce((sum, { from, to }) => sum + (to - from) / HOUR, 0);
}

export function gapText(gaps: Nic["gaps"]): string {
  if (gaps.length === 0) return "none";
  return `${hoursIn(gaps)} in ${gaps.length} ${gaps.length === 1 ? "stretch" : "stretches"}`;
}
