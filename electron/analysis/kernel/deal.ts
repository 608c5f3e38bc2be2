// Flows at hand and rows of a share dealt out to their channels by counting: what is of one channel stays as it was met, flows at hand
// first.

import { channels, isOfShare } from "./channels";
import {
  AT_HAND,
  CARRIED_CHANNEL,
  CARRIED_PORT,
  ENTRY,
  KEY,
  NEXT,
  PORT_SHIFT,
  ROW_CHANNEL,
  ROW_KEY,
  STARTS,
} from "./memory";

export function countRows(rows: u32, share: u32): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < rows; i++) count += u32(isOfShare(load<u32>(ROW_CHANNEL + (i << 2)), share));
  return count;
}

/** How many entries. */
export function dealOut(rows: u32, carried: u32, share: u32): u32 {
  memory.fill(STARTS, 0, (channels + 1) << 2);
  for (let i: u32 = 0; i < carried; i++) {
    const channel = load<i32>(CARRIED_CHANNEL + (i << 2));
    if (channel != -1 && isOfShare(channel, share)) count(channel);
  }
  for (let i: u32 = 0; i < rows; i++) {
    const channel = load<u32>(ROW_CHANNEL + (i << 2));
    if (isOfShare(channel, share)) count(channel);
  }
  let sum: u32 = 0;
  for (let channel: u32 = 0; channel < channels; channel++) {
    store<u32>(NEXT + (channel << 2), sum);
    const at = STARTS + ((channel + 1) << 2);
    sum += load<u32>(at);
    store<u32>(at, sum);
  }
  for (let i: u32 = 0; i < carried; i++) {
    const channel = load<i32>(CARRIED_CHANNEL + (i << 2));
    if (channel != -1 && isOfShare(channel, share))
      put(channel, u64(load<u16>(CARRIED_PORT + (i << 1))) << PORT_SHIFT, AT_HAND + i);
  }
  for (let i: u32 = 0; i < rows; i++) {
    const channel = load<u32>(ROW_CHANNEL + (i << 2));
    if (isOfShare(channel, share)) put(channel, load<u64>(ROW_KEY + (i << 3)), i);
  }
  return sum;
}

function count(channel: u32): void {
  const at = STARTS + ((channel + 1) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function put(channel: u32, key: u64, entry: u32): void {
  const next = NEXT + (channel << 2);
  const at = load<u32>(next);
  store<u32>(next, at + 1);
  store<u64>(KEY + (at << 3), key);
  store<u32>(ENTRY + (at << 2), entry);
}
