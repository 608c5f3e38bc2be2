// The elements of a member, whatever holds them: {"records":[…]}, a bare record, an array, records one a line, records inside
// records. Fed with a window of bytes at a time; what it cannot read becomes a reject with its place and the walk goes on.
// Over 300 lines: reading on, holding back and giving up change one state in an order that matters, so they stand together.

import { REJECTED } from "../segment/columns.ts";
import { addRecord, type Batch } from "./batch.ts";
import { digest16 } from "./digest.ts";
import {
  balancedEnd,
  decode,
  Malformed,
  NEED_MORE,
  newWalker,
  peek,
  stringEnd,
  type Walker,
  walkValue,
} from "./json.ts";
import { lastCategory, walkRecord } from "./record.ts";
import { rankOfKey } from "./record-keys.ts";
import { cutText, REJECT_TEXT } from "./reject.ts";

/** Longest record; a longer one is not held in memory but rejected with the rest of its member. */
const RECORD_BYTES = 64 * 1024 * 1024;

/** Elements of other services after which a member that showed no flow log is not read to its end. */
export const FOREIGN_ENOUGH = 64;

/** Tuples waiting in the batch at which the walk pauses so that they can be packed. */
const PAUSE_TUPLES = 65536;

export type Elements = {
  readonly member: number;
  /** Elements seen so far; the next one's number. */
  next: number;
  /** Anything that tells a flow log was met: its category or its keys. */
  flowLog: boolean;
  /** Elements that are no flow-log records, while no flow log was seen: counted, named by category. */
  readonly foreign: { count: number; category: string; waiting: Waiting[] };
  /** Where reading was given up, with the head of the text from there. */
  rest: { readonly offset: number; readonly reason: string; readonly text: string } | null;
  /** First thing that makes the member partial, as a sentence part. */
  damage: string | null;
  /** Nothing more of this member is read. */
  over: boolean;
  readonly walker: Walker;
  readonly frames: Frame[];
  begun: boolean;
  /** No bytes follow those of the window. */
  last: boolean;
  /** A list of records was opened. */
  opened: boolean;
};

type Frame = "array" | "object";
type Waiting = {
  readonly record: number;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly text: string;
};

const walker = newWalker(rankOfKey); // one a thread: it is large, and holds nothing from one call to the next

export function newElements(member: number): Elements {
  return {
    member,
    next: 0,
    flowLog: false,
    foreign: { count: 0, category: "", waiting: [] },
    rest: null,
    damage: null,
    over: false,
    walker,
    frames: [],
    begun: false,
    last: false,
    opened: false,
  };
}

/**
 * Walks what is whole in bytes 0 … end; `offset` is where byte 0 stands in the member; `last` says that no bytes follow.
 * Returns how many bytes are done with: the caller keeps the rest and comes back with more (or at once, after packing, when the
 * batch is full).
 */
export function walkElements(
  e: Elements,
  batch: Batch,
  bytes: Buffer,
  end: number,
  offset: number,
  last: boolean,
): number {
  const w = e.walker;
  e.last = last;
  w.bytes = bytes;
  w.end = end;
  w.at = 0;
  let done = 0;
  try {
    if (!e.begun && end < 3 && !last) return 0; // a byte order mark may be on its way
    if (!e.begun && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && end >= 3) w.at = 3;
    e.begun = true;
    while (!e.over && batch.raw.length < PAUSE_TUPLES) {
      done = w.at;
      const c = peek(w);
      done = w.at;
      step(e, batch, w, c, offset, last);
      done = w.at;
    }
  } catch (thrown) {
    if (thrown === NEED_MORE) {
      if (!last) {
        if (end - done >= RECORD_BYTES) giveUp(e, w, done, offset, `a record longer than ${RECORD_BYTES} bytes`);
        return e.over ? end : done;
      }
      return finish(e, batch, w, done, offset);
    }
    if (!(thrown instanceof Malformed)) throw thrown;
    if (!last && end - done < REJECT_TEXT) return done; // the head of its text first
    giveUp(e, w, done, offset, thrown.why);
  }
  return e.over ? end : done;
}

