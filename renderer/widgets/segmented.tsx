// One of a few, side by side: each a button that says whether it is the one. Shapes and words come from whoever asks.

import type { ReactElement, ReactNode } from "react";

export type SegmentedOption<T> = {
  readonly value: T;
  readonly title: ReactNode;
  /** What it would do, or why it cannot. */
  readonly words?: string;
  readonly blocked?: boolean;
};

/** `label`: what is chosen, for those who do not see it. `shown` is none of the options where none is chosen. */
export function Segmented<T extends string | null>(props: {
  readonly label: string;
  readonly options: readonly SegmentedOption<T>[];
  readonly shown: T | null;
  readonly choose: (value: T) => void;
  readonly className?: string;
}): ReactElement {
  return (
    <fieldset className={`segmented ${props.className ?? ""}`.trimEnd()} aria-label={props.label}>
      {props.options.map(({ value, title, words, blocked }) => (
        <button
          key={value}
          type="button"
          aria-pressed={props.shown === value}
          title={words}
          disabled={blocked}
          onClick={() => props.choose(value)}
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
