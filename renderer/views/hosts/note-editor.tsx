// One note: shown as Markdown, edited as text, saved as it is typed. What is not saved yet is kept on this computer, so that a crash
// loses nothing.

import { type ReactElement, useEffect, useRef, useState } from "react";
import type { Note } from "../../../shared/notebook.ts";
import { clock, instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { removeNote, saveNote } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { Markdown } from "../../widgets/markdown.tsx";

const SAVE_AFTER_MS = 700;

type Draft = Pick<Note, "id" | "host" | "scope" | "time" | "text">;

export function NoteEditor(props: {
  readonly draft: Draft;
  /** Null: it has not been saved yet. */
  readonly note: Note | null;
  readonly editing: boolean;
  readonly onEdit: () => void;
  readonly onDone: () => void;
}): ReactElement {
  const { draft, note } = props;
  const path = useSession(({ open }) => open?.path ?? "");
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const key = `tidemark.draft ${path} ${draft.id}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? draft.text);
  const [savedTime, setSavedTime] = useState<number | null>(null);
  const timer = useRef(0);
  const latest = useRef({ text, draft });
  latest.current = { text, draft };

  async function save(): Promise<void> {
    clearTimeout(timer.current);
    const { current } = latest;
    if (current.text.trim() === "" && note === null) return;
    if (await saveNote({ ...current.draft, text: current.text })) {
      if (latest.current.text === current.text) localStorage.removeItem(key);
      setSavedTime(Date.now());
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed last is saved when the note leaves the screen
  useEffect(
    () => () => {
      if (localStorage.getItem(key) !== null) void save();
    },
    [],
  );

  function typed(value: string): void {
    setText(value);
    localStorage.setItem(key, value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save(), SAVE_AFTER_MS);
  }

  return (
    <article className="note" aria-label="Note">
      <header>
        <span className="dim">
          {note ? `${note.author}, ${instant(note.changedTime, "s")} UTC` : "New note"}
          {savedTime === null ? "" : ` · saved ${clock(savedTime)} UTC`}
        </span>
        <span className="grow" />
        {draft.time === null ? null : <span className="dim">about {instant(draft.time, "s")} UTC</span>}
        <button
          type="button"
          className="button small quiet"
          onClick={() => navigate({ page: "explore", scope: draft.scope })}
        >
          Show its scope
        </button>
        {props.editing ? (
          <button
            type="button"
            className="button small"
            onClick={() => {
              void save();
              props.onDone();
            }}
          >
            Done
          </button>
        ) : (
          <button type="button" className="button small" disabled={blocked !== null} onClick={props.onEdit}>
            Edit
          </button>
        )}
        {note ? (
          <button
            type="button"
            className="button small quiet"
            disabled={blocked !== null}
            onClick={() => void removeNote(note.id)}
          >
            Remove
          </button>
        ) : null}
      </header>
      {props.editing ? (
        <textarea
          aria-label="Text of the note, Markdown"
          placeholder="What was seen, where, and what it means. Markdown."
          // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
          autoFocus
          value={text}
          onChange={(event) => typed(event.target.value)}
          onBlur={() => void save()}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            void save();
            props.onDone();
          }}
        />
      ) : (
        <Markdown text={text} />
      )}
    </article>
  );
}
