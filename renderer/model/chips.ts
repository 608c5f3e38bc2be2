// The conditions of a filter as chips: those that hold are the terms of the scope's filter, those that are switched off stand between
// them and live in the view beside it. Pure.

import { isWhole, joinTerms, negated, splitTerms } from "./filter-edit.ts";
import type { OffTerm } from "./view.ts";

export type Chip = { readonly term: string; readonly isOn: boolean };
export type Conditions = { readonly filter: string; readonly off: readonly OffTerm[] };

/** A filter that cannot be read (an address may carry one) is one condition. */
export function chipsOf({ filter, off }: Conditions): readonly Chip[] {
  const terms = isWhole(filter) ? splitTerms(filter) : [filter];
  const chips: Chip[] = terms.map((term) => ({ term, isOn: true }));
  for (const { at, term } of [...off].sort((a, b) => a.at - b.at))
    if (!terms.includes(term)) chips.splice(Math.min(at, chips.length), 0, { term, isOn: false });
  return chips;
}

/** The inverse of `chipsOf`. */
export function conditionsOf(chips: readonly Chip[]): Conditions {
  return {
    filter: joinTerms(chips.filter(({ isOn }) => isOn).map(({ term }) => term)),
    off: chips.flatMap(({ term, isOn }, at) => (isOn ? [] : [{ at, term }])),
  };
}

export function removed(chips: readonly Chip[], index: number): readonly Chip[] {
  return chips.filter((_, i) => i !== index);
}

export function switched(chips: readonly Chip[], index: number): readonly Chip[] {
  return chips.map((chip, i) => (i === index ? { ...chip, isOn: !chip.isOn } : chip));
}

export function negatedAt(chips: readonly Chip[], index: number): readonly Chip[] {
  return chips.map((chip, i) => (i === index ? { ...chip, term: negated(chip.term) } : chip));
}

/** The chip at `from` stands at `to` after. */
export function moved(chips: readonly Chip[], from: number, to: number): readonly Chip[] {
  const chip = chips[from];
  if (chip === undefined) return chips;
  const rest = removed(chips, from);
  return [...rest.slice(0, to), chip, ...rest.slice(to)];
}
