// How this window's Explore is divided: brought back when it loads again; a new window begins as the last one was left.

import { create } from "zustand";
import { FIRST_PANES, type PaneName, type Panes, parsePanes } from "./panes.ts";
import { useSession } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";

/** `away`: those that stand in windows of their own. */
export const usePanes = create<Panes & { readonly away: readonly PaneName[] }>(() => ({ ...FIRST_PANES, away: [] }));

const KEY = "tidemark.panes";

export function arrange(change: Partial<Panes>): void {
  usePanes.setState(change);
  const { away: _, ...panes } = usePanes.getState();
  const text = JSON.stringify(panes);
  sessionStorage.setItem(KEY, text);
  writeSetting("panes", text);
}

export function fold(name: PaneName): void {
  const { folded, alone } = usePanes.getState();
  arrange({ folded: [...folded.filter((each) => each !== name), name], alone: alone === name ? null : alone });
}

export function unfold(name: PaneName): void {
  arrange({ folded: usePanes.getState().folded.filter((each) => each !== name) });
}

/** Alone, or with the others again. */
export function toggleAlone(name: PaneName): void {
  const { alone, folded } = usePanes.getState();
  arrange({ alone: alone === name ? null : name, folded: folded.filter((each) => each !== name) });
}

/** Once, at start. */
export function followPanes(): void {
  const own = sessionStorage.getItem(KEY);
  if (own !== null) return usePanes.setState(parsePanes(own));
  const stop = useSession.subscribe(({ connected }) => {
    if (!connected) return;
    stop();
    readSetting("panes").then(
      (text) => {
        if (sessionStorage.getItem(KEY) === null) usePanes.setState(parsePanes(text));
      },
      () => {}, // as the window suggests
    );
  });
}
