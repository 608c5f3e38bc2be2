// What can be done with nodes of a picture: hide, only, collapse, open, lock, group, seek a path. Each is one step that can be undone.

import type { SoughtPath } from "../../model/graph-look.ts";
import { narrow, navigate, shownView } from "../../model/navigate.ts";
import { titleOf } from "./chosen.ts";
import { changeLook, withIds } from "./look-steps.ts";
import type { Node, Picture } from "./parts.ts";
import { type Placed, sharesOf } from "./use-places.ts";

export function named(nodes: readonly Node[]): string {
  const [first] = nodes;
  return nodes.length === 1 && first ? titleOf(first) : `${nodes.length} nodes`;
}

export function hide(nodes: readonly Node[]): void {
  if (nodes.length === 0) return;
  const { hidden, only } = shownView().graph;
  const ids = nodes.map(({ id }) => id);
  changeLook(`Hid ${named(nodes)}`, { hidden: withIds(hidden, ids, "in"), only: withIds(only, ids, "out") }, "said");
}

export function unhide(ids: readonly string[]): void {
  changeLook("Showed what was hidden", { hidden: withIds(shownView().graph.hidden, ids, "out") });
}

export function showOnly(nodes: readonly Node[]): void {
  if (nodes.length === 0) return;
  changeLook(`Only ${named(nodes)}`, { only: nodes.map(({ id }) => id), hidden: [] }, "said");
}

/** With the nodes it has an edge with, in the picture as it is. */
export function showOnlyAround(picture: Picture, at: readonly number[]): void {
  const around = new Set(at);
  for (const { source, target } of picture.edges) {
    if (at.includes(source)) around.add(target);
    if (at.includes(target)) around.add(source);
  }
  showOnly([...around].flatMap((i) => picture.nodes[i] ?? []));
}

export function showAll(): void {
  changeLook("Showed everything", { hidden: [], only: [] });
}

/** What E does: a group or a fold is opened, an address folded into its group; null where it can be neither. */
export function openOrFold(picture: Picture, node: Node): { readonly title: string; readonly run: () => void } | null {
  const { collapsed, alone } = shownView().graph;
  if (collapsed.includes(node.id))
    return {
      title: `Open ${node.label}`,
      run: () => changeLook(`Opened ${node.label}`, { collapsed: withIds(collapsed, [node.id], "out") }),
    };
  if (node.kind === "group" || node.kind === "others")
    return {
      title: `Draw its ${node.members.length} addresses`,
      run: () => changeLook(`Drew ${node.members.length} addresses`, { alone: withIds(alone, [node.id], "in") }),
    };
  const group = picture.groups.find(({ id }) => id === node.group);
  if (!group || group.id === "") return null;
  const opened = alone.filter((id) => id.startsWith(`${group.id}/`));
  if (opened.length > 0)
    return {
      title: "Fold again what has no room",
      run: () => changeLook("Folded again", { alone: withIds(alone, opened, "out") }),
    };
  return {
    title: `Draw ${group.title} as one`,
    run: () => changeLook(`Drew ${group.title} as one`, { collapsed: withIds(collapsed, [group.id], "in") }, "said"),
  };
}

/** Never folded; and drawn, where only some are. */
export function drawAlone(ips: readonly string[]): void {
  const { alone, only, hidden } = shownView().graph;
  changeLook(`Drew ${ips.length} ${ips.length === 1 ? "address" : "addresses"}`, {
    alone: withIds(alone, ips, "in"),
    only: only.length === 0 ? only : withIds(only, ips, "in"),
    hidden: withIds(hidden, ips, "out"),
  });
}

export function lockAt(picture: Picture, placed: Placed, node: number, x: number, y: number): void {
  const [one, room] = [picture.nodes[node], placed.rooms[node]];
  if (!one || !room) return;
  changeLook(`Moved ${titleOf(one)}`, { locked: { ...shownView().graph.locked, [one.id]: sharesOf(room, x, y) } });
}

/** Those that are locked are let go; where none is, all are locked where they stand. */
export function lockOrLetGo(picture: Picture, placed: Placed, nodes: readonly number[]): void {
  const { locked } = shownView().graph;
  const ids = nodes.flatMap((i) => picture.nodes[i]?.id ?? []);
  if (ids.some((id) => locked[id]))
    return changeLook("Let go", {
      locked: Object.fromEntries(Object.entries(locked).filter(([id]) => !ids.includes(id))),
    });
  const at = nodes.flatMap((i) => {
    const [one, room] = [picture.nodes[i], placed.rooms[i]];
    if (!one || !room) return [];
    return [[one.id, sharesOf(room, placed.places[i * 2] ?? 0, placed.places[i * 2 + 1] ?? 0)] as const];
  });
  changeLook("Locked", { locked: { ...locked, ...Object.fromEntries(at) } });
}

/** Members leave the group they were in; a group left by all is gone. */
export function groupByHand(name: string, members: readonly string[]): void {
  const others = shownView()
    .graph.groups.map((group) => ({ ...group, members: withIds(group.members, members, "out") }))
    .filter((group) => group.members.length > 0 && group.name !== name);
  const before = shownView().graph.groups.find((group) => group.name === name)?.members ?? [];
  const joined = [...withIds(before, members, "out"), ...members];
  changeLook(`Grouped as ${name}`, { groups: [...others, { name, members: joined }] }, "said");
}

export function ungroup(name: string): void {
  changeLook(`Let go of the group ${name}`, {
    groups: shownView().graph.groups.filter((group) => group.name !== name),
  });
}

export function seekPath(from: string, to: string, kind: SoughtPath["kind"]): void {
  changeLook("Sought a path", { path: { from, to, kind } });
}

export function leavePath(): void {
  changeLook("Left the path", { path: null });
}

/** What the filter leaves, and all traffic of these addresses. */
export function widenBy(ips: readonly string[]): void {
  const { filter } = shownView().scope;
  const own = ips.length === 1 ? `ip == ${ips[0]}` : `ip in {${ips.join(", ")}}`;
  if (filter.trim() !== "") narrow({ filter: `(${filter}) or ${own}` });
}

/** The endpoints of the scope, as a table of all of them. */
export function listEdges(): void {
  navigate({ table: "edges", sort: [{ field: "tuples", order: "desc" }] });
}
