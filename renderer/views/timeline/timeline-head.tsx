// The head of the timeline: what is measured, how wide a bar is, how much is in scope, and what stands under the crosshair. The last is
// written by `showReadout` without React, as it changes with every move of the pointer.

import { Table2, ZoomIn, ZoomOut } from "lucide-react";
import { memo, type ReactElement, type RefObject } from "react";
import type { Bin } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { runCommand } from "../../model/commands.ts";
import { count } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import { isWhole } from "../../model/range.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import type { Live, Picture } from "./picture.ts";
import { readoutAt, spanWords } from "./readout.ts";
import { binWords } from "./scale.ts";

export type HeadProps = {
  readonly picture: Picture;
  readonly bin: Bin;
  readonly failure: string | null;
  readonly readout: RefObject<HTMLElement | null>;
  readonly table: boolean;
  readonly onTable: () => void;
};

export function TimelineHead({ picture, bin, failure, readout, table, onTable }: HeadProps): ReactElement {
  const scope = useShown((shown) => shown.view.scope);
  const totals = useAnswer("scope.totals", { scope });
  return (
    <header className="pane-head">
      <h2>Timeline</h2>
      <span className="label measure">
        Measure <b>bytes, tuples</b>
      </span>
      <span className="label series">
        Series <b>decision</b>
      </span>
      <span className="label">
        Bar <b>{binWords(bin)}</b>
      </span>
      <span className="separator" />
      <span className={`legend ${totals.pending ? "pending" : ""}`}>
        <span>
          <Glyph name="allowed" /> allowed <b>{totals.value ? count(totals.value.allowed) : ""}</b>
        </span>
        <span>
          <Glyph name="denied" /> denied <b>{totals.value ? count(totals.value.denied) : ""}</b>
        </span>
      </span>
      <span className="separator" />
      {failure === null ? (
        <span className="readout grow" ref={readout} aria-hidden="true">
          <span data-part="time" /> <b data-part="bytes" /> <span data-part="allowed" /> <span data-part="denied" />{" "}
          <span data-part="log" className="dim" />
        </span>
      ) : (
        <span className="grow failed" role="alert" title={failure}>
          {failure.split("\n", 1)[0]}
        </span>
      )}
      {isWhole(picture.range, picture.whole) ? null : (
        <button type="button" className="button small quiet" title="Show the whole case (0)" onClick={whole}>
          Whole case
        </button>
      )}
      <Tools table={table} onTable={onTable} />
    </header>
  );
}

const Tools = memo(function Tools({ table, onTable }: Pick<HeadProps, "table" | "onTable">): ReactElement {
  return (
    <>
      <button type="button" className="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={zoomIn}>
        <ZoomIn size={14} />
      </button>
      <button type="button" className="icon-button" aria-label="Zoom out" title="Zoom out (-)" onClick={zoomOut}>
        <ZoomOut size={14} />
      </button>
      <button
        type="button"
        className="button small quiet"
        aria-pressed={table}
        title={table ? "Show as bars" : "Show as table"}
        onClick={onTable}
      >
        <Table2 size={13} /> {table ? "Bars" : "Table"}
      </button>
    </>
  );
});

const whole = (): void => runCommand("scope.whole");
const zoomIn = (): void => runCommand("scope.zoom-in");
const zoomOut = (): void => runCommand("scope.zoom-out");

/** The drag's own stretch, a note under the pointer, the bar under the crosshair, or else the selected one. */
export function showReadout(element: HTMLElement | null, picture: Picture, live: Live): void {
  const at = live.at ?? picture.selected?.from ?? null;
  const value = at === null ? null : readoutAt(picture, at);
  const write = (part: string, text: string): void => {
    const on = element?.querySelector(`[data-part="${part}"]`);
    if (on && on.textContent !== text) on.textContent = text;
  };
  const words = live.preview ? `zoom to ${spanWords(live.preview)}` : (live.note ?? value?.time ?? "");
  const isBar = live.preview === null && live.note === null;
  write("time", words);
  for (const part of ["bytes", "allowed", "denied", "log"] as const)
    write(part, isBar && value !== null ? value[part] : "");
}