function step(e: Elements, batch: Batch, w: Walker, c: number, offset: number, last: boolean): void {
  const frame = e.frames.at(-1);
  if (c === 44) w.at++;
  else if (c === 93 && frame === "array") close(e, w);
  else if (c === 125 && frame === "object") close(e, w);
  else if (frame === "object") containerKey(e, batch, w, c, offset);
  else if (c === 91) {
    e.frames.push("array");
    w.at++;
  } else if (c === 123) element(e, batch, w, offset, last);
  else stray(e, batch, w, c, offset, last);
}

function close(e: Elements, w: Walker): void {
  e.frames.pop();
  w.at++;
}

/** In an object that holds records, between its keys: more records are walked, other values passed over. */
function containerKey(e: Elements, batch: Batch, w: Walker, c: number, offset: number): void {
  const from = w.at;
  if (c !== 34) return giveUp(e, w, from, offset, "a key is expected here");
  const to = stringEnd(w, from + 1);
  const key = decode(w, from + 1, to);
  w.at = to + 1;
  if (peek(w) !== 58) return giveUp(e, w, from, offset, "a colon is missing");
  w.at++;
  if (peek(w) === 91 && key === "records") {
    e.frames.push("array");
    w.at++;
    return;
  }
  const value = w.at;
  w.canonAt = 0;
  w.depth = 0;
  try {
    walkValue(w);
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown;
    return giveUp(e, w, from, offset, thrown.why);
  }
  if (key === "flowRecords" || key === "properties")
    rejectStretch(e, batch, w, value, w.at, offset, `"${key}" beside "records" is not read`);
}

function element(e: Elements, batch: Batch, w: Walker, offset: number, last: boolean): void {
  const from = w.at;
  const mark = { rows: batch.raw.length, rejects: batch.rejects.length, records: batch.records.length };
  const rollBack = (): void => {
    batch.raw.length = mark.rows;
    batch.rejects.length = mark.rejects;
    batch.records.length = mark.records;
    w.at = from;
  };
  w.fault = -1;
  try {
    const outcome = walkRecord(batch, w, { member: e.member, record: e.next, windowOffset: offset });
    if (outcome === "container") {
      e.frames.push("object", "array");
      e.opened = true;
      w.at++;
      return;
    }
    if (w.fault !== -1) damage(e, `a comma before a closing bracket at byte ${offset + w.fault}`);
    if (outcome === "foreign") return foreign(e, batch, w, from, offset);
    if (!e.flowLog && e.foreign.waiting.length > 0) {
      rollBack(); // what waited stands before it in the member, so it goes first
      admit(e, batch);
      walkRecord(batch, w, { member: e.member, record: e.next, windowOffset: offset });
    }
    e.flowLog = true;
    e.next++;
  } catch (thrown) {
    rollBack();
    if (!(thrown instanceof Malformed)) throw thrown;
    const to = balancedEnd(w.bytes, from, w.end);
    if (to === -1 && !last && w.end - from < RECORD_BYTES) throw NEED_MORE;
    if (mentionsFlow(w.bytes, from, to === -1 ? w.end : to)) admit(e, batch);
    if (to === -1) return giveUp(e, w, from, offset, `${thrown.why} at byte ${offset + thrown.at}`);
    damage(e, `${thrown.why} at byte ${offset + thrown.at}`);
    rejectStretch(e, batch, w, from, to, offset, thrown.why);
    w.at = to;
  }
}

/** Damage counts as partial once a flow-log key or category was read. */
function mentionsFlow(bytes: Uint8Array, from: number, to: number): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, 1 << 20)).toString("latin1");
  return /"flowRecords"|"flowTuples"|"FlowLogFlowEvent"|"NetworkSecurityGroupFlowEvent"/.test(head);
}

/** A flow log it is: what came before of other things is a reject now. */
function admit(e: Elements, batch: Batch): void {
  if (e.flowLog) return;
  e.flowLog = true;
  for (const waiting of e.foreign.waiting) {
    batch.rejects.push({ member: e.member, tuple: null, ...waiting });
    const text = Buffer.from(waiting.text);
    addRejected(batch, e.member, waiting.record, waiting.offset, waiting.length, text);
  }
  e.foreign.waiting.length = 0;
}

