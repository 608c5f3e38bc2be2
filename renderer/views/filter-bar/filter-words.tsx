// What is said of the filter: how many conversations it leaves, and why a text is none yet.

import type { ReactElement } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { count } from "../../model/format.ts";
import type { Checked } from "./checked-filter.ts";

/** "leaves 2 of 1,284": of the conversations in range. Nothing where neither filter nor text is there. */
export function FilterPreview(props: {
  readonly scope: Scope;
  readonly wanted: string | null;
  readonly isTyping: boolean;
}): ReactElement | null {
  const { scope, wanted, isTyping } = props;
  const isAsked = wanted !== null && wanted !== "";
  const left = useAnswer("scope.totals", isAsked ? { scope: { ...scope, filter: wanted } } : null);
  const all = useAnswer("scope.totals", isAsked ? { scope: { ...scope, filter: "" } } : null);
  if (!isAsked || left.value === null || all.value === null) return null;
  const of = `${count(left.value.conversations)} of ${count(all.value.conversations)}`;
  return (
    <span
      className={`preview ${left.pending ? "pending" : ""}`}
      title={`${of} conversations in this range`}
      aria-live="polite"
    >
      {isTyping ? `would leave ${of}` : `leaves ${of}`}
      {isTyping ? <kbd>Enter</kbd> : null}
    </span>
  );
}

export function FilterUnder(props: {
  readonly checked: Checked;
  readonly applied: string;
  readonly show: boolean;
  /** Puts what was meant in the place of the word at fault. */
  readonly onInstead: (text: string) => void;
}): ReactElement {
  const { checked, applied, show, onInstead } = props;
  const instead = checked.kind === "fault" ? checked.instead : null;
  return (
    <div className="under" id="filter-words" aria-live="polite" hidden={!show || checked.kind === "whole"}>
      {show && checked.kind !== "whole" ? (
        <>
          <b className="wrong">{sentence(checked.says)}</b>{" "}
          {instead === null ? null : (
            <>
              <button
                type="button"
                className="link"
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onInstead(instead)}
              >
                Write {instead}
              </button>
              .{" "}
            </>
          )}
          {applied === "" ? (
            "The view still shows everything: no filter is applied."
          ) : (
            <>
              The view still shows the last whole filter, <code>{applied}</code>.
            </>
          )}
        </>
      ) : null}
    </div>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
