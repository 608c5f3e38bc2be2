// Records of the usual form (VNet v4 as Azure writes it: no spaces, keys in its order, a header met before), one after another,
// their tuples into the columns. Stops at whatever is not usual, not whole, or too much: the host walks that plainly.

import { instant } from "./instant";
import { CONTEXT, ENCRYPTION, FOUND, FOUND_BYTES, MEMBER, RECORD, RECORDS, ROWS, SEGMENT, TIME, TUPLE } from "./memory";
import { isSame } from "./same";
import { closing, contextAt, headerAt, idOf, lengthOf, textAt } from "./tables";
import { tuple } from "./tuple";

/** `{"time":"` */
const TIME_FROM: u32 = <u32>memory.data<u8>([123, 34, 116, 105, 109, 101, 34, 58, 34, 0, 0, 0, 0, 0, 0, 0]);
const TIME_FROM_LENGTH: u32 = 9;
/** Length of `2022-09-14T09:00:52.5625085Z`. */
const TIME_LENGTH: u32 = 28;
/** `{"aclID":"` */
const ACL: u32 = <u32>memory.data<u8>([123, 34, 97, 99, 108, 73, 68, 34, 58, 34, 0, 0, 0, 0, 0, 0]);
const ACL_LENGTH: u32 = 10;
/** `","flowGroups":[` */
const GROUPS: u32 = <u32>memory.data<u8>([34, 44, 34, 102, 108, 111, 119, 71, 114, 111, 117, 112, 115, 34, 58, 91]);
const GROUPS_LENGTH: u32 = 16;
/** `{"rule":"` */
const RULE: u32 = <u32>memory.data<u8>([123, 34, 114, 117, 108, 101, 34, 58, 34, 0, 0, 0, 0, 0, 0, 0]);
const RULE_LENGTH: u32 = 9;
/** `","flowTuples":[` */
const TUPLES: u32 = <u32>memory.data<u8>([34, 44, 34, 102, 108, 111, 119, 84, 117, 112, 108, 101, 115, 34, 58, 91]);
const TUPLES_LENGTH: u32 = 16;
/** A longer record is not usual. */
const LONGEST: u32 = 1 << 24;

/** Of the call before: records found, and rows filled when it ended. */
export let found: u32 = 0;
export let rows: u32 = 0;

// Of the record being read.
let row: u32 = 0;
let first: f64 = 0;
let last: f64 = 0;

/**
 * Reads records from `done` on, commas and white space between them; the first is No. `record` of `member`, and its tuples begin at row
 * `firstRow`. Returns where the last one ends.
 */
export function records(done: u32, end: u32, member: u32, record: u32, firstRow: u32): u32 {
  found = 0;
  rows = firstRow;
  while (found < RECORDS && rows < SEGMENT) {
    let at = done;
    while (at < end) {
      const c = load<u8>(at);
      if (c !== 44 && c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
      at++;
    }
    if (at >= end || load<u8>(at) !== 123) break;
    const header = isSame(TIME_FROM, at, TIME_FROM_LENGTH) ? headerAt(at + TIME_FROM_LENGTH + TIME_LENGTH, end) : 0;
    if (header === 0) break;
    const time = instant(at + TIME_FROM_LENGTH);
    if (time < 0) break;
    const id = idOf(header); // before anything new is met, for which the tables may be emptied
    const from = at + TIME_FROM_LENGTH + TIME_LENGTH + lengthOf(header);
    const to = flows(from, min(end, at + LONGEST), member, record + found, id);
    if (to === 0) break;
    const place = FOUND + found * FOUND_BYTES;
    store<u32>(place, at);
    store<u32>(place, to, 4);
    store<u32>(place, row - rows, 8);
    store<i32>(place, id, 12);
    store<f64>(place, time, 16);
    store<f64>(place, first, 24);
    store<f64>(place, last, 32);
    rows = row;
    found++;
    done = to;
  }
  return done;
}

/** The flows of a record from the first's brace on; position after the record's, 0 when they are not usual. */
function flows(at: u32, end: u32, member: u32, record: u32, header: i32): u32 {
  let nth: u32 = 0;
  const firstRow = rows;
  row = rows;
  first = Infinity;
  last = -Infinity;
  for (;;) {
    if (!isSame(ACL, at, ACL_LENGTH)) return 0;
    const acl = textAt(at + ACL_LENGTH, end, nth++);
    if (acl === -1 || !isSame(GROUPS, closing, GROUPS_LENGTH)) return 0;
    at = closing + GROUPS_LENGTH;
    for (;;) {
      if (!isSame(RULE, at, RULE_LENGTH)) return 0;
      const rule = textAt(at + RULE_LENGTH, end, nth++);
      if (rule === -1 || !isSame(TUPLES, closing, TUPLES_LENGTH)) return 0;
      at = tuples(closing + TUPLES_LENGTH, end, member, record, firstRow, header, acl, rule);
      if (at === 0 || load<u8>(at) !== 125) return 0;
      at++;
      if (load<u8>(at) !== 44) break;
      at++;
    }
    // ]} ends the flow; ]}} after it the flows, the flow records and the record
    if (load<u16>(at) !== 0x7d5d) return 0;
    at += 2;
    if (load<u8>(at) !== 44) break;
    at++;
  }
  if (at + 3 > end || load<u16>(at) !== 0x7d5d || load<u8>(at, 2) !== 125) return 0;
  return at + 3;
}

/** The strings of a list, from the first's opening quote; position after the closing bracket, 0 when one is not usual. */
function tuples(from: u32, end: u32, member: u32, record: u32, firstRow: u32, header: i32, acl: i32, rule: i32): u32 {
  let at = from;
  let encryption: u32 = 0xffff;
  let context: i32 = 0;
  let next: u8 = 0;
  do {
    if (at >= end || row >= ROWS || load<u8>(at) !== 34) return 0;
    const close = tuple(at + 1, end, row);
    if (close === 0) return 0;
    const code = u32(load<u16>(ENCRYPTION + (row << 1)));
    if (code !== encryption) {
      encryption = code;
      context = contextAt(header, acl, rule, code);
    }
    store<u32>(CONTEXT + (row << 2), context);
    store<u32>(MEMBER + (row << 2), member);
    store<u32>(RECORD + (row << 2), record);
    store<u32>(TUPLE + (row << 2), row - firstRow);
    const time = load<f64>(TIME + (row << 3));
    first = min(first, time);
    last = max(last, time);
    row++;
    next = load<u8>(close + 1);
    at = close + 2;
  } while (next === 44);
  return next === 93 ? at : 0;
}
