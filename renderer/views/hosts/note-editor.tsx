// One note: shown as Markdown, edited as text, saved as it is typed. What is not saved yet is kept on this computer, so that a crash
// loses nothing. The same element before and after its first save, so that the caret stays where it is.

import { type ReactElement, useEffect, useRef, useState } from "react";
import type { Note } from "../../../shared/notebook.ts";
import { type Draft, draftOf, forgetDraft, keepDraft } from "../../model/drafts.ts";
import { clock, instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { openNote, useNewNotes, writeNote } from "../../model/new-notes.ts";
import { removeNote, saveNote } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { Markdown } from "../../widgets/markdown.tsx";
import { NoteTime } from "./note-time.tsx";

const SAVE_AFTER_MS = 700;

export function NoteEditor(props: {
  readonly draft: Draft;
  /** Null: it has not been saved yet. */
  readonly note: Note | null;
  readonly editing: boolean;
}): ReactElement {
  const { draft, note } = props;
  const path = useSession(({ open }) => open?.path ?? "");
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const [written, setWritten] = useState<Draft>(() => draftOf(localStorage, path, draft.id) ?? draft);
  const [savedTime, setSavedTime] = useState<number | null>(null);
  const [unsaved, setUnsaved] = useState(() => draftOf(localStorage, path, draft.id) !== null);
  const timer = useRef(0);
  const saving = useRef<Promise<void>>(Promise.resolve());
  const latest = useRef(written);

  /** One after the other, so that two saves of a new note do not both begin it. */
  function save(): void {
    clearTimeout(timer.current);
    saving.current = saving.current.then(async () => {
      const now = latest.current;
      if (draftOf(localStorage, path, draft.id) === null || (now.text.trim() === "" && note === null)) return;
      if (!(await saveNote(now))) return;
      setSavedTime(Date.now());
      if (latest.current !== now) return;
      forgetDraft(localStorage, path, draft.id);
      setUnsaved(false);
    });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed last is saved when the note comes and leaves
  useEffect(() => {
    timer.current = window.setTimeout(save, SAVE_AFTER_MS);
    return save;
  }, []);

  /** Another window, or undo, has changed what nobody is typing in. */
  useEffect(() => {
    if (props.editing || draftOf(localStorage, path, draft.id) !== null) return;
    latest.current = draft;
    setWritten(draft);
  }, [draft, props.editing, path]);

  function write(change: Partial<Draft>): void {
    const next = { ...latest.current, ...change };
    latest.current = next;
    setWritten(next);
    setUnsaved(true);
    clearTimeout(timer.current);
    const kept = keepDraft(localStorage, path, next);
    timer.current = window.setTimeout(save, kept ? SAVE_AFTER_MS : 0);
  }

  function done(): void {
    save();
    writeNote(null);
  }

  function showInExplore(): void {
    const selection = draft.host === null ? null : ({ kind: "endpoint", ip: draft.host } as const);
    navigate({ page: "explore", scope: draft.scope, selection });
  }

  const article = useRef<HTMLElement>(null);
  const opened = useNewNotes((notes) => notes.opened === draft.id);
  useEffect(() => {
    if (!opened) return;
    article.current?.scrollIntoView({ block: "nearest" });
    article.current?.focus();
    openNote(null);
  }, [opened]);

  return (
    <article className="note" aria-label="Note" ref={article} tabIndex={-1}>
      <header>
        <span className="dim">
          {note ? `${note.author}, ${instant(note.changedTime, "s")} UTC` : "New note"}
          <span role="status">
            {unsaved ? " · not saved yet" : savedTime === null ? "" : ` · saved ${clock(savedTime)} UTC`}
          </span>
        </span>
        <span className="grow" />
        <NoteTime time={written.time} editing={props.editing} onChange={(time) => write({ time })} />
        <button
          type="button"
          className="button small quiet"
          title="The range and filter it was written under"
          onClick={showInExplore}
        >
          Show in Explore
        </button>
        {props.editing ? (
          <button type="button" className="button small" onClick={done}>
            Done
          </button>
        ) : (
          <button
            type="button"
            className="button small"
            disabled={blocked !== null}
            title={blocked ?? undefined}
            onClick={() => writeNote(draft.id)}
          >
            Edit
          </button>
        )}
        {note ? (
          <button
            type="button"
            className="button small quiet"
            disabled={blocked !== null}
            onClick={() => {
              clearTimeout(timer.current);
              forgetDraft(localStorage, path, note.id);
              void removeNote(note.id);
            }}
          >
            Remove
          </button>
        ) : null}
      </header>
      {props.editing ? (
        <div className="writing">
          <textarea
            aria-label="Text of the note, Markdown"
            placeholder="What was seen, where, and what it means. Markdown."
            // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
            autoFocus
            maxLength={1 << 18}
            value={written.text}
            onFocus={(event) => event.currentTarget.setSelectionRange(written.text.length, written.text.length)}
            onChange={(event) => write({ text: event.target.value })}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              done();
            }}
          />
          <section aria-label="Preview">
            {written.text.trim() === "" ? <p className="dim">Preview</p> : <Markdown text={written.text} />}
          </section>
        </div>
      ) : (
        <Markdown text={written.text} />
      )}
    </article>
  );
}
