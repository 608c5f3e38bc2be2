// Scenes of traffic that settling can get wrong: what logs say of one flow, or of two that meet. traffic-to-settle.ts stages them.

import { randomFrom } from "./logs.ts";

/** What an observer says of a flow at a time: state (`-`: none, where the form of its log can be without), and four counters as text. */
export type Beat = readonly [time: number, state: string, counters?: string];

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const HUGE = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 2 ** 52, 2 ** 52 + 1];

export type Dice = {
  /** A whole number from 0, less than `most`. */
  readonly below: (most: number) => number;
  readonly of: <T>(values: readonly T[]) => T;
  /** True once in so many times. */
  readonly oneIn: (times: number) => boolean;
};

export function diceFrom(seed: number): Dice {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  return { below, of: (values) => values[below(values.length)]!, oneIn: (times) => below(times) === 0 };
}

export function shuffled<T>(dice: Dice, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, by: dice.below(2 ** 30) }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
}

function counters(dice: Dice): string {
  if (dice.oneIn(12)) return ",,,";
  if (dice.oneIn(20)) return [dice.of(HUGE), dice.of(HUGE), dice.of([0, 1, ...HUGE]), dice.of(HUGE)].join();
  const some = (most: number): number | string => (dice.oneIn(30) ? "" : dice.below(most));
  return [some(20), some(9000), some(20), some(9000)].join();
}

/** The counters that one more report brings: all since the true beginning, or since the last report. */
function more(dice: Dice, before: readonly number[], cumulative: boolean): number[] {
  const rest = before.map(() => (dice.oneIn(4) ? 0 : 1 + dice.below(500)));
  return cumulative ? rest.map((value, index) => value + before[index]!) : rest;
}

/** What happens, by observer; who comes after the last sees what the last sees. One list: each by its own clock; several: to the millisecond. */
type Scene = (dice: Dice, at: number) => readonly (readonly Beat[])[];

const edge = (dice: Dice, limit: number): number => limit + dice.of([-1, 0, 0, 1]);

function plain(dice: Dice, at: number): Beat[][] {
  const step = dice.of([5 * MINUTE, 5 * MINUTE, 7 * HOUR, 20 * HOUR]);
  const length = dice.below(4);
  const beats = Array.from({ length }, (_, index): Beat => [at + (index + 1) * step, "C", counters(dice)]);
  return [[[at, "B"], ...beats, [at + length * step + dice.of([0, 6 * SECOND, 90 * SECOND]), "E", counters(dice)]]];
}

function rollOver(dice: Dice, at: number): Beat[][] {
  const beats: Beat[] = [[at, "B"]];
  let total = [0, 0, 0, 0];
  let time = at + dice.of([0, 0, 6 * SECOND, 5 * MINUTE]);
  for (let turns = 1 + dice.below(3); turns > 0; turns -= 1) {
    const first = more(dice, total, false);
    total = total.map((value, index) => value + first[index]!);
    beats.push([time, "E", first.join()], [time, "B"]);
    const isCumulative = !dice.oneIn(4);
    time += dice.of([0, 6 * SECOND, 5 * MINUTE]);
    const next = dice.oneIn(5) ? total : more(dice, total, isCumulative);
    if (dice.oneIn(3)) beats.push([time, "C", ",,,"]);
    if (dice.oneIn(2)) beats.push([time, "C", next.join()]);
    total = isCumulative ? next : total.map((value, index) => value + next[index]!);
    time += dice.of([0, 6 * SECOND]);
  }
  return [dice.oneIn(4) ? beats : [...beats, [time, "E", more(dice, total, true).join()]]];
}

function retries(dice: Dice, at: number): Beat[][] {
  const beats: Beat[] = [[at, "B"]];
  let time = at;
  for (let wait = 1; wait <= 2 ** dice.below(4); wait *= 2) {
    time += wait * SECOND;
    beats.push([time, "E", dice.of(["1,124,0,0", "1,124,0,0", "2,248,0,0", "1,124,,", "0,0,0,0"])], [time, "B"]);
  }
  return [[...beats, [time + 6 * SECOND, "E", dice.of(["1,124,0,0", "9,4000,8,5000"])]]];
}

function deniedRetries(dice: Dice, at: number): Beat[][] {
  const beats: Beat[] = [[at, "D"]];
  let time = at;
  for (const wait of [0, 1, 2, 4, 64].slice(dice.below(3), 3 + dice.below(3))) {
    time += dice.oneIn(2) ? edge(dice, 75 * SECOND) : wait * SECOND;
    beats.push([time, "D"]);
  }
  return [beats, beats];
}

