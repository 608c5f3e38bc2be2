// SQL over the table `tuples` of `tidemark query --sql` (docs/sql.md), which takes filter and range as they are.

import { printFilter } from "../filter/print.ts";
import type { Filter } from "../filter/tree.ts";
import type { Scope } from "../scope.ts";
import type { Said } from "./say.ts";

export function asSql(filter: Filter, { from, to }: Scope): Said {
  const filtered = quoted(printFilter(filter));
  const given = to !== null ? [filtered, from ?? "NULL", to] : from !== null ? [filtered, from] : [filtered];
  const isAll = given.length === 1 && filter.kind === "everything";
  return { text: `SELECT * FROM tuples${isAll ? "" : `(${given.join(", ")})`};`, left: [] };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
