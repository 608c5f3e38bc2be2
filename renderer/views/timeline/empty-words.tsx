// Why no bar is drawn, and one thing to do about it: beside the evidence, not logged, left out by the filter, or nothing at all.

import type { ReactElement } from "react";
import { instant } from "../../model/format.ts";
import { narrow, useShown } from "../../model/navigate.ts";
import { type Range, shifted } from "../../model/range.ts";
import { showWhole } from "./acts.ts";
import { isNoLog } from "./coverage.ts";
import { moveTo } from "./move.ts";
import type { Picture } from "./picture.ts";
import { spanWords } from "./readout.ts";

type Reason = { readonly says: string; readonly action: string; readonly run: () => void };

export function EmptyWords({ picture }: { readonly picture: Picture }): ReactElement {
  const filter = useShown(({ view }) => view.scope.filter);
  const { says, action, run } = reasonOf(picture, filter);
  return (
    <div className="nothing" role="status">
      {says}{" "}
      <button type="button" className="link" onClick={run}>
        {action}
      </button>
    </div>
  );
}

function reasonOf({ range, whole, stretches }: Picture, filter: string): Reason {
  const wholeCase = { action: "Show the whole case", run: showWhole };
  if (range.from >= whole.to)
    return { says: `The evidence ends at ${instant(whole.to - 1)} UTC. This range lies after it.`, ...wholeCase };
  if (range.to <= whole.from)
    return { says: `The evidence begins at ${instant(whole.from)} UTC. This range lies before it.`, ...wholeCase };
  const gap = stretches.find((each) => isNoLog(each) && each.from <= range.from && each.to >= range.to);
  if (gap)
    return {
      says: `No NIC was logged ${spanWords(gap)}. This does not mean there was no traffic.`,
      action: "Show what was logged around it",
      run: () => moveTo(around(gap, whole), whole),
    };
  if (filter !== "")
    return {
      says: "The filter leaves no tuple in this range.",
      action: "Clear the filter",
      run: () => narrow({ filter: "" }),
    };
  return { says: "No tuple in this range.", ...wholeCase };
}

function around({ from, to }: Range, whole: Range): Range {
  const half = Math.max(1, (to - from) / 2);
  return shifted({ from: Math.round(from - half), to: Math.round(to + half) }, whole, 0);
}
