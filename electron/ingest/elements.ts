// The elements of a member, whatever holds them: {"records":[…]}, a bare record, an array, records one a line, records inside
// records. Fed with a window of bytes at a time; what it cannot read becomes a reject with its place, and the walk goes on at the
// next record. What it finds is the same in any windows.
// Over 300 lines: reading on, holding back and passing over change one state in an order that matters, so they stand together.

import { REJECTED } from "../segment/columns.ts";
import type { Batch } from "./batch.ts";
import { addRecord } from "./batch-records.ts";
import { spanFrom } from "./batch-rows.ts";
import { digest16 } from "./digest.ts";
import { DEPTH, decode, Malformed, NEED_MORE, newWalker, peek, stringEnd, type Walker, walkValue } from "./json.ts";
import { type Gathered, gather, newGathered } from "./member-content.ts";
import { holdsTuples, lastCategory, lastHead, walkRecord } from "./record.ts";
import { rankOfKey } from "./record-keys.ts";
import { cutText, REJECT_TEXT } from "./reject.ts";
import { newStretch, passOver, type Stretch } from "./stretch.ts";
import { addUsualRecords } from "./usual.ts";

/** Longest record; a longer one is a reject. */
const RECORD_BYTES = 64 * 1024 * 1024;
const TOO_LONG = `a record longer than ${RECORD_BYTES} bytes`;

/** Elements that are no flow-log records after which a member that showed no flow log is not read to its end. */
export const FOREIGN_ENOUGH = 64;

/** Bytes passed over in search of a record after which a member that showed no flow log is not read to its end. */
const SEARCHED_ENOUGH = 4 * 1024 * 1024;

/** Tuples waiting in the batch at which the walk pauses so that they can be packed. */
const PAUSE_TUPLES = 65536;

/** An element of this length that is not whole yet is looked at again when twice as much of it has come. */
const PATIENT = 1 << 20;

export type Elements = {
  readonly member: number;
  /** Elements seen so far; the next one's number. */
  next: number;
  /** Anything that tells a flow log was met: its category or its keys. */
  flowLog: boolean;
  /** While no flow log was seen: how many elements are of something else, the first category among them, and all that waits. */
  readonly foreign: { count: number; category: string; waiting: Waiting[] };
  /** What is being passed over; null while all is well. */
  stretch: Stretch | null;
  /** Bytes passed over while no flow log was seen. */
  searched: number;
  /** First thing that makes the member partial, as a sentence part. */
  damage: string | null;
  /** Nothing more of this member is read. */
  over: boolean;
  readonly walker: Walker;
  readonly frames: Frame[];
  /** Bytes that the window must hold for another look. */
  enough: number;
  /** A list of records was opened. */
  opened: boolean;
  /** Whose its records are. */
  readonly gathered: Gathered;
};

type Frame = "array" | "object";
/** An element held back until it is known whether this is a flow log. */
type Waiting = {
  readonly record: number;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly text: string;
  readonly digest: Uint8Array;
};

const walker = newWalker(rankOfKey); // one a thread: it is large, and holds nothing from one call to the next

