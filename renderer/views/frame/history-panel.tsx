// Where the investigation has been: every scope that was asked, as a tree, each with what it changed. Choosing one returns there.

import { History } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { offer } from "../../model/commands.ts";
import { instant } from "../../model/format.ts";
import { type Line, linesOf } from "../../model/trail.ts";
import { goTo, useTrail } from "../../model/trails.ts";
import "./history.css";

export function HistoryButton(): ReactElement {
  const [open, setOpen] = useState(false);
  useEffect(
    () =>
      offer([
        {
          id: "history",
          title: "History of this case",
          section: "View",
          keys: ["Mod+H"],
          blocked: () => (useTrail.getState().path === null ? "No case is open." : null),
          run: () => setOpen(true),
        },
      ]),
    [],
  );
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="icon-button"
        aria-label="History of this case"
        title="History: every scope that was asked"
      >
        <History size={14} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="history" align="end" sideOffset={6} collisionPadding={8} aria-label="History">
          <Steps close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Steps({ close }: { readonly close: () => void }): ReactElement {
  const trail = useTrail((kept) => kept.trail);
  const lines = useMemo(() => linesOf(trail), [trail]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current="step"]');
    current?.focus();
    current?.scrollIntoView({ block: "center" });
  }, []);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -lines.length, End: lines.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement); // −1 where it is none of them
    items[Math.max(0, Math.min(items.length - 1, at + by))]?.focus();
  };
  return (
    <>
      <h2>
        History <span className="dim">kept on this computer, not in the case</span>
      </h2>
      {lines.length === 0 ? <p className="dim">Nothing was asked yet.</p> : null}
      <div className="history-steps" role="tree" aria-label="Scopes that were asked" ref={list} onKeyDown={move}>
        {lines.map((line) => (
          <StepLine
            key={line.step.id}
            line={line}
            isCurrent={line.step.id === trail.at}
            go={() => {
              close();
              goTo(line.step);
            }}
          />
        ))}
      </div>
    </>
  );
}

const DEEPEST = 8;

function StepLine(props: { readonly line: Line; readonly isCurrent: boolean; readonly go: () => void }): ReactElement {
  const { step, depth, words } = props.line;
  const said = words.join("  ");
  return (
    <button
      type="button"
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={props.isCurrent}
      aria-current={props.isCurrent ? "step" : undefined}
      tabIndex={props.isCurrent ? 0 : -1}
      title={`${said}\n${instant(step.time, "s")} UTC`}
      onClick={props.go}
    >
      {Array.from({ length: Math.min(depth, DEEPEST) }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one like the other
        <i key={i} className="way" />
      ))}
      <i className="point" />
      <span>{said}</span>
      <time>{instant(step.time, "min").slice(11)}</time>
    </button>
  );
}
