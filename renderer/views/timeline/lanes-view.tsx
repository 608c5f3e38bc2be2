// The lanes of series and NICs under the detail. Names are buttons beside a canvas that draws only what is seen; the crosshair, drags and
// wheel are those of the detail.

import { DropdownMenu } from "radix-ui";
import { type KeyboardEvent, memo, type ReactElement, useEffect, useRef, useState } from "react";
import type { Bin } from "../../../shared/rows.ts";
import { exclude, include, only } from "../../model/filter-edit.ts";
import { count } from "../../model/format.ts";
import { amountFigure } from "../../model/measure.ts";
import { narrow, shownView } from "../../model/navigate.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { openLane } from "./acts.ts";
import type { Bars } from "./bars.ts";
import { attachDetail, type DetailActs } from "./detail-gesture.ts";
import { NicsAnswer, SeriesAnswer, useLaneBars } from "./lane-bars.ts";
import { LANE_PX, type Lane, laneAt, lanesSeen, nicsAsked } from "./lanes.ts";
import { laneAmounts, paintLanes } from "./paint-lanes.ts";
import type { Live, Picture } from "./picture.ts";
import { roundUp } from "./scale.ts";
import { hideSeries, removeSeries } from "./series-acts.ts";
import { SeriesGlyph } from "./series-glyph.tsx";

import { useCanvas } from "./use-canvas.ts";
import "../../widgets/menu.css";

export type LanesProps = {
  readonly lanes: readonly Lane[];
  readonly picture: Picture;
  readonly bin: Bin;
  readonly live: Live;
  /** The crosshair has moved. */
  readonly onLive: () => void;
  readonly acts: Omit<DetailActs, "picture" | "redraw">;
  readonly onKey: (event: KeyboardEvent, lane: Lane) => void;
};

export function LanesView({ lanes, picture, bin, live, onLive, acts, onKey }: LanesProps): ReactElement {
  const pane = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, end: 12 });
  const latest = useRef({ lanes, picture, acts });
  latest.current = { lanes, picture, acts };
  const { ref, redraw } = useCanvas((brush) =>
    paintLanes(
      brush,
      { ...latest.current, bars: useLaneBars.getState().byLane, scrollPx: scroller.current?.scrollTop ?? 0 },
      live,
    ),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lanes or a new picture are drawn anew
  useEffect(redraw, [lanes, picture, redraw]);
  useEffect(() => useLaneBars.subscribe(redraw), [redraw]);
  useEffect(() => {
    const look = (): void => {
      const { scrollTop, clientHeight } = scroller.current ?? { scrollTop: 0, clientHeight: 0 };
      const next = lanesSeen(scrollTop, clientHeight, latest.current.lanes.length);
      setSeen((before) => (before.first === next.first && before.end === next.end ? before : next));
      redraw();
    };
    look();
    const element = scroller.current;
    element?.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    if (element) observer.observe(element);
    return () => {
      element?.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [redraw]);
  useEffect(() => {
    if (pane.current === null) return;
    const at = (y: number): Lane | null => laneAt(latest.current.lanes, scroller.current?.scrollTop ?? 0, y);
    return attachDetail(pane.current, live, {
      ...latest.current.acts,
      picture: () => latest.current.picture,
      redraw: () => {
        redraw();
        onLive();
      },
      laneAt: at,
      open: (bar, y) => {
        const lane = at(y);
        if (lane) openLane(lane, bar);
      },
      scrolls: () => (scroller.current?.scrollHeight ?? 0) > (scroller.current?.clientHeight ?? 0),
    });
  }, [live, redraw, onLive]);

  const shown = lanes.slice(Math.max(0, seen.first - 1), seen.end + 1);
  const offset = Math.max(0, seen.first - 1);
  const asked = nicsAsked(lanes, seen.first, seen.end);
  return (
    <div className="lanes" ref={pane} style={{ height: lanes.length * LANE_PX }}>
      <canvas ref={ref} role="img" aria-label={`${lanes.length} lanes, drawn; the table has the numbers`} />
      <div className="lanes-scroll" ref={scroller}>
        <ul style={{ height: lanes.length * LANE_PX }} aria-label="Lanes of series and NICs">
          {shown.map((lane, i) => (
            <li
              key={lane.id}
              style={{ top: (offset + i) * LANE_PX }}
              aria-posinset={offset + i + 1}
              aria-setsize={lanes.length}
              onKeyDown={(event) => onKey(event, lane)}
            >
              {lane.kind === "series" ? <SeriesName lane={lane} /> : <NicName lane={lane} />}
            </li>
          ))}
        </ul>
      </div>
      {lanes.map((lane) =>
        lane.kind === "series" ? <SeriesAnswer key={lane.id} id={lane.id} filter={lane.filter} bin={bin} /> : null,
      )}
      {asked.length > 0 ? <NicsAnswer nics={asked} bin={bin} /> : null}
    </div>
  );
}

const NicName = memo(function NicName({ lane }: { readonly lane: Extract<Lane, { kind: "nic" }> }): ReactElement {
  const { nic, name, filter } = lane;
  const where = [nic.network, nic.subnet].filter(Boolean).join(", ");
  return (
    <button
      type="button"
      className="lane-name"
      title={[
        `${name}, NIC ${nic.nic}`,
        where,
        `${count(nic.tuples)} tuples in the case`,
        "Click: filter on it. Shift Enter: its tuples",
      ]
        .filter(Boolean)
        .join("\n")}
      aria-label={`NIC ${name}: filter on it`}
      onClick={() => narrow({ filter: include(shownView().scope.filter, filter) })}
    >
      <Glyph name="nic" size={11} />
      <span>{name}</span>
    </button>
  );
});

const SeriesName = memo(function SeriesName({
  lane,
}: {
  readonly lane: Extract<Lane, { kind: "series" }>;
}): ReactElement {
  const { series, name, filter, id } = lane;
  const bars = useLaneBars(({ byLane }) => byLane.get(id));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="lane-name" title={`${name}: ${filter}`} aria-label={`Series ${name}`}>
        <SeriesGlyph look={series.look} />
        <span>{name}</span>
        <small>{bars ? scaleWords(bars) : ""}</small>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={2}>
          <DropdownMenu.Label className="menu-label">{filter}</DropdownMenu.Label>
          <Choice title="Show its tuples" run={() => openLane(lane, null)} />
          <Choice title="Include" run={() => narrow({ filter: include(shownView().scope.filter, filter) })} />
          <Choice title="Exclude" run={() => narrow({ filter: exclude(shownView().scope.filter, filter) })} />
          <Choice title="Only this" run={() => narrow({ filter: only(filter) })} />
          <DropdownMenu.Separator className="menu-line" />
          <Choice title="Hide the series" run={() => hideSeries(series)} />
          <Choice title="Remove the series" run={() => removeSeries(series)} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
});

function Choice({ title, run }: { readonly title: string; readonly run: () => void }): ReactElement {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={run}>
      {title}
    </DropdownMenu.Item>
  );
}

/** The value its greatest bar could have; "tuples" is said where the lane falls back to them. */
function scaleWords(bars: Bars): string {
  const { most, isTuples } = laneAmounts(bars);
  if (most === 0) return "none";
  return isTuples ? `${count(roundUp(most))} tuples` : amountFigure(bars.measure, roundUp(most));
}
