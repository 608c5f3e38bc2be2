// The grid itself. Arrows move, Space selects a cell, Enter includes its values, T opens its tuples, S orders by the column; the menu has
// the rest. What stands where the cursor is, is said in full below.

import { ArrowDown, ArrowUp } from "lucide-react";
import { ContextMenu } from "radix-ui";
import { type KeyboardEvent, type MouseEvent, type ReactElement, useRef, useState } from "react";
import type { Params } from "../../../shared/contract.ts";
import { counted } from "../../../shared/pivot.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { fieldTitles, measureTitles, type OrderOf, orderedBy } from "../../model/pivot.ts";
import { copy, Item, TermItems } from "../values/value-items.tsx";
import { includePart, openPart, select } from "./act-on-part.ts";
import { KeyValue } from "./key-value.tsx";
import {
  type Across,
  keyText,
  type Layout,
  lineTitle,
  type Part,
  type PivotCell,
  partOf,
  rangeOf,
  shadeOf,
} from "./layout.ts";
import { PivotFoot } from "./pivot-foot.tsx";

type Props = {
  readonly pivot: Params<"query.pivot">;
  readonly layout: Layout;
  readonly others: number;
  /** How everything in it is counted, in words. */
  readonly says: string;
  readonly isOld: boolean;
};

