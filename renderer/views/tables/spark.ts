// A row's activity as a picture 18 px high: allowed stands on a line, denied hangs below it, to one scale that is the row's own. Pure.

import { count, instant } from "../../model/format.ts";

export const SPARK_HEIGHT = 18;
const MOST_WIDTH = 132;
const WIDEST_BAR = 8;

/** `step`: px from bar to bar, one of them empty. Paths in px. */
export type Spark = {
  readonly step: number;
  readonly width: number;
  readonly base: number;
  readonly allowed: string;
  readonly denied: string;
};

/** A bar of anything is at least 1 px; of nothing there is none. */
export function sparkOf(tuples: readonly number[], denied: readonly number[]): Spark {
  const step = Math.max(2, Math.min(WIDEST_BAR, Math.floor(MOST_WIDTH / Math.max(1, tuples.length))));
  const ups = tuples.map((all, i) => all - (denied[i] ?? 0));
  const [up, down] = [Math.max(0, ...ups), Math.max(0, ...denied)];
  const room = SPARK_HEIGHT - 1; // the line
  const least = (value: number): number => (value > 0 ? 1 : 0);
  // Both ways to one scale, but what there is of either can be seen.
  const below = down === 0 ? 0 : Math.min(room - least(up), Math.max(1, Math.round((room * down) / (up + down))));
  const base = room - below;
  const unit = Math.min(
    up > 0 ? base / up : Number.POSITIVE_INFINITY,
    down > 0 ? below / down : Number.POSITIVE_INFINITY,
  );
  const tall = (value: number): number => Math.max(least(value), Math.round(value * unit));
  const bar = (i: number, y: number, height: number): string =>
    height === 0 ? "" : `M${i * step} ${y}h${step - 1}v${height}h${1 - step}z`;
  return {
    step,
    width: tuples.length * step,
    base,
    allowed: ups.map((value, i) => bar(i, base - tall(value), tall(value))).join(""),
    denied: denied.map((value, i) => bar(i, base + 1, tall(value))).join(""),
  };
}

type Bins = { readonly from: number; readonly width: number };

/** What one bar stands for, exactly. */
export function barWords({ from, width }: Bins, i: number, tuples: number, denied: number): string {
  const begin = from + i * width;
  const digits = width < 1000 ? "ms" : width < 60_000 ? "s" : "min";
  const figures = tuples === 0 ? "no tuple" : `${count(tuples)} ${tuples === 1 ? "tuple" : "tuples"}`;
  return `${instant(begin, digits)} to ${instant(begin + width, digits)} UTC: ${figures}${denied > 0 ? `, ${count(denied)} denied` : ""}`;
}

/** For those who do not see it: how many bars there are something in, and the tallest. */
export function sparkWords(bins: Bins, tuples: readonly number[], denied: readonly number[]): string {
  const filled = tuples.filter((value) => value > 0).length;
  const tallest = tuples.indexOf(Math.max(...tuples));
  if (filled === 0) return "no tuple in range";
  return `tuples in ${count(filled)} of ${count(tuples.length)} stretches, most in ${barWords(bins, tallest, tuples[tallest] ?? 0, denied[tallest] ?? 0)}`;
}
