// The range that what is shown is compared with: typed and then fixed, or one that follows what is shown. Pure.

import type { Scope } from "../../shared/scope.ts";
import type { Range } from "./range.ts";

/** How it follows: the window right before, the same hours the day or the week before. Absent: it stays where it is. */
export const followings = ["before", "day", "week"] as const;
export type Following = (typeof followings)[number];

export type Compared = Range & { readonly by?: Following };

const DAY = 86_400_000;

export const followingTitles: Readonly<Record<Following, string>> = {
  before: "the window before",
  day: "the day before",
  week: "the week before",
};

export function comparedBy(by: Following, shown: Range): Compared {
  const shift = by === "before" ? shown.to - shown.from : by === "day" ? DAY : 7 * DAY;
  return { from: Math.round(shown.from - shift), to: Math.round(shown.to - shift), by };
}

/** What must be added to an instant of the earlier range to lie over what is shown: both begin together. */
export function shiftOf(compared: Range, shown: Range): number {
  return shown.from - compared.from;
}

export function scopeCompared(scope: Scope, { from, to }: Range): Scope {
  return { ...scope, from, to };
}

export function printCompared({ from, to, by }: Compared): string {
  return [from, to, by].filter((part) => part !== undefined).join(":");
}

/** Anyone can write an address: what is not right is none. */
export function comparedIn(text: string | null): Compared | null {
  const [from, to, by] = (text ?? "").split(":");
  const range = { from: Number(from), to: Number(to) };
  if (!from || !to || !Number.isSafeInteger(range.from) || !Number.isSafeInteger(range.to)) return null;
  if (range.from >= range.to) return null;
  const known = followings.find((each) => each === by);
  return known ? { ...range, by: known } : range;
}

export type Difference = {
  readonly now: number;
  readonly before: number;
  readonly change: number;
  readonly percent: number | null;
};

/** `percent` is null where nothing was there before. */
export function differenceOf(now: number, before: number): Difference {
  const change = now - before;
  return { now, before, change, percent: before === 0 ? null : (change / before) * 100 };
}

/** "+12 %", "−3.4 %", "as before", "new". */
export function changeWords({ change, percent }: Difference): string {
  if (change === 0) return "as before";
  if (percent === null) return "new";
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  const figure =
    Math.abs(percent) >= 1000
      ? `${Math.round(Math.abs(percent) / 100 + 1)} ×`
      : `${Math.abs(percent).toFixed(digits)} %`;
  return Math.abs(percent) >= 1000 ? figure : `${change > 0 ? "+" : "−"}${figure}`;
}
