// Text that is being typed: a whole filter, one that goes on, or one that cannot be, with the place of the fault. Pure.

import { failureOf } from "../../../shared/failure.ts";
import { parseFilter } from "../../../shared/filter/parse.ts";

export type Checked =
  | { readonly kind: "whole" }
  /** It ends too early; what is missing is said. */
  | { readonly kind: "unfinished"; readonly says: string }
  /** `line` and `pointer` stand under one another in mono. */
  | { readonly kind: "fault"; readonly says: string; readonly line: string; readonly pointer: string };

export function checkFilter(text: string): Checked {
  try {
    parseFilter(text);
    return { kind: "whole" };
  } catch (thrown) {
    const [sentence = "", line = "", pointer = ""] = failureOf(thrown).message.split("\n");
    const at = Number(/^Filter, character (\d+)/.exec(sentence)?.[1] ?? 0);
    const says = sentence.replace(/^Filter, character \d+: /, "");
    if (at > text.trimEnd().length || says.startsWith("this quote")) return { kind: "unfinished", says };
    return { kind: "fault", says: `Character ${at}: ${says}`, line: line.slice(2), pointer: pointer.slice(2) };
  }
}
