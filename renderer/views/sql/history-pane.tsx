// Statements that were run, newest first, in whichever case.

import type { ReactElement } from "react";
import { count, duration, instant, noun } from "../../model/format.ts";
import { forgetHistory, runSql, useConsole } from "../../model/sql-console.ts";
import type { Ran } from "../../model/sql-history.ts";
import { replaceText } from "./insert.ts";

export function HistoryPane(): ReactElement {
  const history = useConsole((each) => each.history);
  if (history.length === 0)
    return (
      <div className="empty">
        <h3>Nothing has been run yet.</h3>
        <p>Statements are kept here, the newest first, for every case on this computer.</p>
      </div>
    );
  return (
    <div className="sql-history">
      <ul className="sql-list" aria-label="History">
        {history.map((ran) => (
          <li key={`${ran.time} ${ran.sql}`}>
            <button
              type="button"
              title="Put it into the editor; a double click runs it"
              onClick={() => replaceText(ran.sql)}
              onDoubleClick={() => void runSql(ran.sql)}
            >
              <span className="dim">{wordsOf(ran)}</span>
              <code>{ran.sql}</code>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button small quiet" onClick={forgetHistory}>
        Clear the history
      </button>
    </div>
  );
}

function wordsOf({ time, elapsedMs, rows }: Ran): string {
  const outcome = rows === null ? "failed or stopped" : `${count(rows)} ${noun(rows, "row")}`;
  return `${instant(time, "s")} UTC · ${outcome} · ${duration(elapsedMs)}`;
}
