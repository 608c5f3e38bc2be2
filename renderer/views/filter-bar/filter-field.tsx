// The filter: a chip for each condition that must hold, and a text for the one being typed, checked at every key. Only whole filters
// reach the scope; until then the view shows the last one.

import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { offer } from "../../model/commands.ts";
import { joinTerms } from "../../model/filter-edit.ts";
import { narrow } from "../../model/navigate.ts";
import { checkFilter } from "./checked-filter.ts";
import { type Draft, draftOf, editing, filterOf, joinedBack, rebased } from "./filter-draft.ts";
import { FilterPreview, FilterUnder } from "./filter-words.tsx";
import { useKnownValues } from "./known-values.ts";
import { accepted, expectedAt, type Suggestion, suggestions } from "./suggest.ts";
import { LIST_ID, optionId, SuggestionList } from "./suggestion-list.tsx";

export function FilterField({ scope }: { readonly scope: Scope }): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(scope.filter));
  const [caret, setCaret] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isRefused, setRefused] = useState(false);
  const { kept, typed, at } = draft;
  const checked = checkFilter(typed);
  const wanted = filterOf(draft);
  const values = useKnownValues({ from: scope.from, to: scope.to }, isFocused);
  const expected = isFocused && isOpen ? expectedAt(typed.slice(0, caret)) : null;
  const options = expected === null ? [] : suggestions(expected, values);

  useEffect(() => setDraft((before) => rebased(before, scope.filter)), [scope.filter]);
  useEffect(
    () =>
      offer([
        {
          id: "filter.focus",
          title: "Filter",
          section: "Scope",
          keys: ["/", "Mod+F"],
          blocked: () => null,
          run: () => input.current?.focus(),
        },
        {
          id: "filter.clear",
          title: "Clear the filter",
          section: "Scope",
          keys: [],
          blocked: () => (scope.filter === "" ? "There is no filter." : null),
          run: () => narrow({ filter: "" }),
        },
      ]),
    [scope.filter],
  );

  const write = (text: string, position: number): void => {
    setDraft({ ...draft, typed: text });
    setCaret(position);
    setActive(-1);
    setRefused(false);
    setOpen(true);
  };
  const place = (next: Draft, position: number): void => {
    setDraft(next);
    setCaret(position);
    setActive(-1);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(position, position);
    });
  };
  const take = ({ text }: Suggestion): void => {
    if (expected === null) return;
    const next = accepted(typed, caret, expected, text);
    place({ ...draft, typed: next.text }, next.caret);
  };
  const apply = (): void => {
    setOpen(false);
    if (wanted === null) return setRefused(true);
    setDraft(draftOf(wanted));
    if (wanted !== scope.filter) narrow({ filter: wanted });
  };
  const revert = (): void => {
    setDraft(draftOf(scope.filter));
    setRefused(false);
    input.current?.blur();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const option = options[active];
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === "ArrowDown" && options.length > 0) setActive((active + 1) % options.length);
    else if (event.key === "ArrowDown") setOpen(true);
    else if (event.key === "ArrowUp" && options.length > 0) setActive(active <= 0 ? options.length - 1 : active - 1);
    else if (event.key === "Enter" && option) take(option);
    else if (event.key === "Enter") apply();
    else if (event.key === "Tab" && !event.shiftKey && option) take(option);
    else if (event.key === "Escape" && options.length > 0) setOpen(false);
    else if (event.key === "Escape") revert();
    else if (event.key === "Backspace" && selectionStart === 0 && selectionEnd === 0 && at > 0) {
      const { caret: position, ...next } = joinedBack(draft);
      place(next, position);
    } else return;
    event.preventDefault();
  };
  const remove = (index: number): void => {
    narrow({ filter: joinTerms(kept.filter((_, i) => i !== index)) });
  };
  const edit = (index: number): void => {
    const next = editing(draft, index);
    place(next, next.typed.length);
  };
  const chip = (term: string, index: number): ReactElement => (
    <li className="chip" key={`${index} ${term}`}>
      <button type="button" className="term" title={`Edit ${term}`} onClick={() => edit(index)}>
        {term}
      </button>
      <button
        type="button"
        className="cross"
        aria-label={`Remove ${term}`}
        title="Remove"
        onClick={() => remove(index)}
      >
        <X size={11} />
      </button>
    </li>
  );
  const isWrong = isRefused ? checked.kind !== "whole" : checked.kind === "fault" && options.length === 0;

  return (
    <search className={`query ${isWrong ? "wrong" : ""}`} aria-label="Filter">
      <ListFilter size={13} className="icon" />
      {at > 0 ? <ul aria-label="Conditions that hold">{kept.slice(0, at).map((term, i) => chip(term, i))}</ul> : null}
      <span className="typed">
        <input
          ref={input}
          role="combobox"
          aria-label="Filter"
          aria-expanded={options.length > 0}
          aria-controls={LIST_ID}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && active < options.length ? optionId(active) : undefined}
          aria-invalid={isWrong}
          aria-describedby="filter-words"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={kept.length === 0 ? "Filter, such as src == 10.0.0.0/8 and dport in {22, 3389}" : ""}
          value={typed}
          onChange={({ target }) => write(target.value, target.selectionStart ?? target.value.length)}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onFocus={() => {
            setFocused(true);
            setOpen(true);
          }}
          onBlur={() => {
            setFocused(false);
            setOpen(false);
          }}
          onKeyDown={press}
        />
        {options.length > 0 && expected ? (
          <SuggestionList options={options} active={active} at={expected.at} onTake={take} />
        ) : null}
      </span>
      {at < kept.length ? (
        <ul aria-label="Conditions that hold as well">{kept.slice(at).map((term, i) => chip(term, at + i))}</ul>
      ) : null}
      <FilterPreview scope={scope} wanted={wanted} isTyping={typed.trim() !== ""} />
      {scope.filter === "" && typed === "" ? (
        <kbd title="Focus the filter">/</kbd>
      ) : (
        <button
          type="button"
          className="button small quiet"
          title="Clear the filter"
          onClick={() => {
            setDraft(draftOf(""));
            setRefused(false);
            if (scope.filter !== "") narrow({ filter: "" });
          }}
        >
          Clear
        </button>
      )}
      <FilterUnder checked={checked} applied={scope.filter} show={isFocused && isWrong} />
    </search>
  );
}
