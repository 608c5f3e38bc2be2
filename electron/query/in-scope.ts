// A scope as questions are answered in it: its filter parsed, each side or once, as logged or adjusted.

import { AppError } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import type { Filter } from "../../shared/filter/tree.ts";
import type { Scope } from "../../shared/scope.ts";
import type { Catalog } from "./catalog.ts";

/** `once`, `adjusted`: docs/settling.md; else each side, as logged. */
export type InScope = {
  readonly filter: Filter;
  readonly from: number | null;
  readonly to: number | null;
  readonly once: boolean;
  readonly adjusted: boolean;
};

// A filter that is asked again is the same object, so that what it says of a segment's keys can be kept with it.
const filters = new Map<string, Filter>();
const KEPT_FILTERS = 8;

/** Throws `unsupported` where the scope needs settled flows and they are not. */
export function inScope(catalog: Catalog, { filter, from, to, sides, counters }: Scope): InScope {
  const once = sides === "once";
  const adjusted = counters === "adjusted";
  if (once || adjusted) requireSettled(catalog);
  const known = parsed(filter);
  return { filter: known, from, to, once: once && !isOfOneSide(known), adjusted };
}

export function parsed(filter: string): Filter {
  const known = filters.get(filter) ?? parseFilter(filter);
  filters.delete(filter);
  filters.set(filter, known);
  if (filters.size > KEPT_FILTERS) filters.delete(filters.keys().next().value ?? "");
  return known;
}

/** A filter by NIC or direction looks at one side already: once has no effect on it. */
export function isOfOneSide(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.all.some(isOfOneSide);
    case "or":
      return filter.any.some(isOfOneSide);
    case "not":
      return isOfOneSide(filter.one);
    case "text":
      return filter.field === "nic" || filter.field === "dir";
    default:
      return false;
  }
}

/** Throws `unsupported` with what can be done. A case without tuples has nothing to settle. */
export function requireSettled(catalog: Catalog): void {
  if (!catalog.isSettled && catalog.segments.length > 0)
    throw new AppError(
      "unsupported",
      "The flows of this case are not settled, so it can be looked at as logged and each side only; tidemark verify CASE --rebuild settles them.",
    );
}
