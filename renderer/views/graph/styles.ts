// What colours, dashes and widths of edges say. One meaning at a time, chosen above the graph; a dash says "denied only" in each that
// has no dashes of its own.

import type { HostStatus } from "../../../shared/notebook.ts";
import type { Colouring, GraphMeasure } from "../../model/graph-look.ts";
import { widthOf } from "./geometry.ts";
import type { Palette } from "./palette.ts";
import type { Edge, Node, Picture } from "./parts.ts";
import { changeOf, encryptions } from "./sums.ts";

export type Style = {
  readonly colour: keyof Palette;
  readonly dash: readonly number[];
  /** px; in steps of ½, so that many edges are drawn at once. */
  readonly width: number;
  /** Drawn as two lines. */
  readonly double: boolean;
};

/** A line of an edge; `shift`: px beside its curve. */
export type Stroke = Style & { readonly shift: number };

export type Statuses = ReadonlyMap<string, HostStatus>;

const DENIED = { dash: [4, 3], width: 1.25, double: false } as const;

export function strokesOf(
  picture: Picture,
  edge: Edge,
  measure: GraphMeasure,
  colouring: Colouring,
  statusOf: Statuses,
): readonly Stroke[] {
  const width = Math.round(widthOf(edge, measure) * 2) / 2;
  const solid = { dash: [], width, double: false, shift: 0 } as const;
  if (colouring === "comparison" && edge.before !== null) {
    const change = changeOf(edge.tuples, edge.before.tuples);
    if (change === "new") return [{ ...solid, colour: "new" }];
    if (change === "gone") return [{ ...solid, colour: "gone", dash: [1.5, 3], width: 1.5 }];
    return [{ ...solid, colour: "both", width: 1 }];
  }
  if (edge.allowed === 0 && edge.denied > 0 && colouring !== "encryption")
    return [{ ...DENIED, shift: 0, colour: colouring === "status" ? statusColour(picture, edge, statusOf) : "denied" }];
  if (colouring === "status") return [{ ...solid, colour: statusColour(picture, edge, statusOf) }];
  if (colouring === "encryption") return [encryptionStroke(edge, solid)];
  const allowed = { ...solid, colour: "allowed" } as const;
  return edge.denied === 0 ? [allowed] : [allowed, { ...DENIED, colour: "denied", shift: width / 2 + 3 }];
}

/** By what most of its tuples were; the tooltip tells the others. */
function encryptionStroke(edge: Edge, solid: Omit<Stroke, "colour">): Stroke {
  const most = edge.encryption.indexOf(Math.max(...edge.encryption));
  const isDenied = edge.allowed === 0 && edge.denied > 0;
  const line = isDenied ? { ...solid, dash: [4, 3], width: 1.5 } : solid;
  switch (encryptions[most]) {
    case "on":
      return { ...line, colour: "encOn", double: !isDenied, width: Math.max(3, line.width) };
    case "why":
      return { ...line, colour: "encWhy" };
    case "drop":
      return { ...line, colour: "encDrop" };
    default:
      return { ...line, colour: "encOff" };
  }
}

/** The worst that is said of either end. */
function statusColour(picture: Picture, edge: Edge, statusOf: Statuses): Style["colour"] {
  const said = new Set([
    statusIn(picture.nodes[edge.source], statusOf),
    statusIn(picture.nodes[edge.target], statusOf),
  ]);
  for (const status of ["compromised", "suspected", "cleared"] as const) if (said.has(status)) return status;
  return "both";
}

export function statusIn(node: Node | undefined, statusOf: Statuses): HostStatus | undefined {
  const [ip] = node?.members ?? [];
  return node?.members.length === 1 && ip !== undefined ? statusOf.get(ip) : undefined;
}
