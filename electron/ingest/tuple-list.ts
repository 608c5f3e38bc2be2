// A list of tuples inside a record: each string is a row of the batch or a reject, counted from the record's first.

import { DENY, states } from "../../shared/flow.ts";
import { DST_V6, SRC_V6 } from "../segment/build.ts";
import { type Batch, encryptionId, ipv6Id } from "./batch.ts";
import { growTuples } from "./batch-rows.ts";
import { copy, decode, NEED_MORE, peek, stringEnd, type Walker, walkArray, walkString, walkValue } from "./json.ts";
import { type At, reject } from "./reject.ts";
import { parseTuple } from "./tuple.ts";
import { addUsualTuple } from "./usual.ts";

/** Most distinct states outside the documented ones in one unit of work. */
const OTHER_STATES = 200;

/** Tuples of the record met so far. */
let tupleNumber = 0;

/** A record begins. */
export function countTuplesAnew(): void {
  tupleNumber = 0;
}

/** The list at `w.at`. A list that is canonical as it stands (no spaces, no escapes: the usual) is copied in one go. */
export function walkTuples(batch: Batch, w: Walker, place: At, group: number): void {
  const from = w.at;
  if (peek(w) !== 91) {
    walkValue(w);
    return reject(batch, w, place, null, from, w.at, "flowTuples is not a list");
  }
  const [row, tuple, rejects] = [batch.raw.length, tupleNumber, batch.rejects.length];
  if (walkMinified(batch, w, place, group)) return;
  batch.raw.length = row;
  batch.rejects.length = rejects;
  tupleNumber = tuple;
  walkArray(w, () => {
    const start = w.at;
    if (peek(w) !== 34) {
      walkValue(w);
      return reject(batch, w, place, tupleNumber++, start, w.at, "a tuple that is not a string");
    }
    const to = walkString(w);
    addTuple(batch, w, place, group, start + 1, to);
  });
}

/** `["…","…"]` without anything between; false, with `w` as it was, when the list is not so. */
function walkMinified(batch: Batch, w: Walker, place: At, group: number): boolean {
  const { bytes, end } = w;
  let at = w.at + 1;
  if (bytes[at] === 93 && at < end) {
    copy(w, w.at, at + 1);
    w.at = at + 1;
    return true;
  }
  for (;;) {
    if (at >= end) throw NEED_MORE;
    if (bytes[at] !== 34) return false;
    if (batch.raw.length === batch.raw.time.length) growTuples(batch);
    let close = addUsualTuple(batch, bytes, at + 1, end);
    if (close !== -1) {
      fillPlace(batch, place, group);
      tupleNumber++;
    } else {
      close = stringEnd(w, at + 1);
      if (bytes.subarray(at + 1, close).includes(92)) return false;
      addPlain(batch, w, place, group, at + 1, close);
    }
    at = close + 1;
    if (at >= end) throw NEED_MORE;
    if (bytes[at] === 93) break;
    if (bytes[at] !== 44) return false;
    at++;
  }
  copy(w, w.at, at + 1);
  w.at = at + 1;
  return true;
}

function addTuple(batch: Batch, w: Walker, place: At, group: number, from: number, to: number): void {
  if (batch.raw.length === batch.raw.time.length) growTuples(batch);
  if (addUsualTuple(batch, w.bytes, from, w.end) !== to) return addPlain(batch, w, place, group, from, to);
  fillPlace(batch, place, group);
  tupleNumber++;
}

function fillPlace(batch: Batch, place: At, group: number): void {
  const { raw } = batch;
  const row = raw.length - 1;
  raw.member[row] = place.member;
  raw.record[row] = place.record;
  raw.tuple[row] = tupleNumber;
  raw.group[row] = group;
}

/** The string between its quotes, whatever its form; its bytes are a reject when it is no tuple. */
function addPlain(batch: Batch, w: Walker, place: At, group: number, from: number, to: number): void {
  const fields = parseTuple(decode(w, from, to));
  if (typeof fields === "string") return reject(batch, w, place, tupleNumber++, from, to, fields);
  let state = (states as readonly (string | null)[]).indexOf(fields.state);
  if (state === -1) {
    let other = batch.otherStates.indexOf(fields.state as string);
    if (other === -1) {
      if (batch.otherStates.length === OTHER_STATES)
        return reject(batch, w, place, tupleNumber++, from, to, "one state too many outside the documented ones");
      other = batch.otherStates.push(fields.state as string) - 1;
    }
    state = states.length + other;
  }
  const encryption = encryptionId(batch, fields.encryption);
  if (encryption === -1)
    return reject(batch, w, place, tupleNumber++, from, to, "one encryption code too many outside the documented ones");
  const { raw } = batch;
  const row = raw.length++;
  raw.time[row] = fields.time;
  const [srcSix, dstSix] = [fields.src.length === 16, fields.dst.length === 16];
  raw.src[row] = srcSix ? ipv6Id(batch, fields.src) : ipv4Number(fields.src);
  raw.dst[row] = dstSix ? ipv6Id(batch, fields.dst) : ipv4Number(fields.dst);
  raw.srcPort[row] = fields.srcPort;
  raw.dstPort[row] = fields.dstPort;
  raw.kind[row] =
    fields.protocol |
    (fields.direction << 8) |
    (fields.decision === DENY ? 512 : 0) |
    (srcSix ? SRC_V6 : 0) |
    (dstSix ? DST_V6 : 0);
  raw.state[row] = state;
  raw.encryption[row] = encryption;
  [raw.packetsSent[row], raw.bytesSent[row], raw.packetsReceived[row], raw.bytesReceived[row]] = fields.counters;
  fillPlace(batch, place, group);
  tupleNumber++;
}

function ipv4Number(bytes: Uint8Array): number {
  return (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0;
}
