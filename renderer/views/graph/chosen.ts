// Between the picture and the selection that all views share: what a node or an edge selects, and which of them are selected.

import { type Selection, selectionFilter } from "../../model/view.ts";
import type { Node, Picture } from "./picture.ts";

export type Pointed = { readonly node: number } | { readonly edge: number } | null;

/** Addresses that a selection is of; none for several. */
export function selectedAddresses(selection: Selection | null): readonly string[] {
  if (selection?.kind === "endpoint") return [selection.ip];
  if (selection?.kind === "edge") return [selection.src, selection.dst];
  if (selection?.kind === "conversation") return selection.title.split(/ (?:→ )?/).slice(0, 2);
  return [];
}

function nodeIndex(picture: Picture, ip: string): number {
  return picture.nodes.findIndex(({ members }) => members.includes(ip));
}

export function nodesOf(picture: Picture, selection: Selection | null): ReadonlySet<number> {
  if (selection?.kind === "several")
    return new Set(picture.nodes.flatMap((_, node) => (isOf(picture, { node }, selection) ? node : [])));
  return new Set(
    selectedAddresses(selection)
      .map((ip) => nodeIndex(picture, ip))
      .filter((at) => at >= 0),
  );
}

/** −1: none. */
export function edgeOf(picture: Picture, selection: Selection | null): number {
  if (selection?.kind === "several") return picture.edges.findIndex((_, edge) => isOf(picture, { edge }, selection));
  if (selection === null || selection.kind === "endpoint") return -1;
  const [src, dst] = selectedAddresses(selection);
  if (src === undefined || dst === undefined) return -1;
  const [source, target] = [nodeIndex(picture, src), nodeIndex(picture, dst)];
  return picture.edges.findIndex((edge) => edge.source === source && edge.target === target);
}

function isOf(
  picture: Picture,
  what: NonNullable<Pointed>,
  { filter, title }: Selection & { kind: "several" },
): boolean {
  if (titleFor(picture, what) !== title) return false; // cheaper than its filter
  const made = selectionOf(picture, what);
  return made?.kind === "several" && made.filter === filter;
}

function titleFor(picture: Picture, what: NonNullable<Pointed>): string {
  if ("node" in what) {
    const node = picture.nodes[what.node];
    return node ? titleOf(node) : "";
  }
  const edge = picture.edges[what.edge];
  const [source, target] = [picture.nodes[edge?.source ?? -1], picture.nodes[edge?.target ?? -1]];
  return source && target ? `${titleOf(source)} → ${titleOf(target)}` : "";
}

/** What a node or edge stands for, where that is one thing; several addresses are chosen by a filter over them. */
export function selectionOf(picture: Picture, what: NonNullable<Pointed>): Selection | null {
  const title = titleFor(picture, what);
  if ("node" in what) {
    const node = picture.nodes[what.node];
    if (!node) return null;
    const [ip] = node.members;
    if (node.members.length === 1 && ip) return { kind: "endpoint", ip };
    return { kind: "several", filter: `ip in ${among(node)}`, title };
  }
  const edge = picture.edges[what.edge];
  if (!edge) return null;
  if (edge.one) return { kind: "edge", ...edge.one };
  const [source, target] = [picture.nodes[edge.source], picture.nodes[edge.target]];
  if (!source || !target) return null;
  return { kind: "several", filter: `src in ${among(source)} and dst in ${among(target)}`, title };
}

/** The same as the menu of values wants it; nothing for nothing. */
export function termAndHost(picture: Picture, what: Pointed): { readonly term: string; readonly host: string } {
  const made = what === null ? null : selectionOf(picture, what);
  if (made === null || made.kind === "bar") return { term: "", host: "" };
  return { term: selectionFilter(made), host: made.kind === "endpoint" ? made.ip : "" };
}

function among({ members }: Node): string {
  return `{${members.join(", ")}}`;
}

export function titleOf(node: Node): string {
  if (node.members.length === 1) return node.members[0] ?? "";
  return node.kind === "others" ? node.label : `${node.label} (${node.members.length})`;
}
