// Distinct quadruples of unsigned 32-bit numbers, numbered from 0 as they are met. Hot path: open addressing, the four side by side so
// that a comparison meets one cache line.

export type QuadTable = {
  length: number;
  /** Quadruple i at 4i … 4i+3. */
  words: Uint32Array;
  /** Numbers, −1 free; a power of two. */
  slots: Int32Array;
};

/** `most`: about how many are expected; it grows past that. */
export function newQuadTable(most: number): QuadTable {
  let slots = 1024;
  while (slots < most * 2) slots *= 2;
  return { length: 0, words: new Uint32Array(slots * 2), slots: new Int32Array(slots).fill(-1) };
}

/** The number of a quadruple; a new one when it was not met before (then `length` has grown). */
export function quadNumber(table: QuadTable, a: number, b: number, c: number, d: number): number {
  const { slots, words } = table;
  const mask = slots.length - 1;
  for (let slot = hash(a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
    const number = slots[slot] as number;
    if (number === -1) {
      if (table.length * 2 >= slots.length) {
        grow(table);
        return quadNumber(table, a, b, c, d);
      }
      const at = table.length * 4;
      words[at] = a;
      words[at + 1] = b;
      words[at + 2] = c;
      words[at + 3] = d;
      slots[slot] = table.length;
      return table.length++;
    }
    const at = number * 4;
    if (words[at + 1] === b && words[at + 2] === c && words[at] === a && words[at + 3] === d) return number;
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let h =
    Math.imul(a, 0x27d4eb2f) ^
    Math.imul(b, 0x9e3779b1) ^
    Math.imul(c, 0x85ebca6b) ^
    Math.imul(d ^ (d >>> 16), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h ^= h >>> 13;
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 16);
}

function grow(table: QuadTable): void {
  const size = table.slots.length * 2;
  const words = new Uint32Array(size * 2);
  words.set(table.words.subarray(0, table.length * 4));
  const slots = new Int32Array(size).fill(-1);
  for (let number = 0; number < table.length; number++) {
    const at = number * 4;
    let slot =
      hash(words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number) & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = number;
  }
  table.words = words;
  table.slots = slots;
}
