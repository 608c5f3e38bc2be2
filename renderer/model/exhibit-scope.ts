// What the evidence page asks for: exactly the tuples of a figure, counted as the figure was. Pure.

import { parseFilter } from "../../shared/filter/parse.ts";
import { printFilter } from "../../shared/filter/print.ts";
import { splitMeasures } from "../../shared/filter/tree.ts";
import type { Scope } from "../../shared/scope.ts";
import { bothOf, type Exhibit } from "./view.ts";

/** Null: everything in scope. Conditions on rows say which rows are shown, not which tuples they are made of. */
export function exhibitScope(scope: Scope, exhibit: Exhibit | null): Scope {
  const { filter = "", part, bar, flow, alone } = exhibit ?? {};
  return {
    ...scope,
    filter: ofTuples(bothOf(alone ? "" : scope.filter, filter)),
    ...(part ? { part } : {}),
    ...(bar ? { bar } : {}),
    ...(flow ? { flow } : {}),
  };
}

/** As it was typed where it has no such conditions, or cannot be read: the answer says why. */
function ofTuples(filter: string): string {
  try {
    const { tuples, rows } = splitMeasures(parseFilter(filter));
    return rows.length === 0 ? filter : printFilter(tuples);
  } catch {
    return filter;
  }
}
