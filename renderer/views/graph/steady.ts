// What keeps the picture still while a range is brushed: boxes that were there stay as large as they were, and who has a place in the
// Internet's list keeps it; new ones take free places. Pure.

import type { Counts } from "./boxes.ts";
import type { Group, Node } from "./parts.ts";

export type Steady = {
  readonly groups: readonly Group[];
  readonly counts: Counts;
  /** Place in its list, by node. */
  readonly slots: ReadonlyMap<string, number>;
};

export const NOTHING_STEADY: Steady = { groups: [], counts: new Map(), slots: new Map() };

export function steadied(
  before: Steady,
  picture: { readonly groups: readonly Group[]; readonly nodes: readonly Node[] },
): Steady {
  const counts = new Map(before.counts);
  const now = new Map<string, number>();
  for (const { group } of picture.nodes) now.set(group, (now.get(group) ?? 0) + 1);
  for (const [group, many] of now) counts.set(group, Math.max(many, counts.get(group) ?? 0));
  const lists = new Set(picture.groups.flatMap(({ id, internet }) => (internet ? id : [])));
  const listed = picture.nodes.filter(({ group }) => lists.has(group));
  return { groups: merged(before.groups, picture.groups), counts, slots: slotsOf(before.slots, listed) };
}

/** Known ones keep their order, a new one follows the group it follows; who is not there any more holds no address. */
function merged(before: readonly Group[], now: readonly Group[]): readonly Group[] {
  const current = new Map(now.map((group) => [group.id, group]));
  const all = before.map((group) => current.get(group.id) ?? { ...group, addresses: 0 });
  const known = new Set(before.map(({ id }) => id));
  now.forEach((group, i) => {
    if (known.has(group.id)) return;
    const after = all.findIndex(({ id }) => id === now[i - 1]?.id);
    all.splice(after + 1, 0, group);
    known.add(group.id);
  });
  return all;
}

/** One who left frees its place only when a new one needs it. */
function slotsOf(before: ReadonlyMap<string, number>, listed: readonly Node[]): ReadonlyMap<string, number> {
  const slots = new Map(listed.flatMap(({ id }) => (before.has(id) ? [[id, before.get(id) as number] as const] : [])));
  const taken = new Set(slots.values());
  let free = 0;
  for (const { id } of listed) {
    if (slots.has(id)) continue;
    while (taken.has(free)) free++;
    slots.set(id, free);
    taken.add(free);
  }
  return slots;
}
