// Where a range that is played stands: it moves through the case by windows of its own length. Pure.

import { LEAST_MS, type Range } from "../../model/range.ts";

/** Windows a second. */
export const speeds = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/**
 * After `windows` since `begin`. At the end of the case it stays (`ended`), or begins again at the case's begin. The last place is always
 * shown before it begins again.
 */
export function playedTo(
  begin: Range,
  whole: Range,
  windows: number,
  isLoop: boolean,
): { range: Range; ended: boolean } {
  const span = begin.to - begin.from;
  const last = whole.to - span;
  const at = begin.from + Math.round(windows * span);
  if (at <= last) return { range: { from: at, to: at + span }, ended: false };
  if (!isLoop) return { range: { from: last, to: whole.to }, ended: true };
  const lap = last - whole.from + span; // one window longer than the way: the last place is held that long
  const from = Math.min(last, whole.from + ((at - whole.from) % lap));
  return { range: { from, to: from + span }, ended: false };
}

/** With reduced motion a range is not moved but set: once a second. */
export function windowsPlayed(elapsedMs: number, speed: Speed, isReduced: boolean): number {
  const seconds = elapsedMs / 1000;
  return (isReduced ? Math.floor(seconds) : seconds) * speed;
}

/** Why a range cannot be played; null where it can. */
export function unplayable(range: Range, whole: Range): string | null {
  if (whole.to - whole.from <= LEAST_MS) return "The case is too short to be played.";
  const isShort = range.to - range.from < whole.to - whole.from;
  return isShort ? null : "Choose a range shorter than the case: playing moves it.";
}
