// Draws the graph: boxes, edges by style, nodes, labels that do not cover one another. Colours are read from the tokens once a theme.

import type { HostStatus } from "../../../shared/notebook.ts";
import { token } from "../../model/appearance.ts";
import { bytes } from "../../model/format.ts";
import type { Drawing } from "../../widgets/drawing.ts";
import type { Box } from "./boxes.ts";
import { along, type Curve, curveOf, type Places, type Ports, radius, width } from "./geometry.ts";
import type { Node, Picture } from "./picture.ts";

export type Transform = { readonly k: number; readonly x: number; readonly y: number };

export type Scene = {
  readonly picture: Picture;
  readonly boxes: readonly Box[];
  readonly places: Places;
  readonly ports: Ports;
  readonly transform: Transform;
  /** Index of a node or edge, −1 for none. */
  readonly hoverNode: number;
  readonly hoverEdge: number;
  readonly selectedNodes: ReadonlySet<number>;
  readonly selectedEdge: number;
  readonly focus: number;
  readonly statusOf: ReadonlyMap<string, HostStatus>;
  readonly noted: ReadonlySet<string>;
};

export type Palette = ReturnType<typeof readPalette>;

export function readPalette() {
  return {
    surface: token("--surface"),
    sunken: token("--surface-sunken"),
    line: token("--line-strong"),
    text: token("--text"),
    text2: token("--text-2"),
    text3: token("--text-3"),
    allowed: token("--allowed"),
    denied: token("--denied"),
    accent: token("--accent"),
    accentLine: token("--accent-line"),
    compromised: token("--compromised"),
    suspected: token("--suspected"),
    cleared: token("--cleared"),
    note: token("--note"),
    noteSoft: token("--note-soft"),
    font: token("--font-ui"),
    mono: token("--font-mono"),
  };
}

const DIM = 0.42;

export function draw(ctx: Drawing, size: readonly [number, number], scene: Scene, colours: Palette): void {
  const { transform, picture } = scene;
  const ratio = ctx.canvas.width / size[0];
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, size[0], size[1]);
  ctx.setTransform(ratio * transform.k, 0, 0, ratio * transform.k, ratio * transform.x, ratio * transform.y);
  for (const box of scene.boxes) drawBox(ctx, box, colours);
  const near = neighbours(scene);
  drawEdges(ctx, scene, near, colours);
  for (const [i, node] of picture.nodes.entries()) drawNode(ctx, node, i, scene, near, colours);
  drawLabels(ctx, scene, near, colours);
}

/** Null: nothing is pointed at, all stand out alike. */
function neighbours(scene: Scene): { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<number> } | null {
  const { picture, hoverNode, hoverEdge, selectedNodes, selectedEdge } = scene;
  const centre =
    hoverNode >= 0 ? new Set([hoverNode]) : hoverEdge < 0 && selectedEdge < 0 ? selectedNodes : new Set<number>();
  const one = hoverNode >= 0 ? -1 : hoverEdge >= 0 ? hoverEdge : selectedEdge;
  if (centre.size === 0 && one < 0) return null;
  const nodes = new Set(centre);
  const edges = new Set<number>();
  picture.edges.forEach((edge, i) => {
    if (i !== one && !centre.has(edge.source) && !centre.has(edge.target)) return;
    edges.add(i);
    nodes.add(edge.source).add(edge.target);
  });
  return { nodes, edges };
}

function drawBox(ctx: Drawing, box: Box, colours: Palette): void {
  ctx.beginPath();
  ctx.roundRect(box.x + 0.5, box.y + 0.5, box.width, box.height, 5);
  ctx.fillStyle = colours.sunken;
  ctx.fill();
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.textBaseline = "middle";
  ctx.fillStyle = colours.text;
  ctx.font = `620 12px ${colours.font}`;
  ctx.fillText(box.title, box.x + 10, box.y + 14);
  const used = ctx.measureText(box.title).width;
  ctx.font = `420 11px ${colours.font}`;
  const note = ctx.measureText(box.note).width;
  if (used + note + 32 > box.width) return;
  ctx.fillStyle = colours.text3;
  ctx.fillText(box.note, box.x + box.width - note - 10, box.y + 14);
}

type Near = ReturnType<typeof neighbours>;

