// Downloads of one blob: Azure writes to an hour's blob until the hour is over, only ever at its end. So a later download begins with
// all records of an earlier one; where it does not, one of the two is not what Azure wrote.

export type Relation = "same" | "extension" | "earlier" | "altered";

/** The records of a member in their order, rejected ones left out: 16-byte digests, and the span of their own times (ms). */
export type BlobRecords = {
  readonly digests: Uint8Array;
  readonly firstTime: number;
  readonly lastTime: number;
};

/** `missing`: distinct records of the other that are not among this one's. */
export type Copy = { readonly relation: Relation; readonly missing: number };

/** What `copy` is to `other`, which was there before it; null where they are parts of one blob that follow one another. */
export function relate(copy: BlobRecords, other: BlobRecords): Copy | null {
  const numbers = new Map<string, number>();
  const its = numbered(other.digests, numbers);
  const inOther = numbers.size;
  const mine = numbered(copy.digests, numbers);
  if (holds(mine, its)) return { relation: mine.length === its.length ? "same" : "extension", missing: 0 };
  const own = new Set(mine);
  let missing = 0;
  for (let number = 0; number < inOther; number++) if (!own.has(number)) missing++;
  if (holds(its, mine)) return { relation: "earlier", missing };
  const isApart = !(copy.firstTime < other.lastTime && other.firstTime < copy.lastTime) && !isOneInstant(copy, other);
  return missing === inOther && isApart ? null : { relation: "altered", missing };
}

/** All records of both have one time: neither follows the other. */
function isOneInstant(a: BlobRecords, b: BlobRecords): boolean {
  return a.firstTime === b.lastTime && b.firstTime === a.lastTime;
}

/** Digests as small numbers, the same for the same digest. */
function numbered(digests: Uint8Array, numbers: Map<string, number>): Uint32Array {
  return Uint32Array.from({ length: digests.length / 16 }, (_, i) => {
    const text = String.fromCharCode(...digests.subarray(i * 16, i * 16 + 16));
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

/**
 * Whether all of `part` stand in `all` one after another: as a rule at the beginning, elsewhere where only a stretch of a blob was
 * downloaded. In linear time whatever repeats (Knuth, Morris, Pratt): `back[i]` is the length of the longest beginning of `part` that
 * ends at i.
 */
function holds(all: Uint32Array, part: Uint32Array): boolean {
  const back = new Uint32Array(part.length);
  const grown = (length: number, next: number | undefined): number => {
    let at = length;
    while (at > 0 && part[at] !== next) at = back[at - 1] as number;
    return part[at] === next ? at + 1 : at;
  };
  for (let i = 1; i < part.length; i++) back[i] = grown(back[i - 1] as number, part[i]);
  let met = 0;
  for (let i = 0; i < all.length && met < part.length; i++) met = grown(met, all[i]);
  return met === part.length;
}
