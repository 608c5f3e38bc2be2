// Many addresses and blocks as one set that is asked in the time of a few comparisons, however many there are.

import { isPrivate } from "./address-class.ts";
import type { AddressValue } from "./filter/tree.ts";
import type { Block, IpBytes } from "./ip.ts";

/** Whether an address (4 or 16 bytes) is in the set. IPv4-mapped addresses are IPv6 and in no IPv4 block. */
export type AddressSet = (address: IpBytes) => boolean;

export function addressSet(values: readonly AddressValue[]): AddressSet {
  const blocks = values.filter((value) => typeof value !== "string");
  const v4 = rangesOf(blocks.filter(({ bytes }) => bytes.length === 4));
  const v6 = rangesOf(blocks.filter(({ bytes }) => bytes.length === 16));
  const takesPrivate = values.includes("private");
  const takesPublic = values.includes("public");
  return (address) => {
    if (isIn(address.length === 4 ? v4 : v6, address)) return true;
    if (!takesPrivate && !takesPublic) return false;
    return isPrivate(address) ? takesPrivate : takesPublic;
  };
}

/** Inclusive, ascending, not touching each other's inside. */
type Ranges = readonly { readonly from: IpBytes; readonly to: IpBytes }[];

function rangesOf(blocks: readonly Block[]): Ranges {
  const ends = blocks.map(endsOf).sort((a, b) => compare(a.from, b.from));
  const ranges: { from: IpBytes; to: IpBytes }[] = [];
  for (const each of ends) {
    const last = ranges.at(-1);
    if (last === undefined || compare(each.from, last.to) > 0) ranges.push({ ...each });
    else if (compare(each.to, last.to) > 0) last.to = each.to;
  }
  return ranges;
}

function endsOf({ bytes, prefix }: Block): { from: IpBytes; to: IpBytes } {
  const from = bytes.slice();
  const to = bytes.slice();
  for (let i = 0; i < bytes.length; i++) {
    const fixed = Math.min(8, Math.max(0, prefix - i * 8));
    const free = 0xff >> fixed;
    from[i] = (bytes[i] as number) & ~free;
    to[i] = (bytes[i] as number) | free;
  }
  return { from, to };
}

/** Of the same length. */
function compare(a: IpBytes, b: IpBytes): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isIn(ranges: Ranges, address: IpBytes): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare((ranges[middle] as Ranges[number]).from, address) <= 0) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range !== undefined && compare(address, range.to) <= 0;
}
