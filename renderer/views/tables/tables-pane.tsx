// The tables of a scope, and the pivot: one shown at a time, all of one question.

import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import type { CaseInfo, Totals } from "../../../shared/contract.ts";
import { useAnswer } from "../../model/answer.ts";
import { count } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { useSession } from "../../model/session.ts";
import { type TableName, tables } from "../../model/view.ts";
import { PivotPane } from "../pivot/pivot-pane.tsx";
import { countIn, RowTable } from "./row-table.tsx";
import { titles } from "./titles.ts";
import "./tables.css";

export function TablesPane(): ReactElement {
  const { scope, table } = useShownSoon(({ view }) => view);
  const info = useSession((session) => session.info);
  const totals = useAnswer("scope.totals", { scope });
  const tools = useRef<HTMLDivElement>(null);
  return (
    <section className="pane tables" aria-label="Tables">
      <div className="pane-head">
        <div className="table-tabs" role="tablist" aria-label="Table">
          {tables.map((name) => (
            <Tab key={name} isShown={name === table} show={() => navigate({ table: name, sort: [] })}>
              {titles[name]} <i>{countWords(name, totals.value, info)}</i>
            </Tab>
          ))}
          <span className="separator" />
          <Tab isShown={table === "pivot"} show={() => navigate({ table: "pivot" })}>
            Pivot
          </Tab>
        </div>
        <div className="table-tools" ref={tools} />
      </div>
      {table === "pivot" ? <PivotPane /> : <RowTable table={table} tools={tools} />}
    </section>
  );
}

function Tab(props: {
  readonly isShown: boolean;
  readonly show: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (props.isShown) own.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [props.isShown]);
  return (
    <button ref={own} type="button" role="tab" aria-selected={props.isShown} onClick={props.show}>
      {props.children}
    </button>
  );
}

/** Only of those that the totals of the scope count. */
function countWords(table: TableName, totals: Totals | null, info: CaseInfo | null): string {
  const value = countIn(table, totals, info);
  return value === null ? "" : count(value);
}
