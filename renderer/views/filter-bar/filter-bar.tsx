// The filter bar over the page Explore: the range that is looked at and the filter within it. Together they are the scope.

import { type ReactElement, useMemo } from "react";
import { useShown } from "../../model/navigate.ts";
import { rangeOf, wholeRange } from "../../model/range.ts";
import { useSession } from "../../model/session.ts";
import { FilterField } from "./filter-field.tsx";
import { RangeField } from "./range-field.tsx";
import { SavedViews } from "./saved-views.tsx";
import "./filter-bar.css";

export function FilterBar(): ReactElement {
  const { scope, off } = useShown((shown) => shown.view);
  const info = useSession((session) => session.info);
  const whole = useMemo(() => wholeRange(info), [info]);
  const range = useMemo(() => (whole === null ? null : rangeOf(scope, whole)), [scope, whole]);
  return (
    <section className="pane filter-bar" aria-label="Range and filter">
      {whole === null || range === null ? null : <RangeField range={range} whole={whole} />}
      <FilterField scope={scope} off={off} />
      <SavedViews />
    </section>
  );
}
