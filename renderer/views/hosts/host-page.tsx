// One host: what it is, its status, what it did, and the notes about it.

import { type ReactElement, useMemo } from "react";
import { useNics } from "../../model/facts.ts";
import { navigate } from "../../model/navigate.ts";
import { beginNote, useNewNotes } from "../../model/new-notes.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { HostHead } from "../inspector/host-head.tsx";
import { Activity } from "../subject/activity.tsx";
import { notesOf } from "./host-list.ts";
import { NoteEditor } from "./note-editor.tsx";

const NO_GAPS: readonly never[] = [];

/** `host` null: the notes on the case as a whole. */
export function HostPage({ host }: { readonly host: string | null }): ReactElement {
  const all = useNotebook(({ notebook }) => notebook.notes);
  const { begun, writing } = useNewNotes();
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const nic = useNics().byAddress.get(host ?? "");
  const notes = useMemo(() => notesOf(all, begun, host), [all, begun, host]);
  return (
    <section className="pane host-page" aria-label={host === null ? "The case" : `Host ${host}`}>
      <header className="section">
        {host === null ? <h2>Notes on the case</h2> : <HostHead ip={host} status />}
        <span className="grow" />
        {host === null ? null : (
          <>
            <button
              type="button"
              className="button"
              onClick={() => navigate({ page: "subject", subject: { kind: "host", ip: host } })}
            >
              Its page
            </button>
            <button
              type="button"
              className="button"
              onClick={() => navigate({ page: "explore", selection: { kind: "endpoint", ip: host } })}
            >
              Show in Explore
            </button>
          </>
        )}
        <button
          type="button"
          className="button"
          disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={beginNote}
        >
          + Note <kbd>N</kbd>
        </button>
      </header>
      {host === null ? null : <Activity filter={`ip == ${host}`} gaps={nic?.gaps ?? NO_GAPS} />}
      <div className="notes">
        {notes.map(({ draft, note }) => (
          <NoteEditor key={draft.id} draft={draft} note={note} editing={writing === draft.id} />
        ))}
        {notes.length === 0 ? (
          <div className="empty" role="status">
            <h3>{host === null ? "No notes on the case yet." : `No notes on ${host} yet.`}</h3>
            <p>
              {host === null
                ? "What is written here is saved as it is typed and goes with the case."
                : "What is written here is saved as it is typed, goes with the case, and marks the host in every view."}
            </p>
          </div>
        ) : null}
      </div>
    </section>
  );
}
