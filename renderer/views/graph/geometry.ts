// The curve of an edge and what lies under the pointer. Edges bend gently to the same side, so that two directions do not cover one
// another.

import type { Box } from "./boxes.ts";
import type { Edge, Node, Picture } from "./picture.ts";

export type Places = Float32Array;
/** x where edges meet a node that stands in a list: the right side of its box; null where they meet the node itself. */
export type Ports = readonly (number | null)[];

export function portsOf(picture: Picture, boxes: readonly Box[]): Ports {
  const sides = new Map(boxes.filter(({ internet }) => internet).map(({ group, x, width }) => [group, x + width]));
  return picture.nodes.map(({ group }) => sides.get(group) ?? null);
}

export function radius({ kind, bytes }: Node): number {
  if (kind === "others") return 8;
  return 4.5 + Math.min(3.5, Math.log10(1 + bytes) * 0.36);
}

/** 1 to 9 px from 10 kB to 10 GB, by the log of bytes; wide ones are few. */
export function width(edge: Edge): number {
  const share = (Math.log10(1 + edge.bytesSent + edge.bytesReceived) - 4) / 6;
  return 1 + 8 * Math.max(0, Math.min(1, share)) ** 2.2;
}

export type Curve = readonly [x0: number, y0: number, cx: number, cy: number, x1: number, y1: number];

/** `shift` moves it sideways, px. */
export function curveOf(edge: Edge, places: Places, ports: Ports, shift = 0): Curve {
  const [x0, y0] = [ports[edge.source] ?? places[edge.source * 2] ?? 0, places[edge.source * 2 + 1] ?? 0];
  const [x1, y1] = [ports[edge.target] ?? places[edge.target * 2] ?? 0, places[edge.target * 2 + 1] ?? 0];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(34, length * 0.14) + shift;
  return [x0, y0, (x0 + x1) / 2 - (dy / length) * bend, (y0 + y1) / 2 + (dx / length) * bend, x1, y1];
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

export function edgeAt(picture: Picture, places: Places, ports: Ports, x: number, y: number, reach: number): number {
  let best = -1;
  let nearest = reach;
  picture.edges.forEach((edge, i) => {
    const curve = curveOf(edge, places, ports);
    const half = width(edge) / 2;
    for (let step = 1; step < 20; step++) {
      const [px, py] = along(curve, step / 20);
      const distance = Math.max(0, Math.hypot(px - x, py - y) - half);
      if (distance < nearest) {
        nearest = distance;
        best = i;
      }
    }
  });
  return best;
}

export function along([x0, y0, cx, cy, x1, y1]: Curve, t: number): readonly [number, number] {
  const u = 1 - t;
  return [u * u * x0 + 2 * u * t * cx + t * t * x1, u * u * y0 + 2 * u * t * cy + t * t * y1];
}
