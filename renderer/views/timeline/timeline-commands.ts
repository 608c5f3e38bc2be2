// The commands that move the range: palette, keys, menus and the pane's own buttons run these.

import { type Command, offer } from "../../model/commands.ts";
import { followingTitles } from "../../model/compared.ts";
import { barMeasures, measureTitle } from "../../model/measure.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { isWhole, type Range, rangeOf, shifted, wholeRange, zoomed } from "../../model/range.ts";
import { readySeries } from "../../model/series.ts";
import { useSession } from "../../model/session.ts";
import { showWhole } from "./acts.ts";
import { compareBy } from "./compare.tsx";
import { moveTo } from "./move.ts";
import { startPlay, stopPlay, usePlay } from "./play.ts";
import { unplayable } from "./played.ts";
import { addSeries, selected } from "./series-acts.ts";

function wholeNow(): Range | null {
  return wholeRange(useSession.getState().info);
}

function blocked(): string | null {
  return wholeNow() === null ? "The case has no tuples." : null;
}

function blockedWhereWhole(): string | null {
  const whole = wholeNow();
  if (whole === null) return blocked();
  return isWhole(rangeOf(shownView().scope, whole), whole) ? "The whole case is shown." : null;
}

function move(change: (range: Range, whole: Range) => Range): void {
  const whole = wholeNow();
  if (whole !== null) moveTo(change(rangeOf(shownView().scope, whole), whole), whole);
}

function playBlocked(): string | null {
  const whole = wholeNow();
  if (whole === null) return blocked();
  return usePlay.getState().playing ? null : unplayable(rangeOf(shownView().scope, whole), whole);
}

function play(): void {
  const whole = wholeNow();
  if (usePlay.getState().playing) stopPlay();
  else if (whole !== null) startPlay(whole);
}

function compareWith(how: string): () => void {
  return () => {
    const whole = wholeNow();
    if (whole !== null) compareBy(how, whole);
  };
}

function seriesOfSelection(): void {
  const chosen = selected(shownView().selection);
  if (chosen) addSeries(chosen.title, chosen.filter);
}

const STEP = 1.5;

/** Returns how to take them away. */
export function offerTimelineCommands(): () => void {
  const middle = ({ from, to }: Range): number => (from + to) / 2;
  const span = ({ from, to }: Range): number => to - from;
  const section = "Scope";
  return offer([
    {
      id: "scope.whole",
      title: "Show the whole case",
      section,
      keys: ["0"],
      blocked: blockedWhereWhole,
      run: showWhole,
    },
    {
      id: "scope.zoom-in",
      title: "Zoom in on time",
      section,
      keys: ["+", "="],
      blocked,
      run: () => move((range, whole) => zoomed(range, whole, middle(range), 1 / STEP)),
    },
    {
      id: "scope.zoom-out",
      title: "Zoom out of time",
      section,
      keys: ["-"],
      blocked: blockedWhereWhole,
      run: () => move((range, whole) => zoomed(range, whole, middle(range), STEP)),
    },
    {
      id: "scope.earlier",
      title: "Shift the range earlier by its width",
      section,
      keys: ["["],
      blocked: blockedWhereWhole,
      run: () => move((range, whole) => shifted(range, whole, -span(range))),
    },
    {
      id: "scope.later",
      title: "Shift the range later by its width",
      section,
      keys: ["]"],
      blocked: blockedWhereWhole,
      run: () => move((range, whole) => shifted(range, whole, span(range))),
    },
    { id: "scope.play", title: "Play or stop", section, keys: ["Space"], blocked: playBlocked, run: play },
    ...(["before", "day", "week"] as const).map(
      (by): Command => ({
        id: `compare.${by}`,
        title: `Compare with ${followingTitles[by]}`,
        section,
        keys: [],
        blocked,
        run: compareWith(by),
      }),
    ),
    {
      id: "compare.none",
      title: "End the comparison",
      section,
      keys: [],
      blocked: () => (shownView().compare === null ? "Nothing is compared." : null),
      run: compareWith("none"),
    },
    {
      id: "timeline.lanes",
      title: "Show or hide a lane for each NIC",
      section,
      keys: [],
      blocked,
      run: () => navigate({ lanes: !shownView().lanes }),
    },
    ...readySeries.map(
      ({ name, filter, look }): Command => ({
        id: `series.${name}`,
        title: `Series: ${name}`,
        section,
        keys: [],
        blocked,
        run: () => addSeries(name, filter, look),
      }),
    ),
    {
      id: "series.selected",
      title: "Series: what is selected",
      section,
      keys: [],
      blocked: () =>
        selected(shownView().selection) === null ? "Nothing is selected that is a part of the tuples." : null,
      run: seriesOfSelection,
    },
    ...barMeasures.map(
      (measure): Command => ({
        id: `measure.${measure}`,
        title: `Timeline measures ${measureTitle(measure)}`,
        section,
        keys: [],
        blocked,
        run: () => navigate({ measure }),
      }),
    ),
  ]);
}
