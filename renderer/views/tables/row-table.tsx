// One table of a scope: its rows as they are scrolled to, its sums from the engine, what was chosen of it.

import { type ReactElement, type ReactNode, type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import type { CaseInfo, Totals } from "../../../shared/contract.ts";
import type { Row } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { type BesideRow, useBeside } from "../../model/beside.ts";
import { wantedBeside } from "../../model/beside-wanted.ts";
import { arranged, PLAIN, rowHeights, widened } from "../../model/column-looks.ts";
import { countedAs, wholeCase } from "../../model/counting.ts";
import { useFacts, useNics } from "../../model/facts.ts";
import { count } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { usePaged } from "../../model/paged.ts";
import { printRows, rowForms } from "../../model/row-forms.ts";
import { countOf, isIn, type Ranges } from "../../model/row-ranges.ts";
import { useSession } from "../../model/session.ts";
import { asked, nextSorting, type Sorting } from "../../model/sorting.ts";
import { setLook, useLooks } from "../../model/table-looks.ts";
import { type TableName, tables } from "../../model/view.ts";
import { Grid } from "../../widgets/grid.tsx";
import { copy } from "../values/value-items.tsx";
import { besideColumns, besideSums } from "./beside-columns.tsx";
import { type Known, number, text } from "./cells.tsx";
import { ColumnList } from "./column-list.tsx";
import { columnsOf } from "./columns.tsx";
import { Emptiness } from "./emptiness.tsx";
import { RowMenu } from "./row-menu.tsx";
import { openRow, selectionOf } from "./row-selection.ts";
import { restOf, sumsOf } from "./sums.tsx";
import { TakeMenu } from "./take-menu.tsx";
import { rowNouns, titles } from "./titles.ts";

const MOST: Sorting = [{ field: "tuples", order: "desc" }];
const firstSort: Partial<Record<TableName, Sorting>> = { conversations: MOST, edges: MOST, endpoints: MOST };

/** `tools`: where what can be done with the whole table stands. */
export function RowTable(props: {
  readonly table: TableName;
  readonly tools: RefObject<HTMLDivElement | null>;
}): ReactElement {
  const { table } = props;
  const { scope, sort, selection } = useShownSoon(({ view }) => view);
  const info = useSession((session) => session.info);
  const totals = useAnswer("scope.totals", { scope });
  const sorting = sort.length > 0 ? sort : (firstSort[table] ?? sort); // constants, or the address's
  const paged = usePaged({ by: table, scope: isScoped(table) ? scope : WHOLE, sort: asked(sorting) });
  const { rowAt, asked: question, seen: seenRows } = paged;
  const length = paged.length ?? countIn(table, totals.value, info) ?? 0;
  const shownTable = tables.find((name) => name === question?.by) ?? table;

  const [chosen, setChosen] = useState<{ readonly of: unknown; readonly ranges: Ranges }>({ of: null, ranges: [] });
  const ranges = chosen.of === question ? chosen.ranges : NONE; // positions are of one answer
  const choose = useCallback((next: Ranges) => setChosen({ of: question, ranges: next }), [question]);

  const ips = useMemo(() => addressesOf(rowAt, Math.min(length, 200)), [rowAt, length]);
  const facts = useFacts(ips);
  const nics = useNics();
  const { statusOf, notebook } = useNotebook();
  const known: Known = useMemo(
    () => ({ nics, facts, statusOf, noted: new Set(notebook.notes.flatMap(({ host }) => host ?? [])) }),
    [nics, facts, statusOf, notebook],
  );
  const largest = useMemo(() => largestOf(rowAt, Math.min(length, 200)), [rowAt, length]);
  const look = useLooks((looks) => looks.tables[shownTable]) ?? PLAIN;
  const density = useLooks((looks) => looks.density);
  const want = useMemo(() => wantedBeside(arranged(besideColumns(shownTable, NOBODY), look)), [shownTable, look]);
  const { beside, seen: seenBeside } = useBeside(paged, want);
  const every = useMemo(() => columnsOf(shownTable, known, largest, beside), [shownTable, known, largest, beside]);
  const columns = useMemo(() => arranged(every, look), [every, look]);
  const seen = useCallback(
    (first: number, last: number) => {
      seenRows(first, last);
      seenBeside(first, last);
    },
    [seenRows, seenBeside],
  );
  const key = selection === null ? "" : JSON.stringify(selection);
  // Stable, so that the grid is drawn for its rows and not for every step of the range.
  const onSort = useCallback(
    (field: string, how: "alone" | "also") => navigate({ sort: nextSorting(sorting, field, how) }, "replace"),
    [sorting],
  );
  const isSelected = useCallback(
    (row: Row) => key !== "" && JSON.stringify(selectionOf(shownTable, row)) === key,
    [key, shownTable],
  );
  const onSelect = useCallback((row: Row) => navigate({ selection: selectionOf(shownTable, row) }), [shownTable]);
  const onOpen = useCallback((row: Row) => openRow(shownTable, row), [shownTable]);
  const onCopy = useCallback(
    (row: Row) => {
      const rows = countOf(ranges) > 1 ? chosenRows(rowAt, ranges) : [row];
      if (rows === null)
        return void document.querySelector<HTMLElement>(".table-tools [aria-label^='Copy or save']")?.click();
      const told = rows.length === 1 ? "Row copied" : `${count(rows.length)} rows copied`;
      const cells = rows.map((each) => columns.map((column) => column.text(each)));
      void copy(
        printRows(
          rowForms.tsv,
          columns.map(({ title, id }) => title || id),
          cells,
        ),
        told,
      );
    },
    [columns, ranges, rowAt],
  );
  const onWidth = useCallback(
    (id: string, width: number) => setLook(shownTable, widened(look, id, width)),
    [shownTable, look],
  );
  const { notHeld } = paged;
  const whole = useAnswer("scope.totals", want.includes("whole") ? { scope: wholeCase(scope) } : null);
  const sums = useMemo(
    () =>
      totals.value && isScoped(table)
        ? {
            ...besideSums(shownTable, totals.value, whole.value),
            ...sumsOf(shownTable, totals.value, length + (notHeld?.count ?? 0), countedAs(scope)),
          }
        : null,
    [totals.value, whole.value, table, shownTable, scope, length, notHeld],
  );
  const rest = useMemo(
    () => (notHeld && isScoped(table) ? restOf(shownTable, notHeld) : null),
    [notHeld, table, shownTable],
  );

  return (
    <>
      <Tools into={props.tools}>
        {countOf(ranges) > 1 ? (
          <span className="dim">
            {count(countOf(ranges))} of {count(length)} {rowNouns[table][1]} chosen
          </span>
        ) : (
          <span className="dim">{isScoped(table) ? countedAs(scope) : "of the whole case"}</span>
        )}
        <ColumnList table={shownTable} columns={every} />
        {question === null ? null : (
          <TakeMenu
            table={shownTable}
            question={question}
            columns={columns}
            length={length}
            chosen={countOf(ranges) > 1 ? ranges : NONE}
          />
        )}
      </Tools>
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
              seen={seen}
              sort={sorting}
              onSort={onSort}
              chosen={ranges}
              onChoose={choose}
              rowHeight={rowHeights[density]}
              onWidth={onWidth}
              selected={isSelected}
              onSelect={onSelect}
              onOpen={onOpen}
              onCopy={onCopy}
              rest={rest}
              sums={sums}
            />
          </RowMenu>
        )}
      </div>
    </>
  );
}

