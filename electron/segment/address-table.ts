// The distinct IPv4 addresses of a segment: numbered as they are met, then ranked. Hot path: a slot is one cache line, and its memory is
// taken again for each segment.

export type AddressTable = {
  /** Pairs: address, number + 1; 0 in the second where it is free. */
  readonly slots: Uint32Array;
  readonly mask: number;
  /** By number. */
  readonly values: Uint32Array;
  count: number;
};

let slotWords = new Uint32Array(1 << 18);
let valueWords = new Uint32Array(1 << 17);

/** Empty, with room for `most` addresses; the one before ends with it. */
export function newAddressTable(most: number): AddressTable {
  let slots = 64;
  while (slots < most * 2) slots *= 2;
  if (slotWords.length < slots * 2) slotWords = new Uint32Array(slots * 2);
  if (valueWords.length < most) valueWords = new Uint32Array(most);
  slotWords.fill(0, 0, slots * 2);
  return { slots: slotWords, mask: slots - 1, values: valueWords, count: 0 };
}

/** The number of an address from now on. */
export function addAddress(table: AddressTable, value: number): number {
  const { slots, mask } = table;
  const h = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  for (let slot = (h ^ (h >>> 13)) & mask; ; slot = (slot + 1) & mask) {
    const at = slot * 2;
    const number = slots[at + 1] as number;
    if (number === 0) {
      slots[at] = value;
      slots[at + 1] = table.count + 1;
      table.values[table.count] = value;
      return table.count++;
    }
    if (slots[at] === value) return number - 1;
  }
}

const DIGIT = 11; // bits a pass: three passes for 32
const counts = new Uint32Array(1 << DIGIT);
let orderA = new Uint32Array(1 << 17);
let orderB = new Uint32Array(1 << 17);

/** The addresses ascending, and the rank of each by its number. */
export function ranked({ values, count }: AddressTable): { readonly v4: Uint32Array; readonly ranks: Uint32Array } {
  if (orderA.length < count) [orderA, orderB] = [new Uint32Array(count), new Uint32Array(count)];
  let [from, to] = [orderA, orderB];
  for (let i = 0; i < count; i++) from[i] = i;
  for (let shift = 0; shift < 32; shift += DIGIT) {
    counts.fill(0);
    for (let i = 0; i < count; i++) {
      const digit = ((values[i] as number) >>> shift) & (counts.length - 1);
      counts[digit] = (counts[digit] as number) + 1;
    }
    let before = 0;
    for (let digit = 0; digit < counts.length; digit++) {
      const here = counts[digit] as number;
      counts[digit] = before;
      before += here;
    }
    for (let i = 0; i < count; i++) {
      const number = from[i] as number;
      const digit = ((values[number] as number) >>> shift) & (counts.length - 1);
      const at = counts[digit] as number;
      to[at] = number;
      counts[digit] = at + 1;
    }
    [from, to] = [to, from];
  }
  const v4 = new Uint32Array(count);
  const ranks = to; // free now
  for (let rank = 0; rank < count; rank++) {
    const number = from[rank] as number;
    v4[rank] = values[number] as number;
    ranks[number] = rank;
  }
  return { v4, ranks };
}
