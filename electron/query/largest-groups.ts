// The groups with most tuples among very many. One pass tells of each zone of neighbours how many its largest has; only zones that may hold
// one of the largest are looked at closely. Loops stand alone in their functions: code after one would have it compiled anew for every
// question.

/** `groups` in order: most tuples first. `rows`: which of all groups that have tuples each of them is. `length`: how many have any. */
export type Largest = { readonly groups: Uint32Array; readonly rows: Uint32Array; readonly length: number };

/** Looked for among the candidates: groups, of which the first `length` count. */
type Found = { readonly groups: Uint32Array; length: number; least: number; leastRank: number };

/** By zone: tuples of its largest group, and how many groups before it have any. */
type Zones = { readonly most: Int32Array; readonly before: Uint32Array; readonly length: number };

/** Groups a zone. */
const ZONE = 1024;

/** `rank` tells groups with as many tuples apart, the least first; it is asked of few. Below 2³². */
export function largestGroups(tuples: Int32Array, most: number, rank: (group: number) => number): Largest {
  const zones = zonesOf(tuples);
  const found: Found = { groups: new Uint32Array(most * 2), length: 0, least: 1, leastRank: 0xffffffff };
  const keepLargest = (): void => {
    const first = found.groups.subarray(0, found.length);
    first.sort((a, b) => (tuples[b] as number) - (tuples[a] as number) || rank(a) - rank(b));
    found.length = Math.min(found.length, most);
    if (found.length < most) return;
    const last = first[most - 1] as number;
    found.least = tuples[last] as number;
    found.leastRank = rank(last);
  };
  for (const zone of most === 0 ? [] : inOrder(zones)) {
    if ((zones.most[zone] as number) < found.least) break;
    const end = Math.min(tuples.length, (zone + 1) * ZONE);
    for (let group = zone * ZONE; group < end; ) {
      group = addCandidates(found, tuples, rank, group, end);
      if (group < end) keepLargest();
    }
  }
  if (found.length > 0) keepLargest();
  const groups = found.groups.slice(0, found.length);
  const rows = groups.map((group) => {
    const zone = Math.floor(group / ZONE);
    return (zones.before[zone] as number) + countOf(tuples, zone * ZONE, group);
  });
  return { groups, rows, length: zones.length };
}

function zonesOf(tuples: Int32Array): Zones {
  const count = Math.ceil(tuples.length / ZONE);
  const most = new Int32Array(count);
  const before = new Uint32Array(count);
  let length = 0;
  for (let zone = 0; zone < count; zone++) {
    before[zone] = length;
    const end = Math.min(tuples.length, (zone + 1) * ZONE);
    most[zone] = mostOf(tuples, zone * ZONE, end);
    length += countOf(tuples, zone * ZONE, end);
  }
  return { most, before, length };
}

/** The zone with the largest group first. */
function inOrder({ most }: Zones): Uint32Array {
  return Uint32Array.from(most, (_, zone) => zone).sort((a, b) => (most[b] as number) - (most[a] as number));
}

/** Until they are as many as there is room for; gives the group it has come to. */
function addCandidates(
  found: Found,
  tuples: Int32Array,
  rank: (group: number) => number,
  from: number,
  to: number,
): number {
  const { groups, least, leastRank } = found;
  let group = from;
  for (; group < to; group++) {
    const count = tuples[group] as number;
    if (count < least || (count === least && rank(group) > leastRank)) continue;
    if (found.length === groups.length) return group;
    groups[found.length++] = group;
  }
  return group;
}

function mostOf(tuples: Int32Array, from: number, to: number): number {
  let most = 0;
  for (let group = from; group < to; group++) {
    const count = tuples[group] as number;
    if (count > most) most = count;
  }
  return most;
}

/** How many groups have tuples. Without a branch: which ones have is like chance. */
function countOf(tuples: Int32Array, from: number, to: number): number {
  let count = 0;
  for (let group = from; group < to; group++) count = (count + (-(tuples[group] as number) >>> 31)) | 0;
  return count;
}