function anything(dice: Dice, at: number): Beat[][] {
  const states = ["B", "B", "B", "C", "E", "E", "E", "X", "ACTIVE", "D"];
  const time = (): number => at + dice.of([0, 0, 1, 1000, 1000, 6000, 300_000]);
  return [Array.from({ length: 2 + dice.below(7) }, (): Beat => [time(), dice.of(states), counters(dice)])];
}

function longSilence(dice: Dice, at: number): Beat[][] {
  const last = at + edge(dice, DAY);
  return [
    [
      [at, dice.of(["B", "C"]), counters(dice)],
      [last, dice.of(["C", "E", "B"]), counters(dice)],
    ],
    [],
  ];
}

/** One flow ends, another begins five seconds after. */
function apart(dice: Dice, at: number): Beat[][] {
  const begin = at + edge(dice, 5 * SECOND);
  const isDenied = dice.oneIn(4);
  const one: Beat[] = isDenied
    ? [[at, "D"]]
    : [
        [at - MINUTE, "B"],
        [at, "E", "3,300,3,900"],
      ];
  const other: Beat[] = isDenied
    ? [[begin, "D"]]
    : [
        [begin, "B"],
        [begin + MINUTE, "E", "2,200,2,800"],
      ];
  return dice.oneIn(2) ? [one, other] : [other, one];
}

/** One log stops without an end, the other goes on; sometimes the first comes back the next day, ended. */
function logStops(dice: Dice, at: number): Beat[][] {
  const silent = at + edge(dice, 10 * MINUTE);
  const end: Beat[] = dice.oneIn(2) ? [[at + 20 * HOUR, "E", "9,9,9,9"]] : [];
  const goesOn: Beat[] = [
    [at + 1, "B"],
    [at + 5 * MINUTE, "C", "5,500,5,700"],
    [silent, "C", "5,600,5,800"],
  ];
  return [
    [[at, "B"], ...end],
    [...goesOn, [at + 23 * HOUR, "E", "1,60,1,60"]],
  ];
}

/** One log's flow lies in a silence of the other's and is over a little before midnight; another may have replaced it. */
function silenceOverMidnight(dice: Dice, at: number): Beat[][] {
  const midnight = Math.round(at / DAY) * DAY;
  if (dice.oneIn(4)) {
    const between = midnight - dice.of([66_000, 60_000, 5_001, 5_000]);
    return [[[between, "D"]], [midnight - 73_000, midnight + 1_000].map((time) => [time, "D"])];
  }
  const end = midnight - 5 * SECOND - dice.of([0, 0, 1, 1]);
  const ended: Beat[] = [
    [end - MINUTE, "B"],
    [end, "E", "2,200,2,800"],
  ];
  const replaced: Beat[] = [
    [midnight - 9 * MINUTE, "B"],
    ...dice.of<Beat[]>([[[midnight - 8 * MINUTE, "B"]], [], [[midnight - 8 * MINUTE, "-"]]]),
    [midnight - 7 * MINUTE, dice.of(["E", "-"]), "2,200,2,800"],
  ];
  const between = dice.of<Beat[]>([ended, ended, ended, replaced, replaced, [[end, "-"]]]);
  const begin = midnight - dice.of([2 * HOUR, 2 * HOUR, 9 * MINUTE]);
  return [
    between,
    [
      [begin, "B"],
      [midnight + dice.of([0, 30 * SECOND, 9 * MINUTE]), "C", "4,400,4,400"],
    ],
  ];
}

/** Two logs of one flow, on two sides of midnight; the one that ends first, and the one that goes on into the next day. */
function aboutMidnight(dice: Dice, at: number): Beat[][] {
  const midnight = Math.round(at / DAY) * DAY;
  const goesOn = midnight + dice.of([MINUTE, 11 * MINUTE, 14 * HOUR]);
  return [
    [
      [midnight + dice.of([-MINUTE, -2000, -1, 0, 1, 2000]), "B"],
      [midnight + dice.of([-1, 0, 30_000]), "E", "3,3,3,3"],
    ],
    [
      [midnight + dice.of([-MINUTE, -1000, 0]), "B"],
      [goesOn, "C", "7,7,7,7"],
      [goesOn + 20 * HOUR, "E", "1,1,1,1"],
    ],
  ];
}

function lone(dice: Dice, at: number): Beat[][] {
  return [[[at, dice.of(["B", "C", "E", "X"]), counters(dice)]]];
}

export const scenes: readonly Scene[] = [
  ...[plain, plain, rollOver, rollOver, retries, deniedRetries, anything, anything, longSilence, apart, logStops],
  ...[silenceOverMidnight, silenceOverMidnight, silenceOverMidnight, aboutMidnight, lone],
];
