// Where the timeline leads: to the whole case, and to the tuples of a bar.

import { navigate, shownView } from "../../model/navigate.ts";
import type { Range } from "../../model/range.ts";
import type { Lane } from "./lanes.ts";
import { spanWords } from "./readout.ts";

export function showWhole(): void {
  const { scope } = shownView();
  if (scope.from !== null || scope.to !== null) navigate({ scope: { ...scope, from: null, to: null } });
}

/** The tuples of a bar, in scope. */
export function openBar({ from, to }: Range): void {
  const title = spanWords({ from, to });
  navigate({ page: "evidence", exhibit: { filter: "", bar: { from, to }, title, place: null } });
}

/** The tuples of a lane in a bar, or in all of the range. */
export function openLane({ name, filter }: Lane, bar: Range | null): void {
  const title = bar === null ? name : `${name}, ${spanWords(bar)}`;
  const within = bar === null ? {} : { bar: { from: bar.from, to: bar.to } };
  navigate({ page: "evidence", exhibit: { filter: "", part: filter, ...within, title, place: null } });
}
