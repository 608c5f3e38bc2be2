// The timeline: bytes and tuples of the scope over time, and the whole case under it. Dragging, wheel and keys move the range that every
// view shows; a bar leads to its tuples. React holds the pane, drawing follows the pointer without it.

import { type KeyboardEvent, type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { bins } from "../../../shared/rows.ts";
import { instant } from "../../model/format.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { boundsOf, type Range, wholeRange } from "../../model/range.ts";
import { useSession } from "../../model/session.ts";
import { binAround, firstAfter } from "./bars.ts";
import { attachDetail } from "./detail-gesture.ts";
import { panned } from "./keys.ts";
import { moveTo } from "./move.ts";
import { OverviewStrip } from "./overview-strip.tsx";
import { paintDetail } from "./paint-detail.ts";
import { axisOf, type Live, type Mark, type Picture } from "./picture.ts";
import { usePicture } from "./picture-of.ts";
import { readoutAt, spanWords } from "./readout.ts";
import { binWords } from "./scale.ts";
import { offerTimelineCommands, openBar, showWhole } from "./timeline-commands.ts";
import { showReadout, TimelineHead } from "./timeline-head.tsx";
import { TimelineTable } from "./timeline-table.tsx";
import { useCanvas } from "./use-canvas.ts";
import "./timeline.css";

export function TimelinePane(): ReactElement {
  const info = useSession((session) => session.info);
  const whole = useMemo(() => wholeRange(info), [info]);
  useEffect(offerTimelineCommands, []);
  if (whole !== null) return <Drawn whole={whole} />;
  return (
    <section className="pane timeline" aria-label="Timeline">
      <header className="pane-head">
        <h2>Timeline</h2>
      </header>
      <div className="empty">
        {info === null ? "" : "The case has no tuples yet. Add evidence to see when they were logged."}
      </div>
    </section>
  );
}

function Drawn({ whole }: { readonly whole: Range }): ReactElement {
  const [live] = useState<Live>(() => ({ at: null, preview: null, note: null }));
  const [table, setTable] = useState(false);
  const readout = useRef<HTMLElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const shown = useRef<Picture | null>(null);
  const { ref, width, redraw } = useCanvas((brush) => {
    if (shown.current === null) return;
    paintDetail(brush, shown.current, live);
    showReadout(readout.current, shown.current, live);
  });
  const axis = axisOf(whole, width);
  const { picture, bin, pending, failure } = usePicture(whole, width === 0 ? 0 : axis.right - axis.left);
  shown.current = picture;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture is drawn anew
  useEffect(redraw, [picture, redraw]);
  useEffect(() => {
    if (detail.current === null) return;
    return attachDetail(detail.current, live, {
      picture: () => shown.current,
      redraw,
      zoom: (range) => navigate({ scope: { ...shownView().scope, ...boundsOf(range, whole) } }),
      nudge: (range) => moveTo(range, whole),
      select,
      open: openBar,
      openMark,
      showWhole,
    });
  }, [live, redraw, whole]);
  const onTable = useCallback(() => setTable((before) => !before), []);

  return (
    <section className="pane timeline" aria-label="Timeline">
      <TimelineHead
        picture={picture}
        bin={bin}
        failure={failure?.message ?? null}
        readout={readout}
        table={table}
        onTable={onTable}
      />
      <div className="timeline-body">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture that is operated, not a set of fields */}
        <div
          className={`detail ${pending ? "pending" : ""}`}
          ref={detail}
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the range and choose bars
          tabIndex={0}
          hidden={table}
          aria-label="Bars of the range"
          aria-describedby="timeline-keys"
          onKeyDown={(event) => press(event, picture)}
        >
          <canvas ref={ref} role="img" aria-label={summary(picture, binWords(bin))} />
          {!pending && failure === null && picture.detail?.length === 0 ? (
            <p className="nothing">{whyEmpty(picture)}</p>
          ) : null}
        </div>
        {table ? <TimelineTable picture={picture} /> : null}
      </div>
      <OverviewStrip picture={picture} live={live} onLive={redraw} />
      <p id="timeline-keys" className="visually-hidden">
        Left and right pan, up and down zoom, with Shift left and right choose a bar, Enter shows its tuples, Escape
        shows the whole case.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {picture.selected ? selectedWords(picture, picture.selected) : ""}
      </p>
    </section>
  );
}

function select(bar: Range | null): void {
  navigate({ selection: bar === null ? null : { kind: "bar", from: bar.from, to: bar.to } });
}

function openMark({ host }: Mark): void {
  if (host === null) navigate({ page: "hosts" });
  else navigate({ selection: { kind: "endpoint", ip: host } });
}

function press(event: KeyboardEvent, picture: Picture): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { range, whole, detail, selected } = picture;
  const barMs = detail?.widthMs ?? bins["1m"];
  const to = event.shiftKey ? null : panned(event.key, range, whole, barMs);
  if (to !== null) moveTo(to, whole);
  else if (event.shiftKey && event.key === "ArrowLeft") choose(picture, -1);
  else if (event.shiftKey && event.key === "ArrowRight") choose(picture, 1);
  else if (event.key === "Enter" && selected) openBar(selected);
  else if (event.key === "Escape" && selected) select(null);
  else if (event.key === "Escape") showWhole();
  else return;
  event.preventDefault();
}

/** The bar before or after the selected one; from the range's ends where none is. */
function choose({ detail, range, selected }: Picture, step: 1 | -1): void {
  if (detail === null || detail.length === 0) return;
  const now = selected ? firstAfter(detail.time, detail.length, selected.from) - 1 : step === 1 ? -1 : detail.length;
  const next = Math.max(0, Math.min(detail.length - 1, now + step));
  const { from, to } = binAround(detail.time[next] as number, detail.widthMs, range);
  navigate({ selection: { kind: "bar", from, to } }, selected ? "replace" : "push");
}

function summary({ range, detail, marks }: Picture, bin: string): string {
  const bars = detail === null ? "" : ` ${detail.length} bars of ${bin} hold tuples.`;
  const notes = marks.length === 0 ? "" : ` ${marks.length} notes with a time.`;
  return `Bytes and tuples from ${spanWords(range)}.${bars}${notes} The table has the numbers.`;
}

function whyEmpty({ range, whole }: Picture): string {
  if (range.from >= whole.to) return `The evidence ends at ${instant(whole.to - 1)} UTC. This range lies after it.`;
  if (range.to <= whole.from) return `The evidence begins at ${instant(whole.from)} UTC. This range lies before it.`;
  return shownView().scope.filter === "" ? "No tuple in this range." : "The filter leaves no tuple in this range.";
}

function selectedWords(picture: Picture, { from }: Range): string {
  const { time, bytes, allowed, denied, log } = readoutAt(picture, from);
  return [time, bytes, allowed, denied, log].filter(Boolean).join(", ");
}
