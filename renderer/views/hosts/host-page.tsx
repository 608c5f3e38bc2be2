// One host: what it is, its status, what it did, and the notes about it.

import { type ReactElement, useEffect, useMemo, useState } from "react";
import type { Note } from "../../../shared/notebook.ts";
import { useAnswer } from "../../model/answer.ts";
import { offer } from "../../model/commands.ts";
import { useFactsKnown } from "../../model/facts.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { HostHead } from "../inspector/host-head.tsx";
import { number } from "../tables/cells.tsx";
import { NoteEditor } from "./note-editor.tsx";

type Draft = Pick<Note, "id" | "host" | "scope" | "time" | "text">;

/** `host` null: the notes on the case as a whole. */
export function HostPage({ host }: { readonly host: string | null }): ReactElement {
  const all = useNotebook(({ notebook }) => notebook.notes);
  const notes = all.filter((note) => note.host === host);
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const [fresh, setFresh] = useState<Draft | null>(null);
  const [editing, setEditing] = useState<string | null>(null);

  useEffect(() => {
    const begin = (): void => {
      const { scope, selection } = shownView();
      const time = selection?.kind === "bar" ? selection.from : scope.from;
      const draft = { id: crypto.randomUUID(), host, scope, time, text: "" };
      setFresh(draft);
      setEditing(draft.id);
    };
    return offer([
      {
        id: "note.new",
        title: host === null ? "New note on the case" : `New note on ${host}`,
        section: "Notes",
        keys: ["N"],
        blocked: () => useSession.getState().open?.readOnly ?? null,
        run: begin,
      },
    ]);
  }, [host]);

  const begin = (): void => {
    const { scope } = shownView();
    const draft = { id: crypto.randomUUID(), host, scope, time: scope.from, text: "" };
    setFresh(draft);
    setEditing(draft.id);
  };
  const isSaved = fresh !== null && notes.some(({ id }) => id === fresh.id);
  return (
    <section className="pane host-page" aria-label={host === null ? "The case" : `Host ${host}`}>
      <header className="section">
        {host === null ? <h2>Notes on the case</h2> : <HostHead ip={host} status />}
        <span className="grow" />
        {host === null ? null : (
          <button
            type="button"
            className="button"
            onClick={() => navigate({ page: "explore", selection: { kind: "endpoint", ip: host } })}
          >
            Show in Explore
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={begin}
        >
          + Note <kbd>N</kbd>
        </button>
      </header>
      {host === null ? null : <Activity host={host} />}
      <div className="notes">
        {fresh !== null && !isSaved && editing === fresh.id ? (
          <NoteEditor
            key={fresh.id}
            draft={fresh}
            note={null}
            editing
            onEdit={() => {}}
            onDone={() => setEditing(null)}
          />
        ) : null}
        {notes.map((note) => (
          <NoteEditor
            key={note.id}
            draft={note}
            note={note}
            editing={editing === note.id}
            onEdit={() => setEditing(note.id)}
            onDone={() => setEditing(null)}
          />
        ))}
        {notes.length === 0 && editing === null ? (
          <div className="empty" role="status">
            <h3>No notes yet.</h3>
            <p>What is written here is saved as it is typed, goes with the case, and marks the host in every view.</p>
          </div>
        ) : null}
      </div>
    </section>
  );
}

const [WIDTH, HEIGHT] = [1000, 56];

function Activity({ host }: { readonly host: string }): ReactElement | null {
  const info = useSession((session) => session.info);
  const scope = useMemo(() => ({ from: null, to: null, filter: `ip == ${host}` }), [host]);
  const totals = useAnswer("scope.totals", { scope });
  const bars = useAnswer("query.rows", { by: "timeline", scope, sort: null, limit: 0, after: 0, bin: "1h" });
  const source = useFactsKnown((known) => known.source);
  if (info === null || info.firstTime === null || info.lastTime === null || totals.value === null) return null;
  const { firstTime, lastTime } = info;
  const rows = bars.value?.rows ?? [];
  const most = Math.max(1, ...rows.map((row) => Math.max(number(row.allowed), number(row.denied))));
  const x = (time: number): number => ((time - firstTime) / Math.max(1, lastTime - firstTime)) * WIDTH;
  const wide = Math.max(1, (3_600_000 / Math.max(1, lastTime - firstTime)) * WIDTH - 1);
  const high = (value: number): number => (value === 0 ? 0 : Math.max(1, (value / most) * (HEIGHT / 2 - 2)));
  const { value } = totals;
  return (
    <div className="section activity">
      <h3>
        Activity <span className="dim">tuples an hour, UTC, whole case, each side; allowed above, denied below</span>
      </h3>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${count(value.tuples)} tuples, ${count(value.denied)} denied, ${instant(firstTime, "min")} to ${instant(lastTime, "min")} UTC`}
      >
        {rows.map((row) => (
          <g key={number(row.time)}>
            <rect
              x={x(number(row.time))}
              y={HEIGHT / 2 - high(number(row.allowed))}
              width={wide}
              height={high(number(row.allowed))}
              fill="var(--allowed)"
            />
            <rect
              x={x(number(row.time))}
              y={HEIGHT / 2 + 1}
              width={wide}
              height={high(number(row.denied))}
              fill="var(--denied)"
            />
          </g>
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2 + 0.5} y2={HEIGHT / 2 + 0.5} stroke="var(--text-3)" strokeWidth="0.6" />
      </svg>
      <p className="dim">
        {instant(firstTime, "min")} to {instant(lastTime, "min")} UTC ·{" "}
        <span title={exactBytes(value.bytesSent + value.bytesReceived)}>
          {bytes(value.bytesSent + value.bytesReceived)}
        </span>{" "}
        in {count(value.conversations)} conversations, {count(value.tuples)} tuples
        {source ? ` · countries: ${source.name}, ${instant(source.builtTime).slice(0, 10)}` : ""}
      </p>
    </div>
  );
}
