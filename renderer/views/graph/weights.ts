// What each endpoint of an answer's edges sent and received; what it sent itself counts once.

import type { Row } from "../../../shared/rows.ts";
import { addRow, noSums, type Sums } from "./sums.ts";

export type Weight = { readonly sums: Sums; readonly tuplesBefore: number };
export type Weights = ReadonlyMap<string, Weight>;

type Weighing = { readonly sums: ReturnType<typeof noSums>; tuplesBefore: number };

export function weightsOf(now: readonly Row[], before: readonly Row[] | null): Weights {
  const weights = new Map<string, Weighing>();
  const of = (ip: string): Weighing => {
    const known = weights.get(ip);
    if (known) return known;
    const made = { sums: noSums(), tuplesBefore: 0 };
    weights.set(ip, made);
    return made;
  };
  for (const row of now) {
    const [src, dst] = [String(row.srcIp), String(row.dstIp)];
    addRow(of(src).sums, row);
    if (dst !== src) addRow(of(dst).sums, row);
  }
  for (const row of before ?? []) {
    const [src, dst] = [String(row.srcIp), String(row.dstIp)];
    const tuples = Number(row.tuples ?? 0);
    of(src).tuplesBefore += tuples;
    if (dst !== src) of(dst).tuplesBefore += tuples;
  }
  return weights;
}
