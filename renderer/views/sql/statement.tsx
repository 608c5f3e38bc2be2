// The statement: its editor, what it may take, run and stop, and where it came to grief.

import { Play, Square } from "lucide-react";
import { type ReactElement, useEffect, useMemo } from "react";
import { tableArguments } from "../../../shared/copy-as/sql.ts";
import { parseFilter } from "../../../shared/filter/parse.ts";
import { printKeys } from "../../model/commands.ts";
import { count, duration } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import { cancelSql, deadlines, rowLimits, runSql, setDeadline, setLimit, useConsole } from "../../model/sql-console.ts";
import { placeIn, wordAt } from "../../model/sql-history.ts";
import type { Table } from "../../model/sql-words.ts";
import type { Wrong } from "../../widgets/editor-parts.ts";
import { insertText, selectText } from "./insert.ts";
import { SqlEditor } from "./sql-editor.tsx";

/** `own`: tables of the case file. */
export function Statement({ own }: { readonly own: readonly Table[] }): ReactElement {
  const wrong = useWrong();
  const { draft, running, limit, deadlineMs } = useConsole();
  return (
    <section className="pane sql-statement" aria-label="Statement">
      <div className="pane-head">
        {running === null ? (
          <button
            type="button"
            className="button small primary"
            disabled={draft.trim() === ""}
            title={`Run (${printKeys("Mod+Enter")})`}
            onClick={() => void runSql()}
          >
            <Play size={12} /> Run
          </button>
        ) : (
          <button type="button" className="button small" title="Stop (Esc)" onClick={cancelSql}>
            <Square size={11} /> Stop
          </button>
        )}
        <Scoped />
        <span className="grow" />
        <label title="How many rows are shown at most. There may be more: that is said, and all of them can be saved.">
          at most{" "}
          <select value={limit} onChange={(event) => setLimit(rowLimits.find(is(event.target.value)) ?? limit)}>
            {rowLimits.map((rows) => (
              <option key={rows} value={rows}>
                {count(rows)} rows
              </option>
            ))}
          </select>
        </label>
        <label title="A statement that takes longer is stopped. Nothing else waits for it: it runs in a process of its own.">
          and{" "}
          <select
            value={deadlineMs}
            onChange={(event) => setDeadline(deadlines.find(is(event.target.value)) ?? deadlineMs)}
          >
            {deadlines.map((ms) => (
              <option key={ms} value={ms}>
                {duration(ms)}
              </option>
            ))}
          </select>
        </label>
        <span className="separator" />
        <span className="dim" title="One SELECT, WITH, VALUES or EXPLAIN. Nothing it says can change the case.">
          read-only
        </span>
      </div>
      <SqlEditor wrong={wrong} own={own} />
      <Trouble />
    </section>
  );
}

const is =
  (text: string) =>
  (value: number): boolean =>
    String(value) === text;

/** What is looked at elsewhere, as arguments of a table. */
function Scoped(): ReactElement | null {
  const scope = useShown(({ view }) => view.scope);
  const given = argumentsOf(scope);
  const counted = scope.sides === "once" || scope.counters === "adjusted";
  return (
    <>
      <button
        type="button"
        className="button small"
        disabled={given === ""}
        title={
          given === ""
            ? "The scope is the whole case: a table without arguments is that already."
            : `Puts the filter and range of the other pages after a table's name: ${given}`
        }
        onClick={() => insertText(given)}
      >
        Insert scope
      </button>
      {counted ? <span className="dim">SQL counts each side, as logged</span> : null}
    </>
  );
}

function argumentsOf(scope: Parameters<typeof tableArguments>[1]): string {
  try {
    return tableArguments(parseFilter(scope.filter), scope);
  } catch {
    return ""; // a filter that cannot be read is told where it stands
  }
}

/** What SQLite could not take of the draft as it is: the word at its place, or the line's end. Stopping is nothing wrong. */
function useWrong(): Wrong | null {
  const draft = useConsole((each) => each.draft);
  const failed = useConsole((each) => each.failed);
  return useMemo(() => {
    if (failed === null || failed.sql !== draft || failed.failure.kind === "cancelled") return null;
    const at = placeIn(draft, failed.failure.message);
    return at === null ? null : { ...wordAt(draft, at), why: said(failed.failure.message) };
  }, [draft, failed]);
}

/** Without its place, which is where it stands. */
function said(message: string): string {
  return message.replace(/^SQL: /, "").replace(/ \(line \d+, character \d+\)\.$/, "");
}

function Trouble(): ReactElement | null {
  const { failed, running } = useConsole();
  const at = failed === null ? null : placeIn(failed.sql, failed.failure.message);
  const word = failed === null || at === null ? null : wordAt(failed.sql, at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a failure
  useEffect(() => {
    if (word !== null && failed?.sql === useConsole.getState().draft) selectText(word);
  }, [failed]);
  if (failed === null || running !== null) return null;
  const stopped = failed.failure.kind === "cancelled";
  return (
    <p className={`sql-trouble${stopped ? "" : " failed"}`} role={stopped ? "status" : "alert"}>
      {failed.failure.message.replace(/^SQL: /, "")}
      {word !== null && failed.sql === useConsole.getState().draft ? (
        <button type="button" className="link" onClick={() => selectText(word)}>
          Show
        </button>
      ) : null}
    </p>
  );
}
