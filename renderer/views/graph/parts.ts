// What a picture consists of: nodes in groups, edges between them, and what is kept out of it.

import type { Row } from "../../../shared/rows.ts";
import type { GraphLook } from "../../model/graph-look.ts";
import type { Grouping } from "../../model/view.ts";
import type { Sums } from "./sums.ts";

export type Node = Sums & {
  readonly id: string;
  readonly kind: "nic" | "address" | "group" | "others";
  readonly label: string;
  /** The box it stands in; "" for none. */
  readonly group: string;
  /** Addresses it stands for; one for a single address. */
  readonly members: readonly string[];
  /** Sent and received together. */
  readonly bytes: number;
  /** Tuples in the range compared with. */
  readonly tuplesBefore: number;
};

export type Edge = Sums & {
  readonly source: number;
  readonly target: number;
  /** Source and destination where it stands for one edge; else null. */
  readonly one: { readonly src: string; readonly dst: string } | null;
  /** Edges of the answer it stands for. */
  readonly edges: number;
  /** Tuples by encryption, in the order of `encryptions`; all 0 where the answer does not tell. */
  readonly encryption: readonly number[];
  /** In the range compared with; null where nothing is compared. */
  readonly before: Sums | null;
};

export type Group = {
  readonly id: string;
  readonly title: string;
  readonly internet: boolean;
  readonly addresses: number;
  /** The box it stands in; null for an outer one. */
  readonly zone: string | null;
};

export type Picture = {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** Outer ones from left to right, each followed by the boxes inside it. */
  readonly groups: readonly Group[];
  readonly endpoints: number;
  /** What the arrangement keeps out of the picture: nodes as they would be drawn, and the edges that need them. */
  readonly aside: {
    readonly nodes: readonly Node[];
    readonly edges: number;
    readonly sums: Sums;
    readonly before: Sums;
  };
};

/** Edges of the answer that the picture draws; those kept aside are not among them. */
export function edgesDrawn({ edges }: Picture): number {
  return edges.reduce((sum, each) => sum + each.edges, 0);
}

/** Nodes to draw: in the Internet's box, and in each other group. */
export type Budget = { readonly internet: number; readonly inside: number };

export type Arrangement = {
  readonly grouping: Grouping;
  readonly look: Pick<GraphLook, "collapsed" | "alone" | "hidden" | "only" | "groups" | "measure">;
};

/** The rows of an answer by edges (or by groups of source and destination), and those of an earlier range. */
export type Rows = { readonly now: readonly Row[]; readonly before: readonly Row[] | null };
