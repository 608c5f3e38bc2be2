// The picture as ribbons from who opened to who answered: bars as high as what they moved, ribbons in them as wide as their edges. Bars
// that would be too thin to see are folded into "+n others". Pure: bars and ribbons of each side sum to the picture.

import type { GraphMeasure } from "../../../model/graph-look.ts";
import { titleOf } from "../chosen.ts";
import type { Picture } from "../parts.ts";
import { measured } from "../sums.ts";

/** `nodes`: of the picture; several where it folds them. px. */
export type Bar = {
  readonly title: string;
  readonly nodes: readonly number[];
  readonly value: number;
  readonly y: number;
  readonly height: number;
};

/** `edges` of the picture, drawn as one. Edges of its ends: px. */
export type Ribbon = {
  readonly from: number;
  readonly to: number;
  readonly edges: readonly number[];
  readonly value: number;
  readonly y0: number;
  readonly height0: number;
  readonly y1: number;
  readonly height1: number;
  readonly isDenied: boolean;
};

export type Sankey = {
  readonly left: readonly Bar[];
  readonly right: readonly Bar[];
  readonly ribbons: readonly Ribbon[];
};

const GAP = 10;
/** A bar is at least so high, so that what moved nothing that was measured is seen. */
const LEAST = 3;
/** A bar and its label. */
const STEP = 13;

export function sankeyOf(picture: Picture, measure: GraphMeasure, height: number): Sankey {
  const most = Math.max(2, Math.floor((height + GAP) / STEP));
  const values = picture.edges.map((edge) => measured(edge, measure));
  const left = sideOf(picture, values, "source", most);
  const right = sideOf(picture, values, "target", most);
  const merged = new Map<number, { edges: number[]; value: number; isDenied: boolean }>();
  picture.edges.forEach((edge, i) => {
    const key = (left.barOf.get(edge.source) ?? 0) * 10_000 + (right.barOf.get(edge.target) ?? 0);
    const known = merged.get(key) ?? { edges: [], value: 0, isDenied: true };
    known.edges.push(i);
    known.value += values[i] ?? 0;
    known.isDenied &&= edge.allowed === 0 && edge.denied > 0;
    merged.set(key, known);
  });
  const leftBars = placed(left.bars, height);
  const order = byMiddle(right.bars, merged, leftBars);
  const rightBars = placed(
    order.map((i) => right.bars[i] as Loose),
    height,
  );
  const placeOf = new Map(order.map((bar, at) => [bar, at]));
  const links = [...merged]
    .map(([key, link]) => ({ ...link, from: Math.floor(key / 10_000), to: placeOf.get(key % 10_000) ?? 0 }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  return { left: leftBars, right: rightBars, ribbons: ribbonsOf(links, leftBars, rightBars) };
}

type Loose = Pick<Bar, "title" | "nodes" | "value">;
type Link = Pick<Ribbon, "edges" | "value" | "isDenied" | "from" | "to">;

function sideOf(
  picture: Picture,
  values: readonly number[],
  end: "source" | "target",
  most: number,
): { readonly bars: readonly Loose[]; readonly barOf: ReadonlyMap<number, number> } {
  const sums = new Map<number, number>();
  picture.edges.forEach((edge, i) => {
    sums.set(edge[end], (sums.get(edge[end]) ?? 0) + (values[i] ?? 0));
  });
  const sorted = [...sums].sort(([a, x], [b, y]) => y - x || a - b);
  const alone = sorted.length <= most ? sorted : sorted.slice(0, most - 1);
  const rest = sorted.slice(alone.length);
  const bars: Loose[] = alone.map(([node, value]) => ({
    title: picture.nodes[node] ? titleOf(picture.nodes[node]) : "",
    nodes: [node],
    value,
  }));
  if (rest.length > 0)
    bars.push({
      title: `+${rest.length} others`,
      nodes: rest.map(([node]) => node),
      value: rest.reduce((sum, [, value]) => sum + value, 0),
    });
  return { bars, barOf: new Map(bars.flatMap(({ nodes }, i) => nodes.map((node) => [node, i] as const))) };
}

/** Bars of the right side by where what reaches them comes from, so that few ribbons cross. */
function byMiddle(
  bars: readonly Loose[],
  merged: ReadonlyMap<number, { readonly value: number }>,
  left: readonly Bar[],
): readonly number[] {
  const sums = bars.map(() => [0, 0] as [number, number]);
  for (const [key, { value }] of merged) {
    const bar = left[Math.floor(key / 10_000)];
    const sum = sums[key % 10_000];
    if (!bar || !sum) continue;
    sum[0] += (value + 1) * (bar.y + bar.height / 2);
    sum[1] += value + 1;
  }
  const middle = sums.map(([weighted, all]) => weighted / (all || 1));
  return bars.map((_, i) => i).sort((a, b) => (middle[a] ?? 0) - (middle[b] ?? 0) || a - b);
}

function placed(bars: readonly Loose[], height: number): readonly Bar[] {
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const free = Math.max(0, height - GAP * (bars.length - 1) - LEAST * bars.length);
  let y = 0;
  return bars.map((bar) => {
    const high = LEAST + (total === 0 ? 0 : (bar.value / total) * free);
    const at = { ...bar, y, height: high };
    y += high + GAP;
    return at;
  });
}

/** Ribbons lie in their bars in the order of the bars at their other end. */
function ribbonsOf(links: readonly Link[], left: readonly Bar[], right: readonly Bar[]): readonly Ribbon[] {
  const used0 = left.map(({ y }) => y);
  const used1 = right.map(({ y }) => y);
  const many0 = left.map((_, i) => links.filter(({ from }) => from === i).length);
  const many1 = right.map((_, i) => links.filter(({ to }) => to === i).length);
  const part = (bar: Bar | undefined, value: number, many: number): number =>
    bar === undefined ? 0 : bar.value > 0 ? (value / bar.value) * bar.height : bar.height / many;
  return links.map((link) => {
    const { from, to, value } = link;
    const [height0, height1] = [part(left[from], value, many0[from] ?? 1), part(right[to], value, many1[to] ?? 1)];
    const [y0, y1] = [used0[from] ?? 0, used1[to] ?? 0];
    used0[from] = y0 + height0;
    used1[to] = y1 + height1;
    return { ...link, y0, height0, y1, height1 };
  });
}
