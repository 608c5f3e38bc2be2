// The timeline with counters spread: what a tuple reports is spread over the interval that it reports on (spread-starts.ts). Tuples,
// begins and ends count at their own time.

import { AppError } from "../../shared/failure.ts";
import { counters } from "../../shared/flow.ts";
import { type Bin, bins, type Cell, rowFields } from "../../shared/rows.ts";
import { shareBefore } from "../analysis/spread.ts";
import type { Catalog } from "./catalog.ts";
import { requireSettled } from "./in-scope.ts";
import type { InScope } from "./scope-asked.ts";
import { spreadIntervals } from "./spread-starts.ts";
import type { Table } from "./table.ts";
import { timelineTable } from "./timeline.ts";

/** Steps from bin to bin, of all tuples together; about 10 ns each. */
const MOST_STEPS = 300_000_000;

/** Bins that are kept at once; some 150 bytes each. */
const MOST_BINS = 1_000_000;

/** Four sums a bin, by the bin's begin over its width. */
type Sums = Map<number, Float64Array>;

export function spreadTimeline(catalog: Catalog, scope: InScope, bin: Bin): Table {
  requireSettled(catalog);
  const width = bins[bin];
  const sums: Sums = new Map();
  let steps = 0;
  for (const { view, length, row, start, end } of spreadIntervals(catalog, scope)) {
    for (let i = 0; i < length; i++) steps += ((end[i] as number) - (start[i] as number)) / width;
    if (steps > MOST_STEPS)
      throw new AppError(
        "bad-request",
        `Spread over bins of ${bin}, the tuples in scope reach into more than ${MOST_STEPS} bins in all; take wider bins, a narrower range or a filter.`,
      );
    const columns = scope.adjusted ? view.adjusted() : view.counters();
    counters.forEach((name, c) => {
      const column = columns[name];
      for (let i = 0; i < length; i++) {
        const value = column[row[i] as number] as number;
        if (value > 0) addSpread(sums, c, value, start[i] as number, end[i] as number, width);
      }
    });
  }
  const table = timelineTable(catalog, scope, bin);
  const rowAt = new Map<number, number>();
  for (let i = 0; i < table.length; i++) rowAt.set(Number(table.cell("time", i)) / width, i);
  const numbers = Float64Array.from(new Set([...rowAt.keys(), ...sums.keys()])).sort();
  const cell = (field: string, i: number): Cell => {
    const number = numbers[i];
    if (number === undefined) return null;
    if (field === "time") return number * width;
    const c = (counters as readonly string[]).indexOf(field);
    if (c !== -1) return sums.get(number)?.[c] ?? 0;
    const at = rowAt.get(number);
    return at === undefined ? 0 : table.cell(field, at);
  };
  return { fields: rowFields.timeline, length: numbers.length, cell };
}

function addSpread(sums: Sums, c: number, value: number, start: number, end: number, width: number): void {
  let before = 0;
  for (let number = Math.floor(start / width); number * width < end; number++) {
    const until = shareBefore(value, start, end, (number + 1) * width);
    if (until === before) continue; // nothing of it falls here
    let own = sums.get(number);
    if (!own) {
      if (sums.size === MOST_BINS)
        throw new AppError(
          "bad-request",
          `Spread over bins of ${width} ms, the tuples in scope reach into more than ${MOST_BINS} different bins; take wider bins or a narrower range.`,
        );
      own = new Float64Array(counters.length);
      sums.set(number, own);
    }
    own[c] = (own[c] as number) + (until - before);
    before = until;
  }
}
