// What somebody should look at in an account. Unchanged is as it should be, and so is a blob that has grown.

import { copiesLine } from "../../../shared/account.ts";
import type { SourceAccount } from "../../../shared/contract.ts";
import { count, noun } from "../../model/format.ts";

export function needsAttention(sources: readonly SourceAccount[]): readonly SourceAccount[] {
  return sources.filter(({ status }) => status !== "complete" && status !== "unchanged");
}

/** Copies of blobs, where there are any, and paths that say otherwise than the records behind them. */
export function copiesIn(
  sources: readonly Pick<SourceAccount, "copies" | "remarks">[],
): readonly { readonly what: string; readonly bad: boolean }[] {
  const copies = { same: 0, extension: 0, earlier: 0, altered: 0 };
  for (const source of sources)
    for (const name of Object.keys(copies) as (keyof typeof copies)[]) copies[name] += source.copies[name];
  const remarks = sources.reduce((sum, source) => sum + source.remarks, 0);
  const line = copiesLine(copies);
  return [
    ...(line === null ? [] : [{ what: line, bad: copies.altered > 0 }]),
    ...(remarks === 0
      ? []
      : [{ what: `${count(remarks)} ${noun(remarks, "path")} said otherwise than the records behind`, bad: false }]),
  ];
}
