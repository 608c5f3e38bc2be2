// NICs as rows of a table, sorted here: there are few, and all of them are at hand.

import type { Nic } from "../../../shared/contract.ts";
import type { Cell, Row } from "../../../shared/rows.ts";
import type { Sort } from "../../model/view.ts";

const HOUR = 3_600_000;

export function nicRows(nics: readonly Nic[], sort: Sort | null): readonly Row[] {
  const rows = nics.map(({ nic, network, subnet, name, addresses, tuples, firstTime, lastTime, gaps }) => ({
    nic,
    network,
    subnet,
    name,
    addresses: addresses.map(({ ip }) => ip),
    tuples,
    firstTime,
    lastTime,
    gapText: gapText(gaps),
  }));
  if (sort === null) return rows;
  const sign = sort.order === "asc" ? 1 : -1;
  return rows.sort((a, b) => sign * compare((a as Row)[sort.field] ?? null, (b as Row)[sort.field] ?? null));
}

function gapText(gaps: Nic["gaps"]): string {
  if (gaps.length === 0) return "none";
  const hours = gaps.reduce((sum, { from, to }) => sum + (to - from) / HOUR, 0);
  return `${hours} in ${gaps.length} ${gaps.length === 1 ? "stretch" : "stretches"}`;
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "") < String(b ?? "") ? -1 : String(a ?? "") > String(b ?? "") ? 1 : 0;
}
