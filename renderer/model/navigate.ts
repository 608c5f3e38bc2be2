// The view that is shown, held in the address. A step is pushed (back undoes it); a drag in progress replaces.

import { create } from "zustand";
import type { Scope } from "../../shared/scope.ts";
import { parseView, printView, type View } from "./view.ts";

type Shown = { readonly view: View; readonly canBack: boolean; readonly canForward: boolean };

/** Steps of this page in the browser's history: where we are and how many there are. */
let at = 0;
let last = 0;

export const useShown = create<Shown>(() => ({ view: parseView(location.hash), canBack: false, canForward: false }));

export function shownView(): View {
  return useShown.getState().view;
}

/** `replace`: the step before stays the one that back returns to. */
export function navigate(change: Partial<View>, how: "push" | "replace" = "push"): void {
  const view = { ...shownView(), ...change };
  const address = printView(view);
  if (address === location.hash) return show(view);
  if (how === "replace") history.replaceState({ at }, "", address);
  else {
    at += 1;
    last = at;
    history.pushState({ at }, "", address);
  }
  show(view);
}

export function narrow(scope: Partial<Scope>, how: "push" | "replace" = "push"): void {
  navigate({ scope: { ...shownView().scope, ...scope } }, how);
}

export function back(): void {
  if (at > 0) history.back();
}

export function forward(): void {
  if (at < last) history.forward();
}

function show(view: View): void {
  useShown.setState({ view, canBack: at > 0, canForward: at < last });
}

export function followAddress(): void {
  history.replaceState({ at }, "", printView(shownView()));
  window.addEventListener("popstate", (event: PopStateEvent) => {
    const state: { at?: number } | null = event.state;
    at = state?.at ?? at;
    show(parseView(location.hash));
  });
}