export function newElements(member: number): Elements {
  return {
    member,
    next: 0,
    flowLog: false,
    foreign: { count: 0, category: "", waiting: [] },
    stretch: null,
    searched: 0,
    damage: null,
    over: false,
    walker,
    frames: [],
    enough: 0,
    opened: false,
    gathered: newGathered(),
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
  if (!last && end < e.enough) return 0;
  e.enough = 0;
  w.bytes = bytes;
  w.end = end;
  w.at = 0;
  for (;;) {
    let from = w.at; // of the element at hand
    try {
      while (!e.over && batch.raw.length < PAUSE_TUPLES) {
        from = w.at;
        if (e.stretch) {
          if (!passOn(e, e.stretch, batch, w, last)) return e.over ? end : w.at;
        } else if (!usualRecords(e, batch, w, offset)) {
          const c = peek(w);
          from = w.at;
          step(e, batch, w, c, offset);
        }
      }
      return e.over ? end : w.at;
    } catch (thrown) {
      if (thrown instanceof Malformed) {
        damage(e, `${thrown.why} at byte ${offset + thrown.at}`);
        beginStretch(e, w, from, offset, thrown.why);
      } else if (thrown !== NEED_MORE) throw thrown;
      else if (end - from > RECORD_BYTES) beginStretch(e, w, from, offset, TOO_LONG);
      else if (!last) {
        if (end - from >= PATIENT) e.enough = Math.min(2 * (end - from), RECORD_BYTES + 1);
        return from;
      } else if (isBlank(w, from)) {
        if (e.frames.length > 0) damage(e, `it ends at byte ${offset + end} before its closing brackets`);
        e.over = true;
        return end;
      } else beginStretch(e, w, from, offset, CUT_OFF);
    }
  }
}

function isBlank(w: Walker, from: number): boolean {
  for (let at = from; at < w.end; at++) if ((w.bytes[at] as number) > 32) return false;
  return true;
}

const CUT_OFF = "cut off: the file ends inside this record";
const NO_END = "its end is missing: another record begins inside it";

/** What stands at `from` cannot be read. */
function beginStretch(e: Elements, w: Walker, from: number, offset: number, reason: string): void {
  const object = w.bytes[from] === 123 && e.frames.at(-1) !== "object";
  e.stretch = newStretch(offset + from, reason, object ? "object" : "anything");
  w.at = from;
}

/** Goes on passing over; false when more bytes are needed, or none are to come. */
function passOn(e: Elements, s: Stretch, batch: Batch, w: Walker, last: boolean): boolean {
  const from = w.at;
  const stop = e.flowLog ? w.end : Math.min(w.end, from + SEARCHED_ENOUGH - e.searched);
  w.at = passOver(s, w.bytes, from, stop, w.end, last);
  if (!e.flowLog) e.searched += w.at - from;
  const unfinished = s.reason === CUT_OFF || s.reason === TOO_LONG;
  if (s.end !== null) {
    if (s.end === "record" && e.frames.at(-1) === "object") e.frames.push("array"); // the bracket before it is lost
    if (unfinished && s.end === "record") damage(e, `the end of the record at byte ${s.offset} is missing`);
    else damage(e, `${s.reason} at byte ${s.offset}`);
    endStretch(e, s, batch, unfinished && s.end === "record" ? NO_END : s.reason);
    return true;
  }
  if (last && w.at === w.end) {
    damage(
      e,
      unfinished ? `it ends inside a record that begins at byte ${s.offset}` : `${s.reason} at byte ${s.offset}`,
    );
    endStretch(e, s, batch, s.reason);
    return true;
  }
  if (e.flowLog || e.searched < SEARCHED_ENOUGH) return false;
  if (mentionsFlow(s)) admit(e, batch);
  else {
    damage(e, `${s.reason} at byte ${s.offset}`);
    e.damage += `, and no record in the ${SEARCHED_ENOUGH} bytes searched`;
    e.over = true;
  }
  return e.flowLog;
}

function endStretch(e: Elements, s: Stretch, batch: Batch, reason: string): void {
  e.stretch = null;
  if (s.length === 0) return;
  if (mentionsFlow(s)) admit(e, batch);
  rejectElement(e, batch, s.offset, s.length, Buffer.concat(s.head), reason);
}

/** Damage counts as partial once a flow-log key or category was read. */
function mentionsFlow(s: Stretch): boolean {
  const head = Buffer.concat(s.head).toString("latin1");
  return /"flowRecords"|"flowTuples"|"FlowLogFlowEvent"|"NetworkSecurityGroupFlowEvent"/.test(head);
}

function step(e: Elements, batch: Batch, w: Walker, c: number, offset: number): void {
  const frame = e.frames.at(-1);
  if (c === 44) w.at++;
  else if (c === 93 && frame === "array") close(e, w);
  else if (c === 125 && frame === "object") close(e, w);
  else if (frame === "object") containerKey(e, batch, w, c, offset);
  else if (c === 91) open(e, w, "array");
  else if (c === 123) element(e, batch, w, offset);
  else if (c === 0xef && frame === undefined && isByteOrderMark(w)) w.at += 3;
  else stray(e, batch, w, c, offset);
}

/** At the very beginning, and where files were joined to one. */
function isByteOrderMark(w: Walker): boolean {
  if (w.end - w.at < 3) throw NEED_MORE;
  return w.bytes[w.at + 1] === 0xbb && w.bytes[w.at + 2] === 0xbf;
}

/** At a bracket or brace that holds records. */
function open(e: Elements, w: Walker, ...frames: Frame[]): void {
  if (e.frames.length >= DEPTH) throw new Malformed(w.at, `nested deeper than ${DEPTH}`);
  e.frames.push(...frames);
  w.at++;
}

function close(e: Elements, w: Walker): void {
  e.frames.pop();
  w.at++;
}

/** In an object that holds records, between its keys: more records are walked, other values passed over. */
function containerKey(e: Elements, batch: Batch, w: Walker, c: number, offset: number): void {
  const from = w.at;
  if (c !== 34) throw new Malformed(from, "a key is expected here");
  const to = stringEnd(w, from + 1);
  const key = decode(w, from + 1, to);
  w.at = to + 1;
  if (peek(w) !== 58) throw new Malformed(from, "a colon is missing");
  w.at++;
  if (peek(w) === 91 && key === "records") return open(e, w, "array");
  const value = w.at;
  w.canonAt = 0;
  w.depth = 0;
  walkValue(w);
  const name = key.slice(0, 100);
  if (key === "flowRecords" || key === "properties" || holdsTuples(w, value))
    rejectWalked(e, batch, w, value, offset, `"${name}" beside "records" is not read`);
}

/** Records of the usual form that stand next; false when there is none. */
function usualRecords(e: Elements, batch: Batch, w: Walker, offset: number): boolean {
  if (e.frames.at(-1) === "object" || e.foreign.waiting.length > 0) return false;
  const place = { member: e.member, record: e.next, windowOffset: offset };
  const before = batch.records.length;
  w.at = addUsualRecords(batch, place, w.bytes, w.at, w.end, e.gathered);
  const count = batch.records.length - before;
  e.next += count;
  if (count > 0) e.flowLog = true;
  return count > 0;
}

function element(e: Elements, batch: Batch, w: Walker, offset: number): void {
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
      open(e, w, "object", "array");
      e.opened = true;
      return;
    }
    if (w.at - from > RECORD_BYTES) throw new Malformed(from, TOO_LONG);
    if (w.fault !== -1) damage(e, `a comma before a closing bracket at byte ${offset + w.fault}`);
    if (outcome === "foreign") {
      const wrapped = batch.rejects.length > mark.rejects; // tuples in it, under keys that mean nothing
      batch.rejects.length = mark.rejects;
      return wrapped ? outOfPlace(e, batch, w, from, offset) : foreign(e, batch, w, from, offset);
    }
    if (!e.flowLog && e.foreign.waiting.length > 0) {
      rollBack(); // what waited stands before it in the member, so it goes first
      admit(e, batch);
      walkRecord(batch, w, { member: e.member, record: e.next, windowOffset: offset });
    }
    e.flowLog = true;
    e.next++;
    const { nic, flowLog } = lastHead;
    gather(e.gathered, nic, flowLog, batch.records.time[batch.records.length - 1] as number);
  } catch (thrown) {
    rollBack();
    throw thrown;
  }
}

