// How the page Explore is divided: sizes of its panes, which are folded to a strip, which one alone is shown, which stand in windows of
// their own. Pure.

export const paneNames = ["timeline", "graph", "tables", "inspector"] as const;
export type PaneName = (typeof paneNames)[number];

/** Null: as wide or high as the window suggests. */
export type Panes = {
  /** Height of the timeline's bars, px. */
  readonly timeline: number | null;
  /** What the graph has of the height that it and the tables share, 0 to 1. */
  readonly graph: number | null;
  /** Width of the inspector, px. */
  readonly inspector: number | null;
  readonly folded: readonly PaneName[];
  /** The only one that is shown. */
  readonly alone: PaneName | null;
};

export const FIRST_PANES: Panes = { timeline: null, graph: null, inspector: null, folded: [], alone: null };

export const limits = {
  timeline: { least: 90, most: 600, usual: 130 },
  graph: { least: 0.15, most: 0.85, usual: 0.52 },
  inspector: { least: 260, most: 720, usual: 348 },
} as const;
export type Sized = keyof typeof limits;

/** Anyone can write what is kept: what is not right is left out. Pure. */
export function parsePanes(text: string | null): Panes {
  let read: unknown;
  try {
    read = JSON.parse(text ?? "{}");
  } catch {
    return FIRST_PANES;
  }
  const from = (typeof read === "object" && read !== null ? read : {}) as Readonly<Record<string, unknown>>;
  const size = (name: Sized): number | null => {
    const value = from[name];
    return typeof value === "number" && Number.isFinite(value) ? within(name, value) : null;
  };
  const folded = Array.isArray(from.folded) ? (from.folded as readonly unknown[]) : [];
  return {
    timeline: size("timeline"),
    graph: size("graph"),
    inspector: size("inspector"),
    folded: paneNames.filter((name) => folded.includes(name)),
    alone: paneNames.find((name) => name === from.alone) ?? null,
  };
}

export function within(name: Sized, value: number): number {
  const { least, most } = limits[name];
  return Math.max(least, Math.min(most, value));
}
