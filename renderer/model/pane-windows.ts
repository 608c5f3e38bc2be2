// Panes in windows of their own: opened from the window they belong to, and following it. Whatever one of them looks at, all do: views
// are told over a channel of this browser by the name of that window, never over the network.

import { usePanes } from "./arrange.ts";
import { navigate, shownView, useShown } from "./navigate.ts";
import { type PaneName, paneNames } from "./panes.ts";
import { toast } from "./session.ts";
import { parseView, printView } from "./view.ts";

type Told =
  | { readonly kind: "view"; readonly address: string; readonly moving: boolean }
  /** A pane's window is there, or gone. */
  | { readonly kind: "here" | "gone"; readonly pane: PaneName }
  | { readonly kind: "who" }
  | { readonly kind: "close"; readonly pane: PaneName };

const NAME = "tidemark.window";
const asked = new URLSearchParams(location.search);

/** What this window is: a pane of another, or null. */
export const ownPane: PaneName | null = paneNames.find((name) => name === asked.get("pane")) ?? null;

function nameOfWindow(): string {
  if (ownPane !== null) return asked.get("with") ?? "";
  const kept = sessionStorage.getItem(NAME);
  if (kept !== null) return kept;
  const made = crypto.randomUUID();
  sessionStorage.setItem(NAME, made);
  return made;
}

const name = nameOfWindow();
const channel = new BroadcastChannel(`tidemark ${name}`);
const tell = (told: Told): void => channel.postMessage(told);

/** Opens a pane in a window of its own; where the browser does not let it, that is said and the pane stays. */
export function detach(pane: PaneName): void {
  const address = `?pane=${pane}&with=${encodeURIComponent(name)}${printView({ ...shownView(), page: "explore" })}`;
  if (window.tidemark) window.tidemark.openPane(address);
  else if (
    window.open(`${location.pathname}${address}`, `tidemark ${pane} ${name}`, "popup,width=1000,height=700") === null
  )
    return toast("The browser did not open a window; allow pop-ups of this page.");
  away(pane, true);
}

export function bringBack(pane: PaneName): void {
  tell({ kind: "close", pane });
  away(pane, false);
}

function away(pane: PaneName, isAway: boolean): void {
  const others = usePanes.getState().away.filter((each) => each !== pane);
  usePanes.setState({ away: isAway ? [...others, pane] : others });
}

/** Once, at start. */
export function followWindows(): void {
  let heard = "";
  useShown.subscribe(({ view, moving }, before) => {
    if (view === before.view) return;
    const address = printView(view);
    if (address !== heard) tell({ kind: "view", address, moving });
    heard = address;
  });
  channel.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    if (data.kind === "view") {
      heard = data.address;
      navigate(parseView(data.address), data.moving || ownPane !== null ? "replace" : "push");
    } else if (ownPane === null && data.kind !== "close" && data.kind !== "who") away(data.pane, data.kind === "here");
    else if (ownPane !== null && data.kind === "who") tell({ kind: "here", pane: ownPane });
    else if (data.kind === "close" && data.pane === ownPane) window.close();
  });
  if (ownPane === null) return tell({ kind: "who" });
  const pane = ownPane;
  tell({ kind: "here", pane });
  window.addEventListener("pagehide", () => tell({ kind: "gone", pane }));
}
