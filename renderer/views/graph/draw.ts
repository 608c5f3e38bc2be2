// Draws the graph: boxes, edges by style, nodes, labels. A sequence of calls of a pen, whatever that writes on.

import type { Box } from "./boxes.ts";
import { drawLabels } from "./draw-labels.ts";
import { drawNode } from "./draw-nodes.ts";
import type { Palette } from "./palette.ts";
import type { Picture } from "./parts.ts";
import type { Pen } from "./pen.ts";
import { DIM, type Near, type Scene } from "./scene.ts";
import { type Statuses, type Style, statusIn } from "./styles.ts";

export function draw(pen: Pen, scene: Scene, colours: Palette): void {
  for (const box of scene.boxes) drawBox(pen, box, scene.zoom, colours);
  const near = nearOf(scene);
  drawCasings(pen, scene, colours);
  drawLines(pen, scene, near, colours);
  scene.picture.nodes.forEach((_, i) => {
    drawNode(pen, scene, i, near === null || near.nodes.has(i), colours);
  });
  drawLabels(pen, scene, near, colours);
}

/** What is pointed at and what it speaks with; else what is selected; else a path. */
function nearOf(scene: Scene): Near {
  const { picture, hoverNode, hoverEdge, selectedNodes, selectedEdges, pathNodes, pathEdges } = scene;
  if (hoverNode < 0 && hoverEdge < 0 && pathEdges.size > 0) return { nodes: pathNodes, edges: pathEdges };
  const isHovered = hoverNode >= 0 || hoverEdge >= 0;
  const centre = hoverNode >= 0 ? new Set([hoverNode]) : isHovered || selectedEdges.size > 0 ? NONE : selectedNodes;
  const ones = hoverEdge >= 0 ? new Set([hoverEdge]) : isHovered ? NONE : selectedEdges;
  if (centre.size === 0 && ones.size === 0) return null;
  const nodes = new Set(centre);
  const edges = new Set<number>();
  picture.edges.forEach((edge, i) => {
    if (!ones.has(i) && !centre.has(edge.source) && !centre.has(edge.target)) return;
    edges.add(i);
    nodes.add(edge.source).add(edge.target);
  });
  return { nodes, edges };
}

const NONE: ReadonlySet<number> = new Set();

/** Titles stay as large as they are where the world is seen from afar. */
function drawBox(pen: Pen, box: Box, zoom: number, colours: Palette): void {
  const scale = zoom < 1 ? 1 / zoom : 1;
  pen.setLineDash([]);
  pen.beginPath();
  pen.roundRect(box.x + 0.5, box.y + 0.5, box.width, box.height, box.isInner ? 4 : 5);
  pen.fillStyle = box.isInner ? colours.surface : colours.sunken;
  pen.fill();
  pen.strokeStyle = box.isInner ? colours.hairline : colours.line;
  pen.lineWidth = scale;
  pen.stroke();
  pen.textBaseline = "middle";
  const y = box.y + (box.isInner ? 11 : 14) * (scale > 1 ? scale * 0.7 : 1);
  pen.fillStyle = box.isInner ? colours.text2 : colours.text;
  pen.font = box.isInner ? `420 ${11 * scale}px ${colours.font}` : `620 ${12 * scale}px ${colours.font}`;
  const title = cut(pen, box.title, box.width - 16);
  pen.fillText(title, box.x + (box.isInner ? 8 : 10), y);
  const used = pen.measureText(title).width;
  pen.font = `420 ${11 * scale}px ${colours.font}`;
  const note = pen.measureText(box.note).width;
  if (used + note + 32 > box.width) return;
  pen.fillStyle = colours.text3;
  pen.fillText(box.note, box.x + box.width - note - 10, y);
}

function cut(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  for (let length = text.length - 1; length > 0; length--)
    if (pen.measureText(`${text.slice(0, length)}…`).width <= width) return `${text.slice(0, length)}…`;
  return "";
}

/** Blue is laid round what is selected or on the path; its own colour stays. */
function drawCasings(pen: Pen, scene: Scene, colours: Palette): void {
  const { lines, selectedEdges, pathEdges } = scene;
  if (selectedEdges.size === 0 && pathEdges.size === 0) return;
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  pen.strokeStyle = colours.accentLine;
  for (let i = 0; i < lines.edge.length; i++) {
    const edge = lines.edge[i] as number;
    if (!selectedEdges.has(edge) && !pathEdges.has(edge)) continue;
    pen.beginPath();
    trace(pen, lines.curves, i * 8);
    pen.lineWidth = (lines.styles[lines.style[i] as number]?.width ?? 1) + 7;
    pen.stroke();
  }
}

/** Curves of one path: more of them make the rasteriser slow. */
const AT_ONCE = 64;

function drawLines(pen: Pen, scene: Scene, near: Near, colours: Palette): void {
  const { lines } = scene;
  const many = lines.edge.length;
  for (const bright of near === null ? [true] : [false, true]) {
    pen.globalAlpha = bright ? (near === null ? (many > 600 ? 0.4 : 0.55) : 0.9) : many > 600 ? 0.08 : DIM * 0.4;
    let open = 0;
    let current = -1;
    const heads: number[] = [];
    const flush = (): void => {
      const style = lines.styles[current];
      if (open === 0 || style === undefined) return;
      stroke(pen, style, colours);
      pen.setLineDash([]);
      pen.beginPath();
      for (const i of heads) traceHead(pen, lines.heads, i * 6);
      pen.fillStyle = colours[style.colour];
      pen.fill();
      heads.length = 0;
      open = 0;
    };
    for (let i = 0; i < many; i++) {
      if (near !== null && near.edges.has(lines.edge[i] as number) !== bright) continue;
      const style = lines.style[i] as number;
      if (style !== current || open === AT_ONCE) {
        flush();
        current = style;
        pen.beginPath();
      }
      trace(pen, lines.curves, i * 8);
      heads.push(i);
      open++;
    }
    flush();
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

function stroke(pen: Pen, style: Style, colours: Palette): void {
  pen.setLineDash([...style.dash]);
  pen.strokeStyle = colours[style.colour];
  pen.lineWidth = style.width;
  pen.stroke();
  if (!style.double) return;
  pen.strokeStyle = colours.surface; // two lines: the middle is taken out
  pen.lineWidth = Math.max(1, style.width - 2);
  pen.stroke();
}

function trace(pen: Pen, curves: Float32Array, at: number): void {
  pen.moveTo(curves[at] as number, curves[at + 1] as number);
  pen.bezierCurveTo(
    curves[at + 2] as number,
    curves[at + 3] as number,
    curves[at + 4] as number,
    curves[at + 5] as number,
    curves[at + 6] as number,
    curves[at + 7] as number,
  );
}

function traceHead(pen: Pen, heads: Float32Array, at: number): void {
  pen.moveTo(heads[at] as number, heads[at + 1] as number);
  pen.lineTo(heads[at + 2] as number, heads[at + 3] as number);
  pen.lineTo(heads[at + 4] as number, heads[at + 5] as number);
  pen.closePath();
}

/** With a status first, then by bytes. */
export function labelOrderOf(picture: Picture, statusOf: Statuses): readonly number[] {
  const rank = picture.nodes.map((node) => (statusIn(node, statusOf) ? 1e18 : 0) + node.bytes + node.tuples / 1e6);
  return picture.nodes.map((_, i) => i).sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0));
}
