// A virtual table: any number of rows, of which only those in sight exist. One tab stop; arrows, Home, End and Page keys move, Space
// selects, Enter opens, S sorts by the column, Mod+C copies the row. Sums stand in a row of their own under their columns.

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, memo, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Sort } from "../model/view.ts";
import "./grid.css";

export type Column<R> = {
  readonly id: string;
  readonly title: string;
  /** px; with `grow` the least. */
  readonly width: number;
  readonly grow?: boolean;
  readonly number?: boolean;
  readonly sortable: boolean;
  readonly cell: (row: R) => ReactNode;
  /** The exact value: tooltip and copies. */
  readonly text: (row: R) => string;
  /** Length of the bar behind the number, 0 to 1. */
  readonly share?: (row: R) => number;
};

type Props<R> = {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly count: number;
  /** Null: not here yet. */
  readonly rowAt: (index: number) => R | null;
  /** Rows in sight; ask for those that are not here. */
  readonly seen: (first: number, last: number) => void;
  readonly sort: Sort | null;
  readonly onSort: (field: string) => void;
  readonly selected: (row: R) => boolean;
  readonly onSelect: (row: R) => void;
  readonly onOpen: (row: R) => void;
  readonly onCopy: (row: R) => void;
  /** Under each column; by column id. */
  readonly sums: Readonly<Record<string, ReactNode>> | null;
};

const ROW = 26;

/** Drawn again only for what has changed among its properties. */
export const Grid = memo(GridOf) as typeof GridOf; // memo loses the type of the rows

function GridOf<R>(props: Props<R>): ReactElement {
  const { columns, count, rowAt, seen, selected, onSelect, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [wantedRow, setActive] = useState(0);
  const active = Math.max(0, Math.min(wantedRow, count - 1)); // rows may have become fewer
  const [activeColumn, setActiveColumn] = useState(0);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollPaddingStart: ROW,
    scrollPaddingEnd: props.sums ? ROW : 0,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => seen(first, last), [seen, first, last]);
  const template = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");
  const least = columns.reduce((sum, { width }) => sum + width, 0);

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = Math.max(0, Math.min(count - 1, to));
      setActive(next);
      rows.scrollToIndex(next);
      event.preventDefault();
      return;
    }
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (plain && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      setActiveColumn(Math.max(0, Math.min(columns.length - 1, activeColumn + step)));
      event.preventDefault();
      return;
    }
    const column = columns[activeColumn];
    if (plain && event.key.toLowerCase() === "s" && column?.sortable) {
      props.onSort(column.id);
      event.preventDefault();
      return;
    }
    const row = rowAt(active);
    if (
      row !== null &&
      event.key === "c" &&
      (event.ctrlKey || event.metaKey) &&
      getSelection()?.isCollapsed !== false
    ) {
      props.onCopy(row);
      event.preventDefault();
      return;
    }
    if (row === null || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (event.key === "Enter") onOpen(row);
    else onSelect(row);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows exist only while in sight, so no table element can hold them
    <div
      className="grid-scroller"
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + (props.sums ? 2 : 1)}
      aria-colcount={columns.length}
      aria-activedescendant={
        active >= first && active <= last && count > 0 ? `${id}-${active}-${activeColumn}` : undefined
      }
      aria-keyshortcuts="s Control+C"
      tabIndex={0}
      onFocus={(event) => event.target === event.currentTarget && count > 0 && rows.scrollToIndex(active)}
      onKeyDown={onKeyDown}
    >
      <div className="grid-inner" style={{ minWidth: least }}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus */}
        <div className="grid-row grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
          {items.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid
              // biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus
              <div
                key={index}
                id={`${id}-${index}`}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={row !== null && selected(row)}
                className={`grid-row${index === active ? " active" : ""}`}
                style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
                onClick={(event) => {
                  setActive(index);
                  setActiveColumn(columnAt(event.target, columns));
                  if (row !== null) onSelect(row);
                }}
                onDoubleClick={() => row !== null && onOpen(row)}
              >
                {columns.map((column, at) => (
                  <Cell
                    key={column.id}
                    id={`${id}-${index}-${at}`}
                    column={column}
                    row={row}
                    isActive={index === active && at === activeColumn}
                  />
                ))}
              </div>
            );
          })}
        </div>
        {props.sums ? (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus
          <div
            className="grid-row grid-sums"
            role="row"
            aria-rowindex={count + 2}
            style={{ gridTemplateColumns: template }}
          >
            {columns.map(({ id: column, number }) => (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div key={column} role="gridcell" className={number ? "number" : ""}>
                {props.sums?.[column]}
              </div>
            ))}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Head<R>(props: {
  readonly column: Column<R>;
  readonly sort: Sort | null;
  readonly onSort: (field: string) => void;
}): ReactElement {
  const { column, sort } = props;
  const order = sort?.field === column.id ? sort.order : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: see the grid
    <div
      role="columnheader"
      className={column.number ? "number" : ""}
      aria-sort={order === null ? "none" : order === "asc" ? "ascending" : "descending"}
    >
      {column.sortable ? (
        <button
          type="button"
          tabIndex={-1}
          className={order ? "sorted" : ""}
          title={`Sort by ${column.title.toLowerCase()}`}
          onClick={() => props.onSort(column.id)}
        >
          {column.title}
          {order === "desc" ? <ArrowDown size={11} /> : null}
          {order === "asc" ? <ArrowUp size={11} /> : null}
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}

function columnAt<R>(target: EventTarget, columns: readonly Column<R>[]): number {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  return Math.max(
    0,
    columns.findIndex(({ id }) => id === cell?.dataset.column),
  );
}

function Cell<R>(props: {
  readonly id: string;
  readonly column: Column<R>;
  readonly row: R | null;
  readonly isActive: boolean;
}): ReactElement {
  const { column, row } = props;
  const share = row === null ? 0 : (column.share?.(row) ?? 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: see the grid
    <div
      role="gridcell"
      id={props.id}
      data-column={column.id}
      data-active={props.isActive || undefined}
      className={column.number ? "number" : ""}
      title={row === null ? undefined : column.text(row)}
    >
      {share > 0 ? <i className="cell-bar" style={{ width: `${share * 100}%` }} /> : null}
      {row === null ? <span className="dim">…</span> : <span className="cell-value">{column.cell(row)}</span>}
    </div>
  );
}
