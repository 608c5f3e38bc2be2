// Entries → flows (docs/settling.md 2): channel by channel, source port by source port, in order, one state machine.

import { channels, serviceOf } from "./channels";
import {
  AT_HAND,
  BEGIN,
  BEGIN_SEEN,
  END,
  ENDS,
  ENTRY,
  FIRST,
  FLOW_AT,
  FLOW_CHANNEL,
  FLOW_FIRST,
  FLOW_FLAGS,
  FLOW_JOINED,
  FLOW_LAST,
  FLOW_LOG,
  FLOW_PORT,
  FLOW_TODAY,
  HAS_ENDED,
  isDenied,
  isTcp,
  JOINED,
  KEY,
  LONGEST_PAUSE,
  MARKS,
  NO_STATE,
  OVER,
  PORT_SHIFT,
  RETRY,
  RETRY_PAUSE,
  ROW_AT,
  ROW_STATE_LOG,
  STARTS,
  STAYS_OUT,
  TIME_MASK,
} from "./memory";
import { sortEntries } from "./sort";

const NONE: u32 = 0xffffffff;
let flows: u32 = 0;

/** Puts the entries of each channel in order, and sets marks by place. How many flows there are, those carried over first. */
export function stitchFlows(day: f64, carried: u32): u32 {
  flows = carried;
  for (let channel: u32 = 0; channel < channels; channel++) {
    const from = load<u32>(STARTS + (channel << 2));
    const to = load<u32>(STARTS + ((channel + 1) << 2));
    if (to - from > 1) sortEntries(from, to);
    for (let p = from; p < to; ) p = stitchPort(p, to, channel, day);
  }
  return flows;
}

/** Stitches the entries from p on that have its source port, and returns where the next begin. */
function stitchPort(from: u32, to: u32, channel: u32, day: f64): u32 {
  const port = u32(load<u64>(KEY + (from << 3)) >>> PORT_SHIFT);
  const service = serviceOf(channel);
  const denied = isDenied(service);
  const tcp = isTcp(service);
  let flow: u32 = NONE; // that may go on
  let before: u32 = NONE; // place of its last tuple, if that is of the day
  let p = from;
  for (; p < to; p++) {
    const key = load<u64>(KEY + (p << 3));
    if (u32(key >>> PORT_SHIFT) != port) break;
    const row = load<u32>(ENTRY + (p << 2));
    if (row >= AT_HAND) {
      const carried = row - AT_HAND;
      store<u32>(FLOW_CHANNEL + (carried << 2), channel);
      store<u16>(FLOW_PORT + (carried << 1), port);
      store<u32>(FLOW_AT + (p << 2), carried);
      if (!denied && isOneTuple(carried)) continue; // ended without a begin: nothing goes on with it
      if (flow == NONE || lastOf(flow) <= lastOf(carried)) flow = carried;
      continue;
    }
    const t = day + f64(i64((key & TIME_MASK) - 1));
    const place = load<u32>(ROW_AT + (row << 2));
    const stateLog = load<u32>(ROW_STATE_LOG + (row << 2));
    const state = stateLog & 0xff;
    const since = flow == NONE ? Infinity : t - lastOf(flow);
    let mark: u32 = 0;
    if (denied) {
      if (tcp && since <= RETRY_PAUSE) mark = RETRY;
      else {
        flow = beginFlow(channel, port, stateLog >>> 8, t, HAS_ENDED | BEGIN_SEEN);
        mark = FIRST;
      }
    } else if (state == NO_STATE) {
      store<u32>(FLOW_AT + (p << 2), beginFlow(channel, port, stateLog >>> 8, t, HAS_ENDED));
      store<u8>(MARKS + place, FIRST);
      continue;
    } else if (state == BEGIN) {
      if (since == 0) {
        mark = JOINED;
        if (before != NONE) store<u8>(MARKS + before, load<u8>(MARKS + before) & ~ENDS);
        store<u8>(FLOW_FLAGS + flow, load<u8>(FLOW_FLAGS + flow) & ~HAS_ENDED);
        store<u8>(FLOW_JOINED + flow, 1);
      } else {
        leave(flow);
        flow = beginFlow(channel, port, stateLog >>> 8, t, BEGIN_SEEN);
        mark = FIRST;
      }
    } else {
      if (since > LONGEST_PAUSE || (load<u8>(FLOW_FLAGS + flow) & HAS_ENDED) != 0) {
        leave(flow);
        flow = beginFlow(channel, port, stateLog >>> 8, t, 0);
        mark = FIRST;
      }
      if (state == END) {
        mark |= ENDS;
        store<u8>(FLOW_FLAGS + flow, load<u8>(FLOW_FLAGS + flow) | HAS_ENDED);
      }
    }
    store<u8>(MARKS + place, mark);
    store<u32>(FLOW_AT + (p << 2), flow);
    store<f64>(FLOW_LAST + (flow << 3), t);
    store<u8>(FLOW_TODAY + flow, 1);
    before = place;
  }
  return p;
}

function lastOf(flow: u32): f64 {
  return load<f64>(FLOW_LAST + (flow << 3));
}

/** Of an allowed flow that was carried over. */
function isOneTuple(flow: u32): bool {
  return (load<u8>(FLOW_FLAGS + flow) & ~STAYS_OUT) == HAS_ENDED && load<f64>(FLOW_FIRST + (flow << 3)) == lastOf(flow);
}

function beginFlow(channel: u32, port: u32, log: u32, t: f64, flags: u32): u32 {
  const flow = flows++;
  store<u32>(FLOW_CHANNEL + (flow << 2), channel);
  store<u16>(FLOW_PORT + (flow << 1), port);
  store<u32>(FLOW_LOG + (flow << 2), log);
  store<f64>(FLOW_FIRST + (flow << 3), t);
  store<f64>(FLOW_LAST + (flow << 3), t);
  store<u8>(FLOW_FLAGS + flow, flags);
  store<u8>(FLOW_TODAY + flow, 1);
  store<u8>(FLOW_JOINED + flow, 0);
  return flow;
}

function leave(flow: u32): void {
  if (flow != NONE) store<u8>(FLOW_FLAGS + flow, load<u8>(FLOW_FLAGS + flow) | OVER);
}
