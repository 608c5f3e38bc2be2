// The matrix: a canvas under a scroller, and a grid for keyboard and screen reader of which only the current cell exists.

import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { bytes, count } from "../../../model/format.ts";
import { navigate } from "../../../model/navigate.ts";
import { openTuples } from "../../inspector/open-tuples.ts";
import { ValueMenu } from "../../values/value-menu.tsx";
import { edgesOfSelection, type Pointed, selectionOf, termAndHost, titleOf } from "../chosen.ts";
import { edgesDrawn } from "../parts.ts";
import { Tip } from "../tip.tsx";
import { CELL, cellAt, drawMatrix, LEFT, type MatrixScene, TOP, wholeSize } from "./draw-matrix.ts";
import { matrixOf, type Order, orders } from "./matrix.ts";
import type { ProjectionProps } from "./projection.ts";
import { useDrawn } from "./use-drawn.ts";

const orderTitles: Readonly<Record<Order, string>> = { amount: "amount", group: "group", name: "name" };
const NO_CELL = [-1, -1] as const;

export function MatrixView({ view, graph, exhibit, onSize }: ProjectionProps): ReactElement {
  const { picture, rows } = graph;
  const { measure } = view.graph;
  const [order, setOrder] = useState<Order>("amount");
  const matrix = useMemo(() => matrixOf(picture, measure, order), [picture, measure, order]);
  const [wanted, setActive] = useState<readonly [number, number]>([0, 0]);
  const [isFocused, setFocused] = useState(false);
  const [hover, setHover] = useState<{
    readonly cell: readonly [number, number];
    readonly at: readonly [number, number];
  }>({
    cell: NO_CELL,
    at: [0, 0],
  });
  const active = [clamp(wanted[0], matrix.rows.length), clamp(wanted[1], matrix.columns.length)] as const;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const selectedEdges = useMemo(() => edgesOfSelection(picture, view.selection), [picture, view.selection]);
  const scene: Omit<MatrixScene, "size" | "scroll"> = {
    picture,
    matrix,
    measure,
    active: isFocused ? active : NO_CELL,
    hover: hover.cell,
    selectedEdges,
  };
  const { canvas, redraw } = useDrawn((pen, size, colours) => {
    const { scrollLeft = 0, scrollTop = 0 } = scroller.current ?? {};
    drawMatrix(pen, { ...scene, size, scroll: [scrollLeft, scrollTop] }, colours);
  }, onSize);
  const [width, height] = wholeSize(matrix);

  useEffect(() => {
    exhibit.current = () => ({
      width,
      height,
      draw: (pen, colours) =>
        drawMatrix(
          pen,
          {
            picture,
            matrix,
            measure,
            selectedEdges,
            active: NO_CELL,
            hover: NO_CELL,
            size: [width, height],
            scroll: [0, 0],
          },
          colours,
        ),
    });
    return () => {
      exhibit.current = null;
    };
  }, [exhibit, picture, matrix, measure, selectedEdges, width, height]);

  const pointedAt = ([row, column]: readonly [number, number]): Pointed => {
    const edge = matrix.cellOf(row, column);
    if (edge >= 0) return { edge };
    const name =
      row < 0 && column >= 0 ? matrix.columns[column] : column < 0 && row >= 0 ? matrix.rows[row] : undefined;
    return name === undefined ? null : { node: name };
  };

  function cellUnder(event: MouseEvent): readonly [number, number] {
    const box = event.currentTarget.getBoundingClientRect();
    const { scrollLeft = 0, scrollTop = 0 } = scroller.current ?? {};
    return cellAt(event.clientX - box.left, event.clientY - box.top, [scrollLeft, scrollTop]);
  }

  function select(what: Pointed, how: "select" | "open"): void {
    const made = what === null ? null : selectionOf(picture, what);
    navigate({ selection: made });
    if (how === "open" && made) openTuples(made);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [row, column] = active;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      Home: [row, 0],
      End: [row, matrix.columns.length - 1],
      PageDown: [row + 8, column],
      PageUp: [row - 8, column],
    };
    const to = moves[event.key];
    if (to) {
      const next = [clamp(to[0], matrix.rows.length), clamp(to[1], matrix.columns.length)] as const;
      setActive(next);
      reveal(scroller.current, next);
    } else if (event.key === " " || event.key === "Enter")
      select(pointedAt(active), event.key === "Enter" ? "open" : "select");
    else if (event.key.toLowerCase() === "s") setOrder(orders[(orders.indexOf(order) + 1) % orders.length] ?? "amount");
    else return;
    event.preventDefault();
  }

  const [source, target] = [
    picture.nodes[matrix.rows[active[0]] ?? -1],
    picture.nodes[matrix.columns[active[1]] ?? -1],
  ];
  const edge = picture.edges[matrix.cellOf(...active)];
  const said = edge
    ? `${bytes(edge.bytesSent + edge.bytesReceived)}, ${count(edge.tuples)} tuples${edge.denied > 0 ? `, ${count(edge.denied)} denied` : ""}`
    : "nothing";
  const value = termAndHost(picture, pointedAt(hover.cell[0] < 0 && hover.cell[1] < 0 ? active : hover.cell));
  return (
    <>
      <div className="graph-area matrix">
        <canvas
          ref={canvas}
          className="graph-canvas"
          role="img"
          aria-label={`Matrix of ${matrix.rows.length} rows and ${matrix.columns.length} columns; its cells are in the grid beside it, its edges in the table Edges`}
        />
        <ValueMenu>
          {/* biome-ignore lint/a11y/useSemanticElements: cells exist only while they are current, so no table element can hold them */}
          <div
            ref={scroller}
            className="matrix-scroller"
            role="grid"
            aria-label="Edges, who opened by who answered"
            aria-rowcount={matrix.rows.length + 1}
            aria-colcount={matrix.columns.length + 1}
            aria-activedescendant={`${id}-cell`}
            aria-keyshortcuts="S"
            tabIndex={0}
            data-term={value.term}
            data-host={value.host}
            onScroll={redraw}
            onKeyDown={onKeyDown}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onMouseMove={(event) => {
              const cell = cellUnder(event);
              const box = event.currentTarget.getBoundingClientRect();
              if (cell[0] !== hover.cell[0] || cell[1] !== hover.cell[1])
                setHover({ cell, at: [event.clientX - box.left, event.clientY - box.top] });
            }}
            onMouseLeave={() => setHover({ cell: NO_CELL, at: [0, 0] })}
            onClick={(event) => {
              const cell = cellUnder(event);
              if (cell[0] >= 0 && cell[1] >= 0) setActive(cell);
              select(pointedAt(cell), "select");
            }}
            onDoubleClick={(event) => select(pointedAt(cellUnder(event)), "open")}
          >
            <div style={{ width, height }}>
              {/* biome-ignore lint/a11y/useSemanticElements: as above */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself takes the focus */}
              <div role="row" aria-rowindex={active[0] + 2} className="visually-hidden">
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
                <div role="gridcell" id={`${id}-cell`} aria-colindex={active[1] + 2} aria-selected={isFocused}>
                  {source ? titleOf(source) : ""} to {target ? titleOf(target) : ""}: {said}
                </div>
              </div>
            </div>
          </div>
        </ValueMenu>
        <Tip picture={picture} pointed={pointedAt(hover.cell)} at={hover.at} isCompared={rows?.before != null} />
      </div>
      <div className="graph-foot">
        <label>
          Sorted by{" "}
          <select
            value={order}
            onChange={(event) => setOrder(orders.find((each) => each === event.target.value) ?? "amount")}
          >
            {orders.map((each) => (
              <option key={each} value={each}>
                {orderTitles[each]}
              </option>
            ))}
          </select>
        </label>
        <span className="legend">
          <span>n/m not measured: denied</span>
        </span>
        <span className="grow" />
        <span className="graph-note">
          {count(picture.edges.length)} cells stand for {count(edgesDrawn(picture))} edges
        </span>
      </div>
    </>
  );
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(length - 1, at));
}

function reveal(scroller: HTMLElement | null, [row, column]: readonly [number, number]): void {
  if (scroller === null) return;
  const [left, top] = [column * CELL[0], row * CELL[1]];
  const [wide, high] = [scroller.clientWidth - LEFT, scroller.clientHeight - TOP];
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (left + CELL[0] > scroller.scrollLeft + wide) scroller.scrollLeft = left + CELL[0] - wide;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + CELL[1] > scroller.scrollTop + high) scroller.scrollTop = top + CELL[1] - high;
}
