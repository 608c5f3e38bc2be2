// Where groups stand: the Internet at the left, networks beside one another, each as wide as it needs. World units are px of the pane
// at zoom 1.

import type { Group, Picture } from "./picture.ts";

export type Box = {
  readonly group: string;
  readonly title: string;
  readonly note: string;
  readonly internet: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const ROW = 21;
const PAD = 14;
const HEAD = 26;
/** Where the sentence under the picture stands. */
const FOOT = 8;
const LIST_COLUMN = 200;

/** How many nodes have room, for a pane of this size. */
export function budgetFor(width: number, height: number): { internet: number; inside: number } {
  const rows = Math.max(4, Math.floor((height - HEAD - 2 * PAD - FOOT - 12) / ROW));
  return { internet: rows, inside: Math.max(8, Math.round((width * height) / 16_000)) };
}

export function boxesOf(picture: Picture, width: number, height: number): readonly Box[] {
  const { groups } = picture;
  if (groups.length === 1 && groups[0]?.id === "") return [];
  const inner = height - 2 * PAD - FOOT;
  const internet = groups.find((group) => group.internet);
  const inside = groups.filter((group) => !group.internet);
  const boxes: Box[] = [];
  let x = PAD;
  const gap = Math.max(36, width * 0.09);
  if (internet) {
    const wide = Math.min(LIST_COLUMN, width * 0.3);
    boxes.push(box(internet, x, PAD, wide, inner));
    x += wide + gap;
  }
  const left = Math.max(120, width - x - PAD - gap * 0.5 * Math.max(0, inside.length - 1));
  const size = (group: Group): number =>
    Math.sqrt(picture.nodes.filter((node) => node.group === group.id).length) + 0.6;
  const total = inside.reduce((sum, group) => sum + size(group), 0);
  for (const group of inside) {
    const wide = (left * size(group)) / total;
    boxes.push(box(group, x, PAD, wide, inner));
    x += wide + gap * 0.5;
  }
  return boxes;
}

function box(group: Group, x: number, y: number, width: number, height: number): Box {
  return {
    group: group.id,
    title: group.title,
    note: `${group.addresses} ${group.addresses === 1 ? "address" : "addresses"}`,
    internet: group.internet,
    x,
    y,
    width,
    height,
  };
}

/** Places in the Internet's list: single addresses, countries, others, in their order. */
export function listPlaces(box: Box, count: number): readonly (readonly [number, number])[] {
  const step = Math.min(ROW * 1.4, (box.height - HEAD - 8) / Math.max(1, count));
  return Array.from({ length: count }, (_, i) => [box.x + 18, box.y + HEAD + 10 + i * step]);
}

/** Where nodes of a box may stand: inside its frame, labels to the right of them. */
export function room({ x, y, width, height }: Box): readonly [number, number, number, number] {
  return [x + 18, y + HEAD + 8, Math.max(x + 19, x + width - 92), Math.max(y + HEAD + 9, y + height - 14)];
}
