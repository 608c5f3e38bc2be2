// One condition of the filter: switched off and on, changed, negated, moved, removed; by mouse, by keys on its text, and by its menu.

import { X } from "lucide-react";
import { ContextMenu } from "radix-ui";
import type { KeyboardEvent, ReactElement } from "react";
import type { Chip } from "../../model/chips.ts";
import { copy, Item } from "../values/value-items.tsx";
import { piecesOf } from "./filter-language.ts";

export type ChipActs = {
  readonly edit: () => void;
  readonly toggle: () => void;
  readonly negate: () => void;
  readonly only: () => void;
  readonly remove: () => void;
  /** One place to a side. */
  readonly move: (by: -1 | 1) => void;
  /** The focus goes to a neighbour; past the last, to the text. */
  readonly go: (by: -1 | 1) => void;
  /** Another chip was dropped on this one. */
  readonly take: (from: number) => void;
};

const DRAGGED = "application/x-tidemark-condition";

export function FilterChip(props: {
  readonly chip: Chip;
  readonly index: number;
  readonly acts: ChipActs;
}): ReactElement {
  const { chip, index, acts } = props;
  const { term, isOn } = chip;
  const press = (event: KeyboardEvent): void => {
    if (act(acts, keyOf(event))) event.preventDefault();
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <li
          className={`chip ${isOn ? "" : "off"}`}
          draggable
          onDragStart={({ dataTransfer }) => {
            dataTransfer.setData(DRAGGED, String(index));
            dataTransfer.effectAllowed = "move";
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(DRAGGED)) return;
            event.preventDefault();
            event.currentTarget.classList.add("under-drag");
          }}
          onDragLeave={({ currentTarget }) => currentTarget.classList.remove("under-drag")}
          onDrop={(event) => {
            event.currentTarget.classList.remove("under-drag");
            const from = event.dataTransfer.getData(DRAGGED);
            if (from === "") return;
            event.preventDefault();
            acts.take(Number(from));
          }}
        >
          <button
            type="button"
            className="switch"
            role="switch"
            aria-checked={isOn}
            tabIndex={-1}
            aria-label={`Apply ${term}`}
            title={isOn ? "Switch off: keep it, do not apply it (Space)" : "Switch on (Space)"}
            onClick={acts.toggle}
          />
          <button
            type="button"
            className="term"
            data-chip={index}
            aria-label={`${term}${isOn ? "" : ", switched off"}`}
            aria-keyshortcuts="Enter Space ! Delete Control+ArrowLeft Control+ArrowRight"
            title={`${term}\nEnter edits, Space switches it ${isOn ? "off" : "on"}, ! negates, Ctrl ← → moves, Delete removes`}
            onClick={acts.edit}
            onKeyDown={press}
          >
            {piecesOf(term).map(({ text, className, at }) => (
              <span key={at} className={className}>
                {text}
              </span>
            ))}
          </button>
          <button
            type="button"
            className="cross"
            tabIndex={-1}
            aria-label={`Remove ${term}`}
            title="Remove (Delete)"
            onClick={acts.remove}
          >
            <X size={11} />
          </button>
        </li>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <ContextMenu.Label className="menu-label">{term}</ContextMenu.Label>
          <Item title="Edit" keys="Enter" run={acts.edit} />
          <Item title={isOn ? "Switch off" : "Switch on"} keys="Space" run={acts.toggle} />
          <Item title="Negate" keys="!" run={acts.negate} />
          <Item title="Only this" run={acts.only} />
          <ContextMenu.Separator className="menu-line" />
          <Item title="Move left" keys="Ctrl ←" run={() => acts.move(-1)} />
          <Item title="Move right" keys="Ctrl →" run={() => acts.move(1)} />
          <ContextMenu.Separator className="menu-line" />
          <Item title="Copy" run={() => void copy(term, "Filter copied")} />
          <Item title="Remove" keys="Delete" run={acts.remove} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** False where the key means nothing here. */
function act(acts: ChipActs, key: string): boolean {
  if (key === " ") acts.toggle();
  else if (key === "!") acts.negate();
  else if (key === "Delete" || key === "Backspace") acts.remove();
  else if (key === "ArrowLeft") acts.go(-1);
  else if (key === "ArrowRight") acts.go(1);
  else if (key === "Mod+ArrowLeft") acts.move(-1);
  else if (key === "Mod+ArrowRight") acts.move(1);
  else return false;
  return true;
}

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (altKey) return "";
  return ctrlKey || metaKey ? `Mod+${key}` : key;
}
