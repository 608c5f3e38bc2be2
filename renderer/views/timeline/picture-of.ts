// The picture's parts from the model: what is asked of the engine, and what comes back as bars, stretches and marks.

import { useMemo } from "react";
import type { Failure } from "../../../shared/failure.ts";
import { type Bin, bins } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedInLines } from "../../model/counting.ts";
import { useNics } from "../../model/facts.ts";
import { useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { type Range, rangeOf } from "../../model/range.ts";
import { type Bars, barsOf } from "./bars.ts";
import { coverage, nicsInScope } from "./coverage.ts";
import type { Mark, Picture } from "./picture.ts";
import { binFor } from "./scale.ts";

export type Pictured = {
  readonly picture: Picture;
  readonly bin: Bin;
  readonly pending: boolean;
  readonly failure: Failure | null;
};

const ALL = { by: "timeline", sort: null, limit: 0, after: 0 } as const;

/** `plotPx`: width of the axis; 0 while it is not known. */
export function usePicture(whole: Range, plotPx: number): Pictured {
  const scope = useShown((shown) => shown.view.scope);
  const selection = useShown((shown) => shown.view.selection);
  const range = useMemo(() => rangeOf(scope, whole), [scope, whole]);
  const bin = binFor(range, plotPx);
  const overviewBin = binFor(whole, plotPx);
  const asked = plotPx > 0;
  const detail = useAnswer("query.rows", asked ? { ...ALL, scope, bin } : null);
  const overview = useAnswer(
    "query.rows",
    asked ? { ...ALL, scope: { ...scope, from: null, to: null }, bin: overviewBin } : null,
  );
  const detailBars = useBars(detail);
  const overviewBars = useBars(overview);
  const { list } = useNics();
  const nics = useMemo(() => nicsInScope(list, scope.filter), [list, scope.filter]);
  const stretches = useMemo(() => coverage(nics, whole), [nics, whole]);
  const marks = useMarks();
  const selected = selection?.kind === "bar" ? selection : null;
  const counted = countedInLines(scope);
  const picture = useMemo(
    () => ({
      whole,
      range,
      detail: detailBars,
      overview: overviewBars,
      stretches,
      nics: nics.length,
      marks,
      selected,
      counted,
    }),
    [whole, range, detailBars, overviewBars, stretches, nics, marks, selected, counted],
  );
  return { picture, bin, pending: detail.pending, failure: detail.failure ?? overview.failure };
}

type Answered = ReturnType<typeof useAnswer<"query.rows">>;

function useBars({ value, params }: Answered): Bars | null {
  return useMemo(
    () => (value === null || params?.bin == null ? null : barsOf(value.rows, bins[params.bin])),
    [value, params],
  );
}

function useMarks(): readonly Mark[] {
  const notes = useNotebook(({ notebook }) => notebook.notes);
  const statusOf = useNotebook((book) => book.statusOf);
  return useMemo(
    () =>
      notes
        .flatMap(({ id, time, text, host }): Mark[] => {
          if (time === null) return [];
          const title = text.trim().split("\n", 1)[0] ?? "";
          return [{ id, time, title, host, status: host === null ? null : (statusOf.get(host) ?? null) }];
        })
        .sort((a, b) => a.time - b.time),
    [notes, statusOf],
  );
}
