// What can be done with the panes of Explore, by name: for the palette, keys and menus.

import { arrange, fold, toggleAlone, unfold, usePanes } from "../../model/arrange.ts";
import type { Command } from "../../model/commands.ts";
import { bringBack, detach } from "../../model/pane-windows.ts";
import { FIRST_PANES, type PaneName, paneNames } from "../../model/panes.ts";
import { paneTitles } from "./pane-frame.tsx";

const always = (): null => null;

export function paneCommands(): readonly Command[] {
  return [
    { id: "pane.next", title: "Next pane", section: "View", keys: ["F6"], blocked: always, run: () => step(1) },
    {
      id: "pane.before",
      title: "Pane before",
      section: "View",
      keys: ["Shift+F6"],
      blocked: always,
      run: () => step(-1),
    },
    {
      id: "pane.usual",
      title: "All panes as usual",
      section: "View",
      keys: [],
      blocked: always,
      run: () => arrange(FIRST_PANES),
    },
    ...paneNames.flatMap((name) => commandsOf(name)),
  ];
}

function commandsOf(name: PaneName): readonly Command[] {
  const title = paneTitles[name].toLowerCase();
  const isAway = (): boolean => usePanes.getState().away.includes(name);
  const blocked = (): string | null => (isAway() ? `The ${title} is in a window of its own.` : null);
  return [
    {
      id: `pane.fold.${name}`,
      title: `Fold or show the ${title}`,
      section: "View",
      keys: [],
      blocked,
      run: () => (usePanes.getState().folded.includes(name) ? unfold(name) : fold(name)),
    },
    {
      id: `pane.alone.${name}`,
      title: `Show the ${title} alone, or with the others`,
      section: "View",
      keys: [],
      blocked,
      run: () => toggleAlone(name),
    },
    {
      id: `pane.window.${name}`,
      title: `Put the ${title} in a window of its own, or bring it back`,
      section: "View",
      keys: [],
      blocked: always,
      run: () => (isAway() ? bringBack(name) : detach(name)),
    },
  ];
}

const FOCUSABLE = 'button:not(:disabled), input, select, a[href], [tabindex="0"]';

/** The focus goes to the pane after or before the one that has it; the filter bar is one of them. */
function step(by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(".filter-bar, .explore-pane")];
  const now = all.findIndex((each) => each.contains(document.activeElement));
  const next = all[(now + by + all.length) % all.length] ?? all[0];
  next?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}
