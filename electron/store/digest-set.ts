// The digests of all records kept in a case, for the one question "was this record seen before?". 16 bytes each in one typed
// array with open addressing: a JS Set of strings takes ten times the memory.

export type DigestSet = { words: Uint32Array; used: Uint8Array; size: number };

export function newDigestSet(expected: number): DigestSet {
  let slots = 1024;
  while (slots < expected * 2) slots *= 2;
  return { words: new Uint32Array(slots * 4), used: new Uint8Array(slots), size: 0 };
}

/** Adds the 16 bytes at `from`; false when they were there. */
export function addDigest(set: DigestSet, bytes: Uint8Array, from: number): boolean {
  if (set.size * 3 > set.used.length * 2) grow(set);
  const [a, b, c, d] = [word(bytes, from), word(bytes, from + 4), word(bytes, from + 8), word(bytes, from + 12)];
  const slot = slotOf(set, a, b, c, d);
  if (set.used[slot] === 1) return false;
  fill(set, slot, a, b, c, d);
  return true;
}

export function hasDigest(set: DigestSet, bytes: Uint8Array, from: number): boolean {
  return slotOfDigest(set, bytes, from) !== -1;
}

/** Where the 16 bytes at `from` are, for columns beside a set that grows no more; −1 when they are not there. */
export function slotOfDigest(set: DigestSet, bytes: Uint8Array, from: number): number {
  const slot = slotOf(set, word(bytes, from), word(bytes, from + 4), word(bytes, from + 8), word(bytes, from + 12));
  return set.used[slot] === 1 ? slot : -1;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** Where the digest is, or the free slot where it belongs. */
function slotOf(set: DigestSet, a: number, b: number, c: number, d: number): number {
  const { words, used } = set;
  const mask = used.length - 1;
  let slot = a & mask; // a digest is its own hash
  while (used[slot] === 1) {
    const at = slot * 4;
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return slot;
    slot = (slot + 1) & mask;
  }
  return slot;
}

function fill(set: DigestSet, slot: number, a: number, b: number, c: number, d: number): void {
  const { words } = set;
  const at = slot * 4;
  words[at] = a;
  words[at + 1] = b;
  words[at + 2] = c;
  words[at + 3] = d;
  set.used[slot] = 1;
  set.size++;
}

/** Four times the room: a set that grows to millions is not copied twenty times. */
function grow(set: DigestSet): void {
  const { words, used } = set;
  set.words = new Uint32Array(words.length * 4);
  set.used = new Uint8Array(used.length * 4);
  set.size = 0;
  for (let from = 0; from < used.length; from++) {
    if (used[from] !== 1) continue;
    const at = from * 4;
    const a = words[at] as number;
    const b = words[at + 1] as number;
    const c = words[at + 2] as number;
    const d = words[at + 3] as number;
    fill(set, slotOf(set, a, b, c, d), a, b, c, d);
  }
}
