// SQL for experts: what can be asked at the left, the statement above, its rows below. It only reads.

import { type ReactElement, useEffect, useState } from "react";
import { offer } from "../../model/commands.ts";
import { shownView } from "../../model/navigate.ts";
import { useOwnTables } from "../../model/own-tables.ts";
import { cancelSql, runSql, useConsole } from "../../model/sql-console.ts";
import { ExamplePane } from "./example-pane.tsx";
import { HistoryPane } from "./history-pane.tsx";
import { Results } from "./results.tsx";
import { SchemaPane } from "./schema-pane.tsx";
import { Statement } from "./statement.tsx";
import "../tables/tables.css";
import "./sql.css";

const sides = { tables: "Tables", examples: "Examples", history: "History" } as const;
type Side = keyof typeof sides;

export function SqlPage(): ReactElement {
  const [side, setSide] = useState<Side>("tables");
  const own = useOwnTables();
  useEffect(
    () =>
      offer([
        {
          id: "sql.run",
          title: "Run the statement",
          section: "SQL",
          keys: ["Mod+Enter"],
          blocked: () => {
            if (shownView().page !== "sql") return "The SQL page is not shown.";
            return useConsole.getState().running === null ? null : "A statement is running.";
          },
          run: () => void runSql(),
        },
        {
          id: "sql.cancel",
          title: "Stop the statement",
          section: "SQL",
          keys: [],
          blocked: () => (useConsole.getState().running === null ? "No statement is running." : null),
          run: cancelSql,
        },
      ]),
    [],
  );
  return (
    <div className="sql-page">
      <aside className="pane sql-side" aria-label="What can be asked">
        <div className="pane-head" role="tablist" aria-label="Beside the statement">
          {(Object.keys(sides) as Side[]).map((name) => (
            <button key={name} type="button" role="tab" aria-selected={name === side} onClick={() => setSide(name)}>
              {sides[name]}
            </button>
          ))}
        </div>
        {side === "tables" ? <SchemaPane own={own} /> : side === "examples" ? <ExamplePane /> : <HistoryPane />}
      </aside>
      <Statement own={own} />
      <Results />
    </div>
  );
}
