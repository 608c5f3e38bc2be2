// The commands that move the range: palette, keys, menus and the pane's own buttons run these.

import { offer } from "../../model/commands.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { isWhole, type Range, rangeOf, shifted, wholeRange, zoomed } from "../../model/range.ts";
import { useSession } from "../../model/session.ts";
import { moveTo } from "./move.ts";
import { spanWords } from "./readout.ts";

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

export function showWhole(): void {
  const { scope } = shownView();
  if (scope.from !== null || scope.to !== null) navigate({ scope: { ...scope, from: null, to: null } });
}

/** The tuples of a bar, in scope. */
export function openBar({ from, to }: Range): void {
  const { scope } = shownView();
  const title = spanWords({ from, to });
  navigate({ page: "evidence", scope: { ...scope, from, to }, exhibit: { filter: "", title, place: null } });
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
  ]);
}
