// Writes what stands under the crosshair into the head, without React: the drag's own stretch, the bar of a lane or of the scope, or else
// the selected one.

import { useLaneBars } from "./lane-bars.ts";
import type { Live, Picture } from "./picture.ts";
import { readoutAt, spanWords } from "./readout.ts";

const PARTS = ["name", "time", "amount", "allowed", "denied", "log"] as const;

export function showReadout(head: HTMLElement | null, picture: Picture, live: Live): void {
  const at = live.at ?? picture.selected?.from ?? null;
  const said = at === null ? null : readoutOf(picture, live, at);
  const texts = live.preview
    ? { name: "", time: `zoom to ${spanWords(live.preview)}`, amount: "", allowed: "", denied: "", log: "" }
    : said;
  for (const part of PARTS) {
    const element = head?.querySelector(`[data-part="${part}"]`);
    const text = texts?.[part] ?? "";
    if (element && element.textContent !== text) element.textContent = text;
  }
  head?.classList.toggle("reading", texts !== null);
}

function readoutOf(
  picture: Picture,
  { lane, at: crosshair }: Live,
  at: number,
): Record<(typeof PARTS)[number], string> {
  if (lane === null || crosshair === null) return { name: "", ...readoutAt(picture, at) };
  const detail = useLaneBars.getState().byLane.get(lane.id) ?? null;
  const stretches = lane.kind === "nic" ? lane.stretches : picture.stretches;
  return { name: lane.name, ...readoutAt({ ...picture, detail, stretches }, at) };
}
