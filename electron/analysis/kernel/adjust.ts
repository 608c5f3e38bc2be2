// What flows really moved (docs/settling.md 3).

import { channels, serviceOf } from "./channels";
import {
  AT_HAND,
  AWAITS_COUNTERS,
  BEGIN,
  COUNTERS,
  DIFFERING,
  DIFFERING_AT,
  END,
  ENTRY,
  FLOW_AT,
  FLOW_CHANNEL,
  FLOW_FLAGS,
  FLOW_JOINED,
  HAS_ENDED,
  isDenied,
  isTcp,
  JOINED,
  MARKS,
  NUMBER,
  RETRY,
  ROW_AT,
  ROW_STATE_LOG,
  STARTS,
  TOTALS,
  UNANSWERED,
  WANTED,
} from "./memory";
import { ABSENT, kindOf, openCounters, WRITTEN, writtenCounter } from "./counters";

const MOST: f64 = 9007199254740992;

let wanted: u32 = 0;

/**
 * Numbers the tuples, in order, of flows whose counters matter: those with a join, and those that may go on tomorrow. NUMBER of their
 * places says which; −1 elsewhere. How many.
 */
export function findWanted(places: u32): u32 {
  memory.fill(NUMBER, 0xff, places << 2);
  wanted = 0;
  for (let channel: u32 = 0; channel < channels; channel++) {
    if (isDenied(serviceOf(channel))) continue;
    const to = load<u32>(STARTS + ((channel + 1) << 2));
    for (let p = load<u32>(STARTS + (channel << 2)); p < to; p++) {
      const row = load<u32>(ENTRY + (p << 2));
      if (row >= AT_HAND) continue;
      const flow = load<u32>(FLOW_AT + (p << 2));
      if (
        load<u8>(FLOW_JOINED + flow) == 0 &&
        (load<u8>(FLOW_FLAGS + flow) & (AWAITS_COUNTERS | HAS_ENDED)) == HAS_ENDED
      )
        continue;
      store<u32>(NUMBER + (load<u32>(ROW_AT + (row << 2)) << 2), wanted);
      store<u32>(WANTED + (wanted << 2), p);
      wanted++;
    }
  }
  return wanted;
}

/** Whether a segment, whose first row has the place `first`, has wanted tuples. */
export function hasWanted(first: u32, length: u32): bool {
  for (let row: u32 = 0; row < length; row++) if (load<i32>(NUMBER + ((first + row) << 2)) != -1) return true;
  return false;
}

/** Counters of a segment's wanted tuples, from its part "counters", `bytes` at PART. */
export function pickCounters(bytes: u32, first: u32, length: u32): void {
  openCounters(bytes, length);
  let i: u32 = 0;
  for (let row: u32 = 0; row < length; row++) {
    const kind = kindOf(row);
    const number = load<i32>(NUMBER + ((first + row) << 2));
    if (number >= 0) {
      const to = COUNTERS + (number << 5);
      if (kind == WRITTEN) {
        store<f64>(to, f64(i64(writtenCounter(0, i)) - 1));
        store<f64>(to, f64(i64(writtenCounter(1, i)) - 1), 8);
        store<f64>(to, f64(i64(writtenCounter(2, i)) - 1), 16);
        store<f64>(to, f64(i64(writtenCounter(3, i)) - 1), 24);
      } else {
        const value: f64 = kind == ABSENT ? -1 : 0;
        store<f64>(to, value);
        store<f64>(to, value, 8);
        store<f64>(to, value, 16);
        store<f64>(to, value, 24);
      }
    }
    if (kind == WRITTEN) i++;
  }
}

let differing: u32 = 0;

/** Sets RETRY in marks, adds up TOTALS; how many tuples' adjusted counters differ. */
export function adjustCounters(flows: u32): u32 {
  memory.fill(UNANSWERED, 0, flows);
  differing = 0;
  for (let i: u32 = 0; i < wanted; i++) {
    const p = load<u32>(WANTED + (i << 2));
    const row = load<u32>(ENTRY + (p << 2));
    const flow = load<u32>(FLOW_AT + (p << 2));
    const place = load<u32>(ROW_AT + (row << 2));
    const state = load<u32>(ROW_STATE_LOG + (row << 2)) & 0xff;
    const counters = COUNTERS + (i << 5);
    const totals = TOTALS + (flow << 5);
    let flags = u32(load<u8>(FLOW_FLAGS + flow));
    const mark = u32(load<u8>(MARKS + place));
    if ((mark & JOINED) != 0) {
      if (load<u8>(UNANSWERED + flow) == 1 && isTcp(serviceOf(load<u32>(FLOW_CHANNEL + (flow << 2)))))
        store<u8>(MARKS + place, mark | RETRY);
      else flags |= AWAITS_COUNTERS;
    }
    let isAdjusted = false;
    if ((flags & AWAITS_COUNTERS) != 0 && state != BEGIN && isWhole(counters)) {
      flags &= ~AWAITS_COUNTERS;
      isAdjusted = countsFromBegin(counters, totals);
    }
    store<u8>(FLOW_FLAGS + flow, flags);
    if (isAdjusted) addDiffering(place, counters, totals);
    else addTo(totals, counters);
    const isUnanswered = state == END && load<f64>(counters) == 1 && load<f64>(counters, 16) == 0;
    store<u8>(UNANSWERED + flow, u32(isUnanswered));
  }
  return differing;
}

function isWhole(counters: u32): bool {
  return (
    load<f64>(counters) != -1 &&
    load<f64>(counters, 8) != -1 &&
    load<f64>(counters, 16) != -1 &&
    load<f64>(counters, 24) != -1
  );
}

/** All four at least the totals so far, and one greater. */
function countsFromBegin(counters: u32, totals: u32): bool {
  let greater = false;
  for (let c: u32 = 0; c < 32; c += 8) {
    const value = load<f64>(counters + c);
    const total = load<f64>(totals + c);
    if (value < total) return false;
    if (value > total) greater = true;
  }
  return greater;
}

/** The totals become what was logged. */
function addDiffering(place: u32, counters: u32, totals: u32): void {
  store<u32>(DIFFERING_AT + (differing << 2), place);
  const to = DIFFERING + (differing << 5);
  differing++;
  for (let c: u32 = 0; c < 32; c += 8) {
    const value = load<f64>(counters + c);
    store<f64>(to + c, value - load<f64>(totals + c));
    store<f64>(totals + c, value);
  }
}

function addTo(totals: u32, counters: u32): void {
  for (let c: u32 = 0; c < 32; c += 8) {
    const value = load<f64>(counters + c);
    if (value > 0) store<f64>(totals + c, min(MOST, load<f64>(totals + c) + value));
  }
}
