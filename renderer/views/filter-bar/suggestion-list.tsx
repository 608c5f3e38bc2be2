// What can stand at the caret, as the listbox of a combobox: the input keeps the focus and names the active option.

import type { ReactElement } from "react";
import type { Suggestion } from "./suggest.ts";

export const LIST_ID = "filter-suggestions";

export function optionId(index: number): string {
  return `${LIST_ID}-${index}`;
}

export function SuggestionList(props: {
  readonly options: readonly Suggestion[];
  readonly active: number;
  /** Characters from the begin of the input to what is replaced. */
  readonly at: number;
  readonly onTake: (option: Suggestion) => void;
}): ReactElement {
  const { options, active, at, onTake } = props;
  return (
    <div
      className="suggestions"
      id={LIST_ID}
      role="listbox"
      aria-label="What can stand here"
      tabIndex={-1}
      style={{ left: `calc(${Math.min(at, 60)}ch - 8px)` }}
    >
      {options.map((option, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant
        <div
          key={option.text}
          id={optionId(i)}
          role="option"
          aria-selected={i === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(option)}
        >
          <span>{option.text}</span>
          <i>{option.says}</i>
        </div>
      ))}
    </div>
  );
}
