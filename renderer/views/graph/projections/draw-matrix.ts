// Draws the part of a matrix that is in sight: names at the left and above stay, cells move under them. A cell prints its number, for
// the lightest steps of the ramp differ little.

import { bytes, count } from "../../../model/format.ts";
import type { GraphMeasure } from "../../../model/graph-look.ts";
import { titleOf } from "../chosen.ts";
import { type Palette, rampOf } from "../palette.ts";
import type { Edge, Picture } from "../parts.ts";
import type { Pen } from "../pen.ts";
import { measured, share } from "../sums.ts";
import type { Matrix } from "./matrix.ts";

export const CELL = [56, 20] as const;
export const LEFT = 168;
export const TOP = 116;

export type MatrixScene = {
  readonly picture: Picture;
  readonly matrix: Matrix;
  readonly measure: GraphMeasure;
  /** px of the pane, and how far it is scrolled. */
  readonly size: readonly [number, number];
  readonly scroll: readonly [number, number];
  /** Row and column; −1 for none. */
  readonly active: readonly [number, number];
  readonly hover: readonly [number, number];
  readonly selectedEdges: ReadonlySet<number>;
};

export function wholeSize({ rows, columns }: Matrix): readonly [number, number] {
  return [LEFT + columns.length * CELL[0] + 1, TOP + rows.length * CELL[1] + 1];
}

/** Row and column under a point of the pane; −1 in the names. */
export function cellAt(x: number, y: number, [left, top]: readonly [number, number]): readonly [number, number] {
  const row = y < TOP ? -1 : Math.floor((y - TOP + top) / CELL[1]);
  const column = x < LEFT ? -1 : Math.floor((x - LEFT + left) / CELL[0]);
  return [row, column];
}

export function drawMatrix(pen: Pen, scene: MatrixScene, colours: Palette): void {
  const { matrix, size, scroll } = scene;
  const [wide, high] = CELL;
  const firstColumn = Math.floor(scroll[0] / wide);
  const lastColumn = Math.min(matrix.columns.length - 1, Math.floor((scroll[0] + size[0] - LEFT) / wide));
  const firstRow = Math.floor(scroll[1] / high);
  const lastRow = Math.min(matrix.rows.length - 1, Math.floor((scroll[1] + size[1] - TOP) / high));
  pen.textBaseline = "middle";
  pen.setLineDash([]);
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++) drawCell(pen, scene, row, column, colours);
  pen.fillStyle = colours.surface;
  for (const [x, y, w, h] of [
    [0, 0, size[0], TOP],
    [0, 0, LEFT, size[1]],
  ] as const) {
    pen.beginPath();
    pen.rect(x, y, w, h);
    pen.fill();
  }
  for (let row = firstRow; row <= lastRow; row++) {
    const y = TOP + row * high - scroll[1] + high / 2;
    if (y > TOP)
      drawName(
        pen,
        scene,
        matrix.rows[row] ?? -1,
        LEFT - 8,
        y,
        row === scene.hover[0] || row === scene.active[0],
        colours,
      );
  }
  for (let column = firstColumn; column <= lastColumn; column++) {
    const x = LEFT + column * wide - scroll[0] + wide / 2;
    if (x < LEFT) continue;
    pen.save();
    pen.translate(x, TOP - 8);
    pen.rotate(-Math.PI / 2);
    drawName(
      pen,
      scene,
      matrix.columns[column] ?? -1,
      null,
      0,
      column === scene.hover[1] || column === scene.active[1],
      colours,
    );
    pen.restore();
  }
  pen.fillStyle = colours.surface;
  pen.beginPath();
  pen.rect(0, 0, LEFT, TOP);
  pen.fill();
  pen.textAlign = "end";
  pen.fillStyle = colours.text3;
  pen.font = `420 11px ${colours.font}`;
  pen.fillText("opened ↓  answered →", LEFT - 8, TOP - 12);
  pen.textAlign = "start";
}

/** `right`: where it ends; null: it begins at 0. */
function drawName(
  pen: Pen,
  { picture }: MatrixScene,
  at: number,
  right: number | null,
  y: number,
  isStrong: boolean,
  colours: Palette,
): void {
  const node = picture.nodes[at];
  if (!node) return;
  const isAddress = node.kind === "nic" || node.kind === "address";
  pen.font = isAddress
    ? `${isStrong ? 680 : 480} 11px ${colours.mono}`
    : `${isStrong ? 680 : 500} 11px ${colours.font}`;
  pen.fillStyle = isStrong ? colours.text : colours.text2;
  pen.textAlign = right === null ? "start" : "end";
  const whole = node.kind === "group" ? `${node.label} ${node.members.length}` : titleOf(node);
  const most = right === null ? 16 : 22;
  pen.fillText(whole.length > most ? `${whole.slice(0, most - 1)}…` : whole, right ?? 0, y);
  pen.textAlign = "start";
}

function drawCell(pen: Pen, scene: MatrixScene, row: number, column: number, colours: Palette): void {
  const { picture, matrix, measure, scroll } = scene;
  const [x, y] = [LEFT + column * CELL[0] - scroll[0], TOP + row * CELL[1] - scroll[1]];
  const at = matrix.cellOf(row, column);
  const edge = picture.edges[at];
  pen.beginPath();
  pen.rect(x + 0.5, y + 0.5, CELL[0] - 1, CELL[1] - 1);
  if (edge) {
    const part = share(measured(edge, measure), measure);
    pen.fillStyle = colours[rampOf(part)];
    pen.fill();
    drawFigure(pen, edge, measure, x, y, part > 0.62, colours);
  } else {
    pen.strokeStyle = colours.hairline;
    pen.lineWidth = 0.5;
    pen.stroke();
  }
  const isActive = row === scene.active[0] && column === scene.active[1];
  if (!scene.selectedEdges.has(at) && !isActive && !(row === scene.hover[0] && column === scene.hover[1])) return;
  pen.beginPath();
  pen.rect(x + 1.5, y + 1.5, CELL[0] - 3, CELL[1] - 3);
  pen.strokeStyle = scene.selectedEdges.has(at) || isActive ? colours.accent : colours.accentLine;
  pen.lineWidth = isActive ? 2 : 1.5;
  pen.stroke();
}

/** What was denied only has no bytes that were measured, and a ring; what was denied in part a ring. */
function drawFigure(
  pen: Pen,
  edge: Edge,
  measure: GraphMeasure,
  x: number,
  y: number,
  isDark: boolean,
  colours: Palette,
): void {
  const value = measured(edge, measure);
  const isUnmeasured = edge.allowed === 0 && edge.denied > 0 && (measure === "bytes" || measure === "packets");
  pen.font = `480 10px ${colours.font}`;
  pen.textAlign = "end";
  pen.fillStyle = isDark ? colours.surface : colours.text;
  pen.fillText(
    isUnmeasured ? "n/m" : measure === "bytes" ? bytes(value) : count(value),
    x + CELL[0] - 4,
    y + CELL[1] / 2 + 0.5,
  );
  pen.textAlign = "start";
  if (edge.denied === 0) return;
  pen.beginPath();
  pen.arc(x + 6, y + CELL[1] / 2, 2.6, 0, Math.PI * 2);
  pen.strokeStyle = colours.denied;
  pen.lineWidth = 1.3;
  pen.stroke();
  if (edge.allowed > 0) return;
  pen.beginPath();
  pen.moveTo(x + 4.2, y + CELL[1] / 2 + 1.8);
  pen.lineTo(x + 7.8, y + CELL[1] / 2 - 1.8);
  pen.stroke();
}
