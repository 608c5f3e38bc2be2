// The channels of a day without their source ports (docs/settling.md 1), numbered as they are met: a table of four words each, observer,
// source, destination, service; and which of them several observers may log.

import { CHANNEL_SHARE, CHANNELS, NEXT, SIEVE, SLOTS } from "./memory";

export let channels: u32 = 0;
let mask: u32 = 0;

/** What is not direction in a service (../channels.ts). */
const PAIR: u32 = 0x0e000000 | 0x00ffffff;

export function clearChannels(): void {
  channels = 0;
  mask = 0xffff;
  memory.fill(SLOTS, 0xff, (mask + 1) << 2);
}

function mixed(a: u32, b: u32, c: u32, d: u32): u32 {
  let h: u32 = (a * 0x27d4eb2f) ^ (b * 0x9e3779b1) ^ (c * 0x85ebca6b) ^ ((d ^ (d >>> 16)) * 0xc2b2ae35);
  h = (h ^ (h >>> 15)) * 0x2c1b3c6d;
  h ^= h >>> 13;
  h *= 0x85ebca6b;
  return h ^ (h >>> 16);
}

/** The number that stands in the first slot where a channel can be, −1 none. */
@inline
export function firstSlot(observer: u32, src: u32, dst: u32, service: u32): i32 {
  return load<i32>(SLOTS + ((mixed(observer, src, dst, service) & mask) << 2));
}

/** The number of a channel; a new one when it was not met before. */
export function channelNumber(observer: u32, src: u32, dst: u32, service: u32): u32 {
  let slot = mixed(observer, src, dst, service) & mask;
  for (;;) {
    const number = load<i32>(SLOTS + (slot << 2));
    if (number == -1) break;
    const at = CHANNELS + (number << 4);
    if (
      load<u32>(at, 4) == src &&
      load<u32>(at, 8) == dst &&
      load<u32>(at, 12) == service &&
      load<u32>(at) == observer
    )
      return number;
    slot = (slot + 1) & mask;
  }
  const at = CHANNELS + (channels << 4);
  store<u32>(at, observer);
  store<u32>(at, src, 4);
  store<u32>(at, dst, 8);
  store<u32>(at, service, 12);
  store<u32>(SLOTS + (slot << 2), channels);
  channels++;
  if (channels * 2 > mask) widen();
  return channels - 1;
}

function widen(): void {
  mask = mask * 2 + 1;
  memory.fill(SLOTS, 0xff, (mask + 1) << 2);
  for (let number: u32 = 0; number < channels; number++) {
    const at = CHANNELS + (number << 4);
    let slot = mixed(load<u32>(at), load<u32>(at, 4), load<u32>(at, 8), load<u32>(at, 12)) & mask;
    while (load<i32>(SLOTS + (slot << 2)) != -1) slot = (slot + 1) & mask;
    store<u32>(SLOTS + (slot << 2), number);
  }
}

export function serviceOf(channel: u32): u32 {
  return load<u32>(CHANNELS + (channel << 4), 12);
}

/** Deals channels out to shares: those of one source and destination to one. */
export function shareChannels(shares: u32): void {
  for (let channel: u32 = 0; channel < channels; channel++) {
    const at = CHANNELS + (channel << 4);
    const share: u32 = shares == 1 ? 0 : mixed(0, load<u32>(at, 4), load<u32>(at, 8), 0) % shares;
    store<u8>(CHANNEL_SHARE + channel, share);
  }
}

@inline
export function isOfShare(channel: u32, share: u32): bool {
  return u32(load<u8>(CHANNEL_SHARE + channel)) == share;
}

function sieveSlot(channel: u32, sieveMask: u32): u32 {
  const at = CHANNELS + (channel << 4);
  return SIEVE + ((mixed(0, load<u32>(at, 4), load<u32>(at, 8), load<u32>(at, 12) & PAIR) & sieveMask) << 2);
}

const SEVERAL: u32 = 0xffffffff;

/**
 * Nearly all pairs are logged by one observer: a sieve of one observer (+ 1; 0 none) a hash lets those by. Puts to NEXT the channels of
 * the share that several may log; how many.
 */
export function listShared(share: u32): u32 {
  let size: u32 = 1024;
  while (size < channels * 4) size *= 2;
  const sieveMask = size - 1;
  memory.fill(SIEVE, 0, size << 2);
  let several: u32 = 0;
  for (let channel: u32 = 0; channel < channels; channel++) {
    if (!isOfShare(channel, share)) continue;
    const slot = sieveSlot(channel, sieveMask);
    const observer = load<u32>(CHANNELS + (channel << 4)) + 1;
    const known = load<u32>(slot);
    if (known == 0) store<u32>(slot, observer);
    else if (known != observer && known != SEVERAL) {
      store<u32>(slot, SEVERAL);
      several++;
    }
  }
  if (several == 0) return 0;
  let listed: u32 = 0;
  for (let channel: u32 = 0; channel < channels; channel++)
    if (isOfShare(channel, share) && load<u32>(sieveSlot(channel, sieveMask)) == SEVERAL)
      store<u32>(NEXT + (listed++ << 2), channel);
  return listed;
}
