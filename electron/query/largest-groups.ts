// The groups with most tuples among very many, in one pass over how many each has. Loops stand alone in their functions: code after one
// would have it compiled anew for every question.

/** `groups` in order: most tuples first. `rows`: which of all groups that have tuples each of them is. `length`: how many have any. */
export type Largest = { readonly groups: Uint32Array; readonly rows: Uint32Array; readonly length: number };

/** Looked for among the candidates: groups, of which the first `length` count. */
type Found = { readonly groups: Uint32Array; length: number; least: number; leastRank: number };

/** `rank` tells groups with as many tuples apart, the least first; it is asked of few. Below 2³². */
export function largestGroups(tuples: Int32Array, most: number, rank: (group: number) => number): Largest {
  const order = (a: number, b: number): number => (tuples[b] as number) - (tuples[a] as number) || rank(a) - rank(b);
  const found: Found = { groups: new Uint32Array(most * 2), length: 0, least: 1, leastRank: 0xffffffff };
  for (let group = 0; most > 0 && group < tuples.length; ) {
    group = addCandidates(found, tuples, rank, group);
    const first = found.groups.subarray(0, found.length).sort(order);
    found.length = Math.min(found.length, most);
    if (found.length < most) continue;
    const last = first[most - 1] as number;
    found.least = tuples[last] as number;
    found.leastRank = rank(last);
  }
  const groups = found.groups.slice(0, found.length);
  return { groups, ...rowsOf(groups, tuples) };
}

/** Until they are as many as there is room for; gives the group it has come to. */
function addCandidates(found: Found, tuples: Int32Array, rank: (group: number) => number, from: number): number {
  const { groups, least, leastRank } = found;
  let group = from;
  for (; group < tuples.length; group++) {
    const count = tuples[group] as number;
    if (count < least || (count === least && rank(group) > leastRank)) continue;
    if (found.length === groups.length) return group;
    groups[found.length++] = group;
  }
  return group;
}

function rowsOf(groups: Uint32Array, tuples: Int32Array): Pick<Largest, "rows" | "length"> {
  const rows = new Map<number, number>();
  let from = 0;
  let length = 0;
  for (const group of groups.toSorted()) {
    length += countOf(tuples, from, group);
    rows.set(group, length);
    from = group;
  }
  length += countOf(tuples, from, tuples.length);
  return { rows: groups.map((group) => rows.get(group) as number), length };
}

/** How many groups have tuples. Without a branch: which ones have is like chance. */
function countOf(tuples: Int32Array, from: number, to: number): number {
  let count = 0;
  for (let group = from; group < to; group++) count = (count + (-(tuples[group] as number) >>> 31)) | 0;
  return count;
}