function drawEdges(ctx: Drawing, scene: Scene, near: Near, colours: Palette): void {
  const { picture, places, ports, selectedEdge } = scene;
  const selected = picture.edges[selectedEdge];
  if (selected) {
    ctx.globalAlpha = 1;
    trace(ctx, curveOf(selected, places, ports));
    ctx.strokeStyle = colours.accentLine;
    ctx.lineWidth = width(selected) + 7;
    ctx.stroke();
  }
  for (const bright of near === null ? [true] : [false, true]) {
    ctx.globalAlpha = bright ? (near === null ? 0.55 : 0.9) : DIM * 0.4;
    picture.edges.forEach((edge, i) => {
      if (near !== null && near.edges.has(i) !== bright) return;
      if (edge.source === edge.target) return;
      if (edge.allowed > 0) strokeEdge(ctx, curveOf(edge, places, ports), width(edge), colours.allowed, []);
      if (edge.denied > 0)
        strokeEdge(
          ctx,
          curveOf(edge, places, ports, edge.allowed > 0 ? width(edge) / 2 + 3 : 0),
          1.25,
          colours.denied,
          [4, 3],
        );
    });
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function trace(ctx: Drawing, [x0, y0, cx, cy, x1, y1]: Curve): void {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.quadraticCurveTo(cx, cy, x1, y1);
}

function strokeEdge(ctx: Drawing, curve: Curve, lineWidth: number, colour: string, dash: number[]): void {
  trace(ctx, curve);
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = lineWidth;
  ctx.stroke();
  const length = Math.hypot(curve[4] - curve[0], curve[5] - curve[1]) || 1;
  const [tx, ty] = along(curve, Math.max(0.5, 1 - 11 / length));
  const [bx, by] = along(curve, Math.max(0.4, 1 - (17 + lineWidth) / length));
  const angle = Math.atan2(ty - by, tx - bx);
  const size = 5 + 0.9 * lineWidth * 0.6;
  ctx.beginPath();
  ctx.moveTo(tx + Math.cos(angle) * 3, ty + Math.sin(angle) * 3);
  ctx.lineTo(tx - Math.cos(angle - 0.5) * size, ty - Math.sin(angle - 0.5) * size);
  ctx.lineTo(tx - Math.cos(angle + 0.5) * size, ty - Math.sin(angle + 0.5) * size);
  ctx.fillStyle = colour;
  ctx.fill();
}

function drawNode(ctx: Drawing, node: Node, i: number, scene: Scene, near: Near, colours: Palette): void {
  const [x, y] = [scene.places[i * 2] ?? 0, scene.places[i * 2 + 1] ?? 0];
  const r = radius(node);
  ctx.globalAlpha = near === null || near.nodes.has(i) ? 1 : DIM;
  if (scene.selectedNodes.has(i) || scene.focus === i) {
    ctx.beginPath();
    ctx.arc(x, y, r + 4, 0, Math.PI * 2);
    ctx.strokeStyle = scene.selectedNodes.has(i) ? colours.accent : colours.accentLine;
    ctx.lineWidth = 2.5;
    ctx.stroke();
  }
  ctx.lineWidth = 1.4;
  ctx.strokeStyle = colours.text2;
  ctx.fillStyle = node.kind === "nic" ? colours.text2 : colours.surface;
  ctx.beginPath();
  if (node.kind === "nic") ctx.roundRect(x - r, y - r, r * 2, r * 2, 1.5);
  else if (node.kind === "others") {
    ctx.setLineDash([2, 1.6]);
    ctx.roundRect(x - r, y - 5, r * 2, 10, 5);
  } else ctx.arc(x, y, r, 0, Math.PI * 2);
  ctx.fill();
  if (node.kind !== "nic") ctx.stroke();
  ctx.setLineDash([]);
  if (node.kind === "country") {
    ctx.beginPath();
    ctx.arc(x, y, Math.max(1.5, r - 3), 0, Math.PI * 2);
    ctx.stroke();
  }
  const [ip] = node.members;
  const status = node.members.length === 1 && ip ? scene.statusOf.get(ip) : undefined;
  if (status) drawStatus(ctx, status, x + r, y - r, colours);
  if (node.members.length === 1 && ip && scene.noted.has(ip)) drawNote(ctx, x - r - 5, y - r - 4, colours);
  ctx.globalAlpha = 1;
}

function drawStatus(ctx: Drawing, status: HostStatus, x: number, y: number, colours: Palette): void {
  ctx.beginPath();
  if (status === "cleared") {
    ctx.moveTo(x - 4, y);
    ctx.lineTo(x - 1, y + 3);
    ctx.lineTo(x + 5, y - 4);
    ctx.strokeStyle = colours.cleared;
    ctx.lineWidth = 2;
    ctx.stroke();
    return;
  }
  const colour = status === "compromised" ? colours.compromised : colours.suspected;
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x + 5, y);
  ctx.lineTo(x, y + 5);
  ctx.lineTo(x - 5, y);
  ctx.closePath();
  ctx.fillStyle = status === "compromised" ? colour : colours.surface;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.stroke();
  if (status === "compromised") return;
  ctx.beginPath();
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x, y + 5);
  ctx.lineTo(x - 5, y);
  ctx.fillStyle = colour;
  ctx.fill();
}

