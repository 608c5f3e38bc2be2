// Lanes under the detail: a series or a NIC each, on the same axis. Which of them are seen, and whose activity is asked for. Pure.

import type { Nic } from "../../../shared/contract.ts";
import type { Row } from "../../../shared/rows.ts";
import type { BarMeasure } from "../../model/measure.ts";
import type { Range } from "../../model/range.ts";
import type { Series } from "../../model/series.ts";
import { quoted } from "../../model/view.ts";
import { type Bars, barsOf } from "./bars.ts";
import { coverage, nicName, type Stretch } from "./coverage.ts";

export type Lane =
  | {
      readonly kind: "series";
      readonly id: string;
      readonly name: string;
      readonly filter: string;
      readonly series: Series;
    }
  | {
      readonly kind: "nic";
      readonly id: string;
      readonly name: string;
      readonly filter: string;
      readonly nic: Nic;
      readonly stretches: readonly Stretch[];
    };

export const LANE_PX = 26;

/** Shown series in their order, then NICs, those of most tuples in the case first: their order holds while the range moves. */
export function lanesOf(series: readonly Series[], nics: readonly Nic[], whole: Range): readonly Lane[] {
  return [
    ...series
      .filter(({ hidden }) => !hidden)
      .map(
        (each): Lane => ({
          kind: "series",
          id: `series ${each.filter}`,
          name: each.name,
          filter: each.filter,
          series: each,
        }),
      ),
    ...[...nics]
      .sort((a, b) => b.tuples - a.tuples || (a.nic < b.nic ? -1 : 1))
      .map(
        (nic): Lane => ({
          kind: "nic",
          id: `nic ${nic.nic}`,
          name: nicName(nic),
          filter: nicFilter(nic),
          nic,
          stretches: coverage([nic], whole),
        }),
      ),
  ];
}

/** The first lane that is seen and the one after the last. */
export function lanesSeen(
  scrollPx: number,
  heightPx: number,
  count: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(scrollPx / LANE_PX)));
  return { first, end: Math.min(count, Math.ceil((scrollPx + heightPx) / LANE_PX)) };
}

/** The lane at a height, px from the top of what is seen; null beside them. */
export function laneAt(lanes: readonly Lane[], scrollPx: number, y: number): Lane | null {
  return lanes[Math.floor((scrollPx + y) / LANE_PX)] ?? null;
}

/** A page of an answer holds the bars of this many NICs (10,000 rows, at most 400 bars each). */
const NICS_ASKED = 24;
const BLOCK = 8;

/** NICs whose activity is asked for: those seen and their neighbours, in blocks, so that scrolling a little asks nothing. */
export function nicsAsked(lanes: readonly Lane[], first: number, end: number): readonly Nic[] {
  const nics = lanes.flatMap((lane) => (lane.kind === "nic" ? [lane.nic] : []));
  if (nics.length <= NICS_ASKED) return nics;
  const before = lanes.length - nics.length;
  const from = Math.max(0, Math.floor((first - before) / BLOCK) * BLOCK - BLOCK);
  const to = Math.min(nics.length, Math.ceil(Math.max(0, end - before) / BLOCK) * BLOCK + BLOCK);
  return nics.slice(from, Math.min(to, from + NICS_ASKED));
}

export function nicsPart(nics: readonly Nic[]): string {
  return `nic in {${nics.map(({ nic }) => quoted(nic)).join(", ")}}`;
}

function nicFilter({ nic }: Nic): string {
  return `nic == ${quoted(nic)}`;
}

/** The bars of each NIC of one answer, by the id of its lane. */
export function barsByLane(rows: readonly Row[], widthMs: number, measure: BarMeasure): ReadonlyMap<string, Bars> {
  const byNic = Map.groupBy(rows, ({ nic }) => `nic ${nic}`);
  return new Map([...byNic].map(([id, own]) => [id, barsOf(own, widthMs, measure)] as const));
}
