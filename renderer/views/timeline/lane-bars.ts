// What lanes show, asked for beside the detail and at its pace: a question a series, and one for all NICs that are seen. Canvas, names
// and table read the same bars.

import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { Nic } from "../../../shared/contract.ts";
import { type Bin, bins } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { useShown } from "../../model/navigate.ts";
import { type Bars, barsOf } from "./bars.ts";
import { barsByLane, nicsPart } from "./lanes.ts";

export const useLaneBars = create<{ readonly byLane: ReadonlyMap<string, Bars> }>(() => ({ byLane: new Map() }));

const ALL = { by: "timeline", sort: null, limit: 0, after: 0 } as const;

/** Asks for one series as long as it is mounted. Draws nothing. */
export function SeriesAnswer(props: { readonly id: string; readonly filter: string; readonly bin: Bin }): null {
  const { id, filter, bin } = props;
  const scope = useShown((shown) => shown.view.scope);
  const measure = useShown((shown) => shown.view.measure);
  const { value, params } = useAnswer("query.rows", { ...ALL, scope: { ...scope, part: filter }, bin });
  const bars = useMemo(
    () => (value === null || params?.bin == null ? null : barsOf(value.rows, bins[params.bin], measure)),
    [value, params, measure],
  );
  useEffect(() => {
    if (bars !== null) put(new Map([[id, bars]]));
  }, [id, bars]);
  useEffect(() => () => drop((known) => known === id), [id]);
  return null;
}

/** Likewise for the lanes of NICs. */
export function NicsAnswer({ nics, bin }: { readonly nics: readonly Nic[]; readonly bin: Bin }): null {
  const scope = useShown((shown) => shown.view.scope);
  const measure = useShown((shown) => shown.view.measure);
  const part = useMemo(() => nicsPart(nics), [nics]);
  const asked = nics.length > 0;
  const { value, params } = useAnswer(
    "query.rows",
    asked ? { ...ALL, scope: { ...scope, part }, bin, lanes: true } : null,
  );
  const byLane = useMemo(
    () => (value === null || params?.bin == null ? null : barsByLane(value.rows, bins[params.bin], measure)),
    [value, params, measure],
  );
  useEffect(() => {
    if (byLane === null) return;
    drop((id) => id.startsWith("nic ") && !byLane.has(id));
    put(byLane);
  }, [byLane]);
  useEffect(() => () => drop((id) => id.startsWith("nic ")), []);
  return null;
}

function put(bars: ReadonlyMap<string, Bars>): void {
  useLaneBars.setState(({ byLane }) => ({ byLane: new Map([...byLane, ...bars]) }));
}

function drop(isDropped: (id: string) => boolean): void {
  const { byLane } = useLaneBars.getState();
  const left = new Map([...byLane].filter(([id]) => !isDropped(id)));
  if (left.size < byLane.size) useLaneBars.setState({ byLane: left });
}
