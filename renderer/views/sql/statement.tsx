// The statement: an editor with line numbers, what it may take, run and stop, and where it came to grief.

import { Play, Square } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { tableArguments } from "../../../shared/copy-as/sql.ts";
import { parseFilter } from "../../../shared/filter/parse.ts";
import { printKeys } from "../../model/commands.ts";
import { count, duration } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import {
  cancelSql,
  deadlines,
  rowLimits,
  runSql,
  setDeadline,
  setDraft,
  setLimit,
  useConsole,
} from "../../model/sql-console.ts";
import { placeIn, wordAt } from "../../model/sql-history.ts";
import { editIn, insertText, selectText } from "./insert.ts";

export function Statement(): ReactElement {
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
      <Editor />
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

function Editor(): ReactElement {
  const draft = useConsole((each) => each.draft);
  const failed = useConsole((each) => each.failed);
  const [top, setTop] = useState(0);
  const lines = draft.split("\n").length;
  const at = failed && failed.sql === draft ? placeIn(draft, failed.failure.message) : null;
  const wrong = at === null ? 0 : draft.slice(0, at).split("\n").length;
  return (
    <div className="sql-editor">
      <div className="sql-lines" aria-hidden="true">
        <div style={{ transform: `translateY(${-top}px)` }}>
          {Array.from({ length: lines }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={i} className={i + 1 === wrong ? "wrong" : ""}>
              {i + 1}
            </span>
          ))}
        </div>
      </div>
      <textarea
        ref={editIn}
        aria-label="SQL statement"
        aria-invalid={wrong > 0}
        spellCheck={false}
        wrap="off"
        autoComplete="off"
        placeholder={"SELECT * FROM conversations('dst == public') ORDER BY bytesSent DESC LIMIT 20;"}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && useConsole.getState().running !== null) {
            event.stopPropagation();
            cancelSql();
          }
        }}
      />
    </div>
  );
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
