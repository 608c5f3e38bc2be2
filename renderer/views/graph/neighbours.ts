// Whom an address spoke with, by the edges that touch it: all, the most, or those it opened after it was first contacted itself.

import type { Row } from "../../../shared/rows.ts";
import type { GraphMeasure } from "../../model/graph-look.ts";
import { addRow, measured, noSums } from "./sums.ts";

export const TOP = 10;
export type Which = "all" | "top" | "next";

/** `rows`: edges with `ip` at either end. In the order of what was chosen by. */
export function neighboursOf(rows: readonly Row[], ip: string, which: Which, measure: GraphMeasure): readonly string[] {
  if (which === "next") return nextHop(rows, ip);
  const weights = new Map<string, ReturnType<typeof noSums>>();
  for (const row of rows) {
    const other = otherEnd(row, ip);
    if (other === null) continue;
    const sums = weights.get(other) ?? noSums();
    addRow(sums, row);
    weights.set(other, sums);
  }
  const sorted = [...weights]
    .sort(([a, x], [b, y]) => measured(y, measure) - measured(x, measure) || y.tuples - x.tuples || (a < b ? -1 : 1))
    .map(([other]) => other);
  return which === "top" ? sorted.slice(0, TOP) : sorted;
}

/** By the time of their first contact. Nobody contacted it: all it opened follow nothing, and none is given. */
function nextHop(rows: readonly Row[], ip: string): readonly string[] {
  const contacted = rows.filter((row) => row.dstIp === ip && row.srcIp !== ip).map((row) => Number(row.firstTime));
  const since = Math.min(...contacted);
  return rows
    .filter((row) => row.srcIp === ip && row.dstIp !== ip && Number(row.firstTime) > since)
    .sort((a, b) => Number(a.firstTime) - Number(b.firstTime) || (String(a.dstIp) < String(b.dstIp) ? -1 : 1))
    .map((row) => String(row.dstIp));
}

function otherEnd(row: Row, ip: string): string | null {
  const [src, dst] = [String(row.srcIp), String(row.dstIp)];
  if (src === dst) return null;
  return src === ip ? dst : dst === ip ? src : null;
}
