// The curve of an edge and what lies under the pointer. Edges bend gently to the same side, so that two directions do not cover one
// another; where there are many, those between the same two boxes are gathered into a bundle.

import type { GraphMeasure } from "../../model/graph-look.ts";
import type { Box } from "./boxes.ts";
import type { Edge, Node, Picture } from "./parts.ts";
import { measured, share } from "./sums.ts";

export type Places = Float32Array;
/** x where edges meet a node that stands in a list of one column: the right side of its box; null where they meet the node itself. */
export type Ports = readonly (number | null)[];

export function portsOf(picture: Picture, boxes: readonly Box[]): Ports {
  const sides = new Map(
    boxes.filter(({ internet, width }) => internet && width <= 200).map(({ group, x, width }) => [group, x + width]),
  );
  return picture.nodes.map(({ group }) => sides.get(group) ?? null);
}

/** 4.5 to 8 px by log bytes. */
export function radius({ kind, bytes }: Node): number {
  if (kind === "others") return 8;
  return 4.5 + Math.min(3.5, Math.log10(1 + bytes) * 0.36);
}

/** 1 to 9 px by the log of the measure; wide ones are few. */
export function widthOf(edge: Edge, measure: GraphMeasure): number {
  return 1 + 8 * share(measured(edge, measure), measure) ** 2.2;
}

/** Eight numbers an edge, a cubic curve: x0, y0, two control points, x1, y1. */
export type Curves = Float32Array;

export function curvesOf(picture: Picture, places: Places, ports: Ports, boxes: readonly Box[]): Curves {
  const curves = new Float32Array(picture.edges.length * 8);
  const gathering = gatheringOf(picture.edges.length);
  const outer = outerBoxes(picture, boxes);
  picture.edges.forEach(({ source, target }, i) => {
    const [x0, y0] = [ports[source] ?? places[source * 2] ?? 0, places[source * 2 + 1] ?? 0];
    const [x1, y1] = [ports[target] ?? places[target * 2] ?? 0, places[target * 2 + 1] ?? 0];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = Math.hypot(dx, dy) || 1;
    const bend = Math.min(34, length * 0.14);
    const [qx, qy] = [(x0 + x1) / 2 - (dy / length) * bend, (y0 + y1) / 2 + (dx / length) * bend];
    let [ax, ay, bx, by] = [x0 + (qx - x0) / 1.5, y0 + (qy - y0) / 1.5, x1 + (qx - x1) / 1.5, y1 + (qy - y1) / 1.5];
    const [from, to] = [outer[source], outer[target]];
    if (gathering > 0 && from && to && from !== to) {
      const [fx, fy, tx, ty] = bundle(from, to);
      ax += (fx - ax) * gathering;
      ay += (fy - ay) * gathering;
      bx += (tx - bx) * gathering;
      by += (ty - by) * gathering;
    }
    curves.set([x0, y0, ax, ay, bx, by, x1, y1], i * 8);
  });
  return curves;
}

/** In steps, so that a brush seldom changes it. */
function gatheringOf(edges: number): number {
  return edges < 120 ? 0 : edges < 600 ? 0.5 : 0.8;
}

function outerBoxes(picture: Picture, boxes: readonly Box[]): readonly (Box | undefined)[] {
  const byGroup = new Map(boxes.map((box) => [box.group, box]));
  const zones = new Map(picture.groups.map(({ id, zone }) => [id, byGroup.get(zone ?? id)]));
  return picture.nodes.map(({ group }) => zones.get(group));
}

/** Where the edges between two boxes leave one and enter the other; the other direction runs beside it. */
function bundle(from: Box, to: Box): readonly [number, number, number, number] {
  const isRight = from.x < to.x;
  const side = isRight ? -9 : 9;
  const y = (box: Box): number => box.y + box.height / 2 + side;
  return isRight
    ? [from.x + from.width + 14, y(from), to.x - 14, y(to)]
    : [from.x - 14, y(from), to.x + to.width + 14, y(to)];
}

/** A point of curve `i`, at `t` from 0 to 1. */
function along(curves: Curves, i: number, t: number): readonly [number, number] {
  const at = i * 8;
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  const of = (k: number): number => curves[at + k] ?? 0;
  return [a * of(0) + b * of(2) + c * of(4) + d * of(6), a * of(1) + b * of(3) + c * of(5) + d * of(7)];
}

export function nodeAt(picture: Picture, places: Places, x: number, y: number, reach: number): number {
  let best = -1;
  let nearest = Number.POSITIVE_INFINITY;
  picture.nodes.forEach((node, i) => {
    const distance = Math.hypot((places[i * 2] ?? 0) - x, (places[i * 2 + 1] ?? 0) - y);
    if (distance < radius(node) + reach && distance < nearest) {
      nearest = distance;
      best = i;
    }
  });
  return best;
}

export function edgeAt(
  picture: Picture,
  curves: Curves,
  measure: GraphMeasure,
  x: number,
  y: number,
  reach: number,
): number {
  let best = -1;
  let nearest = reach;
  for (let i = 0; i < picture.edges.length; i++) {
    if (!mayTouch(curves, i, x, y, reach + 5)) continue;
    const half = widthOf(picture.edges[i] as Edge, measure) / 2;
    for (let step = 1; step < 24; step++) {
      const [px, py] = along(curves, i, step / 24);
      const distance = Math.max(0, Math.hypot(px - x, py - y) - half);
      if (distance < nearest) {
        nearest = distance;
        best = i;
      }
    }
  }
  return best;
}

/** A curve lies within the box of its four points. */
function mayTouch(curves: Curves, i: number, x: number, y: number, reach: number): boolean {
  const at = i * 8;
  let [left, right, top, bottom] = [true, true, true, true];
  for (let k = 0; k < 8; k += 2) {
    const [px, py] = [curves[at + k] ?? 0, curves[at + k + 1] ?? 0];
    if (px > x - reach) left = false;
    if (px < x + reach) right = false;
    if (py > y - reach) top = false;
    if (py < y + reach) bottom = false;
  }
  return !(left || right || top || bottom);
}

/** Nodes inside a closed line of points x, y. */
export function nodesWithin(picture: Picture, places: Places, line: readonly number[]): readonly number[] {
  return picture.nodes.flatMap((_, i) => (isWithin(line, places[i * 2] ?? 0, places[i * 2 + 1] ?? 0) ? i : []));
}

/** By how often a ray to the right crosses the line. */
function isWithin(line: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [line[i] ?? 0, line[i + 1] ?? 0, line[j] ?? 0, line[j + 1] ?? 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
