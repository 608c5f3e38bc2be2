// What a member is to an earlier one that holds the same blob, in a word and in a sentence.

import type { Row } from "../../../shared/rows.ts";
import { count } from "../../model/format.ts";
import { number, text } from "./cells.tsx";

const words: Readonly<Record<string, string>> = {
  same: "same again",
  extension: "longer copy",
  earlier: "shorter copy",
  altered: "altered",
};

/** Empty where it is the only one, or the first. */
export function copyWord(row: Row): string {
  return words[text(row.relation)] ?? "";
}

export function copySentence(row: Row): string {
  const other = text(row.earlierMember);
  const missing = number(row.missingRecords);
  switch (text(row.relation)) {
    case "same":
      return `It holds the same records as ${other}, which was added before it; nothing of it counts twice.`;
    case "extension":
      return `A longer copy of ${other}, which was added before it: it holds all of that one's records and more.`;
    case "earlier":
      return `A shorter copy of ${other}, which was added before it and has ${count(missing)} more records.`;
    case "altered":
      return missing > 0
        ? `Altered: of the same NIC, flow log and hour as ${other}, but ${count(missing)} of that one's records are missing here or differ.`
        : `Altered: of the same NIC, flow log and hour as ${other}, but its records do not stand in that one's order.`;
    default:
      return "";
  }
}
