// The filter: a chip for each condition, applied or switched off, and a text for the one being typed, checked at every key. Only whole
// filters reach the scope; until then the view shows the last one.

import { ListFilter } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { type Chip, type Conditions, conditionsOf, moved, negatedAt, removed, switched } from "../../model/chips.ts";
import { offer } from "../../model/commands.ts";
import { useNics } from "../../model/facts.ts";
import { heldTerm, isWhole } from "../../model/filter-edit.ts";
import { condition } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { usePrepared } from "../../model/prepare.ts";
import type { View } from "../../model/view.ts";
import { checkFilter } from "./checked-filter.ts";
import { type ChipActs, FilterChip } from "./filter-chip.tsx";
import { conditionsIn, type Draft, draftOf, editing, joinedBack, prepared, rebased } from "./filter-draft.ts";
import { FilterEditor } from "./filter-editor.tsx";
import { FilterPreview, FilterUnder } from "./filter-words.tsx";
import { valuesOf } from "./values-of-field.ts";

const HINT = "Filter, such as src == 10.0.0.0/8 and dport in {22, 3389}";
const NOTHING: Conditions = { filter: "", off: [] };

export function FilterField({ scope, off }: Pick<View, "scope" | "off">): ReactElement {
  const applied = useMemo((): Conditions => ({ filter: scope.filter, off }), [scope.filter, off]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(applied));
  const [focus, setFocus] = useState<{ readonly at: number } | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [isOffered, setOffered] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const root = useRef<HTMLElement>(null);
  const term = usePrepared((waiting) => waiting.term);
  const nics = useNics();
  const views = useNotebook(({ notebook }) => notebook.views);
  const named = useMemo(
    () =>
      views
        .filter(({ scope: { filter } }) => filter !== "" && isWhole(filter))
        .map(({ name, scope: { filter } }) => ({ name, filter: heldTerm(filter) })),
    [views],
  );
  const { kept, typed, at } = draft;
  const checked = useMemo(() => checkFilter(typed), [typed]);
  const wanted = conditionsIn(draft);
  const isWrong = isRefused ? checked.kind !== "whole" : checked.kind === "fault" && !isOffered;
  const wrong = useMemo(
    () => (checked.kind === "fault" && isWrong ? { from: checked.from, to: checked.to } : null),
    [checked, isWrong],
  );

  useEffect(() => setDraft((before) => rebased(before, applied)), [applied]);
  useEffect(() => {
    if (term === null) return;
    usePrepared.setState({ term: null });
    setDraft((before) => prepared(before, term));
    setFocus({ at: Number.MAX_SAFE_INTEGER });
  }, [term]);
  useEffect(() => {
    const isEmpty = applied.filter === "" && applied.off.length === 0;
    const focusCommand = {
      id: "filter.focus",
      title: "Filter",
      section: "Scope",
      keys: ["/", "Mod+F"],
      blocked: () => null,
      run: () => setFocus({ at: Number.MAX_SAFE_INTEGER }),
    } as const;
    const clearCommand = {
      id: "filter.clear",
      title: "Clear the filter",
      section: "Scope",
      keys: [],
      blocked: () => (isEmpty ? "There is no filter." : null),
      run: () => condition(NOTHING),
    } as const;
    return offer([focusCommand, clearCommand]);
  }, [applied]);

  const place = (next: Draft, caret: number): void => {
    setDraft(next);
    setRefused(false);
    setFocus({ at: caret });
  };
  const apply = (): void => {
    if (wanted === null) return setRefused(true);
    setDraft(draftOf(wanted));
    condition(wanted);
  };
  const revert = (): void => {
    setDraft(draftOf(applied));
    setRefused(false);
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
  };
  const goTo = (index: number): void => {
    const chip = root.current?.querySelector<HTMLElement>(`[data-chip="${index}"]`);
    if (chip) chip.focus();
    else setFocus({ at: 0 });
  };
  /** Once it is drawn. */
  const focusChip = (index: number): void => {
    requestAnimationFrame(() => goTo(index));
  };
  const begin = (key: "Backspace" | "ArrowLeft"): boolean => {
    if (at === 0) return false;
    if (key === "ArrowLeft") goTo(at - 1);
    else {
      const { caret, ...next } = joinedBack(draft);
      place(next, caret);
    }
    return true;
  };
  /** What was typed stays text. */
  const change = (chips: readonly Chip[]): void => condition(conditionsOf(chips));
  const acts = (index: number): ChipActs => ({
    edit() {
      const next = editing(draft, index);
      place(next, next.typed.length);
    },
    toggle() {
      change(switched(kept, index));
      focusChip(index);
    },
    negate() {
      change(negatedAt(kept, index));
      focusChip(index);
    },
    only: () => change(kept.map((chip, i) => ({ ...chip, isOn: i === index }))),
    remove() {
      change(removed(kept, index));
      focusChip(index);
    },
    move(by) {
      const to = Math.max(0, Math.min(kept.length - 1, index + by));
      change(moved(kept, index, to));
      focusChip(to);
    },
    go: (by) => goTo(Math.max(0, index + by)),
    take: (from) => change(moved(kept, from, index)),
  });
  const list = (chips: readonly Chip[], from: number, label: string): ReactElement | null =>
    chips.length === 0 ? null : (
      <ul aria-label={label}>
        {chips.map((chip, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
          <FilterChip key={`${from + i} ${chip.term}`} chip={chip} index={from + i} acts={acts(from + i)} />
        ))}
      </ul>
    );
  const rest = conditionsOf(kept).filter;

  return (
    <search ref={root} className={`query ${isWrong ? "wrong" : ""}`} aria-label="Filter">
      <ListFilter size={13} className="icon" />
      {list(kept.slice(0, at), 0, "Conditions")}
      <FilterEditor
        text={typed}
        focus={focus}
        hint={kept.length === 0 ? HINT : ""}
        wrong={wrong}
        isInvalid={isWrong}
        values={(field) => valuesOf(field, { ...scope, filter: rest }, nics)}
        named={named}
        onText={(text) => {
          setDraft((before) => ({ ...before, typed: text }));
          setRefused(false);
        }}
        onFocus={setFocused}
        onOffered={setOffered}
        onApply={apply}
        onRevert={revert}
        onBegin={begin}
      />
      {list(kept.slice(at), at, "Conditions behind the text")}
      <FilterPreview scope={scope} wanted={wanted?.filter ?? null} isTyping={typed.trim() !== ""} />
      {kept.length === 0 && typed === "" ? (
        <kbd title="Focus the filter">/</kbd>
      ) : (
        <button
          type="button"
          className="button small quiet"
          title="Clear the filter"
          onClick={() => {
            setDraft(draftOf(NOTHING));
            setRefused(false);
            condition(NOTHING);
          }}
        >
          Clear
        </button>
      )}
      <FilterUnder
        checked={checked}
        applied={scope.filter}
        show={isFocused && isWrong}
        onInstead={(text) => {
          if (checked.kind !== "fault") return;
          const next = typed.slice(0, checked.from) + text + typed.slice(checked.to);
          place({ ...draft, typed: next }, checked.from + text.length);
        }}
      />
    </search>
  );
}
