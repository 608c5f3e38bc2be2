// All lines of a picture, sorted by style, with their curves and arrowheads worked out once: a frame only draws them. For 5,000 edges
// that is what keeps panning within its milliseconds.

import type { Colouring, GraphMeasure } from "../../model/graph-look.ts";
import type { Curves } from "./geometry.ts";
import type { Picture } from "./parts.ts";
import { type Statuses, type Stroke, type Style, strokesOf } from "./styles.ts";

export type Lines = {
  /** Edge of each line. */
  readonly edge: Uint32Array;
  /** Index of its style; lines of one style follow one another. */
  readonly style: Uint32Array;
  readonly styles: readonly Style[];
  /** Eight numbers a line (geometry.ts). */
  readonly curves: Float32Array;
  /** Three points a line. */
  readonly heads: Float32Array;
};

export function linesOf(
  picture: Picture,
  curves: Curves,
  measure: GraphMeasure,
  colouring: Colouring,
  statusOf: Statuses,
): Lines {
  const found: { readonly edge: number; readonly stroke: Stroke; readonly style: number }[] = [];
  const styles: Style[] = [];
  const known = new Map<string, number>();
  picture.edges.forEach((edge, i) => {
    if (edge.source === edge.target) return;
    for (const stroke of strokesOf(picture, edge, measure, colouring, statusOf)) {
      const name = `${stroke.colour} ${stroke.width} ${stroke.dash.length} ${stroke.double ? 2 : 1}`;
      const style = known.get(name) ?? styles.length;
      if (style === styles.length) {
        styles.push(stroke);
        known.set(name, style);
      }
      found.push({ edge: i, stroke, style });
    }
  });
  // wide ones first, so that thin ones are seen on them
  const order = styles.map((_, i) => i).sort((a, b) => (styles[b]?.width ?? 0) - (styles[a]?.width ?? 0));
  const rank = new Uint32Array(styles.length);
  order.forEach((style, at) => {
    rank[style] = at;
  });
  found.sort((a, b) => (rank[a.style] ?? 0) - (rank[b.style] ?? 0));
  const lines = {
    edge: Uint32Array.from(found, ({ edge }) => edge),
    style: Uint32Array.from(found, ({ style }) => style),
    styles,
    curves: new Float32Array(found.length * 8),
    heads: new Float32Array(found.length * 6),
  };
  found.forEach(({ edge, stroke }, i) => {
    shifted(curves, edge * 8, lines.curves, i * 8, stroke.shift);
    head(lines.curves, i * 8, lines.heads, i * 6, stroke.width);
  });
  return lines;
}

/** Moves the middle of a curve sideways; its ends stay. */
function shifted(from: Float32Array, at: number, to: Float32Array, into: number, shift: number): void {
  for (let k = 0; k < 8; k++) to[into + k] = from[at + k] as number;
  if (shift === 0) return;
  const [dx, dy] = [
    (from[at + 6] as number) - (from[at] as number),
    (from[at + 7] as number) - (from[at + 1] as number),
  ];
  const by = (shift * 1.4) / (Math.hypot(dx, dy) || 1);
  for (const k of [2, 4]) {
    to[into + k] = (to[into + k] as number) - dy * by;
    to[into + k + 1] = (to[into + k + 1] as number) + dx * by;
  }
}

/** Just before the end of the curve, along its last piece. */
function head(curves: Float32Array, at: number, heads: Float32Array, into: number, lineWidth: number): void {
  const [ex, ey] = [curves[at + 6] as number, curves[at + 7] as number];
  const [dx, dy] = [ex - (curves[at + 4] as number), ey - (curves[at + 5] as number)];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const size = 5 + 0.54 * lineWidth;
  const [tx, ty] = [ex - ux * 8, ey - uy * 8];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  const half = size * 0.5;
  heads.set([tx, ty, bx + uy * half, by - ux * half, bx - uy * half, by + ux * half], into);
}
