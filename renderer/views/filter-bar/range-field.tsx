// The range as two instants that can be typed, shifted, or chosen from a menu; its length and its zone stand beside it.

import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type KeyboardEvent, memo, type ReactElement, useState } from "react";
import { runCommand } from "../../model/commands.ts";
import { day, duration, exactInstant } from "../../model/format.ts";
import { narrow, shownView } from "../../model/navigate.ts";
import { boundsOf, type Range, rangeOf } from "../../model/range.ts";
import { FORMS, lengths, presets, printTime, typedRange } from "./typed-range.ts";

export function RangeField({ range, whole }: { readonly range: Range; readonly whole: Range }): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line in every engine
    <div className="range" role="group" aria-label="Range, UTC">
      <Shift to="earlier" />
      <Edge edge="from" range={range} whole={whole} />
      <span className="dim" aria-hidden="true">
        →
      </span>
      <Edge edge="to" range={range} whole={whole} />
      <Shift to="later" />
      <Presets words={duration(range.to - range.from)} whole={whole} />
    </div>
  );
}

const Shift = memo(function Shift({ to }: { readonly to: "earlier" | "later" }): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Shift ${to}`}
      title={`Shift ${to} by its width (${to === "earlier" ? "[" : "]"})`}
      onClick={() => runCommand(`scope.${to}`)}
    >
      {to === "earlier" ? <ChevronLeft size={13} /> : <ChevronRight size={13} />}
    </button>
  );
});

type EdgeProps = { readonly edge: "from" | "to"; readonly range: Range; readonly whole: Range };

function Edge({ edge, range, whole }: EdgeProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const id = `range-${edge}`;
  const revert = (): void => {
    setTyped(null);
    setFault(null);
  };
  const apply = (text: string): void => {
    if (text.trim() === "" || text === printTime(range[edge])) return revert();
    const wanted = typedRange(text, edge, range, whole);
    if ("fault" in wanted) return setFault(wanted.fault);
    show(wanted, whole);
    revert();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") apply(event.currentTarget.value);
    else if (event.key === "Escape") revert();
    else return;
    event.preventDefault();
  };
  return (
    <span className={`edge ${fault === null ? "" : "wrong"}`}>
      <input
        aria-label={edge === "from" ? "Begin of the range, UTC" : "End of the range, UTC"}
        aria-describedby={typed === null ? undefined : id}
        aria-invalid={fault !== null}
        autoComplete="off"
        spellCheck={false}
        title={exactInstant(range[edge])}
        value={typed ?? printTime(range[edge])}
        onChange={({ target }) => {
          setTyped(target.value);
          setFault(null);
        }}
        onFocus={({ target }) => target.select()}
        onBlur={({ target }) => apply(target.value)}
        onKeyDown={press}
      />
      {typed === null ? null : (
        <span className="under" id={id} role={fault === null ? undefined : "alert"}>
          {fault === null ? (
            <>
              <b>UTC</b> unless a zone is given: {FORMS}. “a to b” sets both ends.
            </>
          ) : (
            <>
              <b className="wrong">{fault}</b> The view still shows the range before.
            </>
          )}
        </span>
      )}
    </span>
  );
}

/** A range beside the case is shown as typed: it tells that the evidence ends before it. */
function show(range: Range, whole: Range): void {
  narrow(range.to <= whole.from || range.from >= whole.to ? range : boundsOf(range, whole));
}

const Presets = memo(function Presets({
  words,
  whole,
}: {
  readonly words: string;
  readonly whole: Range;
}): ReactElement {
  const { last, days } = presets(whole, day);
  const choices = [...last, ...days];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="zone" title="Choose a range">
        {words} · UTC <ChevronDown size={12} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="range-menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Item onSelect={() => narrow({ from: null, to: null })}>
            Whole case <kbd>0</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Sub>
            <DropdownMenu.SubTrigger>
              Length, about the middle <ChevronRight size={12} />
            </DropdownMenu.SubTrigger>
            <DropdownMenu.Portal>
              <DropdownMenu.SubContent className="range-menu" collisionPadding={8}>
                {lengths(rangeOf(shownView().scope, whole), whole, duration).map((preset) => (
                  <DropdownMenu.Item key={preset.title} onSelect={() => show(preset.range, whole)}>
                    {preset.title}
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.SubContent>
            </DropdownMenu.Portal>
          </DropdownMenu.Sub>
          {choices.map((preset, i) => (
            <DropdownMenu.Item
              key={preset.title}
              className={i === last.length ? "first" : ""}
              onSelect={() => show(preset.range, whole)}
            >
              {preset.title}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
});
