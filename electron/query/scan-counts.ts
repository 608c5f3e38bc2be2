// How many tuples of a scope each group has (conversations, or pairs of addresses), and the sums of all of them: what is needed to find
// the largest groups and to tell what is left out.

import { type Activity, HOURS, TUPLES } from "./activity.ts";
import type { Catalog } from "./catalog.ts";
import { type Compiled, YES } from "./compile-filter.ts";
import { countBeside } from "./count-beside.ts";
import { type Counting, countParts, partsOf } from "./count-rows.ts";
import { type Measure, measures, type SummedBy, type Sums } from "./group-sums.ts";
import { type HourTotals, hourTotals } from "./hour-totals.ts";
import type { Pairs } from "./pair-order.ts";
import type { Scan } from "./scan.ts";
import type { ByTuple } from "./scan-sums.ts";
import type { InScope } from "./scope-asked.ts";
import { countTaken, type Taken, takenHours } from "./taken-sums.ts";

export type Counts = {
  /** Of each conversation or pair, by its number. Overwritten by the next question. */
  readonly tuples: Int32Array;
  /** Of each conversation: those of them that the filter takes in part; null where there are none. Overwritten likewise. */
  readonly taken: Int32Array | null;
  /** Sums of all groups; of times the first and the last. */
  readonly totals: Totals;
};

type Totals = Record<Measure, number>;

const added = measures.filter((name) => name !== "firstTime" && name !== "lastTime");

/** Memory that is kept, for fresh memory costs more than filling it. */
let spare: Int32Array = new Int32Array(0);

export function scanCounts(
  catalog: Catalog,
  scope: InScope,
  scan: Scan,
  by: SummedBy,
  { sums: byTuple, taken }: ByTuple,
): Counts {
  const pairs = by === "pair" ? catalog.pairs() : null;
  const groups = pairs?.of ?? null;
  const size = pairs?.length ?? catalog.conversations.columns.length;
  if (spare.length < size) spare = new Int32Array(new SharedArrayBuffer(size * 4));
  const tuples = spare.subarray(0, size);
  const isTold = scan.activity !== null && scan.from < scan.to;
  const few = isTold ? fewTaken(scope.filter) : null;
  if (scan.activity === null || !isTold) tuples.fill(0);
  else if (few === null) countAll(catalog, scan.activity, scan, scope.filter, pairs);
  else addFew(scan.activity, scan, few, groups, tuples.fill(0));
  for (let i = 0; i < byTuple.length; i++) {
    const c = byTuple.id[i] as number;
    const group = groups === null ? c : (groups[c] as number);
    tuples[group] = (tuples[group] as number) + (byTuple.tuples[i] as number);
  }
  const counts = countTaken(catalog, taken, scope.once);
  if (counts !== null) addCounts(counts, groups, tuples);
  return { tuples, taken: counts, totals: totalsOf(catalog, scope, scan, byTuple, taken) };
}

function addCounts(counts: Int32Array, groups: Uint32Array | null, tuples: Int32Array): void {
  for (let c = 0; c < counts.length; c++) {
    const group = groups === null ? c : (groups[c] as number);
    tuples[group] = (tuples[group] as number) + (counts[c] as number);
  }
}

/** Fewer rows are counted before a second thread is awake. */
const MANY_ROWS = 1 << 18;
/** Parts so small that nobody waits long for the last one. */
const PARTS = 32;

function countAll(
  catalog: Catalog,
  { heads, starts }: Activity,
  scan: Scan,
  filter: Compiled,
  pairs: Pairs | null,
): void {
  const counting: Counting = {
    heads,
    starts,
    verdicts: shared(filter),
    groups: pairs?.of ?? null,
    from: scan.from,
    to: scan.to,
    left: scan.left,
    parts: partsOf(catalog.conversations.columns.length, pairs, PARTS),
    tuples: spare,
    progress: new Int32Array(new SharedArrayBuffer(8)),
  };
  if (heads.length < MANY_ROWS) countParts(counting);
  else countBeside(counting);
}

let sharedVerdicts: Uint8Array = new Uint8Array(0);

/** Verdicts of the filter that is asked for, where both threads see them. */
function shared({ verdicts }: Compiled): Uint8Array {
  if (sharedVerdicts.length !== verdicts.length)
    sharedVerdicts = new Uint8Array(new SharedArrayBuffer(verdicts.length));
  sharedVerdicts.set(verdicts);
  return sharedVerdicts;
}

/** Of one conversation: tuples in scope told by activity. */
export function tuplesOf({ heads, starts }: Activity, { from, to, left }: Scan, conversation: number): number {
  const end = starts[conversation + 1] as number;
  let own = 0;
  for (let r = starts[conversation] as number; r < end; r++) {
    const head = heads[r] as number;
    const hour = head >>> HOURS;
    if (hour >= from && hour < to && (head & left) === 0) own += head & TUPLES;
  }
  return own;
}

function addFew(
  activity: Activity,
  scan: Scan,
  conversations: Uint32Array,
  groups: Uint32Array | null,
  tuples: Int32Array,
): void {
  for (let i = 0; i < conversations.length; i++) {
    const c = conversations[i] as number;
    const own = tuplesOf(activity, scan, c);
    const group = groups === null ? c : (groups[c] as number);
    tuples[group] = (tuples[group] as number) + own;
  }
}

// Known as long as the filter is.
const taken = new WeakMap<Compiled, { readonly few: Uint32Array | null }>();
/** Less than this share of all conversations are few. */
const FEW = 1 / 8;

/** The conversations that a filter takes whole, where they are few. */
function fewTaken(filter: Compiled): Uint32Array | null {
  const known = taken.get(filter);
  if (known) return known.few;
  const { verdicts } = filter;
  let count = 0;
  for (let c = 0; c < verdicts.length; c++) count += verdicts[c] === YES ? 1 : 0;
  const few = count < verdicts.length * FEW ? new Uint32Array(count) : null;
  if (few) for (let c = 0, at = 0; c < verdicts.length; c++) if (verdicts[c] === YES) few[at++] = c;
  taken.set(filter, { few });
  return few;
}

/** Hours as the filter takes them, whole and in part, and what was looked at by tuple. */
function totalsOf(
  catalog: Catalog,
  { filter, once }: InScope,
  { activity, from, to, left }: Scan,
  byTuple: ByTuple["sums"],
  taken: readonly Taken[],
): Totals {
  const totals = Object.fromEntries(measures.map((name) => [name, 0])) as Totals; // of all its names
  totals.firstTime = Number.POSITIVE_INFINITY;
  totals.lastTime = Number.NEGATIVE_INFINITY;
  const addUp = (columns: HourTotals | Sums, begin: number, end: number): void => {
    for (const name of added) totals[name] += sumOf(columns[name], begin, end);
    widen(columns, begin, end);
  };
  const widen = ({ firstTime, lastTime }: HourTotals | Sums, begin: number, end: number): void => {
    for (let i = begin; i < end; i++) {
      if ((firstTime[i] as number) < totals.firstTime) totals.firstTime = firstTime[i] as number;
      if ((lastTime[i] as number) > totals.lastTime) totals.lastTime = lastTime[i] as number;
    }
  };
  if (activity !== null) addUp(hourTotals(catalog, activity, filter, left), from, to);
  addUp(byTuple, 0, byTuple.length);
  for (const each of taken) {
    const hours = takenHours(catalog, each.rows, once);
    hours.hour.forEach((hour, at) => {
      if (hour >= each.from && hour < each.to) addUp(hours, at, at + 1);
    });
  }
  return totals;
}

function sumOf(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += column[i] as number;
  return sum;
}
