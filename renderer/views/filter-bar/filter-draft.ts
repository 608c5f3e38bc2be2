// A filter being edited: the conditions of the scope as chips, and text that stands among them until it is applied. Pure.

import { isWhole, joinTerms, splitTerms } from "../../model/filter-edit.ts";

/** `typed` stands before `kept[at]`. `of`: the filter that it began from. */
export type Draft = {
  readonly of: string;
  readonly kept: readonly string[];
  readonly typed: string;
  readonly at: number;
};

/** A filter that cannot be read (an address may carry one) is one condition. */
export function draftOf(filter: string): Draft {
  const kept = isWhole(filter) ? splitTerms(filter) : [filter];
  return { of: filter, kept, typed: "", at: kept.length };
}

/** The scope's filter was changed elsewhere: a new condition being typed stays, the edit of an old one is let go. */
export function rebased({ of, kept, typed }: Draft, filter: string): Draft {
  return { ...draftOf(filter), typed: kept.length < draftOf(of).kept.length ? "" : typed };
}

/** The filter that applying gives; null while the text is no filter. */
export function filterOf({ kept, typed, at }: Draft): string | null {
  if (!isWhole(typed)) return null;
  return joinTerms([...kept.slice(0, at), ...splitTerms(typed), ...kept.slice(at)]);
}

/** Takes a condition into the text, to be changed where it stood. What was typed becomes a condition, where it is one. */
export function editing(draft: Draft, index: number): Draft {
  const { of, kept, typed, at } = settled(draft, index);
  return { of, kept: kept.filter((_, i) => i !== at), typed: kept[at] ?? typed, at };
}

/** The condition before the text goes in front of it: Backspace at its begin. */
export function joinedBack({ of, kept, typed, at }: Draft): Draft & { readonly caret: number } {
  const before = kept[at - 1];
  if (before === undefined) return { of, kept, typed, at, caret: 0 };
  const text = typed.trim() === "" ? before : `${before} and ${typed}`;
  return { of, kept: kept.filter((_, i) => i !== at - 1), typed: text, at: at - 1, caret: before.length };
}

/** Where `index` of `kept` stands once the text is put among the conditions (or dropped where it is none). */
function settled({ of, kept, typed, at }: Draft, index: number): Draft {
  const terms = typed.trim() !== "" && isWhole(typed) ? splitTerms(typed) : [];
  return {
    of,
    kept: [...kept.slice(0, at), ...terms, ...kept.slice(at)],
    typed: "",
    at: index < at ? index : index + terms.length,
  };
}
