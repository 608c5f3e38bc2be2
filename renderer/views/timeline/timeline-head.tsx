// The head of the timeline: what is measured, which series and which earlier range are drawn, how wide a bar is, how much is in scope, and
// what stands under the crosshair. The last is written by `showReadout` without React, as it changes with every move of the pointer;
// where there is little room it stands in place of the sums.

import { Rows3, Table2, ZoomIn, ZoomOut } from "lucide-react";
import { memo, type ReactElement, type RefObject } from "react";
import type { Bin } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { runCommand } from "../../model/commands.ts";
import { count } from "../../model/format.ts";
import { navigate, shownView, useShown } from "../../model/navigate.ts";
import { isWhole } from "../../model/range.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { CompareMenu } from "./compare.tsx";
import { MeasureMenu } from "./measure-menu.tsx";
import type { Picture } from "./picture.ts";
import { PlayControl } from "./play-control.tsx";
import { binWords } from "./scale.ts";
import { SeriesMenu } from "./series-menu.tsx";

export type HeadProps = {
  readonly picture: Picture;
  readonly bin: Bin;
  readonly failure: string | null;
  readonly readout: RefObject<HTMLElement | null>;
  readonly table: boolean;
  readonly onTable: () => void;
};

export function TimelineHead({ picture, bin, failure, readout, table, onTable }: HeadProps): ReactElement {
  const { range, whole } = picture;
  return (
    <header className="pane-head" ref={readout}>
      <h2>Timeline</h2>
      <MeasureMenu />
      <SeriesMenu />
      <CompareMenu whole={whole} />
      <span className="label bin">
        <span className="word">Bar</span> <b>{binWords(bin)}</b>
      </span>
      <span className="separator" />
      <Legend />
      {failure === null ? (
        <span className="readout grow" aria-hidden="true">
          <b data-part="name" /> <span data-part="time" /> <b data-part="amount" /> <span data-part="allowed" />{" "}
          <span data-part="denied" /> <span data-part="log" className="dim" />
        </span>
      ) : (
        <span className="grow failed" role="alert" title={failure}>
          {failure.split("\n", 1)[0]}
        </span>
      )}
      <Tools table={table} onTable={onTable} isWhole={isWhole(range, whole)} spanMs={range.to - range.from} />
    </header>
  );
}

function Legend(): ReactElement {
  const scope = useShown((shown) => shown.view.scope);
  const totals = useAnswer("scope.totals", { scope });
  return (
    <span className={`legend ${totals.pending ? "pending" : ""}`}>
      <span>
        <Glyph name="allowed" /> allowed <b>{totals.value ? count(totals.value.allowed) : ""}</b>
      </span>
      <span>
        <Glyph name="denied" /> denied <b>{totals.value ? count(totals.value.denied) : ""}</b>
      </span>
    </span>
  );
}

const Tools = memo(function Tools(props: {
  readonly table: boolean;
  readonly onTable: () => void;
  readonly isWhole: boolean;
  readonly spanMs: number;
}): ReactElement {
  const { table, onTable } = props;
  const lanes = useShown(({ view }) => view.lanes);
  return (
    <>
      {props.isWhole ? null : (
        <button type="button" className="button small quiet" title="Show the whole case (0)" onClick={whole}>
          Whole case
        </button>
      )}
      <PlayControl spanMs={props.spanMs} />
      <button type="button" className="icon-button zoom" aria-label="Zoom in" title="Zoom in (+)" onClick={zoomIn}>
        <ZoomIn size={14} />
      </button>
      <button type="button" className="icon-button zoom" aria-label="Zoom out" title="Zoom out (-)" onClick={zoomOut}>
        <ZoomOut size={14} />
      </button>
      <button
        type="button"
        className="button small quiet"
        aria-pressed={lanes}
        title={lanes ? "Hide the lanes of NICs" : "A lane for each NIC"}
        onClick={() => navigate({ lanes: !shownView().lanes })}
      >
        <Rows3 size={13} /> NICs
      </button>
      <button
        type="button"
        className="button small quiet"
        aria-pressed={table}
        title={table ? "Show as bars" : "Show as table"}
        onClick={onTable}
      >
        <Table2 size={13} /> Table
      </button>
    </>
  );
});

const whole = (): void => runCommand("scope.whole");
const zoomIn = (): void => runCommand("scope.zoom-in");
const zoomOut = (): void => runCommand("scope.zoom-out");
