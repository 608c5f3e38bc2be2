// On how many days (UTC) groups of conversations have tuples: one pass over the scope says on which days each conversation has some,
// whatever the number of days.

import { HOUR } from "../analysis/activity.ts";
import { HOURS } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { YES } from "./compile-filter.ts";
import type { Sums } from "./group-sums.ts";
import { scanOf } from "./scan.ts";
import type { InScope } from "./scope-asked.ts";

const DAY = 86_400_000;

/** Of each conversation, by its position in the sums, the number of its group, −1 for none → days by group. */
type CountDays = (grouped: { readonly of: Int32Array; readonly count: number }) => Float64Array;

export function days(catalog: Catalog, scope: InScope, sums: Sums): CountDays {
  const { starts, list } = byDay(daysMet(catalog, scope, sums));
  return ({ of, count }) => {
    const by = new Float64Array(count);
    const counted = new Int32Array(count).fill(-1);
    for (let day = 0; day + 1 < starts.length; day++) {
      for (let at = starts[day] as number; at < (starts[day + 1] as number); at++) {
        const group = of[list[at] as number] as number;
        if (group < 0 || counted[group] === day) continue;
        counted[group] = day;
        by[group] = (by[group] as number) + 1;
      }
    }
    return by;
  };
}

/** Conversations by their position in the sums, each with a day it has tuples on, by the number of the day; some come twice. */
type Met = {
  readonly days: number;
  readonly day: Uint32Array;
  readonly position: Uint32Array;
  readonly length: number;
};

/** The same tuples as scan-sums.ts adds up. */
function daysMet(catalog: Catalog, scope: InScope, sums: Sums): Met {
  const position = new Int32Array(catalog.conversations.columns.length).fill(-1);
  for (let i = 0; i < sums.length; i++) position[sums.id[i] as number] = i;
  const last = new Int32Array(sums.length).fill(-1); // day met last, by position
  const numbers = new Map<number, number>();
  let length = 0;
  let day = new Uint32Array(1024);
  let list = new Uint32Array(1024);
  const numberOf = (begin: number): number => {
    const known = numbers.get(begin);
    if (known !== undefined) return known;
    numbers.set(begin, numbers.size);
    return numbers.size - 1;
  };
  const meet = (at: number, number: number): void => {
    if (at === -1 || last[at] === number) return;
    last[at] = number;
    if (length === day.length) [day, list] = [grown(day), grown(list)];
    day[length] = number;
    list[length++] = at;
  };

  const scan = scanOf(catalog, scope);
  scan.eachOther({
    rows(view, rows) {
      const map = view.map();
      const { key, time } = view.when;
      let begin = Number.NaN;
      let number = -1;
      for (let i = 0; i < time.length; i++) {
        if (rows !== null && rows[i] === 0) continue;
        const own = Math.floor((time[i] as number) / DAY);
        if (own !== begin) [begin, number] = [own, numberOf(own)];
        meet(position[map[key[i] as number] as number] as number, number);
      }
    },
    taken({ conversation, hour, leftOut }, hours) {
      for (let i = 0; i < hour.length; i++) {
        const h = hour[i] as number;
        if (h < hours.from || h >= hours.to || (scope.once && leftOut[i] === 1)) continue;
        meet(position[conversation[i] as number] as number, numberOf(Math.floor((h * HOUR) / DAY)));
      }
    },
  });
  const { activity, from, to, left } = scan;
  if (activity === null) return { days: numbers.size, day, position: list, length };
  const { heads, starts, hours } = activity;
  const dayOfHour = hours.map((time, hour) => (hour >= from && hour < to ? numberOf(Math.floor(time / DAY)) : -1));
  for (let c = 0; c < position.length; c++) {
    const at = position[c] as number;
    if (at === -1 || scope.filter.verdicts[c] !== YES) continue;
    for (let row = starts[c] as number; row < (starts[c + 1] as number); row++) {
      const head = heads[row] as number;
      const number = dayOfHour[head >>> HOURS] as number;
      if (number !== -1 && (head & left) === 0) meet(at, number);
    }
  }
  return { days: numbers.size, day, position: list, length };
}

function grown(column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(column.length * 2);
  wider.set(column);
  return wider;
}

/** Positions of one day together. */
function byDay({ days: count, day, position, length }: Met): {
  readonly starts: Uint32Array;
  readonly list: Uint32Array;
} {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < length; i++) starts[(day[i] as number) + 1] = (starts[(day[i] as number) + 1] as number) + 1;
  for (let d = 0; d < count; d++) starts[d + 1] = (starts[d + 1] as number) + (starts[d] as number);
  const next = starts.slice();
  const list = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const d = day[i] as number;
    const at = next[d] as number;
    next[d] = at + 1;
    list[at] = position[i] as number;
  }
  return { starts, list };
}
