// What each projection is given, and what it gives back to be saved.

import type { RefObject } from "react";
import type { View } from "../../../model/view.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Graph } from "../use-graph.ts";

export type ProjectionProps = {
  readonly view: View;
  readonly graph: Graph;
  /** The picture as it is shown, whole. */
  readonly exhibit: RefObject<(() => Exhibit | null) | null>;
  readonly onSize: (size: readonly [number, number]) => void;
};
