// The timeline: amounts and tuples of the scope over time, lanes of series and NICs, and the whole case under them. Dragging, wheel and keys
// move the range that every view shows; a bar leads to its tuples. React holds the pane, drawing follows the pointer without it.

import { type KeyboardEvent, type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { bins } from "../../../shared/rows.ts";
import { comparedBy } from "../../model/compared.ts";
import { navigate, settleViews, shownView, useShown } from "../../model/navigate.ts";
import { boundsOf, type Range, rangeOf, wholeRange } from "../../model/range.ts";
import { useSession } from "../../model/session.ts";
import type { View } from "../../model/view.ts";
import { openBar, openLane, showWhole } from "./acts.ts";
import { binAround, firstAfter } from "./bars.ts";
import { CompareLine } from "./compare.tsx";
import { attachDetail } from "./detail-gesture.ts";
import { EmptyWords } from "./empty-words.tsx";
import { GapsLayer } from "./gaps-layer.tsx";
import { panned } from "./keys.ts";
import { type Lane, lanesOf } from "./lanes.ts";
import { LanesView } from "./lanes-view.tsx";
import { MarksLayer } from "./marks-layer.tsx";
import { moveTo } from "./move.ts";
import { OverviewStrip } from "./overview-strip.tsx";
import { paintDetail } from "./paint-detail.ts";
import { axisOf, type Live, type Picture } from "./picture.ts";
import { usePicture } from "./picture-of.ts";
import { followPlay, tellAnswering } from "./play.ts";
import { readoutAt, spanWords } from "./readout.ts";
import { binWords } from "./scale.ts";
import { showReadout } from "./show-readout.ts";
import { offerTimelineCommands } from "./timeline-commands.ts";
import { TimelineHead } from "./timeline-head.tsx";
import { TimelineTable } from "./timeline-table.tsx";
import { useCanvas } from "./use-canvas.ts";
import "./timeline.css";
import "./cards.css";
import "./lanes.css";
import "./strips.css";
import "./timeline-table.css";

export function TimelinePane(): ReactElement {
  const info = useSession((session) => session.info);
  const whole = useMemo(() => wholeRange(info), [info]);
  useEffect(offerTimelineCommands, []);
  useEffect(followPlay, []);
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
  const [live] = useState<Live>(() => ({ at: null, preview: null, lane: null }));
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
  const { picture, nics, bin, pending, failure } = usePicture(whole, width === 0 ? 0 : axis.right - axis.left);
  shown.current = picture;
  const series = useShown(({ view }) => view.series);
  const isByNic = useShown(({ view }) => view.lanes);
  const compare = useShown(({ view }) => view.compare);
  const lanes = useMemo(() => lanesOf(series, isByNic ? nics : [], whole), [series, isByNic, nics, whole]);

  useEffect(() => settleViews((view) => withCompared(view, whole)), [whole]);
  useEffect(() => tellAnswering(pending), [pending]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture is drawn anew
  useEffect(redraw, [picture, redraw]);
  const acts = useMemo(
    () => ({
      zoom: (range: Range) => navigate({ scope: { ...shownView().scope, ...boundsOf(range, whole) } }),
      nudge: (range: Range) => moveTo(range, whole),
      select,
      open: openBar,
      showWhole,
    }),
    [whole],
  );
  useEffect(() => {
    if (detail.current === null) return;
    return attachDetail(detail.current, live, { ...acts, picture: () => shown.current, redraw });
  }, [live, redraw, acts]);
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
      {compare === null ? null : <CompareLine compare={compare} whole={whole} nics={nics} />}
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
          onKeyDown={(event) => {
            if (event.target === event.currentTarget) press(event, picture);
          }}
        >
          <canvas ref={ref} role="img" aria-label={summary(picture, binWords(bin))} />
          <MarksLayer marks={picture.marks} range={picture.range} width={width} />
          <GapsLayer stretches={picture.stretches} nics={nics} range={picture.range} width={width} />
          {!pending && failure === null && picture.detail?.length === 0 ? <EmptyWords picture={picture} /> : null}
        </div>
        {table ? <TimelineTable picture={picture} lanes={lanes} /> : null}
      </div>
      {lanes.length === 0 ? null : (
        <LanesView
          lanes={lanes}
          picture={picture}
          bin={bin}
          live={live}
          onLive={redraw}
          acts={acts}
          onKey={(event, lane) => pressOnLane(event, picture, lane)}
        />
      )}
      <OverviewStrip picture={picture} live={live} onLive={redraw} />
      <p id="timeline-keys" className="visually-hidden">
        Left and right pan, up and down zoom, with Shift left and right choose a bar, Enter shows its tuples, Space
        plays, Escape shows the whole case.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {picture.selected ? selectedWords(picture, picture.selected) : ""}
      </p>
    </section>
  );
}

/** A comparison that follows what is shown is moved with it. */
function withCompared(view: View, whole: Range): View {
  const { compare, scope } = view;
  if (compare?.by === undefined) return view;
  const next = comparedBy(compare.by, rangeOf(scope, whole));
  return next.from === compare.from && next.to === compare.to ? view : { ...view, compare: next };
}

function select(bar: Range | null): void {
  navigate({ selection: bar === null ? null : { kind: "bar", from: bar.from, to: bar.to } });
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

/** On the name of a lane: Shift with arrows chooses a bar, Shift Enter shows the lane's tuples in it. */
function pressOnLane(event: KeyboardEvent, picture: Picture, lane: Lane): void {
  if (!event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowLeft") choose(picture, -1);
  else if (event.key === "ArrowRight") choose(picture, 1);
  else if (event.key === "Enter") openLane(lane, picture.selected);
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

function summary({ range, detail, marks, ticks }: Picture, bin: string): string {
  const bars = detail === null ? "" : ` ${detail.length} bars of ${bin} hold tuples.`;
  const notes = marks.length === 0 ? "" : ` ${marks.length} notes with a time.`;
  const begins = ticks === null ? "" : ` What is selected begins ${ticks.total} times.`;
  return `Amounts and tuples from ${spanWords(range)}.${bars}${notes}${begins} The table has the numbers.`;
}

function selectedWords(picture: Picture, { from }: Range): string {
  const { time, amount, allowed, denied, log } = readoutAt(picture, from);
  return [time, amount, allowed, denied, log].filter(Boolean).join(", ");
}
