// All that a drawing of the graph depends on: the same scene is drawn the same, on the screen and where it is written down.

import type { Box } from "./boxes.ts";
import type { Places, Ports } from "./geometry.ts";
import type { Lines } from "./lines.ts";
import type { Picture } from "./parts.ts";
import type { Statuses } from "./styles.ts";

export type Transform = { readonly k: number; readonly x: number; readonly y: number };

export type Scene = {
  readonly picture: Picture;
  readonly boxes: readonly Box[];
  readonly places: Places;
  readonly ports: Ports;
  readonly lines: Lines;
  /** Nodes in the order in which labels matter. */
  readonly labelOrder: readonly number[];
  readonly zoom: number;
  /** What is seen of the world; labels elsewhere are not worked out. */
  readonly seen: readonly [x0: number, y0: number, x1: number, y1: number];
  /** Index of a node or edge, −1 for none. */
  readonly hoverNode: number;
  readonly hoverEdge: number;
  readonly selectedNodes: ReadonlySet<number>;
  readonly selectedEdges: ReadonlySet<number>;
  /** A path that was sought; empty where none was. */
  readonly pathNodes: ReadonlySet<number>;
  readonly pathEdges: ReadonlySet<number>;
  readonly locked: ReadonlySet<number>;
  readonly focus: number;
  readonly statusOf: Statuses;
  readonly noted: ReadonlySet<string>;
  /** Nodes tell what is new and what is gone. */
  readonly isCompared: boolean;
};

export const DIM = 0.42;

/** Null: nothing is pointed at, all stand out alike. */
export type Near = { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<number> } | null;
