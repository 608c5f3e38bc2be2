// A filter being edited: its conditions as chips, and text that stands among them until it is applied. Pure.

import { tidyFilter } from "../../../shared/filter/tidy.ts";
import { type Chip, type Conditions, chipsOf, conditionsOf } from "../../model/chips.ts";
import { isWhole, splitTerms } from "../../model/filter-edit.ts";

/** `typed` stands before `kept[at]`. `of`: what it began from. */
export type Draft = {
  readonly of: Conditions;
  readonly kept: readonly Chip[];
  readonly typed: string;
  readonly at: number;
};

export function draftOf(of: Conditions): Draft {
  const kept = chipsOf(of);
  return { of, kept, typed: "", at: kept.length };
}

/** The conditions were changed elsewhere: a new one being typed stays, the edit of an old one is let go. */
export function rebased({ of, kept, typed }: Draft, to: Conditions): Draft {
  return { ...draftOf(to), typed: kept.length < chipsOf(of).length ? "" : typed };
}

/** What applying gives; null while the text is no filter. */
export function conditionsIn(draft: Draft): Conditions | null {
  return isWhole(draft.typed) ? conditionsOf(settled(draft)) : null;
}

/** Takes a condition into the text, to be changed where it stood. What was typed becomes a condition, where it is one. */
export function editing(draft: Draft, index: number): Draft {
  const kept = settled(draft);
  const at = index < draft.at ? index : index + kept.length - draft.kept.length;
  return { of: draft.of, kept: kept.filter((_, i) => i !== at), typed: kept[at]?.term ?? draft.typed, at };
}

/** The condition before the text goes in front of it: Backspace at its begin. */
export function joinedBack({ of, kept, typed, at }: Draft): Draft & { readonly caret: number } {
  const before = kept[at - 1]?.term;
  if (before === undefined) return { of, kept, typed, at, caret: 0 };
  const text = typed.trim() === "" ? before : `${before} and ${typed}`;
  return { of, kept: kept.filter((_, i) => i !== at - 1), typed: text, at: at - 1, caret: before.length };
}

/** A condition put behind the text, or in its place where it is none: to be looked at before it is applied. */
export function prepared(draft: Draft, term: string): Draft {
  const typed = draft.typed.trim();
  return { ...draft, typed: typed === "" || !isWhole(typed) ? term : `${typed} and ${term}` };
}

/** All chips, with what was typed among them where it is a filter. */
function settled({ kept, typed, at }: Draft): readonly Chip[] {
  const terms = typed.trim() !== "" && isWhole(typed) ? splitTerms(tidyFilter(typed)) : [];
  return [...kept.slice(0, at), ...terms.map((term) => ({ term, isOn: true })), ...kept.slice(at)];
}
