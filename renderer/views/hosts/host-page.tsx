// One host: what it is, its status, what it did, and the notes about it.

import { type ReactElement, useMemo } from "react";
import { useAnswer } from "../../model/answer.ts";
import { useFactsKnown } from "../../model/facts.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { beginNote, useNewNotes } from "../../model/new-notes.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { HostHead } from "../inspector/host-head.tsx";
import { number } from "../tables/cells.tsx";
import { notesOf } from "./host-list.ts";
import { NoteEditor } from "./note-editor.tsx";

/** `host` null: the notes on the case as a whole. */
export function HostPage({ host }: { readonly host: string | null }): ReactElement {
  const all = useNotebook(({ notebook }) => notebook.notes);
  const { begun, writing } = useNewNotes();
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const notes = useMemo(() => notesOf(all, begun, host), [all, begun, host]);
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
          onClick={beginNote}
        >
          + Note <kbd>N</kbd>
        </button>
      </header>
      {host === null ? null : <Activity host={host} />}
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
