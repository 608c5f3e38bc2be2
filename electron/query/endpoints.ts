// Addresses of endpoints as they lie in the case's runs, ascending within each: a block of addresses is a stretch of a run, so which
// endpoints are in a set is told without looking at each.

import { privateBlocks } from "../../shared/address-class.ts";
import { addressSet } from "../../shared/address-set.ts";
import type { AddressValue } from "../../shared/filter/tree.ts";
import type { Block } from "../../shared/ip.ts";
import type { AddressRun, Conversations } from "../store/derive.ts";

/** 4 or 16 bytes. */
export function addressOf({ runs }: Conversations, endpoint: number): Uint8Array {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((runs[middle] as AddressRun).first <= endpoint) low = middle;
    else high = middle - 1;
  }
  const { first, v4, v6 } = runs[low] as AddressRun;
  const at = endpoint - first;
  if (at >= v4.length) return v6.slice((at - v4.length) * 16, (at - v4.length + 1) * 16);
  const value = v4[at] as number;
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** 1 for each endpoint in the set. */
export function endpointsIn({ runs, endpoints }: Conversations, values: readonly AddressValue[]): Uint8Array {
  const mask = new Uint8Array(endpoints);
  const blocks = values.filter((value) => typeof value !== "string");
  const has = addressSet(values);
  for (const { first, v4, v6 } of runs) {
    const own = mask.subarray(first, first + v4.length);
    if (values.includes("public")) {
      own.fill(1);
      for (const block of privateBlocks) fill(own, v4, block, 0);
    }
    if (values.includes("private")) for (const block of privateBlocks) fill(own, v4, block, 1);
    for (const block of blocks) fill(own, v4, block, 1);
    for (let at = 0, to = first + v4.length; at < v6.length; at += 16, to++)
      if (has(v6.subarray(at, at + 16))) mask[to] = 1;
  }
  return mask;
}

function fill(mask: Uint8Array, v4: Uint32Array, { bytes, prefix }: Block, value: 0 | 1): void {
  if (bytes.length !== 4) return;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const size = 2 ** (32 - prefix);
  const from = Math.floor((a * 2 ** 24 + (b << 16) + (c << 8) + d) / size) * size;
  mask.fill(value, firstFrom(v4, from), firstFrom(v4, from + size));
}

/** Position of the first address that is not below `value`. */
function firstFrom(v4: Uint32Array, value: number): number {
  let [low, high] = [0, v4.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((v4[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
