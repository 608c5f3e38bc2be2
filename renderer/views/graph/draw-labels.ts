// Labels in the order of what matters; one that would lie over another or over a node waits for more room.

import { bytes } from "../../model/format.ts";
import { radius } from "./geometry.ts";
import type { Palette } from "./palette.ts";
import type { Node } from "./parts.ts";
import type { Pen } from "./pen.ts";
import { DIM, type Near, type Scene } from "./scene.ts";

type Rect = readonly [x0: number, y0: number, x1: number, y1: number];

/** Labels whose room is looked for in a frame; the rest are of nodes that matter less. */
const MOST = 400;

export function drawLabels(pen: Pen, scene: Scene, near: Near, colours: Palette): void {
  const { picture, places, selectedNodes, pathNodes, hoverNode, zoom, labelOrder, seen } = scene;
  const must = new Set([
    ...(hoverNode >= 0 ? [hoverNode] : []),
    ...(selectedNodes.size < 40 ? selectedNodes : []),
    ...pathNodes,
  ]);
  const close = near === null || near.nodes.size > MOST ? [] : [...near.nodes];
  const scale = zoom < 1 ? 1 / zoom : 1 / Math.max(1, zoom * 0.85);
  const taken = roomTaken(scene, 40 * scale, 16 * scale);
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.setLineDash([]);
  const done = new Set<number>();
  for (const i of [...must, ...close, ...labelOrder]) {
    if (done.size >= MOST) break;
    const node = picture.nodes[i];
    if (!node || done.has(i)) continue;
    const [nx, ny] = [places[i * 2] ?? 0, places[i * 2 + 1] ?? 0];
    if (!must.has(i) && (nx < seen[0] - 200 || nx > seen[2] || ny < seen[1] || ny > seen[3])) continue;
    done.add(i);
    const single = node.kind === "nic" || node.kind === "address";
    pen.font = single ? `480 ${11 * scale}px ${colours.mono}` : `500 ${11.5 * scale}px ${colours.font}`;
    const text = labelOf(node);
    const x = nx + radius(node) + 5 * scale;
    const y = ny + 0.5;
    const rect: Rect = [x, y - 7 * scale, x + pen.measureText(text).width, y + 7 * scale];
    if (!must.has(i) && taken.isTaken(rect, i)) continue;
    taken.take(rect, i);
    pen.globalAlpha = near === null || near.nodes.has(i) ? 1 : DIM;
    drawLeader(pen, scene.ports[i] ?? null, rect[2], y, colours);
    pen.strokeStyle = colours.sunken;
    pen.lineWidth = 3 * scale;
    pen.strokeText(text, x, y);
    pen.fillStyle = colours.text;
    pen.fillText(text, x, y);
  }
  pen.globalAlpha = 1;
}

function labelOf(node: Node): string {
  if (node.kind === "others") return `${node.label} Σ ${bytes(node.bytes)}`;
  if (node.kind === "group") return `${node.label} ${node.members.length}`;
  return node.label === node.id ? node.id : `${node.id} ${node.label}`;
}

/** From the label of a node in a list to where its edges begin. */
function drawLeader(pen: Pen, port: number | null, from: number, y: number, colours: Palette): void {
  if (port === null || port - from <= 6) return;
  pen.beginPath();
  pen.moveTo(from + 4, y);
  pen.lineTo(port, y);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.stroke();
}

type Taken = { isTaken(rect: Rect, own: number): boolean; take(rect: Rect, own: number): void };

/** By cells, so that thousands of nodes and labels cost a few look-ups each. */
function roomTaken({ picture, places }: Scene, wide: number, high: number): Taken {
  const cells = new Map<number, { readonly rect: Rect; readonly own: number }[]>();
  const each = (rect: Rect, run: (cell: number) => boolean): boolean => {
    for (let cx = Math.floor(rect[0] / wide); cx <= Math.floor(rect[2] / wide); cx++)
      for (let cy = Math.floor(rect[1] / high); cy <= Math.floor(rect[3] / high); cy++)
        if (run(cx * 100_003 + cy)) return true;
    return false;
  };
  const take = (rect: Rect, own: number): void => {
    each(rect, (cell) => {
      const list = cells.get(cell);
      if (list) list.push({ rect, own });
      else cells.set(cell, [{ rect, own }]);
      return false;
    });
  };
  picture.nodes.forEach((node, i) => {
    const r = radius(node);
    const [x, y] = [places[i * 2] ?? 0, places[i * 2 + 1] ?? 0];
    take([x - r, y - r, x + r, y + r], i);
  });
  return {
    take,
    isTaken: (rect, own) =>
      each(rect, (cell) => cells.get(cell)?.some((other) => other.own !== own && overlap(rect, other.rect)) === true),
  };
}

function overlap(a: Rect, b: Rect): boolean {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}
