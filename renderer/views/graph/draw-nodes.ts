// Nodes and what stands beside them: kind as a shape, status, notes, lock, new or gone.

import type { HostStatus } from "../../../shared/notebook.ts";
import { radius } from "./geometry.ts";
import type { Palette } from "./palette.ts";
import type { Node } from "./parts.ts";
import type { Pen } from "./pen.ts";
import { DIM, type Scene } from "./scene.ts";
import { statusIn } from "./styles.ts";
import { changeOf } from "./sums.ts";

export function drawNode(pen: Pen, scene: Scene, i: number, isNear: boolean, colours: Palette): void {
  const node = scene.picture.nodes[i];
  if (!node) return;
  const [x, y] = [scene.places[i * 2] ?? 0, scene.places[i * 2 + 1] ?? 0];
  const r = radius(node);
  pen.globalAlpha = isNear ? 1 : DIM;
  const isSelected = scene.selectedNodes.has(i) || scene.pathNodes.has(i);
  if (isSelected || scene.focus === i) {
    pen.beginPath();
    pen.arc(x, y, r + 4, 0, Math.PI * 2);
    pen.strokeStyle = isSelected ? colours.accent : colours.accentLine;
    pen.lineWidth = 2.5;
    pen.stroke();
  }
  drawBody(pen, node, x, y, r, colours);
  const status = statusIn(node, scene.statusOf);
  if (status) drawStatus(pen, status, x + r, y - r, colours);
  const [ip] = node.members;
  if (node.members.length === 1 && ip !== undefined && scene.noted.has(ip))
    drawNote(pen, x - r - 5, y - r - 4, colours);
  if (scene.locked.has(i)) drawLock(pen, x - r - 3, y + r, colours);
  if (scene.isCompared) drawChange(pen, node, x - r - 2, y - r - 1, colours);
  pen.globalAlpha = 1;
}

/** Logged NIC: filled square; address only seen: ring; group: two rings; others: dashed pill. */
function drawBody(pen: Pen, { kind }: Node, x: number, y: number, r: number, colours: Palette): void {
  pen.lineWidth = 1.4;
  pen.strokeStyle = colours.text2;
  pen.fillStyle = kind === "nic" ? colours.text2 : colours.surface;
  pen.beginPath();
  if (kind === "nic") pen.roundRect(x - r, y - r, r * 2, r * 2, 1.5);
  else if (kind === "others") {
    pen.setLineDash([2, 1.6]);
    pen.roundRect(x - r, y - 5, r * 2, 10, 5);
  } else pen.arc(x, y, r, 0, Math.PI * 2);
  pen.fill();
  if (kind !== "nic") pen.stroke();
  pen.setLineDash([]);
  if (kind !== "group") return;
  pen.beginPath();
  pen.arc(x, y, Math.max(1.5, r - 3), 0, Math.PI * 2);
  pen.stroke();
}

function drawStatus(pen: Pen, status: HostStatus, x: number, y: number, colours: Palette): void {
  pen.beginPath();
  if (status === "cleared") {
    pen.moveTo(x - 4, y);
    pen.lineTo(x - 1, y + 3);
    pen.lineTo(x + 5, y - 4);
    pen.strokeStyle = colours.cleared;
    pen.lineWidth = 2;
    pen.stroke();
    return;
  }
  const colour = status === "compromised" ? colours.compromised : colours.suspected;
  pen.moveTo(x, y - 5);
  pen.lineTo(x + 5, y);
  pen.lineTo(x, y + 5);
  pen.lineTo(x - 5, y);
  pen.closePath();
  pen.fillStyle = status === "compromised" ? colour : colours.surface;
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  pen.stroke();
  if (status === "compromised") return;
  pen.beginPath();
  pen.moveTo(x, y - 5);
  pen.lineTo(x, y + 5);
  pen.lineTo(x - 5, y);
  pen.fillStyle = colour;
  pen.fill();
}

function drawNote(pen: Pen, x: number, y: number, colours: Palette): void {
  pen.beginPath();
  pen.rect(x, y, 8, 8);
  pen.fillStyle = colours.noteSoft;
  pen.strokeStyle = colours.note;
  pen.lineWidth = 1.2;
  pen.fill();
  pen.stroke();
}

function drawLock(pen: Pen, x: number, y: number, colours: Palette): void {
  pen.beginPath();
  pen.arc(x, y - 1.5, 2, Math.PI, 0);
  pen.strokeStyle = colours.text2;
  pen.lineWidth = 1.2;
  pen.stroke();
  pen.beginPath();
  pen.rect(x - 3, y - 1.5, 6, 4.5);
  pen.fillStyle = colours.text2;
  pen.fill();
}

/** New: a disc with a plus; gone: a dashed ring with a minus. What is in both ranges has no mark. */
function drawChange(pen: Pen, node: Node, x: number, y: number, colours: Palette): void {
  const change = changeOf(node.tuples, node.tuplesBefore);
  if (change === "both") return;
  const colour = change === "new" ? colours.new : colours.gone;
  pen.beginPath();
  pen.arc(x, y, 4.5, 0, Math.PI * 2);
  pen.fillStyle = change === "new" ? colour : colours.surface;
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.setLineDash(change === "new" ? [] : [1.5, 1.2]);
  pen.stroke();
  pen.setLineDash([]);
  pen.beginPath();
  pen.moveTo(x - 2.4, y);
  pen.lineTo(x + 2.4, y);
  if (change === "new") {
    pen.moveTo(x, y - 2.4);
    pen.lineTo(x, y + 2.4);
  }
  pen.strokeStyle = change === "new" ? colours.surface : colour;
  pen.stroke();
}
