// The channels of a day (docs/settling.md 1) without their source ports, as the kernel numbers them: those of flows at hand, and which may
// be one flow as several observers log it.

import type { DayPart, Logs } from "./day-segment.ts";
import { keptColumn } from "./kept-columns.ts";
import { newQuadTable, quadNumber } from "./quad-table.ts";
import type { FlowsAtHand } from "./settled.ts";
import type { SettlingKernel } from "./settling-kernel.ts";

/** Bits of a channel's service beside those of a segment's keys; the kernel sets them too (kernel/meet.ts). */
export const SRC_SIX = 1 << 26;
export const DST_SIX = 1 << 27;
const FLAGS = 0x03ffffff;
/** What is not direction. */
const PAIR = 0x0e000000 | 0x00ffffff;
const TCP = 6;

export function serviceOf({ columns: { channels } }: SettlingKernel, channel: number): number {
  return channels[channel * 4 + 3] as number;
}

export function isOutbound(service: number): boolean {
  return ((service >>> 24) & 1) === 1;
}

export function isDenied(service: number): boolean {
  return ((service >>> 25) & 1) === 1;
}

export function isTcp(service: number): boolean {
  return ((service >>> 16) & 0xff) === TCP;
}

/** IPv6 addresses of a part of the day, numbered as they are met. */
export type Sixes = {
  readonly bytes: readonly Uint8Array[];
  numberOf(bytes: Uint8Array): number;
  /** `all`: 16 bytes each. */
  numberAll(all: Uint8Array, into: Uint32Array): void;
};

export function numberingSix(): Sixes {
  const numbers = new Map<string, number>();
  const bytes: Uint8Array[] = [];
  const numberOf = (own: Uint8Array): number => {
    const name = String.fromCharCode(...own);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, bytes.length);
    return bytes.push(own.slice()) - 1;
  };
  return {
    bytes,
    numberOf,
    numberAll(all, into) {
      for (let i = 0; i < into.length; i++) into[i] = numberOf(all.subarray(i * 16, i * 16 + 16));
    },
  };
}

/** Channel (−1: not of the part, or its evidence was taken back) and source port of each flow at hand. */
export function carriedToChannels(
  { calls, columns }: SettlingKernel,
  sixes: Sixes,
  logs: Logs,
  atHand: FlowsAtHand,
  { part, parts }: DayPart,
): void {
  const observers = new Map<number, number>();
  for (let i = 0; i < logs.nic.length; i++)
    observers.set((logs.nic[i] as number) * LINES + (logs.line[i] as number), logs.observer[i] as number);
  const { carriedChannel, carriedPort } = columns;
  for (let i = 0; i < atHand.length; i++) {
    carriedChannel[i] = -1;
    carriedPort[i] = atHand.srcPort[i] as number;
    const observer = observers.get((atHand.nic[i] as number) * LINES + (atHand.line[i] as number));
    if (observer === undefined) continue;
    const at = i * 17 + 1;
    const srcSix = atHand.src[at - 1] === 6;
    const dstSix = atHand.dst[at - 1] === 6;
    if (parts > 1 && shareOf(addressHash(atHand.src, at, srcSix), addressHash(atHand.dst, at, dstSix), parts) !== part)
      continue;
    const service = ((atHand.service[i] as number) & FLAGS) | (srcSix ? SRC_SIX : 0) | (dstSix ? DST_SIX : 0);
    carriedChannel[i] = calls.channelNumber(
      observer,
      srcSix ? sixes.numberOf(atHand.src.subarray(at, at + 16)) : fourOf(atHand.src, at),
      dstSix ? sixes.numberOf(atHand.dst.subarray(at, at + 16)) : fourOf(atHand.dst, at),
      service,
    );
  }
}

/** More than a NIC has lines. */
const LINES = 2 ** 20;

/** A number for an address that does not depend on what else there is. The kernel makes the same. */
function addressHash(bytes: Uint8Array, from: number, isSix: boolean): number {
  if (!isSix) return fourOf(bytes, from);
  let h = 6;
  for (let i = 0; i < 16; i++) h = Math.imul(h, 31) + (bytes[from + i] as number);
  return h >>> 0;
}

function fourOf(bytes: Uint8Array, from: number): number {
  return (
    (((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number)) >>>
    0
  );
}

function shareOf(src: number, dst: number, parts: number): number {
  const h = Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b);
  return ((h ^ (h >>> 15)) >>> 0) % parts;
}

/** By channel: number of its pair (source, destination, service but for direction) where several observers may log it; −1 of others. */
export type Pairs = { readonly pairOf: Int32Array };

const pairOfChannel = keptColumn(Int32Array);

/** Of a share's channels, of which there are `length` in all. Null: no pair is logged by several. Good until the next call. */
export function sharedPairs(
  { calls, columns: { channels, next } }: SettlingKernel,
  length: number,
  share: number,
): Pairs | null {
  const listed = calls.listShared(share);
  if (listed === 0) return null;
  const pairOf = pairOfChannel(length).fill(-1, 0, length);
  const pairs = newQuadTable(listed);
  for (let i = 0; i < listed; i++) {
    const c = next[i] as number;
    const service = ((channels[c * 4 + 3] as number) & PAIR) >>> 0;
    pairOf[c] = quadNumber(pairs, channels[c * 4 + 1] as number, channels[c * 4 + 2] as number, service, 0);
  }
  return { pairOf };
}
