// Conditions put into the filter bar without being applied: to be looked at, completed, and applied by whoever asked for them.

import { create } from "zustand";
import { navigate, shownView } from "./navigate.ts";

/** The filter bar takes the condition and leaves null. */
export const usePrepared = create<{ readonly term: string | null }>(() => ({ term: null }));

export function prepare(term: string): void {
  if (shownView().page !== "explore") navigate({ page: "explore" });
  usePrepared.setState({ term });
}
