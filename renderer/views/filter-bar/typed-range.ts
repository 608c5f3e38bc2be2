// Times as typed into the range: ISO 8601, milliseconds or seconds since 1970, a clock on the day shown, an offset, or a length at either
// end of the case ("last 2h"). Always UTC unless a zone is given. Pure; what cannot be read says why in a sentence.

import { MS_FROM } from "../../../shared/flow.ts";
import { parseInstant } from "../../../shared/time.ts";
import { inside, type Range } from "../../model/range.ts";

export type Typed = { readonly time: number } | { readonly fault: string };
export type TypedRange = Range | { readonly fault: string };

export const FORMS = "2026-03-04 02:10, 02:10:06.412, 1772590206412, -2h, +30m, last 2h";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const OFFSET = /^([+-])\s*(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|min|h|d)$/i;
const AT_AN_END = /^(last|first)\s+(?:(\d{1,9}(?:\.\d{1,3})?)\s*)?(ms|s|m|min|h|hours?|d|days?)$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
const DAY = 86_400_000;

/**
 * `edge` of `shown` is what is typed over. `-2h` counts back from the end of the range, `+30m` on from its begin, whichever field it is
 * typed into; alone in its own field it moves that edge (`+30m` as begin, `-30m` as end).
 */
export function typedTime(text: string, edge: "from" | "to", shown: Range): Typed {
  const written = text.trim().replace(/\s*(utc|gmt)$/i, "Z");
  const offset = OFFSET.exec(written);
  if (offset) {
    const by = Math.round(Number(offset[2]) * (UNITS[(offset[3] ?? "").toLowerCase()] ?? 0));
    return { time: offset[1] === "-" ? shown.to - by : shown.from + by };
  }
  const clock = CLOCK.exec(written.replace(/Z$/i, ""));
  if (clock) {
    const [h, min, s] = [clock[1], clock[2], clock[3] ?? "0"].map(Number) as [number, number, number];
    if (h > 24 || min > 59 || s > 59) return { fault: `${written} is no time of day.` };
    const midnight = Math.floor((edge === "to" ? shown.to - 1 : shown.from) / DAY) * DAY;
    return { time: midnight + ((h * 60 + min) * 60 + s) * 1000 + Number((clock[4] ?? "0").padEnd(3, "0").slice(0, 3)) };
  }
  if (/^\d+(\.\d+)?$/.test(written)) {
    const value = Number(written);
    return checked(value < MS_FROM ? Math.round(value * 1000) : Math.round(value), text);
  }
  const instant = parseInstant(written);
  const time = instant === "no zone" ? parseInstant(`${written}Z`) : instant;
  if (typeof time !== "number") return { fault: `"${text.trim()}" is no time. Such are: ${FORMS}.` };
  return checked(time, text);
}

function checked(time: number, text: string): Typed {
  const isYear = time >= 0 && time < Date.UTC(2100, 0, 1);
  return isYear ? { time } : { fault: `"${text.trim()}" lies before 1970 or after 2099.` };
}

const BETWEEN = /\s+(?:to|until|through|-|–|—|→)\s+|\s*(?:\.\.|→|\/)\s*/i;

/**
 * `text` in the field of one edge: that edge moved, or both where a range was pasted ("a to b", "a/b") or is an end of `whole`
 * ("last 2h", "first day").
 */
export function typedRange(text: string, edge: "from" | "to", shown: Range, whole: Range): TypedRange {
  const end = AT_AN_END.exec(text.trim());
  if (end) {
    const unit = (end[3] ?? "").toLowerCase().replace(/^(hour|day)s?$/, (_, word: string) => word.slice(0, 1));
    const span = Math.round(Number(end[2] ?? "1") * (UNITS[unit] ?? 0));
    if (span <= 0) return { fault: "A range of no length shows nothing." };
    return inside(
      end[1]?.toLowerCase() === "last"
        ? { from: whole.to - span, to: whole.to }
        : { from: whole.from, to: whole.from + span },
      whole,
    );
  }
  const parts = text.trim().split(BETWEEN);
  if (parts.length > 2) return { fault: "A range has two ends, such as 2026-03-04 02:00 to 2026-03-04 04:00." };
  const [first = "", second] = parts;
  if (second === undefined) {
    const typed = typedTime(first, edge, shown);
    return "fault" in typed ? typed : ordered({ ...shown, [edge]: typed.time });
  }
  const from = typedTime(first, "from", shown);
  if ("fault" in from) return from;
  const to = typedTime(second, "to", { from: from.time, to: from.time + 1 });
  return "fault" in to ? to : ordered({ from: from.time, to: to.time });
}

function ordered({ from, to }: Range): TypedRange {
  return from < to ? { from, to } : { fault: "The range would end before it begins." };
}

/** As the field shows it: no more figures than it has. */
export function printTime(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.slice(0, time % 1000 === 0 ? 19 : 23).replace("T", " ");
}

export type Preset = { readonly title: string; readonly range: Range };

const MOST_DAYS = 31;

const LENGTHS = [10_000, 60_000, 300_000, 900_000, 3_600_000, 21_600_000, DAY, 7 * DAY];

/** Round lengths that fit the case, each about the middle of what is shown. */
export function lengths(shown: Range, whole: Range, nameLength: (ms: number) => string): readonly Preset[] {
  const middle = Math.round((shown.from + shown.to) / 2);
  return LENGTHS.filter((span) => span < whole.to - whole.from).map((span) => ({
    title: nameLength(span),
    range: inside({ from: middle - span / 2, to: middle + span / 2 }, whole),
  }));
}

/** Stretches of a case worth a menu entry; days in UTC, the last 31 of them. */
export function presets(
  whole: Range,
  nameDay: (time: number) => string,
): { last: readonly Preset[]; days: readonly Preset[] } {
  const last = (
    [
      ["Last hour of the case", 3_600_000],
      ["Last day of the case", DAY],
    ] as const
  )
    .filter(([, span]) => span < whole.to - whole.from)
    .map(([title, span]) => ({ title, range: { from: whole.to - span, to: whole.to } }));
  const firstDay = Math.floor(whole.from / DAY);
  const lastDay = Math.floor((whole.to - 1) / DAY);
  const days: Preset[] = [];
  for (let day = Math.max(firstDay, lastDay - MOST_DAYS + 1); day <= lastDay; day++)
    days.push({ title: nameDay(day * DAY), range: { from: day * DAY, to: (day + 1) * DAY } });
  return { last, days };
}
