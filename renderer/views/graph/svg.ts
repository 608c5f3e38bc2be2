// A pen that writes SVG down: the same calls that draw the picture on the screen make the vector, so that both show the same.

import type { Pen } from "./pen.ts";
import { escaped } from "./xml.ts";

/** `measure`: of a text in a CSS font, px. */
export type SvgPen = Pen & { finish(title: string, describe: string, background: string): string };

export function svgPen(width: number, height: number, measure: (text: string, font: string) => number): SvgPen {
  const parts: string[] = [];
  let path: string[] = [];
  let dash: readonly number[] = [];
  /** Groups opened since each `save`. */
  const groups: number[] = [];
  const pen = {
    save() {
      groups.push(0);
    },
    restore() {
      parts.push("</g>".repeat(groups.pop() ?? 0));
    },
    translate(x: number, y: number) {
      opened(`translate(${at(x, y)})`);
    },
    rotate(angle: number) {
      opened(`rotate(${n((angle * 180) / Math.PI)})`);
    },
    fillStyle: "#000",
    strokeStyle: "#000",
    lineWidth: 1,
    lineJoin: "miter" as CanvasLineJoin,
    globalAlpha: 1,
    font: "10px sans-serif",
    textAlign: "start" as CanvasTextAlign,
    textBaseline: "alphabetic" as CanvasTextBaseline,
    beginPath() {
      path = [];
    },
    moveTo(x: number, y: number) {
      path.push(`M${at(x, y)}`);
    },
    lineTo(x: number, y: number) {
      path.push(`L${at(x, y)}`);
    },
    bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number) {
      path.push(`C${at(ax, ay)} ${at(bx, by)} ${at(x, y)}`);
    },
    closePath() {
      path.push("Z");
    },
    /** Whole circles and halves, which is all that is drawn. */
    arc(x: number, y: number, r: number, from: number, to: number) {
      const isWhole = Math.abs(to - from) >= Math.PI * 2 - 1e-6;
      const [x0, y0] = [x + r * Math.cos(from), y + r * Math.sin(from)];
      const half = `A${n(r)} ${n(r)} 0 0 1 `;
      if (isWhole) path.push(`M${at(x + r, y)}${half}${at(x - r, y)}${half}${at(x + r, y)}Z`);
      else
        path.push(
          `${path.length === 0 ? "M" : "L"}${at(x0, y0)}${half}${at(x + r * Math.cos(to), y + r * Math.sin(to))}`,
        );
    },
    rect(x: number, y: number, w: number, h: number) {
      path.push(`M${at(x, y)}h${n(w)}v${n(h)}h${n(-w)}Z`);
    },
    roundRect(
      x: number,
      y: number,
      w: number,
      h: number,
      radii?: number | DOMPointInit | Iterable<number | DOMPointInit>,
    ) {
      const r = Math.min(typeof radii === "number" ? radii : 0, w / 2, h / 2);
      const corner = (dx: number, dy: number): string => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`;
      path.push(
        `M${at(x + r, y)}h${n(w - 2 * r)}${corner(r, r)}v${n(h - 2 * r)}${corner(-r, r)}h${n(2 * r - w)}${corner(-r, -r)}v${n(2 * r - h)}${corner(r, -r)}Z`,
      );
    },
    setLineDash(segments: Iterable<number>) {
      dash = [...segments];
    },
    measureText(text: string) {
      return { width: measure(text, pen.font) } as TextMetrics; // nothing else is asked of it
    },
    fill() {
      if (path.length > 0)
        parts.push(`<path d="${path.join("")}" fill="${escaped(String(pen.fillStyle))}"${opacity()}/>`);
    },
    stroke() {
      if (path.length > 0) parts.push(`<path d="${path.join("")}" fill="none"${lined()}${opacity()}/>`);
    },
    fillText(text: string, x: number, y: number) {
      parts.push(`<text${placed(x, y)} fill="${escaped(String(pen.fillStyle))}"${opacity()}>${escaped(text)}</text>`);
    },
    strokeText(text: string, x: number, y: number) {
      parts.push(`<text${placed(x, y)} fill="none"${lined()}${opacity()}>${escaped(text)}</text>`);
    },
    finish(title: string, describe: string, background: string) {
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img">`,
        `<title>${escaped(title)}</title><desc>${escaped(describe)}</desc>`,
        `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
        ...parts,
        "</svg>\n",
      ].join("\n");
    },
  };

  function opened(transform: string): void {
    parts.push(`<g transform="${transform}">`);
    groups.push((groups.pop() ?? 0) + 1);
  }
  function opacity(): string {
    return pen.globalAlpha === 1 ? "" : ` opacity="${n(pen.globalAlpha)}"`;
  }
  function lined(): string {
    const dashed = dash.length === 0 ? "" : ` stroke-dasharray="${dash.map(n).join(" ")}"`;
    const joined = pen.lineJoin === "miter" ? "" : ` stroke-linejoin="${pen.lineJoin}"`;
    return ` stroke="${escaped(String(pen.strokeStyle))}" stroke-width="${n(pen.lineWidth)}"${dashed}${joined}`;
  }
  function placed(x: number, y: number): string {
    const middle = pen.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    const anchor = { end: "end", right: "end", center: "middle" }[pen.textAlign as string];
    return ` x="${n(x)}" y="${n(y)}" style="font:${escaped(pen.font)}"${middle}${anchor ? ` text-anchor="${anchor}"` : ""} xml:space="preserve"`;
  }

  return pen;
}

function at(x: number, y: number): string {
  return `${n(x)} ${n(y)}`;
}

/** Two digits are more than a screen shows. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
