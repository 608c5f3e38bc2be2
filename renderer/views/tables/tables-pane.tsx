// The tables of a scope, and the pivot: one shown at a time, all of one question.

import { ChevronsRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { CaseInfo, Totals } from "../../../shared/contract.ts";
import { useAnswer } from "../../model/answer.ts";
import { type Command, offer } from "../../model/commands.ts";
import { count } from "../../model/format.ts";
import { navigate, shownView, useShownSoon } from "../../model/navigate.ts";
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
  const row = useRef<HTMLDivElement>(null);
  const isCut = useIsCut(row);
  useEffect(() => offer(tableCommands()), []);
  return (
    <section className="pane tables" aria-label="Tables">
      <div className="pane-head">
        <div className="table-tabs" role="tablist" aria-label="Table" ref={row}>
          {tables.map((name) => {
            const counted = countWords(name, totals.value, info);
            return (
              <Tab
                key={name}
                title={counted === "" ? titles[name] : `${titles[name]}: ${counted}`}
                isShown={name === table}
                show={() => showTable(name)}
              >
                {titles[name]} <i>{counted}</i>
              </Tab>
            );
          })}
          <span className="separator" />
          <Tab title="Pivot" isShown={table === "pivot"} show={() => showTable("pivot")}>
            Pivot
          </Tab>
        </div>
        {isCut ? <AllTables shown={table} counted={(name) => countWords(name, totals.value, info)} /> : null}
        <div className="table-tools" ref={tools} />
      </div>
      {table === "pivot" ? <PivotPane /> : <RowTable table={table} tools={tools} />}
    </section>
  );
}

/** A table of its own order. */
function showTable(table: TableName | "pivot"): void {
  navigate(table === "pivot" ? { table } : { table, sort: [] });
}

function tableCommands(): readonly Command[] {
  return [...tables, "pivot" as const].map((name) => ({
    id: `table.${name}`,
    title: `Table: ${name === "pivot" ? "pivot" : titles[name]}`,
    section: "Tables",
    keys: [],
    blocked: () => (shownView().table === name ? "It is shown already." : null),
    run: () => showTable(name),
  }));
}

/** Whether something of a row is out of sight at its end. */
function useIsCut(row: RefObject<HTMLDivElement | null>): boolean {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const { current } = row;
    if (current === null) return;
    const look = (): void => setCut(current.scrollWidth > current.clientWidth + 1);
    const watch = new ResizeObserver(look);
    watch.observe(current);
    for (const tab of current.children) watch.observe(tab);
    return () => watch.disconnect();
  }, [row]);
  return isCut;
}

/** Where not all tabs have room. */
function AllTables(props: {
  readonly shown: TableName | "pivot";
  readonly counted: (table: TableName) => string;
}): ReactElement {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="All tables" title="All tables">
        <ChevronsRight size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {[...tables, "pivot" as const].map((name) => (
            <DropdownMenu.CheckboxItem
              key={name}
              className="menu-item"
              checked={name === props.shown}
              onSelect={() => showTable(name)}
            >
              {name === "pivot" ? "Pivot" : titles[name]}
              <span className="menu-note">{name === "pivot" ? "" : props.counted(name)}</span>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Tab(props: {
  readonly title: string;
  readonly isShown: boolean;
  readonly show: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (props.isShown) own.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [props.isShown]);
  return (
    <button ref={own} type="button" role="tab" title={props.title} aria-selected={props.isShown} onClick={props.show}>
      {props.children}
    </button>
  );
}

/** Only of those that the totals of the scope count. */
function countWords(table: TableName, totals: Totals | null, info: CaseInfo | null): string {
  const value = countIn(table, totals, info);
  return value === null ? "" : count(value);
}
