// A command of the graph: what it is made of, and what it can see of the graph as it is shown.

import type { Command } from "../../model/commands.ts";
import { shownView } from "../../model/navigate.ts";
import { type ExportFormat, projectionTitles } from "./graph-titles.tsx";
import type { Node, Picture } from "./parts.ts";
import type { Placed } from "./use-places.ts";

export type GraphAsking =
  | { readonly what: "neighbours" | "members"; readonly node: Node }
  | { readonly what: "group"; readonly nodes: readonly Node[] };

/** The graph as it is shown, and what only its pane can do. `placed`: null where it is not drawn as a graph. */
export type GraphShown = {
  readonly picture: Picture;
  readonly placed: Placed | null;
  /** By number in the picture, in the order in which they were selected. */
  readonly acting: readonly number[];
  readonly knows: { readonly asn: boolean; readonly tag: boolean };
  readonly ask: (asking: GraphAsking) => void;
  readonly lasso: () => void;
  readonly find: () => void;
  readonly zoom: (how: "in" | "out" | "fit") => void;
  readonly save: (format: ExportFormat) => void;
};

const section = "Graph";

/** Why what is only of the graph cannot be done. */
export function notGraph(): string | null {
  const { projection } = shownView().graph;
  return projection === "graph"
    ? null
    : `It is shown as a ${projectionTitles[projection][0].toLowerCase()}, not as a graph.`;
}

export function command(
  id: string,
  title: string,
  run: () => void,
  blocked: () => string | null,
  words?: () => string,
): Command {
  return { id: `graph.${id}`, title, section, keys: [], blocked, run, ...(words ? { words } : {}) };
}