export function PivotGrid({ pivot, layout, others, says, isOld }: Props): ReactElement {
  const { across, lines } = layout;
  const [at, setAt] = useState({ line: 0, column: 0 });
  const body = useRef<HTMLTableElement>(null);
  const line = Math.min(at.line, lines.length - 1);
  const column = Math.min(at.column, across.length - 1);
  const range = rangeOf(layout);
  const shown = part(line, column);

  function part(toLine: number, toColumn: number): Part | null {
    const [one, two] = [lines[toLine], across[toColumn]];
    return one && two ? partOf(pivot, one, two) : null;
  }
  function go(toLine: number, toColumn: number): void {
    const next = {
      line: Math.max(0, Math.min(lines.length - 1, toLine)),
      column: Math.max(0, Math.min(across.length - 1, toColumn)),
    };
    setAt(next);
    body.current?.querySelector<HTMLElement>(`[data-at="${next.line}:${next.column}"]`)?.focus();
  }
  /** The menu is of the cell under the pointer, which takes the cursor; of a cell that stands for several there is none. */
  function aim(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]") : null;
    const [toLine = line, toColumn = column] = cell?.dataset.at?.split(":").map(Number) ?? [];
    if (cell) go(toLine, toColumn);
    if (part(toLine, toColumn) === null) event.stopPropagation();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const page = 10;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [line + 1, column],
      ArrowUp: [line - 1, column],
      ArrowRight: [line, column + 1],
      ArrowLeft: [line, column - 1],
      PageDown: [line + page, column],
      PageUp: [line - page, column],
      Home: event.ctrlKey ? [0, 0] : [line, 0],
      End: event.ctrlKey ? [lines.length - 1, across.length - 1] : [line, across.length - 1],
    };
    const to = moves[event.key];
    if (to) go(...to);
    else if (event.ctrlKey && event.key === "c" && getSelection()?.isCollapsed !== false)
      void copy(plain(lines[line]?.cells[column] ?? null), "Value copied");
    else if (event.ctrlKey) return;
    else if (event.key === "Enter" && shown) includePart(shown);
    else if (event.key === " " && shown) select(shown);
    else if (event.key.toLowerCase() === "t") openPart(shown);
    else if (event.key.toLowerCase() === "s") order(orderOf(across[column]));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <ContextMenu.Root modal={false}>
        <ContextMenu.Trigger asChild>
          <div className={`pivot-scroller${isOld ? " pending" : ""}`} onContextMenuCapture={aim}>
            {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of cells that are operated, of a table's elements */}
            <table ref={body} role="grid" aria-label="Pivot" className="pivot-grid" onKeyDown={onKeyDown}>
              <thead>
                <tr>
                  {pivot.rows.map((field) => (
                    <Head
                      key={field}
                      title={fieldTitles[field]}
                      order={orderHere(pivot, { by: "name" })}
                      of={{ by: "name" }}
                    />
                  ))}
                  {across.map((each) => (
                    <Head
                      key={`${each.kind} ${each.title}`}
                      title={each.title || measureTitles[pivot.measure]}
                      number
                      order={orderHere(pivot, orderOf(each))}
                      of={orderOf(each)}
                    />
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((each, i) => (
                  <tr key={`${each.kind} ${JSON.stringify(each.keys)}`} className={`pivot-${each.kind}`}>
                    {each.keys === null ? (
                      <th scope="row" colSpan={pivot.rows.length}>
                        {lineTitle(each, others)}
                      </th>
                    ) : (
                      each.keys.map((key, k) => (
                        <th key={pivot.rows[k]} scope="row" title={keyText(key)}>
                          <KeyValue field={pivot.rows[k]} value={key} />
                        </th>
                      ))
                    )}
                    {each.cells.map((cell, c) => {
                      const its = across[c];
                      const shade =
                        each.kind === "row" && (its?.kind === "column" || across.length === 1)
                          ? shadeOf(cell, range)
                          : 0;
                      return (
                        <td
                          key={`${its?.kind} ${its?.title}`}
                          data-at={`${i}:${c}`}
                          tabIndex={i === line && c === column ? 0 : -1}
                          className={`number shade-${shade} pivot-${its?.kind}`}
                          title={exact(pivot, cell)}
                          onFocus={() => setAt({ line: i, column: c })}
                          onDoubleClick={() => {
                            const own = its ? partOf(pivot, each, its) : null;
                            if (own) includePart(own);
                          }}
                        >
                          <Value measure={pivot.measure} cell={cell} />
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </ContextMenu.Trigger>
        {shown ? <CellItems part={shown} /> : null}
      </ContextMenu.Root>
      <PivotFoot
        line={lines[line]}
        across={across[column]}
        part={shown}
        says={exact(pivot, lines[line]?.cells[column] ?? null)}
        counted={says}
      />
    </>
  );
}

function orderOf(across: Across | undefined): OrderOf {
  return across?.kind === "column" ? { by: "column", at: across.key } : { by: "total" };
}

function orderHere({ order }: Params<"query.pivot">, of: OrderOf): "asc" | "desc" | null {
  if (order.by !== of.by || (of.by === "column" && order.at !== of.at)) return null;
  return order.order;
}

function order(of: OrderOf): void {
  navigate({ pivot: orderedBy(shownView().pivot, of) }, "replace");
}

function Head(props: {
  readonly title: string;
  readonly number?: boolean;
  readonly order: "asc" | "desc" | null;
  readonly of: OrderOf;
}): ReactElement {
  return (
    <th
      scope="col"
      className={props.number ? "number" : ""}
      aria-sort={props.order === null ? "none" : props.order === "asc" ? "ascending" : "descending"}
    >
      <button
        type="button"
        tabIndex={-1}
        className={props.order ? "sorted" : ""}
        title={`${props.title}: order by it`}
        onClick={() => order(props.of)}
      >
        <span>{props.title}</span>
        {props.order === "desc" ? <ArrowDown size={11} /> : props.order === "asc" ? <ArrowUp size={11} /> : null}
      </button>
    </th>
  );
}

function Value({
  measure,
  cell,
}: {
  readonly measure: Params<"query.pivot">["measure"];
  readonly cell: PivotCell;
}): ReactElement {
  if (cell === null) return <span className="dim">·</span>;
  if (cell === "n/m") return <span className="dim">n/m</span>;
  return <>{measure.startsWith("bytes") ? bytes(cell) : count(cell)}</>;
}

function exact({ measure }: Params<"query.pivot">, cell: PivotCell): string {
  if (cell === null) return "no tuples";
  if (cell === "n/m") return "not measured: the log carries no counters of denied traffic";
  if (measure.startsWith("bytes")) return exactBytes(cell);
  return `${count(cell)} ${counted.has(measure) ? "packets" : measureTitles[measure]}`;
}

function plain(cell: PivotCell): string {
  return cell === null ? "" : String(cell);
}

function CellItems({ part }: { readonly part: Part }): ReactElement {
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className="menu" collisionPadding={8}>
        <TermItems term={part.filter} />
        <Item title="Show in inspector" keys="Space" run={() => select(part)} />
        <Item title="Show the tuples" keys="T" run={() => openPart(part)} />
        <Item title="Copy as filter" run={() => void copy(part.filter, "Filter copied")} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}
