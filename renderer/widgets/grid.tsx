// A virtual table: any number of rows, of which only those in sight exist. One tab stop; arrows, Home, End and Page keys move, Space
// selects, Enter opens, S sorts by the column (Shift: too), Mod+C copies. Where several rows can be chosen: Shift with a move or a click
// reaches, Mod+click or Mod+Space adds one, Mod+A takes all. Sums stand in a row of their own under their columns.
// Over 300 lines: keys, focus and what is drawn change one cursor, so they stand together.

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { between, isIn, type Ranges, toggled } from "../model/row-ranges.ts";
import type { Sorting } from "../model/sorting.ts";
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
  /** What the head says when pointed at. */
  readonly words?: string;
  /** Stays at the left while others scroll. */
  readonly pinned?: boolean;
};

type Props<R> = {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly count: number;
  /** Null: not here yet. */
  readonly rowAt: (index: number) => R | null;
  /** Rows in sight; ask for those that are not here. */
  readonly seen: (first: number, last: number) => void;
  readonly sort: Sorting;
  readonly onSort: (field: string, how: "alone" | "also") => void;
  /** Rows that are chosen, by position; where it is not said only one can be selected. */
  readonly chosen?: Ranges;
  readonly onChoose?: (chosen: Ranges) => void;
  /** px; 26 where it does not say. */
  readonly rowHeight?: number;
  /** A width in px that was dragged to, or that of the longest text at hand. */
  readonly onWidth?: (column: string, width: number) => void;
  readonly selected: (row: R) => boolean;
  readonly onSelect: (row: R) => void;
  readonly onOpen: (row: R) => void;
  readonly onCopy: (row: R) => void;
  /** Above the sums: what no row shows. By column id. */
  readonly rest?: Readonly<Record<string, ReactNode>> | null;
  /** Under each column; by column id. */
  readonly sums: Readonly<Record<string, ReactNode>> | null;
};

const ROW = 26;
const NONE: Ranges = [];

/** Drawn again only for what has changed among its properties. */
export const Grid = memo(GridOf) as typeof GridOf; // memo loses the type of the rows