/** A flow log it is: what came before of other things is a reject now. */
function admit(e: Elements, batch: Batch): void {
  if (e.flowLog) return;
  e.flowLog = true;
  for (const { digest, ...waiting } of e.foreign.waiting) {
    batch.rejects.push({ member: e.member, tuple: null, ...waiting });
    addRejected(batch, e.member, waiting.record, waiting.offset, waiting.length, digest);
  }
  e.foreign.waiting.length = 0;
}

/** Flow records that stand under a key where none are read: not another service's log, and not to be lost unseen. */
function outOfPlace(e: Elements, batch: Batch, w: Walker, from: number, offset: number): void {
  admit(e, batch);
  damage(e, `flow records under a key where none are expected, in what begins at byte ${offset + from}`);
  rejectWalked(e, batch, w, from, offset, "its flow records are under a key where none are expected");
}

function foreign(e: Elements, batch: Batch, w: Walker, from: number, offset: number): void {
  const category = lastCategory().slice(0, 100);
  const reason =
    category === ""
      ? "not a flow-log record: it has neither category nor flow records"
      : `not a flow-log record: category ${category}`;
  if (e.foreign.category === "") e.foreign.category = category;
  rejectWalked(e, batch, w, from, offset, reason);
}

/** A scalar where a record should stand, or brackets that do not match. */
function stray(e: Elements, batch: Batch, w: Walker, c: number, offset: number): void {
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
    if (!(thrown instanceof Malformed)) throw thrown;
    throw new Malformed(from, offset + from === 0 && c >= 0xfe ? "text in UTF-16" : "text that is not JSON");
  }
  rejectWalked(e, batch, w, from, offset, "an element that is not an object");
}

function damage(e: Elements, sentence: string): void {
  e.damage ??= sentence;
}

/** What was walked from `from` on is well-formed and no record of a flow log. */
function rejectWalked(e: Elements, batch: Batch, w: Walker, from: number, offset: number, reason: string): void {
  if (!e.flowLog) e.foreign.count++;
  const head = w.bytes.subarray(from, Math.min(w.at, from + REJECT_TEXT));
  rejectElement(e, batch, offset + from, w.at - from, head, reason);
}

/** `head`: its first REJECT_TEXT bytes, or all of it. */
function rejectElement(
  e: Elements,
  batch: Batch,
  offset: number,
  length: number,
  head: Uint8Array,
  reason: string,
): void {
  const record = e.next++;
  const place = { record, offset, length };
  const kept = cutText(head, 0, length, reason);
  const digest = digest16(head, 0, head.length);
  if (e.flowLog) {
    batch.rejects.push({ member: e.member, tuple: null, ...place, ...kept });
    addRejected(batch, e.member, record, offset, length, digest);
  } else {
    e.foreign.waiting.push({ ...place, ...kept, digest: digest.slice() });
    if (e.foreign.waiting.length >= FOREIGN_ENOUGH) e.over = true;
  }
}

/** A record that is a reject as a whole; its digest is of the first bytes of its text as they stand. */
function addRejected(
  batch: Batch,
  member: number,
  record: number,
  offset: number,
  length: number,
  digest: Uint8Array,
): void {
  addRecord(batch, { member, record }, offset, length, -1, REJECTED, digest, spanFrom(batch, batch.raw.length));
}
