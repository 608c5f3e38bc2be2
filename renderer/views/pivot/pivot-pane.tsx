// Group by anything: one question, its answer as a grid of shaded numbers with rests and totals. A cell leads to its tuples.

import { Copy, Download } from "lucide-react";
import { type ReactElement, useMemo } from "react";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useShownSoon } from "../../model/navigate.ts";
import { addsUp, measureTitles } from "../../model/pivot.ts";
import { printRows, type RowFormName, rowForms } from "../../model/row-forms.ts";
import { saveText } from "../../model/save-file.ts";
import { fail, toast } from "../../model/session.ts";
import { Emptiness } from "../tables/emptiness.tsx";
import { FormMenu } from "../values/form-menu.tsx";
import { copy } from "../values/value-items.tsx";
import { cellsToCopy, layoutOf } from "./layout.ts";
import { PivotGrid } from "./pivot-grid.tsx";
import { PivotHead } from "./pivot-head.tsx";
import "./pivot.css";

export function PivotPane(): ReactElement {
  const { scope, pivot } = useShownSoon(({ view }) => view);
  const { value, params, pending, failure } = useAnswer("query.pivot", { ...pivot, rows: [...pivot.rows], scope });
  const layout = useMemo(() => (value && params ? layoutOf(value, params) : null), [value, params]);
  const others = value?.otherRows.count ?? 0;
  const says = `${measureTitles[pivot.measure]}, ${countedAs(scope)}${addsUp(pivot) ? "" : "; every total counted anew"}`;
  const isEmpty = value !== null && value.totals.total === null;

  function printed(name: RowFormName): string {
    if (layout === null || params === null) return "";
    const { fields, rows } = cellsToCopy(params, layout, others);
    return printRows(rowForms[name], fields, rows);
  }
  async function save(name: RowFormName): Promise<void> {
    try {
      const pieces = (async function* () {
        yield printed(name);
      })();
      const saved = await saveText(`pivot.${rowForms[name].ending}`, pieces, new AbortController().signal);
      if (saved) toast(`Saved: ${saved.path}`);
    } catch (thrown) {
      fail("The pivot could not be saved.", thrown);
    }
  }

  return (
    <div className="pivot">
      <PivotHead pivot={pivot}>
        <FormMenu
          title="Copy"
          icon={<Copy size={12} />}
          label="Copy the pivot, with rest and totals"
          run={(name) => void copy(printed(name), `Pivot copied as ${rowForms[name].title}`)}
        />
        <FormMenu
          title="Save as"
          icon={<Download size={12} />}
          label="Save the pivot, with rest and totals"
          run={(name) => void save(name)}
        />
      </PivotHead>
      {(value?.remarks ?? []).map((remark) => (
        <p key={remark} className="pivot-remark">
          {remark}
        </p>
      ))}
      {failure !== null && value !== null ? (
        <p className="not-answered" role="alert">
          {failure.message} The cells below answer an earlier question.
        </p>
      ) : null}
      {layout === null || params === null || isEmpty ? (
        pending ? (
          <div />
        ) : (
          <Emptiness table="conversations" failure={failure} />
        )
      ) : (
        <PivotGrid pivot={params} layout={layout} others={others} says={says} isOld={pending} />
      )}
    </div>
  );
}
