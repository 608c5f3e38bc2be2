// The channels of a day (docs/settling.md 1) without their source ports, numbered as they are met; and which of them may be one flow as
// several observers log it.

import type { Logs, SettlingKeys, Share } from "./day-segment.ts";
import { keptColumn } from "./kept-columns.ts";
import { clearQuadTable, newQuadTable, type QuadTable, quadNumber } from "./quad-table.ts";
import type { FlowsAtHand } from "./settled.ts";

export type Channels = {
  /** Observer, source, destination, service; of an IPv6 address its place in `v6`. */
  readonly table: QuadTable;
  readonly v6: Uint8Array[];
  readonly sixes: Map<string, number>;
};

/** Bits of a channel's service beside those of a segment's keys. */
export const SRC_SIX = 1 << 26;
export const DST_SIX = 1 << 27;
const FLAGS = 0x03ffffff;
/** What is not direction. */
const PAIR = 0x0e000000 | 0x00ffffff;
const TCP = 6;

export function serviceOf({ table }: Channels, channel: number): number {
  return table.words[channel * 4 + 3] as number;
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

let table = newQuadTable(1 << 16);

/** Those of the day before are forgotten. */
export function newChannels(): Channels {
  table = clearQuadTable(table);
  return { table, v6: [], sixes: new Map() };
}

const keyChannel = keptColumn(Int32Array);
export const NOT_OF_SHARE = -1;

/** Channel of each of a segment's keys that are `used`, NOT_OF_SHARE of others. Good until the next call. */
export function channelsOfKeys(
  channels: Channels,
  keys: SettlingKeys,
  logs: Logs,
  { part, parts }: Share,
  used: Uint8Array | null,
): Int32Array {
  const { length, v4, v6, src, dst, dstPort, protocol, flags, log } = keys;
  const { observer } = logs;
  const channelOf = keyChannel(length);
  const four = v4.length;
  const six = v6.length === 0 ? null : wordsOfSix(channels, v6);
  for (let k = 0; k < length; k++) {
    channelOf[k] = NOT_OF_SHARE;
    if (used !== null && used[k] === 0) continue;
    const s = src[k] as number;
    const d = dst[k] as number;
    if (parts > 1 && shareOf(hashOf(keys, s), hashOf(keys, d), parts) !== part) continue;
    let service = (dstPort[k] as number) | ((protocol[k] as number) << 16) | ((flags[k] as number) << 24);
    let from = 0;
    let to = 0;
    if (s < four) from = v4[s] as number;
    else {
      from = (six as Uint32Array)[s - four] as number;
      service |= SRC_SIX;
    }
    if (d < four) to = v4[d] as number;
    else {
      to = (six as Uint32Array)[d - four] as number;
      service |= DST_SIX;
    }
    channelOf[k] = quadNumber(channels.table, observer[log[k] as number] as number, from, to, service >>> 0);
  }
  return channelOf;
}

/** Of each IPv6 address of a segment, its place in `v6` of the channels. */
function wordsOfSix(channels: Channels, bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(bytes.length / 16);
  for (let i = 0; i < words.length; i++) words[i] = sixOf(channels, bytes.subarray(i * 16, i * 16 + 16));
  return words;
}

function sixOf({ v6, sixes }: Channels, bytes: Uint8Array): number {
  const name = String.fromCharCode(...bytes);
  const known = sixes.get(name);
  if (known !== undefined) return known;
  sixes.set(name, v6.length);
  return v6.push(bytes.slice()) - 1;
}

const channelAtHand = keptColumn(Int32Array);

/** Channel of each flow at hand; NOT_OF_SHARE too where its evidence was taken back. Good until the next call. */
export function channelsAtHand(channels: Channels, logs: Logs, atHand: FlowsAtHand, share: Share): Int32Array {
  const observers = new Map<number, number>();
  for (let i = 0; i < logs.nic.length; i++)
    observers.set((logs.nic[i] as number) * LINES + (logs.line[i] as number), logs.observer[i] as number);
  const channelOf = channelAtHand(atHand.length);
  for (let i = 0; i < atHand.length; i++) {
    channelOf[i] = NOT_OF_SHARE;
    const observer = observers.get((atHand.nic[i] as number) * LINES + (atHand.line[i] as number));
    if (observer === undefined) continue;
    const at = i * 17;
    const [srcSix, dstSix] = [atHand.src[at] === 6, atHand.dst[at] === 6];
    const { part, parts } = share;
    if (parts > 1) {
      const [from, to] = [addressHash(atHand.src, at + 1, srcSix), addressHash(atHand.dst, at + 1, dstSix)];
      if (shareOf(from, to, parts) !== part) continue;
    }
    const service = ((atHand.service[i] as number) & FLAGS) | (srcSix ? SRC_SIX : 0) | (dstSix ? DST_SIX : 0);
    channelOf[i] = quadNumber(
      channels.table,
      observer,
      srcSix ? sixOf(channels, atHand.src.subarray(at + 1, at + 17)) : fourOf(atHand.src, at + 1),
      dstSix ? sixOf(channels, atHand.dst.subarray(at + 1, at + 17)) : fourOf(atHand.dst, at + 1),
      service >>> 0,
    );
  }
  return channelOf;
}

/** More than a NIC has lines. */
const LINES = 2 ** 20;

function hashOf({ v4, v6 }: SettlingKeys, address: number): number {
  return address < v4.length ? (v4[address] as number) : addressHash(v6, (address - v4.length) * 16, true);
}

/** A number for an address that does not depend on what else there is. */
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
export type Pairs = { readonly pairOf: Int32Array; readonly pairs: number };

const pairOfChannel = keptColumn(Int32Array);
const sieveColumn = keptColumn(Int32Array);

/** Null: no pair is logged by several. Good until the next call. */
export function sharedPairs({ table: { words, length } }: Channels): Pairs | null {
  const pairOf = pairOfChannel(length);
  // Nearly all pairs are logged by one observer. A sieve of one observer (+ 1; 0 none) a hash lets those by without a table of pairs.
  let slots = 1024;
  while (slots < length * 4) slots *= 2;
  const sieve = sieveColumn(slots).subarray(0, slots).fill(0);
  const mask = slots - 1;
  let several = 0;
  for (let c = 0; c < length; c++) {
    const slot = pairHash(words, c) & mask;
    const observer = (words[c * 4] as number) + 1;
    const known = sieve[slot] as number;
    if (known === 0) sieve[slot] = observer;
    else if (known !== observer && known !== SEVERAL) {
      sieve[slot] = SEVERAL;
      several++;
    }
  }
  if (several === 0) return null;
  const pairs = newQuadTable(several * 2);
  for (let c = 0; c < length; c++) {
    pairOf[c] = sieve[pairHash(words, c) & mask] === SEVERAL ? pairNumber(pairs, words, c * 4) : -1;
  }
  return { pairOf, pairs: pairs.length };
}

const SEVERAL = -1;

function pairNumber(pairs: QuadTable, words: Uint32Array, at: number): number {
  const service = ((words[at + 3] as number) & PAIR) >>> 0;
  return quadNumber(pairs, words[at + 1] as number, words[at + 2] as number, service, 0);
}

function pairHash(words: Uint32Array, channel: number): number {
  const at = channel * 4;
  let h =
    Math.imul(words[at + 1] as number, 0x9e3779b1) ^
    Math.imul(words[at + 2] as number, 0x85ebca6b) ^
    Math.imul((words[at + 3] as number) & PAIR, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
