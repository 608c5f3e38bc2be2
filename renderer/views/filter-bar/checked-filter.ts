// Text that is being typed: a whole filter, one that goes on, or one that cannot be, with the place of the fault. Pure.

import { failureOf } from "../../../shared/failure.ts";
import { nearestField } from "../../../shared/filter/fields.ts";
import { parseFilter } from "../../../shared/filter/parse.ts";

export type Checked =
  | { readonly kind: "whole" }
  /** It ends too early; what is missing is said. */
  | { readonly kind: "unfinished"; readonly says: string }
  | {
      readonly kind: "fault";
      readonly says: string;
      /** The word at fault, in characters of the text. */
      readonly from: number;
      readonly to: number;
      /** What was meant most likely, to stand there instead. */
      readonly instead: string | null;
    };

export function checkFilter(text: string): Checked {
  try {
    parseFilter(text);
    return { kind: "whole" };
  } catch (thrown) {
    const [sentence = ""] = failureOf(thrown).message.split("\n");
    const at = Number(/^Filter, character (\d+)/.exec(sentence)?.[1] ?? 0);
    const says = sentence.replace(/^Filter, character \d+: /, "");
    if (at > text.trimEnd().length || says.startsWith("this quote")) return { kind: "unfinished", says };
    const from = Math.max(0, at - 1);
    const [word = ""] = /^(?:[^\s(){},<>=!&|"]+|.)/.exec(text.slice(from)) ?? [];
    return {
      kind: "fault",
      says: `Character ${at}: ${says}`,
      from,
      to: from + word.length,
      instead: / is not a field;/.test(says) ? nearestField(word.toLowerCase()) : null,
    };
  }
}
