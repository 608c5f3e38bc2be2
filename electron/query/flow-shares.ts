// All tuples of flows, whatever a scope says of them, a share of the address pairs at a time, so that memory stays bounded.

import type { Catalog } from "./catalog.ts";
import { gatherLanes, type Lanes } from "./flow-lanes.ts";
import type { SegmentView } from "./segment-view.ts";

/** Tuples of a share; some 40 bytes each. */
const SHARE = 8_000_000;

export type Range = { readonly from: number | null; readonly to: number | null };

/**
 * Lanes of the segments that reach into the range, with their rows outside it too. `pairs`: 1 for each pair of addresses wanted (the
 * catalog's numbers); null: all of them.
 */
export function* flowShares(
  catalog: Catalog,
  range: Range,
  pairs: Uint8Array | null,
  most = SHARE,
): Generator<Lanes, void> {
  const parts = sharesOf(catalog, range, most);
  for (let part = 0; part < parts; part++)
    yield gatherLanes(catalog, range, (view) => rowsOfPart(catalog, view, pairs, part, parts));
}

export function sharesOf(catalog: Catalog, { from, to }: Range, most = SHARE): number {
  let tuples = 0;
  for (const { firstTime, lastTime, tuples: own } of catalog.segments)
    if ((from === null || lastTime >= from) && (to === null || firstTime < to)) tuples += own;
  return Math.max(1, Math.ceil(tuples / most));
}

export function rowsOfPart(
  catalog: Catalog,
  view: SegmentView,
  pairs: Uint8Array | null,
  part: number,
  parts: number,
): Uint8Array | null {
  if (pairs === null && parts === 1) return null;
  const { of } = catalog.pairs();
  const wanted = Uint8Array.from(view.map(), (conversation) => {
    const pair = of[conversation] as number;
    return pair % parts === part && (pairs === null || pairs[pair] === 1) ? 1 : 0;
  });
  const { key } = view.when;
  return Uint8Array.from(key, (k) => wanted[k] as number);
}
