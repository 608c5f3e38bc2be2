// The case, back and forward, the pages, and the way to every command.

import { ArrowLeft, ArrowRight, Search, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { runCommand, useKeysOf } from "../../model/commands.ts";
import { back, forward, navigate, useShownSoon } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { type Page, printView } from "../../model/view.ts";
import { CaseMenu } from "./case-menu.tsx";
import { HistoryButton } from "./history-panel.tsx";

const tabs: readonly (readonly [Page, string])[] = [
  ["explore", "Explore"],
  ["hosts", "Hosts and notes"],
  ["growth", "Growth"],
  ["evidence", "Evidence"],
  ["sql", "SQL"],
];

export function TitleBar(): ReactElement {
  const { view, canBack, canForward } = useShownSoon((shown) => shown);
  const open = useSession((session) => session.open);
  const [paletteKeys, backKeys, forwardKeys] = [useKeysOf("palette"), useKeysOf("back"), useKeysOf("forward")];
  const notes = useNotebook(({ notebook }) => notebook.notes.length + notebook.hosts.length);
  return (
    <header className="title-bar">
      <Mark />
      {open === null ? null : (
        <>
          <CaseMenu open={open} />
          <div className="steps">
            <button
              type="button"
              className="icon-button"
              aria-label="Back"
              title={`Back (${backKeys})`}
              disabled={!canBack}
              onClick={back}
            >
              <ArrowLeft size={14} />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label="Forward"
              title={`Forward (${forwardKeys})`}
              disabled={!canForward}
              onClick={forward}
            >
              <ArrowRight size={14} />
            </button>
          </div>
          <nav aria-label="Pages">
            {tabs.map(([page, title]) => (
              <a
                key={page}
                href={printView({ ...view, page })}
                aria-current={view.page === page ? "page" : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  navigate({ page });
                }}
              >
                {title}
                {page === "hosts" && notes > 0 ? <i className="badge">{notes}</i> : null}
              </a>
            ))}
          </nav>
        </>
      )}
      <span className="grow" />
      <button type="button" className="palette-button" onClick={() => runCommand("palette")}>
        <Search size={13} /> Search or run a command <kbd>{paletteKeys}</kbd>
      </button>
      {open === null ? null : (
        <>
          <UndoButton />
          <HistoryButton />
        </>
      )}
    </header>
  );
}

function UndoButton(): ReactElement {
  const keys = useKeysOf("undo");
  const latest = useNotebook(({ undoable }) => undoable.at(-1)?.title ?? null);
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={latest === null ? "Undo" : `Undo: ${latest}`}
      title={blocked ?? (latest === null ? "There is nothing to undo" : `Undo: ${latest} (${keys})`)}
      disabled={latest === null || blocked !== null}
      onClick={() => runCommand("undo")}
    >
      <Undo2 size={14} />
    </button>
  );
}

function Mark(): ReactElement {
  return (
    <svg className="icon" width="18" height="18" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M9 3v26" stroke="var(--text)" strokeWidth="3" />
      <path d="M9 7h6M9 25h6" stroke="var(--text)" strokeWidth="2.5" />
      <path
        d="M3 16c3-3.4 6-3.4 9 0s6 3.4 9 0 6-3.4 9 0"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="4"
        strokeLinecap="round"
      />
    </svg>
  );
}
