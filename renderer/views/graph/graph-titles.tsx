// How the choices of the graph are called, in its head and among commands.

import { ChartNoAxesGantt, Grid3x3, Map as MapIcon, Network } from "lucide-react";
import type { ReactElement } from "react";
import type { Colouring, Detail, GraphMeasure, Projection } from "../../model/graph-look.ts";
import type { Grouping } from "../../model/view.ts";

export const groupingTitles: Readonly<Record<Grouping, string>> = {
  network: "country ▸ network ▸ subnet",
  as: "AS ▸ network ▸ subnet",
  tag: "service tag ▸ network ▸ subnet",
  country: "country",
  none: "nothing",
};
export const colourTitles: Readonly<Record<Colouring, string>> = {
  decision: "decision",
  encryption: "encryption",
  status: "host status",
  comparison: "new and gone",
};
export const measureTitles: Readonly<Record<GraphMeasure, string>> = {
  bytes: "bytes",
  tuples: "tuples",
  flows: "flows",
  packets: "packets",
};
export const detailTitles: Readonly<Record<Detail, string>> = {
  fit: "that fit",
  more: "some hundreds",
  most: "up to 2,000",
};
export const projectionTitles: Readonly<Record<Projection, readonly [string, ReactElement]>> = {
  graph: ["Graph", <Network key="icon" size={12} />],
  matrix: ["Matrix", <Grid3x3 key="icon" size={12} />],
  sankey: ["Sankey", <ChartNoAxesGantt key="icon" size={12} />],
  map: ["Map", <MapIcon key="icon" size={12} />],
};

export const exportFormats = ["png", "svg", "graphml", "gexf"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const formatTitles: Readonly<Record<ExportFormat, readonly [string, string]>> = {
  png: ["PNG", "the picture"],
  svg: ["SVG", "the picture as a vector"],
  graphml: ["GraphML", "nodes and edges with sums"],
  gexf: ["GEXF", "the same for Gephi"],
};
