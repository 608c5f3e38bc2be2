// The picture's parts from the model: what is asked of the engine, and what comes back as bars, ticks, stretches and marks.

import { useMemo } from "react";
import type { Nic } from "../../../shared/contract.ts";
import type { Failure } from "../../../shared/failure.ts";
import { type Bin, bins } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { scopeCompared, shiftOf } from "../../model/compared.ts";
import { countedInLines } from "../../model/counting.ts";
import { useNics } from "../../model/facts.ts";
import type { BarMeasure } from "../../model/measure.ts";
import { useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { type Range, rangeOf } from "../../model/range.ts";
import { bothOf, type Selection, selectionFilter } from "../../model/view.ts";
import { type Bars, barsOf } from "./bars.ts";
import { coverage, nicsInScope } from "./coverage.ts";
import type { Mark } from "./marks.ts";
import type { Picture } from "./picture.ts";
import { binFor } from "./scale.ts";
import { BEGINS, type Ticks, tickBin, ticksOf } from "./ticks.ts";

export type Pictured = {
  readonly picture: Picture;
  /** Those that the filter leaves. */
  readonly nics: readonly Nic[];
  readonly bin: Bin;
  readonly pending: boolean;
  readonly failure: Failure | null;
};

const ALL = { by: "timeline", sort: null, limit: 0, after: 0 } as const;

/** `plotPx`: width of the axis; 0 while it is not known. */
export function usePicture(whole: Range, plotPx: number): Pictured {
  const scope = useShown((shown) => shown.view.scope);
  const selection = useShown((shown) => shown.view.selection);
  const measure = useShown((shown) => shown.view.measure);
  const range = useMemo(() => rangeOf(scope, whole), [scope, whole]);
  const bin = binFor(range, plotPx);
  const overviewBin = binFor(whole, plotPx);
  const asked = plotPx > 0;
  const detail = useAnswer("query.rows", asked ? { ...ALL, scope, bin } : null);
  const overview = useAnswer(
    "query.rows",
    asked ? { ...ALL, scope: { ...scope, from: null, to: null }, bin: overviewBin } : null,
  );
  const detailBars = useBars(detail, measure);
  const overviewBars = useBars(overview, measure);
  const earlier = useEarlier(scope, range, asked ? bin : null, measure);
  const ticks = useTicks(scope, range, selection, plotPx);
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
      earlier,
      ticks,
      stretches,
      nics: nics.length,
      marks,
      selected,
      counted,
    }),
    [whole, range, detailBars, overviewBars, earlier, ticks, stretches, nics, marks, selected, counted],
  );
  return { picture, nics, bin, pending: detail.pending, failure: detail.failure ?? overview.failure };
}

type Answered = ReturnType<typeof useAnswer<"query.rows">>;

function useBars({ value, params }: Answered, measure: BarMeasure): Bars | null {
  return useMemo(
    () => (value === null || params?.bin == null ? null : barsOf(value.rows, bins[params.bin], measure)),
    [value, params, measure],
  );
}

/** Both ranges begin at the same place on the axis: the shift is that of the ranges the answer is about. */
function useEarlier(scope: Scope, shown: Range, bin: Bin | null, measure: BarMeasure): Picture["earlier"] {
  const compare = useShown(({ view }) => view.compare);
  const isAsked = compare !== null && bin !== null;
  const answered = useAnswer("query.rows", isAsked ? { ...ALL, scope: scopeCompared(scope, compare), bin } : null);
  const bars = useBars(answered, measure);
  const shiftMs = compare === null ? 0 : shiftOf(compare, shown);
  return useMemo(() => (bars === null || !isAsked ? null : { bars, shiftMs }), [bars, isAsked, shiftMs]);
}

function useTicks(scope: Scope, range: Range, selection: Selection | null, plotPx: number): Ticks | null {
  const isAsked = selection !== null && selection.kind !== "bar" && plotPx > 0;
  const part = isAsked ? bothOf(selectionFilter(selection), BEGINS) : "";
  const bin = tickBin(range, plotPx);
  const { value, params } = useAnswer("query.rows", isAsked ? { ...ALL, scope: { ...scope, part }, bin } : null);
  return useMemo(
    () => (isAsked && value !== null && params?.bin != null ? ticksOf(value.rows, params.bin) : null),
    [isAsked, value, params],
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
          const status = host === null ? null : (statusOf.get(host) ?? null);
          return [{ id, time, title, host, status, severity: null, label: null }];
        })
        .sort((a, b) => a.time - b.time),
    [notes, statusOf],
  );
}
