// What an axis is made of: bins, ticks and round maxima. Pure.

import { type Bin, bins } from "../../../shared/rows.ts";
import { clock, day, instant } from "../../model/format.ts";
import type { Range } from "../../model/range.ts";

const MOST_BARS = 400;
const LEAST_PX = 3;

/** The narrowest bin whose bars are at least 3 px wide and at most 400; the widest where none is. */
export function binFor(range: Range, widthPx: number): Bin {
  const most = Math.max(1, Math.min(MOST_BARS, Math.floor(widthPx / LEAST_PX)));
  const names = Object.keys(bins) as Bin[]; // keys of a literal, narrowest first
  return names.find((name) => barsIn(range, bins[name]) <= most) ?? "1d";
}

/** Bins lie on multiples of their width since 1970 UTC: a range may cut the first and the last. */
export function barsIn(range: Range, widthMs: number): number {
  return Math.ceil(range.to / widthMs) - Math.floor(range.from / widthMs);
}

const WORDS: Readonly<Record<string, string>> = { m: "min", d: "day" };

/** "2 min" */
export function binWords(bin: Bin): string {
  const unit = bin.replace(/^\d+/, "");
  return `${Number.parseInt(bin, 10)} ${WORDS[unit] ?? unit}`;
}

export type Axis = { readonly range: Range; readonly left: number; readonly right: number };

export function xOf({ range, left, right }: Axis, time: number): number {
  return left + ((time - range.from) / (range.to - range.from)) * (right - left);
}

export function timeAt({ range, left, right }: Axis, x: number): number {
  const share = Math.max(0, Math.min(1, (x - left) / (right - left)));
  return range.from + share * (range.to - range.from);
}

const [S, MIN, H, D] = [1000, 60_000, 3_600_000, 86_400_000];
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S],
  ...[MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN],
  ...[H, 2 * H, 3 * H, 6 * H, 12 * H],
  ...[D, 2 * D, 7 * D, 14 * D, 28 * D, 91 * D, 364 * D],
];

export type Tick = { readonly time: number; readonly label: string };

/** Round instants of the range, about as many as `most`; a day is named where it begins. */
export function ticks(range: Range, most: number): readonly Tick[] {
  const least = (range.to - range.from) / Math.max(1, most);
  const step = STEPS.find((each) => each >= least) ?? 364 * D;
  const found: Tick[] = [];
  for (let time = Math.ceil(range.from / step) * step; time < range.to; time += step)
    found.push({ time, label: tickLabel(time, step) });
  return found;
}

function tickLabel(time: number, step: number): string {
  if (time % D === 0) return step >= 91 * D ? instant(time, "min").slice(0, 10) : day(time);
  return clock(time, step < S ? "ms" : step < MIN ? "s" : "min");
}

const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** One or two figures and noughts, not below `value`; 0 for 0. */
export function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const round = ROUND.find((each) => each * power >= value * (1 - 1e-12)) ?? 10;
  return round * power;
}
