// The view that is shown, held in the address. A step is pushed (back undoes it); a drag in progress replaces.

import { useEffect, useRef, useState } from "react";
import { create } from "zustand";
import type { Scope } from "../../shared/scope.ts";
import { byFrame } from "./by-frame.ts";
import type { Conditions } from "./chips.ts";
import { parseView, printView, type View } from "./view.ts";

/** `moving`: the view came by a step that replaces another, as of a hand that drags. `returned`: by the browser's back or forward. */
type Shown = {
  readonly view: View;
  readonly canBack: boolean;
  readonly canForward: boolean;
  readonly moving: boolean;
  readonly returned: boolean;
};

/** Steps of this page in the browser's history: where we are and how many there are. A reload goes on from them. */
const LAST = "tidemark.steps";
let at = stepIn(history.state) ?? 0;
let last = stepIn(history.state) === null ? 0 : Math.max(at, Number(sessionStorage.getItem(LAST)) || 0);

/** Null: not a step of this page. */
function stepIn(state: unknown): number | null {
  return typeof state === "object" && state !== null && "at" in state && Number.isInteger(state.at)
    ? Number(state.at)
    : null;
}

export const useShown = create<Shown>(() => ({
  view: parseView(location.hash),
  canBack: at > 0,
  canForward: at < last,
  moving: false,
  returned: false,
}));

/** The same for views that cost: while the range moves they are drawn a few a frame, else at once. */
export function useShownSoon<T>(select: (shown: Shown) => T): T {
  const [value, setValue] = useState(() => select(useShown.getState()));
  const latest = useRef(value);
  const selector = useRef(select); // of the first time: it is the same always
  useEffect(() => {
    const follow = (shown: Shown): void => {
      const next = selector.current(shown);
      if (Object.is(next, latest.current)) return;
      latest.current = next;
      if (shown.moving) byFrame(latest, () => setValue(() => latest.current));
      else setValue(() => next);
    };
    follow(useShown.getState());
    return useShown.subscribe(follow);
  }, []);
  return value;
}

export function shownView(): View {
  return useShown.getState().view;
}

// What replaces a step is written once it rests: browsers take milliseconds for each, and only so many in ten seconds.
const RESTS_MS = 120;
let address = location.hash;
let unwritten = 0;

/** The address says what is shown, now. */
export function writeAddress(): void {
  if (unwritten === 0) return;
  clearTimeout(unwritten);
  unwritten = 0;
  history.replaceState({ at }, "", address);
}

let settled = (view: View): View => view;

/** What in a view follows from something else in it is made right before it is shown. Returns how to end it. */
export function settleViews(settle: (view: View) => View): () => void {
  settled = settle;
  return () => {
    settled = (view) => view;
  };
}

/** `replace`: the step before stays the one that back returns to. */
export function navigate(change: Partial<View>, how: "push" | "replace" = "push"): void {
  const view = settled({ ...shownView(), ...change });
  const to = printView(view);
  if (to === address) return show(view, how === "replace");
  if (how === "replace") {
    clearTimeout(unwritten);
    unwritten = window.setTimeout(writeAddress, RESTS_MS);
  } else {
    writeAddress();
    at += 1;
    last = at;
    sessionStorage.setItem(LAST, String(last));
    history.pushState({ at }, "", to);
  }
  address = to;
  show(view, how === "replace");
}

export function narrow(scope: Partial<Scope>, how: "push" | "replace" = "push"): void {
  navigate({ scope: { ...shownView().scope, ...scope } }, how);
}

/** Conditions applied, and those beside them that are switched off. */
export function condition({ filter, off }: Conditions): void {
  navigate({ scope: { ...shownView().scope, filter }, off });
}

export function back(): void {
  writeAddress();
  if (at > 0) history.back();
}

export function forward(): void {
  writeAddress();
  if (at < last) history.forward();
}

function show(view: View, moving: boolean, returned = false): void {
  useShown.setState({ view, canBack: at > 0, canForward: at < last, moving, returned });
}

export function followAddress(): void {
  address = printView(shownView());
  history.replaceState({ at }, "", address);
  window.addEventListener("blur", writeAddress);
  window.addEventListener(
    "keydown",
    ({ ctrlKey, metaKey, altKey, key }) => {
      if (ctrlKey || metaKey || altKey || key === "F5") writeAddress(); // reload, back, copy the address
    },
    { capture: true },
  );
  window.addEventListener("popstate", (event: PopStateEvent) => {
    clearTimeout(unwritten);
    unwritten = 0;
    at = stepIn(event.state) ?? 0;
    address = location.hash;
    show(parseView(location.hash), false, true);
  });
}
