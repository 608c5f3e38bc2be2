// The groups with most tuples among very many, in one pass over how many each has.

/** `groups` in order: most tuples first. `rows`: which of all groups that have tuples each of them is. `length`: how many have any. */
export type Largest = { readonly groups: Uint32Array; readonly rows: Uint32Array; readonly length: number };

type Candidate = { readonly group: number; readonly row: number; readonly count: number; readonly rank: number };

/** `rank` tells groups with as many tuples apart, the least first; it is asked of few. */
export function largestGroups(tuples: Uint32Array, most: number, rank: (group: number) => number): Largest {
  const found: Candidate[] = [];
  let length = 0;
  let least = most > 0 ? 1 : Number.POSITIVE_INFINITY; // a group with fewer is none of the largest,
  let leastRank = Number.POSITIVE_INFINITY; // nor is one with as many and a greater rank
  for (let group = 0; group < tuples.length; group++) {
    const count = tuples[group] as number;
    length += -count >>> 31; // 1 where it has any
    if (count < least) continue;
    const own = rank(group);
    if (count === least && own > leastRank) continue;
    found.push({ group, row: length - 1, count, rank: own });
    if (found.length < most * 2) continue;
    found.sort(mostFirst).length = most;
    const last = found[most - 1] as Candidate;
    least = last.count;
    leastRank = last.rank;
  }
  found.sort(mostFirst);
  found.length = Math.min(found.length, most);
  return {
    groups: Uint32Array.from(found, ({ group }) => group),
    rows: Uint32Array.from(found, ({ row }) => row),
    length,
  };
}

function mostFirst(a: Candidate, b: Candidate): number {
  return b.count - a.count || a.rank - b.rank;
}
