// The picture as a matrix: who opened in rows, who answered in columns, each cell an edge. Nothing is left out: every edge of the picture
// is one cell.

import type { GraphMeasure } from "../../../model/graph-look.ts";
import { titleOf } from "../chosen.ts";
import type { Picture } from "../parts.ts";
import { measured } from "../sums.ts";

export const orders = ["amount", "group", "name"] as const;
export type Order = (typeof orders)[number];

/** `rows`, `columns`: nodes of the picture. `cellOf`: edge by row and column, −1 for none. */
export type Matrix = {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cellOf: (row: number, column: number) => number;
  /** The largest of the measure in any cell. */
  readonly most: number;
};

export function matrixOf(picture: Picture, measure: GraphMeasure, order: Order): Matrix {
  const sent = new Map<number, number>();
  const answered = new Map<number, number>();
  const cells = new Map<number, number>();
  const width = picture.nodes.length;
  let most = 0;
  picture.edges.forEach((edge, i) => {
    const value = measured(edge, measure);
    sent.set(edge.source, (sent.get(edge.source) ?? 0) + value);
    answered.set(edge.target, (answered.get(edge.target) ?? 0) + value);
    cells.set(edge.source * width + edge.target, i);
    most = Math.max(most, value);
  });
  const rows = sorted(picture, sent, order);
  const columns = sorted(picture, answered, order);
  return {
    rows,
    columns,
    cellOf: (row, column) => cells.get((rows[row] ?? -1) * width + (columns[column] ?? -1)) ?? -1,
    most,
  };
}

function sorted(picture: Picture, amounts: ReadonlyMap<number, number>, order: Order): readonly number[] {
  const zone = new Map(picture.groups.map(({ id }, i) => [id, i]));
  const of = (i: number) => ({
    title: picture.nodes[i] ? titleOf(picture.nodes[i]) : "",
    amount: amounts.get(i) ?? 0,
    zone: zone.get(picture.nodes[i]?.group ?? "") ?? 0,
  });
  return [...amounts.keys()].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    const byName = names.compare(x.title, y.title);
    if (order === "name") return byName;
    return (order === "group" ? x.zone - y.zone : 0) || y.amount - x.amount || byName;
  });
}

/** Addresses in the order of their numbers. */
const names = new Intl.Collator("en", { numeric: true });
