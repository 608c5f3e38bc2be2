// Changes of how the graph is arranged, each a named step: undone and done again in the graph, and by back and forward like any step.

import { create } from "zustand";
import type { GraphLook } from "../../model/graph-look.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { toast } from "../../model/session.ts";

type Step = { readonly title: string; readonly before: GraphLook; readonly after: GraphLook };

/** `at`: how many of the steps are done. */
export const useLookSteps = create<{ readonly steps: readonly Step[]; readonly at: number }>(() => ({
  steps: [],
  at: 0,
}));

const MOST = 100;

/** `title`: "Hide 10.0.0.4". `said`: told in a toast that offers undo. */
export function changeLook(title: string, change: Partial<GraphLook>, said: "said" | "quiet" = "quiet"): void {
  const before = shownView().graph;
  const after = { ...before, ...change };
  const { steps, at } = useLookSteps.getState();
  const kept = [...steps.slice(0, at), { title, before, after }].slice(-MOST);
  useLookSteps.setState({ steps: kept, at: kept.length });
  navigate({ graph: after });
  if (said === "said") toast(title, { title: "Undo", run: undoLook });
}

export function undoLook(): void {
  const { steps, at } = useLookSteps.getState();
  const step = steps[at - 1];
  if (!step) return;
  useLookSteps.setState({ at: at - 1 });
  navigate({ graph: step.before });
}

export function redoLook(): void {
  const { steps, at } = useLookSteps.getState();
  const step = steps[at];
  if (!step) return;
  useLookSteps.setState({ at: at + 1 });
  navigate({ graph: step.after });
}

/** With `ids` in or out of a list of the look. */
export function withIds(list: readonly string[], ids: readonly string[], how: "in" | "out"): readonly string[] {
  const others = list.filter((each) => !ids.includes(each));
  return how === "in" ? [...others, ...ids] : others;
}
