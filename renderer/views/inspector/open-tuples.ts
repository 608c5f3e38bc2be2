// From anything selected to the tuples behind it.

import { navigate } from "../../model/navigate.ts";
import { type Selection, selectionFilter } from "../../model/view.ts";
import { titleOf } from "../tables/row-selection.ts";

/** The tuples behind what is selected, on the evidence page. */
export function openTuples(selection: Selection | null): void {
  if (selection === null) return navigate({ page: "evidence", exhibit: null });
  if (selection.kind === "bar") {
    const bar = { from: selection.from, to: selection.to };
    return navigate({ page: "evidence", exhibit: { filter: "", bar, title: titleOf(selection), place: null } });
  }
  navigate({
    page: "evidence",
    exhibit: { filter: selectionFilter(selection), title: titleOf(selection), place: null },
  });
}