function GridOf<R>(props: Props<R>): ReactElement {
  const { columns, count, rowAt, seen, selected, onSelect, onOpen, onChoose, rowHeight = ROW, chosen = NONE } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const feet = [
    { name: "grid-rest", cells: props.rest ?? null },
    { name: "grid-sums", cells: props.sums },
  ].flatMap(({ name, cells }) => (cells === null ? [] : [{ name, cells }]));
  const [wantedRow, setActive] = useState(0);
  const active = Math.max(0, Math.min(wantedRow, count - 1)); // rows may have become fewer
  const [wantedColumn, setActiveColumn] = useState(0);
  const activeColumn = Math.min(wantedColumn, columns.length - 1);
  const anchor = useRef(0);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: feet.length * rowHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are measured anew when they change
  useEffect(() => rows.measure(), [rowHeight]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => seen(first, last), [seen, first, last]);
  const template = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");
  const lefts = columns.map((_, i) => columns.slice(0, i).reduce((sum, { width }) => sum + width, 0));
  const least = columns.reduce((sum, { width }) => sum + width, 0);

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
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
      if (event.shiftKey && onChoose) onChoose(between(anchor.current, next));
      else anchor.current = next;
      setActive(next);
      rows.scrollToIndex(next);
      event.preventDefault();
      return;
    }
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === "a" && onChoose && count > 0) {
      onChoose([[0, count]]);
      event.preventDefault();
      return;
    }
    if (mod && event.key === " " && onChoose) {
      onChoose(toggled(chosen, active));
      anchor.current = active;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && onChoose && chosen.length > 0) {
      onChoose([]);
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
      props.onSort(column.id, event.shiftKey ? "also" : "alone");
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
    else {
      onChoose?.(between(active, active));
      onSelect(row);
    }
  }

  function onClick(event: MouseEvent, index: number, row: R | null): void {
    setActive(index);
    setActiveColumn(columnAt(event.target, columns));
    if (onChoose && event.shiftKey) {
      getSelection()?.removeAllRanges(); // a reach is no text
      return onChoose(between(anchor.current, index));
    }
    anchor.current = index;
    if (onChoose && (event.ctrlKey || event.metaKey)) return onChoose(toggled(chosen, index));
    onChoose?.(between(index, index));
    if (row !== null) onSelect(row);
  }

  /** As wide as the longest text at hand wants it. */
  function fitted(column: Column<R>): void {
    let longest = column.title.length + 3;
    for (const { index } of items) {
      const row = rowAt(index);
      if (row !== null) longest = Math.max(longest, Math.min(200, column.text(row).length));
    }
    props.onWidth?.(column.id, longest * CHARACTER + BESIDE);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows exist only while in sight, so no table element can hold them
    <div
      className="grid-scroller"
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1 + feet.length}
      aria-colcount={columns.length}
      aria-activedescendant={
        active >= first && active <= last && count > 0 ? `${id}-${active}-${activeColumn}` : undefined
      }
      aria-keyshortcuts={onChoose ? "s Shift+s Control+C Control+A Control+Space" : "s Control+C"}
      aria-multiselectable={onChoose ? true : undefined}
      tabIndex={0}
      onFocus={(event) => event.target === event.currentTarget && count > 0 && rows.scrollToIndex(active)}
      onKeyDown={onKeyDown}
    >
      <div className="grid-inner" style={{ minWidth: least, "--row-height": `${rowHeight}px` } as CSSProperties}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus */}
        <div className="grid-row grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column, at) => (
            <Head
              key={column.id}
              column={column}
              left={lefts[at] ?? 0}
              sort={props.sort}
              onSort={props.onSort}
              onWidth={props.onWidth}
              onFit={() => fitted(column)}
            />
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div className="grid-rows" role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
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
                aria-selected={(row !== null && selected(row)) || isIn(chosen, index)}
                className={`grid-row${index === active ? " active" : ""}`}
                style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
                onClick={(event) => onClick(event, index, row)}
                onDoubleClick={() => row !== null && onOpen(row)}
              >
                {columns.map((column, at) => (
                  <Cell
                    key={column.id}
                    id={`${id}-${index}-${at}`}
                    column={column}
                    left={lefts[at] ?? 0}
                    row={row}
                    isActive={index === active && at === activeColumn}
                  />
                ))}
              </div>
            );
          })}
        </div>
        {feet.length > 0 ? (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div className="grid-feet" role="rowgroup">
            {feet.map(({ name, cells }, foot) => (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus
              <div
                key={name}
                className={`grid-row ${name}`}
                role="row"
                aria-rowindex={count + 2 + foot}
                style={{ gridTemplateColumns: template }}
              >
                {columns.map(({ id: column, number, pinned }, at) => (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  // biome-ignore lint/a11y/useFocusableInteractive: as above
                  <div
                    key={column}
                    role="gridcell"
                    className={`${number ? "number" : ""}${pinned ? " pinned" : ""}`}
                    style={pinned ? { left: lefts[at] } : undefined}
                  >
                    {cells[column]}
                  </div>
                ))}
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
  readonly left: number;
  readonly sort: Sorting;
  readonly onSort: (field: string, how: "alone" | "also") => void;
  readonly onWidth: ((column: string, width: number) => void) | undefined;
  readonly onFit: () => void;
}): ReactElement {
  const { column, sort, onWidth } = props;
  const place = sort.findIndex(({ field }) => field === column.id);
  const order = sort[place]?.order ?? null;
  const words = column.words ? `${column.words} ` : "";
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: see the grid
    <div
      role="columnheader"
      className={`${column.number ? "number" : ""}${column.pinned ? " pinned" : ""}`}
      style={column.pinned ? { left: props.left } : undefined}
      aria-sort={order === null ? "none" : order === "asc" ? "ascending" : "descending"}
    >
      {column.sortable ? (
        <button
          type="button"
          tabIndex={-1}
          className={order ? "sorted" : ""}
          title={`${words}Sort by it; with Shift, after the others.`}
          onClick={(event) => props.onSort(column.id, event.shiftKey ? "also" : "alone")}
        >
          {column.title}
          {order === "desc" ? <ArrowDown size={11} /> : null}
          {order === "asc" ? <ArrowUp size={11} /> : null}
          {order !== null && sort.length > 1 ? <i className="sort-place">{place + 1}</i> : null}
        </button>
      ) : (
        <span title={column.words}>{column.title}</span>
      )}
      {onWidth ? <WidthHandle width={(width) => onWidth(column.id, width)} onFit={props.onFit} /> : null}
    </div>
  );
}

/** px of a character of 12 px, and of a cell beside its text. */
const CHARACTER = 7;
const BESIDE = 20;

/** Dragged, the column is as wide as the pointer says; a double click fits it. Keys have the list of columns. */
function WidthHandle(props: { readonly width: (px: number) => void; readonly onFit: () => void }): ReactElement {
  function drag(event: PointerEvent<HTMLSpanElement>): void {
    const handle = event.currentTarget;
    const left = handle.parentElement?.getBoundingClientRect().left ?? 0;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = ({ clientX }) => props.width(clientX - left);
    handle.onpointerup = () => {
      handle.onpointermove = null;
      handle.onpointerup = null;
    };
    event.preventDefault();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list of columns does the same by keys
    <span
      className="grid-handle"
      title="Drag to widen, double click to fit"
      onPointerDown={drag}
      onDoubleClick={props.onFit}
    />
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
  readonly left: number;
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
      className={`${column.number ? "number" : ""}${column.pinned ? " pinned" : ""}`}
      style={column.pinned ? { left: props.left } : undefined}
      title={row === null ? undefined : column.text(row)}
    >
      {share > 0 ? <i className="cell-bar" style={{ width: `${share * 100}%` }} /> : null}
      {row === null ? <span className="dim">…</span> : <span className="cell-value">{column.cell(row)}</span>}
    </div>
  );
}
