// SQL over the table `tuples` of `tidemark query --sql` (docs/sql.md), which takes filter and range as they are.

import { printFilter } from "../filter/print.ts";
import type { Filter } from "../filter/tree.ts";
import type { Scope } from "../scope.ts";
import type { Said } from "./say.ts";

export function asSql(filter: Filter, scope: Scope): Said {
  return { text: `SELECT * FROM tuples${tableArguments(filter, scope)};`, left: [] };
}

/** `('dst == public', 1741082400000)`; nothing where all is meant. */
export function tableArguments(filter: Filter, { from, to }: Scope): string {
  const filtered = quoted(printFilter(filter));
  const given = to !== null ? [filtered, from ?? "NULL", to] : from !== null ? [filtered, from] : [filtered];
  return given.length === 1 && filter.kind === "everything" ? "" : `(${given.join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
