// One table of a scope: its rows as they are scrolled to, its sums from the engine.

import { type ReactElement, useCallback, useMemo } from "react";
import type { CaseInfo, Totals } from "../../../shared/contract.ts";
import type { Row } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useFacts, useNics } from "../../model/facts.ts";
import { count, exactBytes, noun } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { usePaged } from "../../model/paged.ts";
import { useSession } from "../../model/session.ts";
import { type Sort, type TableName, tables } from "../../model/view.ts";
import { Grid } from "../../widgets/grid.tsx";
import { copy } from "../values/value-items.tsx";
import { Bytes, type Known, number, text } from "./cells.tsx";
import { columnsOf } from "./columns.tsx";
import { Emptiness } from "./emptiness.tsx";
import { nicRows } from "./nic-rows.ts";
import { RowMenu } from "./row-menu.tsx";
import { openRow, selectionOf } from "./row-selection.ts";
import { titles } from "./titles.ts";

const firstSort: Partial<Record<TableName, Sort>> = {
  conversations: { field: "tuples", order: "desc" },
  edges: { field: "tuples", order: "desc" },
  endpoints: { field: "tuples", order: "desc" },
};

export function RowTable({ table }: { readonly table: TableName }): ReactElement {
  const { scope, sort, selection } = useShownSoon(({ view }) => view);
  const info = useSession((session) => session.info);
  const totals = useAnswer("scope.totals", { scope });
  const chosen = sort ?? firstSort[table] ?? null; // one of two constants, or the address's
  const paged = usePaged(table === "nics" ? null : { by: table, scope: scoped(table) ? scope : WHOLE, sort: chosen });
  const nics = useNics();
  const nicList = useMemo(() => (table === "nics" ? nicRows(nics.list, sort) : []), [table, nics, sort]);
  const length = table === "nics" ? nicList.length : (paged.length ?? countOf(table, totals.value, info) ?? 0);
  const rowAt = table === "nics" ? (index: number) => nicList[index] ?? null : paged.rowAt;
  const shownTable = table === "nics" ? table : (tables.find((name) => name === paged.asked?.by) ?? table);

  const ips = useMemo(() => addressesOf(rowAt, Math.min(length, 200)), [rowAt, length]);
  const facts = useFacts(ips);
  const { statusOf, notebook } = useNotebook();
  const known: Known = useMemo(
    () => ({ nics, facts, statusOf, noted: new Set(notebook.notes.flatMap(({ host }) => host ?? [])) }),
    [nics, facts, statusOf, notebook],
  );
  const largest = useMemo(() => largestOf(rowAt, Math.min(length, 200)), [rowAt, length]);
  const columns = useMemo(() => columnsOf(shownTable, known, largest), [shownTable, known, largest]);
  const key = selection === null ? "" : JSON.stringify(selection);
  // Stable, so that the grid is drawn for its rows and not for every step of the range.
  const onSort = useCallback((field: string) => navigate({ sort: nextSort(chosen, field) }, "replace"), [chosen]);
  const isSelected = useCallback(
    (row: Row) => key !== "" && JSON.stringify(selectionOf(shownTable, row)) === key,
    [key, shownTable],
  );
  const onSelect = useCallback((row: Row) => navigate({ selection: selectionOf(shownTable, row) }), [shownTable]);
  const onOpen = useCallback((row: Row) => openRow(shownTable, row), [shownTable]);
  const onCopy = useCallback(
    (row: Row) => void copy(columns.map((column) => column.text(row)).join("\t"), "Row copied"),
    [columns],
  );
  const sums = useMemo(
    () => (totals.value && scoped(table) ? sumsOf(shownTable, totals.value, countedAs(scope)) : null),
    [totals.value, table, shownTable, scope],
  );

  return (
    <>
      {paged.failure !== null && length > 0 ? <Failed why={paged.failure.message} /> : null}
      <div className={`table-body${paged.pending || paged.failure !== null ? " pending" : ""}`}>
        {length === 0 && !paged.pending ? (
          <Emptiness table={table} failure={paged.failure} />
        ) : (
          <RowMenu table={shownTable} rowAt={rowAt}>
            <Grid
              key={shownTable}
              label={titles[shownTable]}
              columns={columns}
              count={length}
              rowAt={rowAt}
              seen={table === "nics" ? nothing : paged.seen}
              sort={table === "nics" ? sort : chosen}
              onSort={onSort}
              selected={isSelected}
              onSelect={onSelect}
              onOpen={onOpen}
              onCopy={onCopy}
              sums={sums}
            />
          </RowMenu>
        )}
      </div>
    </>
  );
}

function Failed({ why }: { readonly why: string }): ReactElement {
  return (
    <p className="not-answered" role="alert">
      {why} The rows below answer an earlier question.
    </p>
  );
}

const WHOLE = { from: null, to: null, filter: "" };
const nothing = (): void => {};

export function scoped(table: TableName): boolean {
  return table !== "members" && table !== "rejects" && table !== "nics";
}

export function countOf(table: TableName, totals: Totals | null, info: CaseInfo | null): number | null {
  if (table === "members") return info?.members ?? null;
  if (table === "rejects") return info?.rejects ?? null;
  if (table === "nics" || totals === null) return null;
  return totals[table];
}

function nextSort(sort: Sort | null, field: string): Sort | null {
  if (sort?.field !== field) return { field, order: "desc" };
  return sort.order === "desc" ? { field, order: "asc" } : null;
}

function sumsOf(table: TableName, totals: Totals, counted: string): Readonly<Record<string, ReactElement | string>> {
  const sized = (value: number): ReactElement => (
    <span title={exactBytes(value)}>
      <Bytes value={value} />
    </span>
  );
  const first = {
    conversations: "conversation",
    flows: "flow",
    edges: "edge",
    endpoints: "endpoint",
    tuples: "tuple",
  } as const;
  const of = table in first ? first[table as keyof typeof first] : null; // own: one of its keys
  if (of === null) return {};
  const many = totals[`${of}s`] ?? 0;
  const label = `Σ ${count(many)} ${noun(many, of)}, ${counted}`;
  const shared = { tuples: count(totals.tuples), allowed: count(totals.allowed), denied: count(totals.denied) };
  if (table === "endpoints") return { ip: `Σ ${count(many)} ${noun(many, of)}` };
  return {
    ...(table === "tuples" ? { time: label } : { srcIp: label, ...shared }),
    bytesSent: sized(totals.bytesSent),
    bytesReceived: sized(totals.bytesReceived),
  };
}

type RowAt = (index: number) => Row | null;

function addressesOf(rowAt: RowAt, length: number): readonly string[] {
  const ips = new Set<string>();
  for (let i = 0; i < length; i++) {
    const row = rowAt(i);
    for (const field of ["srcIp", "dstIp", "ip"]) if (row?.[field]) ips.add(text(row[field]));
  }
  return [...ips];
}

function largestOf(rowAt: RowAt, length: number): Readonly<Record<string, number>> {
  const largest: Record<string, number> = {};
  for (let i = 0; i < length; i++) {
    const row = rowAt(i);
    for (const field of ["bytesSent", "bytesReceived", "bytesOut", "bytesIn"])
      largest[field] = Math.max(largest[field] ?? 0, number(row?.[field]));
  }
  return largest;
}
