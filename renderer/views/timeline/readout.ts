// What stands under the crosshair, in words: the bar's own time, what it holds, and whether everything was logged.

import { clock, count, day } from "../../model/format.ts";
import { amountWords } from "../../model/measure.ts";
import type { Range } from "../../model/range.ts";
import { barAt, binAround } from "./bars.ts";
import { isNoLog, type Stretch, stretchAt } from "./coverage.ts";
import type { Picture } from "./picture.ts";

export type Readout = {
  readonly time: string;
  readonly amount: string;
  readonly allowed: string;
  readonly denied: string;
  readonly log: string;
};

const DAY = 86_400_000;

/** "Wed 4 Mar 02:30 to 02:32 UTC"; without the day where `shown`, whose day the axis names, lies within it. */
export function spanWords({ from, to }: Range, shown: Range | null = null): string {
  const digits = from % 1000 || to % 1000 ? "ms" : from % 60_000 || to % 60_000 ? "s" : "min";
  const isDay = from % DAY === 0 && to - from === DAY;
  if (isDay) return `${day(from)} UTC`;
  const isOneDay = shown !== null && Math.floor(shown.from / DAY) === Math.floor((shown.to - 1) / DAY);
  if (isOneDay) return `${clock(from, digits)} to ${clock(to, digits)} UTC`;
  const ends = Math.floor(from / DAY) === Math.floor((to - 1) / DAY) ? "" : `${day(to)} `;
  return `${day(from)} ${clock(from, digits)} to ${ends}${clock(to, digits)} UTC`;
}

export function readoutAt(picture: Picture, at: number): Readout {
  const bars = picture.detail;
  const range = bars ? binAround(at, bars.widthMs, picture.range) : { from: at, to: at };
  const i = bars ? barAt(bars, at) : -1;
  const stretch = stretchAt(picture.stretches, at);
  const isSilent = stretch !== null && isNoLog(stretch);
  const logged = stretch && stretch.missing > 0 ? `${stretch.of - stretch.missing} of ${stretch.of} NICs` : "";
  return {
    time: spanWords(range, picture.range),
    amount: i < 0 || !bars ? "" : amountWords(bars.measure, bars.amount[i] as number),
    allowed: i < 0 || !bars ? (isSilent ? "" : "no tuples") : `${count(bars.allowed[i] as number)} allowed`,
    denied: i < 0 || !bars ? "" : `${count(bars.denied[i] as number)} denied`,
    log: isSilent ? noLogWords(stretch) : logged,
  };
}

/** "no log 23:00 to 23:35: 12 of 12 NICs". */
function noLogWords({ from, to, of }: Stretch): string {
  const who = of === 0 ? "no NIC logged then" : `${count(of)} of ${count(of)} NICs`;
  return `no log ${clock(from, "min")} to ${clock(to, "min")}: ${who}`;
}
