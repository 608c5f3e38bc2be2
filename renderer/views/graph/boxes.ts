// Where groups stand: the Internet at the left, networks beside one another, subnets one under the other inside them, each as large as it
// needs. World units are px of the pane at zoom 1; a picture that does not fit has a larger world.

import type { Detail } from "../../model/graph-look.ts";
import type { Budget, Group } from "./parts.ts";

export type Box = {
  readonly group: string;
  readonly title: string;
  readonly note: string;
  readonly internet: boolean;
  /** Inside another. */
  readonly isInner: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const ROW = 21;
const PAD = 12;
const HEAD = 26;
const INNER_HEAD = 18;
const LIST_COLUMN = 200;
/** What a node with its label takes inside a network, px². */
const NODE_AREA = 130 * 30;

/** How many nodes are drawn: those that have room with their labels, some hundreds, or up to about 2,000. */
export function budgetFor(detail: Detail, width: number, height: number): Budget {
  if (detail === "most") return { internet: 1000, inside: 500 };
  if (detail === "more") return { internet: 80, inside: 80 };
  return { internet: rowsIn(height), inside: Math.max(8, Math.round((width * height) / 16_000)) };
}

function rowsIn(height: number): number {
  return Math.max(4, Math.floor((height - HEAD - 2 * PAD - 12) / ROW));
}

/** `counts`: nodes in each box and straight in each outer one. */
export type Counts = ReadonlyMap<string, number>;

/** 1 where all fits the pane; in steps, so that it seldom changes. */
export function worldFactor(groups: readonly Group[], counts: Counts, width: number, height: number): number {
  let need = 0;
  for (const { id, internet } of groups)
    if (internet) need += Math.max(0, (counts.get(id) ?? 0) - rowsIn(height)) * LIST_COLUMN * ROW;
    else need += (counts.get(id) ?? 0) * NODE_AREA * 0.5;
  const factor = Math.sqrt(need / (width * height * 0.55));
  return FACTORS.find((step) => step >= factor) ?? 12;
}

const FACTORS = [1, 1.3, 1.7, 2.2, 3, 4, 5, 6.5, 8, 10];

export function boxesOf(groups: readonly Group[], counts: Counts, width: number, height: number): readonly Box[] {
  const zones = groups.filter(({ zone }) => zone === null);
  if (zones.length === 0 || (zones.length === 1 && zones[0]?.id === "")) return [];
  const inner = height - 2 * PAD;
  const boxes: Box[] = [];
  let x = PAD;
  const gap = Math.max(36, width * 0.09);
  const internet = zones.find((group) => group.internet);
  const inside = zones.filter((group) => !group.internet);
  if (internet) {
    const columns = Math.ceil((counts.get(internet.id) ?? 0) / rowsIn(height)) || 1;
    const wide = columns === 1 ? Math.min(LIST_COLUMN, width * 0.3) : Math.min(LIST_COLUMN * columns, width * 0.55);
    boxes.push(boxOf(internet, x, PAD, wide, inner));
    x += wide + gap;
  }
  const left = Math.max(120, width - x - PAD - gap * 0.5 * Math.max(0, inside.length - 1));
  const size = ({ id }: Group): number => {
    const all = groups.filter((group) => group.id === id || group.zone === id);
    return Math.sqrt(all.reduce((sum, group) => sum + (counts.get(group.id) ?? 0), 0)) + 0.6;
  };
  const total = inside.reduce((sum, group) => sum + size(group), 0);
  for (const group of inside) {
    const wide = (left * size(group)) / total;
    const zone = boxOf(group, x, PAD, wide, inner);
    boxes.push(zone, ...innerBoxes(zone, groups, counts));
    x += wide + gap * 0.5;
  }
  return boxes;
}

/** One under the other, as high as they need; what stands in no inner box has its room below them. */
function innerBoxes(zone: Box, groups: readonly Group[], counts: Counts): readonly Box[] {
  const own = groups.filter((group) => group.zone === zone.group);
  if (own.length === 0) return [];
  const rest = counts.get(zone.group) ?? 0;
  const weight = (id: string): number => Math.sqrt(counts.get(id) ?? 0) + 0.5;
  const total = own.reduce((sum, { id }) => sum + weight(id), rest === 0 ? 0 : Math.sqrt(rest) + 0.5);
  const room = zone.height - HEAD - 8 - 6 * (own.length - 1);
  let y = zone.y + HEAD;
  return own.map((group) => {
    const high = (room * weight(group.id)) / total;
    const box = boxOf(group, zone.x + 8, y, zone.width - 16, high);
    y += high + 6;
    return box;
  });
}

function boxOf(group: Group, x: number, y: number, width: number, height: number): Box {
  const { id, title, addresses, internet, zone } = group;
  const note = zone === null ? `${addresses} ${addresses === 1 ? "address" : "addresses"}` : String(addresses);
  return { group: id, title, note, internet, isInner: zone !== null, x, y, width, height };
}

/** Places of a list in columns, by slot. */
export function listPlace(box: Box, slot: number, slots: number): readonly [number, number] {
  const rows = rowsIn(box.height + 2 * PAD);
  const columns = Math.ceil(slots / rows) || 1;
  const step =
    columns > 1 ? (box.height - HEAD - 14) / rows : Math.min(ROW * 1.4, (box.height - HEAD - 8) / Math.max(1, slots));
  const column = Math.floor(slot / rows);
  return [box.x + 18 + (column * (box.width - 10)) / columns, box.y + HEAD + 10 + (slot % rows) * step];
}

export type Room = readonly [x0: number, y0: number, x1: number, y1: number];

/** Where nodes of a box may stand: inside its frame, below its inner boxes, labels to the right of them. */
export function roomIn(box: Box, boxes: readonly Box[]): Room {
  const { x, y, width, height } = box;
  const bottom = boxes.reduce(
    (low, { group, isInner, y: top, height: high }) =>
      isInner && group.startsWith(`${box.group}/`) ? Math.max(low, top + high) : low,
    y + (box.isInner ? INNER_HEAD : HEAD),
  );
  return [
    x + 18,
    bottom + 8,
    Math.max(x + 19, x + width - 92),
    Math.max(bottom + 9, y + height - (box.isInner ? 10 : 14)),
  ];
}