function drawNote(ctx: Drawing, x: number, y: number, colours: Palette): void {
  ctx.beginPath();
  ctx.rect(x, y, 8, 8);
  ctx.fillStyle = colours.noteSoft;
  ctx.strokeStyle = colours.note;
  ctx.lineWidth = 1.2;
  ctx.fill();
  ctx.stroke();
}

/** In the order of what matters; one that would lie over another waits for more room. */
function drawLabels(ctx: Drawing, scene: Scene, near: Near, colours: Palette): void {
  const { picture, places, selectedNodes, statusOf, hoverNode, transform } = scene;
  const rank = (i: number): number => {
    const node = picture.nodes[i];
    const ip = node?.members[0] ?? "";
    if (i === hoverNode || selectedNodes.has(i)) return 3e18;
    if (node?.members.length === 1 && statusOf.has(ip)) return 2e18;
    return (near?.nodes.has(i) ? 1e18 : 0) + (node?.bytes ?? 0);
  };
  const order = picture.nodes.map((_, i) => i).sort((a, b) => rank(b) - rank(a));
  const taken: (readonly [number, number, number, number])[] = picture.nodes.map((node, i) => {
    const r = radius(node);
    return [
      (places[i * 2] ?? 0) - r,
      (places[i * 2 + 1] ?? 0) - r,
      (places[i * 2] ?? 0) + r,
      (places[i * 2 + 1] ?? 0) + r,
    ];
  });
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const scale = 1 / Math.max(1, transform.k * 0.85);
  for (const i of order) {
    const node = picture.nodes[i];
    if (!node) continue;
    const single = node.kind === "nic" || node.kind === "address";
    ctx.font = `${single ? `480 ${11 * scale}px ${colours.mono}` : `500 ${11.5 * scale}px ${colours.font}`}`;
    const extra =
      node.kind === "others" ? ` Σ ${bytes(node.bytes)}` : node.kind === "country" ? ` ${node.members.length}` : "";
    const main = single && node.label !== node.id ? `${node.id} ${node.label}` : `${node.label}${extra}`;
    const x = (places[i * 2] ?? 0) + radius(node) + 5 * scale;
    const y = (places[i * 2 + 1] ?? 0) + 0.5;
    const box = [x, y - 7 * scale, x + ctx.measureText(main).width, y + 7 * scale] as const;
    const must = i === hoverNode || selectedNodes.has(i);
    if (!must && taken.some((other, j) => j !== i && overlap(box, other))) continue;
    taken.push(box);
    ctx.globalAlpha = near === null || near.nodes.has(i) ? 1 : DIM;
    const port = scene.ports[i];
    if (typeof port === "number" && port - box[2] > 6) {
      ctx.beginPath();
      ctx.moveTo(box[2] + 4, y);
      ctx.lineTo(port, y);
      ctx.strokeStyle = colours.line;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
    ctx.strokeStyle = colours.sunken;
    ctx.lineWidth = 3;
    ctx.strokeText(main, x, y);
    ctx.fillStyle = colours.text;
    ctx.fillText(main, x, y);
  }
  ctx.globalAlpha = 1;
}

function overlap(a: readonly [number, number, number, number], b: readonly [number, number, number, number]): boolean {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}