/** Into the head of the pane, which is there before the table is. */
function Tools(props: {
  readonly into: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}): ReactElement | null {
  const [into, setInto] = useState<HTMLDivElement | null>(null);
  useEffect(() => setInto(props.into.current), [props.into]);
  return into === null ? null : createPortal(props.children, into);
}

function Failed({ why }: { readonly why: string }): ReactElement {
  return (
    <p className="not-answered" role="alert">
      {why} The rows below answer an earlier question.
    </p>
  );
}

const NONE: Ranges = [];
const NOBODY: ReadonlyMap<Row, BesideRow> = new Map();
const WHOLE = { from: null, to: null, filter: "" };

function isScoped(table: TableName): boolean {
  return table !== "members" && table !== "rejects";
}

/** Null where the totals do not count it. */
export function countIn(table: TableName, totals: Totals | null, info: CaseInfo | null): number | null {
  if (table === "members") return info?.members ?? null;
  if (table === "rejects") return info?.rejects ?? null;
  if (table === "ports" || table === "rules" || table === "encryption" || table === "countries" || table === "asns")
    return null;
  return totals?.[table] ?? null;
}

type RowAt = (index: number) => Row | null;

/** Null where one of them is not at hand. */
function chosenRows(rowAt: RowAt, ranges: Ranges): readonly Row[] | null {
  if (countOf(ranges) > 2000) return null;
  const rows: Row[] = [];
  for (const [from, to] of ranges)
    for (let i = from; i < to; i++) {
      const row = isIn(ranges, i) ? rowAt(i) : null;
      if (row === null) return null;
      rows.push(row);
    }
  return rows;
}

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
