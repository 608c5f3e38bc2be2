// Tuples in scope by NIC and bin of time: the timeline with a lane for each NIC. Its rows of one bin sum up to the timeline's row of it.

import { BEGIN, counters, END } from "../../shared/flow.ts";
import { type Bin, bins, type Cell, fieldsOf } from "../../shared/rows.ts";
import { type Catalog, views } from "./catalog.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";
import type { SegmentView } from "./segment-view.ts";
import type { Table } from "./table.ts";

const columns = ["tuples", "denied", "begun", "ended", ...counters] as const;

type Column = (typeof columns)[number];
type BinSums = { readonly time: number } & Record<Column, number>;
/** By number of the bin (time over width). */
type Lane = { readonly nic: string | null; readonly bins: Map<number, BinSums> };

/** By NIC (none last), then time. */
export function laneTable(catalog: Catalog, scope: InScope, bin: Bin): Table {
  const lanes = new Map<string | null, Lane>();
  for (const view of views(catalog, scope.from, scope.to)) addRows(lanes, view, scope, bins[bin]);
  const rows = [...lanes.values()]
    .sort((a, b) => (a.nic === null ? 1 : b.nic === null ? -1 : a.nic < b.nic ? -1 : 1))
    .flatMap(({ nic, bins: found }) =>
      [...found.values()]
        .sort((a, b) => a.time - b.time)
        .map((sums) => ({ nic, allowed: sums.tuples - sums.denied, ...sums })),
    );
  const cell = (field: string, i: number): Cell => rows[i]?.[field as Column] ?? null; // the other fields of a row are its own
  return { fields: fieldsOf({ by: "timeline", lanes: true }), length: rows.length, cell };
}

function addRows(lanes: Map<string | null, Lane>, view: SegmentView, scope: InScope, width: number): void {
  const rows = matching(view, scope);
  const { key, time, state } = view.when;
  const { flags, context } = view.keys;
  const sums = scope.adjusted ? view.adjusted() : view.counters();
  const laneOf = view.texts.map(({ nic }) => laneNamed(lanes, nic));
  // Neighbours are mostly of one NIC and bin.
  let lane: Lane | undefined;
  let number = Number.NaN;
  let into = {} as BinSums; // taken with the first row
  for (let i = 0; i < time.length; i++) {
    if (rows !== null && rows[i] === 0) continue;
    const k = key[i] as number;
    const its = laneOf[context[k] as number] as Lane;
    const n = Math.floor((time[i] as number) / width);
    if (its !== lane || n !== number) {
      lane = its;
      number = n;
      into = binOf(its, n, width);
    }
    into.tuples++;
    if ((flags[k] as number) >>> 1 === 1) into.denied++;
    else if (state[i] === BEGIN) into.begun++;
    if (state[i] === END) into.ended++;
    // −1 is a counter the log does not have: it adds nothing.
    for (const name of counters) into[name] += Math.max(0, sums[name][i] as number);
  }
}

function laneNamed(lanes: Map<string | null, Lane>, nic: string | null): Lane {
  const known = lanes.get(nic) ?? { nic, bins: new Map<number, BinSums>() };
  lanes.set(nic, known);
  return known;
}

function binOf({ bins: found }: Lane, number: number, width: number): BinSums {
  const known = found.get(number);
  if (known) return known;
  const made = { time: number * width, tuples: 0, denied: 0, begun: 0, ended: 0 } as BinSums; // the counters follow
  for (const name of counters) made[name] = 0;
  found.set(number, made);
  return made;
}
