// The account as additions that can be checked by eye. Records count the kept ones only; what was seen before is beside them, not in them.

import type { IngestAccount, SourceAccount } from "../../../shared/contract.ts";
import { count } from "../../model/format.ts";

export type Addition = { readonly parts: readonly number[]; readonly sum: number };

/** Records that could be read whole: those added, and those whose content came before. */
export function recordsRead({ added }: Pick<IngestAccount, "added">): Addition {
  const parts = [added.records, added.duplicateRecords];
  return { parts, sum: added.records + added.duplicateRecords };
}

export function printAddition({ parts, sum }: Addition): string {
  return `${parts.map(count).join(" + ")} = ${count(sum)}`;
}

/** What somebody should look at. Unchanged is as it should be. */
export function needsAttention(sources: readonly SourceAccount[]): readonly SourceAccount[] {
  return sources.filter(({ status }) => status !== "complete" && status !== "unchanged");
}
