// The tables of a scope, and the pivot: one shown at a time, all of one question.

import type { ReactElement, ReactNode } from "react";
import type { CaseInfo, Totals } from "../../../shared/contract.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useNics } from "../../model/facts.ts";
import { count } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { useSession } from "../../model/session.ts";
import { type TableName, tables } from "../../model/view.ts";
import { PivotPane } from "../pivot/pivot-pane.tsx";
import { countOf, RowTable, scoped } from "./row-table.tsx";
import { titles } from "./titles.ts";
import "./tables.css";

export function TablesPane(): ReactElement {
  const { scope, table } = useShownSoon(({ view }) => view);
  const info = useSession((session) => session.info);
  const totals = useAnswer("scope.totals", { scope });
  const nics = useNics();
  return (
    <section className="pane tables" aria-label="Tables">
      <div className="pane-head" role="tablist" aria-label="Table">
        {tables.map((name) => (
          <Tab key={name} isShown={name === table} show={() => navigate({ table: name, sort: null })}>
            {titles[name]} <i>{countWords(name, totals.value, info, nics.list.length)}</i>
          </Tab>
        ))}
        <span className="separator" />
        <Tab isShown={table === "pivot"} show={() => navigate({ table: "pivot" })}>
          Pivot
        </Tab>
        <span className="grow" />
        {table === "pivot" ? null : (
          <span className="dim">{scoped(table) ? `in scope, ${countedAs(scope)}` : "of the whole case"}</span>
        )}
      </div>
      {table === "pivot" ? <PivotPane /> : <RowTable table={table} />}
    </section>
  );
}

function Tab(props: {
  readonly isShown: boolean;
  readonly show: () => void;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <button type="button" role="tab" aria-selected={props.isShown} onClick={props.show}>
      {props.children}
    </button>
  );
}

function countWords(table: TableName, totals: Totals | null, info: CaseInfo | null, nics: number): string {
  const value = table === "nics" ? nics : countOf(table, totals, info);
  return value === null ? "" : count(value);
}
