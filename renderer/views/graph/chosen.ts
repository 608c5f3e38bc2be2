// Between the picture and the selection that all views share: what nodes and edges select, and which of them are selected.

import { type Selection, selectionFilter } from "../../model/view.ts";
import type { Node, Picture } from "./parts.ts";

export type Pointed = { readonly node: number } | { readonly edge: number } | null;

/** Addresses that a selection is of; none for several. */
export function selectedAddresses(selection: Selection | null): readonly string[] {
  if (selection?.kind === "endpoint") return [selection.ip];
  if (selection?.kind === "edge") return [selection.src, selection.dst];
  if (selection?.kind === "conversation") return selection.title.split(/ (?:→ )?/).slice(0, 2);
  return [];
}

export function nodesOf(picture: Picture, selection: Selection | null): ReadonlySet<number> {
  if (selection === null) return new Set();
  const wanted =
    selection.kind === "several" ? addressesIn(selection.filter) : selectedAddresses(selection).map((ip) => [ip]);
  const found = new Set<number>();
  for (const ips of wanted) {
    const set = new Set(ips);
    const isOne = set.size === 1;
    picture.nodes.forEach(({ members }, i) => {
      // one address is shown by whatever holds it; of several a node is selected that holds no other
      if (isOne ? members.includes(ips[0] as string) : members.every((ip) => set.has(ip))) found.add(i);
    });
  }
  return found;
}

export function edgesOfSelection(picture: Picture, selection: Selection | null): ReadonlySet<number> {
  if (selection === null || selection.kind === "endpoint" || selection.kind === "bar") return new Set();
  const ends =
    selection.kind === "several" ? addressesIn(selection.filter) : selectedAddresses(selection).map((ip) => [ip]);
  const [src, dst] = ends;
  if (src === undefined || dst === undefined) return new Set();
  const [sources, targets] = [new Set(src), new Set(dst)];
  return new Set(
    picture.edges.flatMap((edge, i) => {
      const [from, to] = [picture.nodes[edge.source]?.members ?? [], picture.nodes[edge.target]?.members ?? []];
      const isIt =
        src.length === 1 && dst.length === 1
          ? from.includes(src[0] as string) && to.includes(dst[0] as string)
          : from.every((ip) => sources.has(ip)) && to.every((ip) => targets.has(ip));
      return isIt ? i : [];
    }),
  );
}

/** The lists of addresses that a filter made here names, in their order. */
function addressesIn(filter: string): readonly (readonly string[])[] {
  return [...filter.matchAll(/\{([^}]*)\}/g)].map(([, list]) => (list ?? "").split(", "));
}

/** What a node or edge stands for, where that is one thing; several addresses are chosen by a filter over them. */
export function selectionOf(picture: Picture, what: NonNullable<Pointed>): Selection | null {
  if ("node" in what) {
    const node = picture.nodes[what.node];
    return node ? ofNodes([node]) : null;
  }
  const edge = picture.edges[what.edge];
  if (!edge) return null;
  if (edge.one) return { kind: "edge", ...edge.one };
  const [source, target] = [picture.nodes[edge.source], picture.nodes[edge.target]];
  if (!source || !target) return null;
  return {
    kind: "several",
    filter: `src in ${among(source.members)} and dst in ${among(target.members)}`,
    title: `${titleOf(source)} → ${titleOf(target)}`,
  };
}

/** Null for none. */
export function ofNodes(nodes: readonly Node[]): Selection | null {
  const [first] = nodes;
  if (first === undefined) return null;
  const members = nodes.flatMap((node) => node.members);
  const [ip] = members;
  if (members.length === 1 && ip !== undefined) return { kind: "endpoint", ip };
  const title = nodes.length === 1 ? titleOf(first) : `${nodes.length} nodes`;
  return { kind: "several", filter: `ip in ${among(members)}`, title };
}

/** The selection with a node more, or without it where it was in. */
export function toggled(picture: Picture, selection: Selection | null, at: number): Selection | null {
  const chosen = new Set(nodesOf(picture, selection));
  if (!chosen.delete(at)) chosen.add(at);
  return ofNodes([...chosen].flatMap((i) => picture.nodes[i] ?? []));
}

/** The same as the menu of values wants it; nothing for nothing. */
export function termAndHost(picture: Picture, what: Pointed): { readonly term: string; readonly host: string } {
  const made = what === null ? null : selectionOf(picture, what);
  if (made === null || made.kind === "bar") return { term: "", host: "" };
  return { term: selectionFilter(made), host: made.kind === "endpoint" ? made.ip : "" };
}

function among(members: readonly string[]): string {
  return `{${members.join(", ")}}`;
}

export function titleOf(node: Node): string {
  if (node.members.length === 1) return node.members[0] ?? "";
  return node.kind === "others" ? node.label : `${node.label} (${node.members.length})`;
}