function foreign(e: Elements, batch: Batch, w: Walker, from: number, offset: number): void {
  const category = lastCategory();
  const reason =
    category === ""
      ? "not a flow-log record: it has neither category nor flow records"
      : `not a flow-log record: category ${category}`;
  if (e.foreign.category === "") e.foreign.category = category;
  rejectStretch(e, batch, w, from, w.at, offset, reason);
}

/** A scalar where a record should stand, or brackets that do not match. */
function stray(e: Elements, batch: Batch, w: Walker, c: number, offset: number, last: boolean): void {
  const from = w.at;
  if (c === 93 || c === 125) {
    damage(e, `a closing bracket too many at byte ${offset + from}`);
    w.at++;
    return;
  }
  w.canonAt = 0;
  w.depth = 0;
  try {
    walkValue(w);
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) {
      if (last) return giveUp(e, w, from, offset, "text that is not JSON");
      throw thrown;
    }
    return giveUp(e, w, from, offset, "text that is not JSON");
  }
  if (e.frames.length === 0 && !e.flowLog && e.next === 0) return giveUp(e, w, from, offset, "text that is not JSON");
  rejectStretch(e, batch, w, from, w.at, offset, "an element that is not an object");
}

function damage(e: Elements, sentence: string): void {
  e.damage ??= sentence;
}

function rejectStretch(
  e: Elements,
  batch: Batch,
  w: Walker,
  from: number,
  to: number,
  offset: number,
  reason: string,
): void {
  const text = cutText(w.bytes, from, to, reason);
  const record = e.next++;
  if (!e.flowLog) {
    e.foreign.waiting.push({ record, offset: offset + from, length: to - from, ...text });
    if (++e.foreign.count >= FOREIGN_ENOUGH) e.over = true;
    return;
  }
  batch.rejects.push({ member: e.member, record, tuple: null, offset: offset + from, length: to - from, ...text });
  addRejected(batch, e.member, record, offset + from, to - from, w.bytes.subarray(from, to));
}

/** A record that is a reject as a whole; its digest is of its bytes as they stand. */
function addRejected(
  batch: Batch,
  member: number,
  record: number,
  offset: number,
  length: number,
  bytes: Uint8Array,
): void {
  addRecord(
    batch,
    { member, record },
    offset,
    length,
    -1,
    REJECTED,
    digest16(bytes, 0, bytes.length),
    batch.raw.length,
  );
}

/** The rest of the member cannot be told apart into records: it becomes one reject when its length is known (`endElements`). */
function giveUp(e: Elements, w: Walker, from: number, offset: number, why: string): void {
  if (!e.last && w.end - from < REJECT_TEXT) throw NEED_MORE; // the head of its text first
  damage(e, `${why}: what follows byte ${offset + from} is not read`);
  e.rest = { offset: offset + from, reason: why, text: cutText(w.bytes, from, w.end, why).text };
  w.at = w.end;
  e.over = true;
}

/** The bytes have ended: inside a record, before the closing brackets, or as they should. */
function finish(e: Elements, batch: Batch, w: Walker, done: number, offset: number): number {
  e.over = true;
  const { end } = w;
  let from = done;
  while (from < end && (w.bytes[from] as number) <= 32) from++;
  if (from < end) {
    if (mentionsFlow(w.bytes, from, end)) admit(e, batch);
    damage(e, `it ends inside a record that begins at byte ${offset + from}`);
    if (e.flowLog) rejectStretch(e, batch, w, from, end, offset, "cut off: the file ends inside this record");
  } else if (e.frames.length > 0) damage(e, `it ends at byte ${offset + end} before its closing brackets`);
  return end;
}

/** Call once when all `bytes` of the member have been read: accounts for what was given up. */
export function endElements(e: Elements, batch: Batch, bytes: number): void {
  if (!e.rest || !e.flowLog) return;
  const { offset, reason, text } = e.rest;
  const length = bytes - offset;
  const record = e.next++;
  const shown = Buffer.from(text);
  const cut = length > shown.length ? ` (the first ${shown.length} of ${length} bytes are shown)` : "";
  batch.rejects.push({ member: e.member, record, tuple: null, offset, length, reason: reason + cut, text });
  addRejected(batch, e.member, record, offset, length, shown);
}
