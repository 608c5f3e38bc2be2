// Series of the timeline: parts of what is in scope, each by a filter of its own, named, with a look that stays its own when others come
// and go. Plain data that stands in the address.

import { failureOf } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { splitMeasures } from "../../shared/filter/tree.ts";
import { FILTER_LENGTH } from "../../shared/scope.ts";

/** The first three mean what they are called everywhere; the others tell series apart by colour and shape, beside their names. */
export const looks = ["allowed", "denied", "unencrypted", "1", "2", "3", "4", "5", "6", "7", "8"] as const;
export type Look = (typeof looks)[number];

export type Series = { readonly name: string; readonly filter: string; readonly look: Look; readonly hidden: boolean };

/** Each is a question with every move of the range. */
export const MOST_SERIES = 8;
const NAME_LENGTH = 80;

export const readySeries: readonly Pick<Series, "name" | "filter" | "look">[] = [
  { name: "allowed", filter: "decision == allow", look: "allowed" },
  { name: "denied", filter: "decision == deny", look: "denied" },
  { name: "unencrypted", filter: "enc contains NX", look: "unencrypted" },
];

/** At the end, shown; as they were where one has this filter already (then it is shown) or they are as many as can be. */
export function withSeries(series: readonly Series[], name: string, filter: string, look?: Look): readonly Series[] {
  const known = series.findIndex((each) => each.filter === filter);
  if (known !== -1) return series.map((each, i) => (i === known ? { ...each, hidden: false } : each));
  if (series.length >= MOST_SERIES) return series;
  const free = look ?? freeLook(series);
  return [
    ...series,
    { name: name.trim().slice(0, NAME_LENGTH) || filter.slice(0, NAME_LENGTH), filter, look: free, hidden: false },
  ];
}

function freeLook(series: readonly Series[]): Look {
  const taken = new Set(series.map(({ look }) => look));
  return looks.slice(3).find((look) => !taken.has(look)) ?? "8";
}

/** Why a text can be no series' filter; null where it can. Conditions on rows say nothing of a part of the tuples. */
export function faultOfSeries(filter: string): string | null {
  if (filter.trim() === "") return "Type a filter, such as dport == 3389.";
  try {
    if (splitMeasures(parseFilter(filter)).rows.length === 0) return null;
    return "bytes and packets are conditions on the rows of a table; a series is a part of the tuples.";
  } catch (thrown) {
    return failureOf(thrown).message.split("\n", 1)[0] ?? "";
  }
}

/** "" for none. */
export function printSeries(series: readonly Series[]): string {
  if (series.length === 0) return "";
  return JSON.stringify(series.map(({ name, filter, look, hidden }) => [name, filter, look, hidden ? 1 : 0]));
}

/** Anyone can write an address: what is not right is left out. */
export function seriesIn(text: string | null): readonly Series[] {
  return listIn(text)
    .flatMap((each): readonly Series[] => {
      const [name, filter, look, hidden] = Array.isArray(each) ? each : [];
      const known = looks.find((one) => one === look);
      if (typeof name !== "string" || typeof filter !== "string" || !known || filter.length > FILTER_LENGTH) return [];
      return [{ name: name.slice(0, NAME_LENGTH), filter, look: known, hidden: hidden === 1 }];
    })
    .filter(({ filter }, i, all) => all.findIndex((each) => each.filter === filter) === i)
    .slice(0, MOST_SERIES);
}

function listIn(text: string | null): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
