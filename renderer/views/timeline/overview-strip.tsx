// The strip of the whole case with its brush: two handles that are sliders, the rest is drawn.

import { type KeyboardEvent, type ReactElement, useEffect, useRef } from "react";
import { bins } from "../../../shared/rows.ts";
import type { Range } from "../../model/range.ts";
import { showWhole } from "./acts.ts";
import { resized } from "./keys.ts";
import { moveTo } from "./move.ts";
import { attachOverview } from "./overview-gesture.ts";
import { paintOverview } from "./paint-overview.ts";
import { axisOf, type Live, type Picture } from "./picture.ts";
import { spanWords } from "./readout.ts";
import { binFor, xOf } from "./scale.ts";
import { useCanvas } from "./use-canvas.ts";

const DAY = 86_400_000;

export function OverviewStrip({
  picture,
  live,
  onLive,
}: {
  readonly picture: Picture;
  readonly live: Live;
  /** The crosshair has moved. */
  readonly onLive: () => void;
}): ReactElement {
  const strip = useRef<HTMLDivElement>(null);
  const shown = useRef(picture);
  shown.current = picture;
  const { whole, range } = picture;
  const days = Math.round((whole.to - whole.from) / DAY);
  const { ref, width, redraw } = useCanvas((brush) => paintOverview(brush, shown.current, live, days));
  const axis = axisOf(whole, width);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture is drawn anew
  useEffect(redraw, [picture, redraw]);
  useEffect(() => {
    if (strip.current === null) return;
    return attachOverview(strip.current, live, {
      picture: () => shown.current,
      redraw: () => {
        redraw();
        onLive();
      },
      move: (to) => moveTo(to, shown.current.whole),
      showWhole,
    });
  }, [live, redraw, onLive]);

  const handle = (edge: "from" | "to"): ReactElement => {
    const x = Math.max(axis.left, Math.min(axis.right, xOf(axis, range[edge])));
    return (
      <div
        key={edge}
        className="brush-handle"
        data-edge={edge}
        role="slider"
        tabIndex={0}
        style={{ left: x }}
        hidden={width === 0}
        aria-label={edge === "from" ? "Begin of the range" : "End of the range"}
        aria-orientation="horizontal"
        aria-valuemin={edge === "from" ? whole.from : range.from}
        aria-valuemax={edge === "from" ? range.to : whole.to}
        aria-valuenow={range[edge]}
        aria-valuetext={`${new Date(range[edge]).toISOString()}, range ${spanWords(range)}`}
        onKeyDown={(event) => resize(event, edge, range, whole, width)}
      />
    );
  };
  return (
    <div className="overview" ref={strip}>
      <canvas ref={ref} role="img" aria-label={`Whole case, ${spanWords(whole)}, tuples on a log scale`} />
      {handle("from")}
      {handle("to")}
    </div>
  );
}

function resize(event: KeyboardEvent, edge: "from" | "to", range: Range, whole: Range, width: number): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { left, right } = axisOf(range, width);
  const to = resized(event.key, edge, range, whole, bins[binFor(range, right - left)]);
  if (to === null) return;
  event.preventDefault();
  moveTo(to, whole);
}
