// One record of a flow log: walks it once, adds its tuples, its place and digest to the batch, and rejects what is no tuple.
// All forms share one shape: objects that may name an ACL, a rule or a NIC, nested, with `flowTuples` at the leaves. Keys come in
// any order (`flowTuples` before its `rule` is usual), so a tuple's context is settled only when the record is whole.

import { DENY, states } from "../../shared/flow.ts";
import { parseInstant } from "../../shared/time.ts";
import { DST_V6, SRC_V6 } from "../segment/build.ts";
import { KEPT } from "../segment/columns.ts";
import { addRecord, type Batch, contextId, encryptionId, flowLogId, growTuples, ipv6Id, textId } from "./batch.ts";
import { digest16 } from "./digest.ts";
import { addFastRecord, type Group, groupCount, groups, type Template, templateOf } from "./fast-record.ts";
import { addFast } from "./fast-tuple.ts";
import {
  copy,
  decode,
  NEED_MORE,
  peek,
  stringEnd,
  UNRANKED,
  type Walker,
  walkArray,
  walkObject,
  walkString,
  walkValue,
} from "./json.ts";
import { parseTuple } from "./tuple.ts";

/** Longest original text kept with a reject, in bytes; offset and length always lead to the whole. */
export const REJECT_TEXT = 65536;

/** Most distinct states outside the documented ones in one unit of work. */
const OTHER_STATES = 200;

// Known keys, numbered in the order in which Azure writes them: that order is the canonical one, so that a record as Azure wrote
// it needs no reordering for its digest. Keys of other forms take their place between.
const KEY = {
  time: 1,
  systemId: 2,
  flowLogGUID: 3,
  macAddress: 4,
  category: 5,
  flowLogResourceID: 6,
  targetResourceID: 7,
  resourceId: 8,
  resourceid: 8,
  flowLogVersion: 9,
  operationName: 10,
  flowRecords: 11,
  properties: 12,
  records: 13,
  Version: 14,
  aclID: 15,
  rule: 16,
  mac: 17,
  flows: 18,
  flowGroups: 19,
  flowTuples: 20,
} as const;

const byLength: { bytes: Uint8Array; id: number }[][] = [];
for (const [name, id] of Object.entries(KEY)) {
  byLength[name.length] ??= [];
  byLength[name.length]?.push({ bytes: Buffer.from(name), id });
}

/** Number of the key at from … to. */
export function rankOfKey(canon: Uint8Array, from: number, to: number): number {
  const candidates = byLength[to - from];
  if (candidates === undefined) return UNRANKED;
  next: for (let c = 0; c < candidates.length; c++) {
    const { bytes, id } = candidates[c] as { bytes: Uint8Array; id: number };
    for (let i = 0; i < bytes.length; i++) if (canon[from + i] !== bytes[i]) continue next;
    return id;
  }
  return UNRANKED;
}

/** What a record turned out to be. `container`: it holds `records`; `w.at` is at their bracket and nothing was added. */
export type Outcome = "record" | "container" | "foreign";

/** Where the record stands: member (in the batch), number, and the offset in the member of the window's first byte. */
export type At = { readonly member: number; readonly record: number; readonly windowOffset: number };

const CONTAINER: unique symbol = Symbol("an object that holds records");

// The record being walked. Scopes: nested objects that may name an ACL, rule or NIC; −1 none.
const scopeParent: number[] = [];
const scopeAcl: number[] = [];
const scopeRule: number[] = [];
const scopeNic: number[] = [];
let tupleNumber = 0;
let flowKeySeen = false;
let vnet = false;
let category = "";

/** The category of the record walked last, as logged; empty when it has none. */
export function lastCategory(): string {
  return category;
}

// The header that the record before had, while records come in the usual form.
const templateFor = new WeakMap<Batch, Template>();

/** Walks the object at `w.at`. Throws NEED_MORE or Malformed with the batch to be rolled back by the caller. */
export function walkRecord(batch: Batch, w: Walker, place: At): Outcome {
  const template = templateFor.get(batch);
  return template !== undefined && walkUsual(batch, w, place, template) ? "record" : walkPlain(batch, w, place);
}

/** False, with nothing added, when the record is not of the usual form. */
function walkUsual(batch: Batch, w: Walker, place: At, template: Template): boolean {
  const from = w.at;
  const { bytes } = w;
  const firstRow = batch.raw.length;
  const time = usualInstant(bytes, from + 9, from + 37);
  const to = time === -1 ? -1 : addFastRecord(batch, template, bytes, from, w.end, textAt);
  if (to === -1) {
    batch.raw.length = firstRow;
    return false;
  }
  const { raw } = batch;
  raw.member.fill(place.member, firstRow, raw.length);
  raw.record.fill(place.record, firstRow, raw.length);
  let row = firstRow;
  for (let g = 0; g < groupCount; g++) {
    const { acl, rule, end } = groups[g] as Group;
    let encryption = -1;
    let context = -1;
    for (; row < end; row++) {
      if (raw.encryption[row] !== encryption) {
        encryption = raw.encryption[row] as number;
        context = contextId(batch, template.nic, template.flowLog, acl, rule, encryption);
      }
      raw.context[row] = context;
    }
  }
  const digest = digest16(bytes.subarray(from, to), to - from);
  addRecord(batch, place, place.windowOffset + from, to - from, time, KEPT, digest, firstRow);
  w.at = to;
  return true;
}

function walkPlain(batch: Batch, w: Walker, place: At): Outcome {
  const from = w.at;
  const firstRow = batch.raw.length;
  const firstReject = batch.rejects.length;
  w.canonAt = 0;
  w.depth = 0;
  scopeParent.length = 0;
  tupleNumber = 0;
  flowKeySeen = false;
  vnet = false;
  category = "";
  let time = -1;
  let nic = -1;
  let guid = -1;
  let flowLogResource = -1;
  let target = -1;
  let resource = -1;
  const root = scope(-1);

  try {
    walkObject(w, (key) => {
      switch (key) {
        case KEY.records:
          if (peek(w) === 91 && batch.raw.length === firstRow && batch.rejects.length === firstReject) throw CONTAINER;
          return walkValue(w);
        case KEY.time:
          time = instant(w);
          return;
        case KEY.category:
          category = textOrNull(w) ?? "";
          return;
        case KEY.macAddress:
          nic = nicText(batch, w);
          return;
        case KEY.flowLogGUID:
          guid = text(batch, w);
          return;
        case KEY.flowLogResourceID:
          flowLogResource = text(batch, w);
          return;
        case KEY.targetResourceID:
          target = text(batch, w);
          return;
        case KEY.resourceId:
          resource = text(batch, w);
          return;
        case KEY.flowRecords:
          vnet = true;
          flowKeySeen = true;
          return walkScope(batch, w, place, root);
        case KEY.properties:
          return walkScope(batch, w, place, root);
        case KEY.flowTuples:
          return walkTuples(batch, w, place, root);
        default:
          return walkValue(w);
      }
    });
  } catch (thrown) {
    if (thrown === CONTAINER) return "container";
    throw thrown;
  }

  const known = category === "FlowLogFlowEvent" || category === "NetworkSecurityGroupFlowEvent";
  if (!flowKeySeen && !known) return "foreign";

  const flowLog = vnet
    ? flowLogId(batch, flowLogResource !== -1 ? flowLogResource : resource, guid, target, "vnet")
    : flowLogId(batch, resource, -1, -1, "nsg");
  settleContexts(batch, firstRow, flowLog, nic, vnet ? -1 : resource);
  const digest = digest16(w.canon, w.canonAt);
  const offset = place.windowOffset + from;
  addRecord(batch, place, offset, w.at - from, time, KEPT, digest, firstRow);
  const canonical = w.canonAt === w.at - from && w.bytes.compare(w.canon, 0, w.canonAt, from, w.at) === 0;
  const template = canonical && vnet ? templateOf(w.bytes, from, w.at, nic, flowLog) : null;
  if (template) templateFor.set(batch, template);
  else templateFor.delete(batch);
  return "record";
}

function scope(parent: number): number {
  const id = scopeParent.length;
  scopeParent[id] = parent;
  scopeAcl[id] = -1;
  scopeRule[id] = -1;
  scopeNic[id] = -1;
  return id;
}

/** An object or a list of objects below a record that may lead to tuples. */
function walkScope(batch: Batch, w: Walker, place: At, parent: number): void {
  const c = peek(w);
  if (c === 91) return walkArray(w, () => walkScope(batch, w, place, parent));
  if (c !== 123) return walkValue(w);
  const own = scope(parent);
  walkObject(w, (key) => {
    switch (key) {
      case KEY.aclID:
        scopeAcl[own] = text(batch, w);
        return;
      case KEY.rule:
        scopeRule[own] = text(batch, w);
        return;
      case KEY.mac:
        scopeNic[own] = nicText(batch, w);
        return;
      case KEY.flowTuples:
        return walkTuples(batch, w, place, own);
      case KEY.flows:
      case KEY.flowGroups:
      case KEY.flowRecords:
        return walkScope(batch, w, place, own);
      default:
        return walkValue(w);
    }
  });
}

function settleContexts(batch: Batch, firstRow: number, flowLog: number, nic: number, acl: number): void {
  const { raw } = batch;
  let group = -1;
  let encryption = -1;
  let context = -1;
  for (let row = firstRow; row < raw.length; row++) {
    if (raw.group[row] !== group || raw.encryption[row] !== encryption) {
      group = raw.group[row] as number;
      encryption = raw.encryption[row] as number;
      let [a, r, m] = [-1, -1, -1];
      for (let s = group; s !== -1; s = scopeParent[s] as number) {
        if (a === -1) a = scopeAcl[s] as number;
        if (r === -1) r = scopeRule[s] as number;
        if (m === -1) m = scopeNic[s] as number;
      }
      context = contextId(batch, m === -1 ? nic : m, flowLog, a === -1 ? acl : a, r, encryption);
    }
    raw.context[row] = context;
  }
}

/** The list at `w.at`. A list that is canonical as it stands (no spaces, no escapes: the usual) is copied in one go. */
function walkTuples(batch: Batch, w: Walker, place: At, group: number): void {
  flowKeySeen = true;
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
    let close = addFast(batch, bytes, at + 1, end);
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
  if (addFast(batch, w.bytes, from, w.end) !== to) return addPlain(batch, w, place, group, from, to);
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
  raw.encryption[row] = encryptionId(batch, fields.encryption);
  [raw.packetsSent[row], raw.bytesSent[row], raw.packetsReceived[row], raw.bytesReceived[row]] = fields.counters;
  fillPlace(batch, place, group);
  tupleNumber++;
}

function ipv4Number(bytes: Uint8Array): number {
  return (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0;
}

function reject(
  batch: Batch,
  w: Walker,
  place: At,
  tuple: number | null,
  from: number,
  to: number,
  reason: string,
): void {
  batch.rejects.push({
    member: place.member,
    record: place.record,
    tuple,
    offset: place.windowOffset + from,
    length: to - from,
    ...cutText(w.bytes, from, to, reason),
  });
}

/** The original text, at most REJECT_TEXT bytes of it; a cut is told in the reason. */
export function cutText(bytes: Uint8Array, from: number, to: number, reason: string): { reason: string; text: string } {
  const cut = to - from > REJECT_TEXT;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, REJECT_TEXT)).toString("utf8");
  return { reason: cut ? `${reason} (the first ${REJECT_TEXT} of ${to - from} bytes are shown)` : reason, text };
}

/** Walks a value; its text when it is a string, else null. */
function textOrNull(w: Walker): string | null {
  if (peek(w) !== 34) {
    walkValue(w);
    return null;
  }
  const from = w.at + 1;
  const to = walkString(w);
  return decode(w, from, to);
}

// Texts met lately, found again by their bytes without decoding them. Keyed by batch: ids belong to one.
type Recent = { readonly bytes: Uint8Array; readonly id: number };
const RECENT = 1024;
const recentOf = new WeakMap<Batch, (Recent | undefined)[]>();

/** Walks a value; the id of its text, −1 when it is not a string. */
function text(batch: Batch, w: Walker): number {
  if (peek(w) !== 34) {
    walkValue(w);
    return -1;
  }
  const from = w.at + 1;
  const to = walkString(w);
  for (let at = from; at < to; at++) if (w.bytes[at] === 92) return textId(batch, decode(w, from, to));
  return textAt(batch, w.bytes, from, to);
}

/** The id of the text at from … to, which holds no escape. */
function textAt(batch: Batch, bytes: Uint8Array, from: number, to: number): number {
  let recent = recentOf.get(batch);
  if (!recent) {
    recent = new Array<Recent | undefined>(RECENT);
    recentOf.set(batch, recent);
  }
  let hash = to - from;
  for (let i = Math.max(from, to - 24); i < to; i++) hash = Math.imul(hash, 31) + (bytes[i] as number);
  const slot = (hash ^ (hash >>> 10)) & (RECENT - 1);
  const met = recent[slot];
  same: if (met?.bytes.length === to - from) {
    for (let i = 0; i < met.bytes.length; i++) if (met.bytes[i] !== bytes[from + i]) break same;
    return met.id;
  }
  const id = textId(batch, Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8"));
  recent[slot] = { bytes: bytes.slice(from, to), id };
  return id;
}

/** The NIC of a MAC address however it is written; −1 when it is none. */
function nicText(batch: Batch, w: Walker): number {
  const id = text(batch, w);
  if (id === -1) return -1;
  const mac = (batch.texts[id] as string).replace(/[-:.]/g, "");
  return /^[0-9a-fA-F]{12}$/.test(mac) ? textId(batch, mac.toUpperCase()) : -1;
}

/** `2022-09-14T09:00:52.5625085Z` → ms, digits beyond cut off; −1 when it is not an instant. */
function instant(w: Walker): number {
  if (peek(w) !== 34) {
    walkValue(w);
    return -1;
  }
  const from = w.at + 1;
  const to = walkString(w);
  const usual = usualInstant(w.bytes, from, to);
  if (usual !== -1) return usual;
  const value = decode(w, from, to);
  const parsed = parseInstant(value);
  return typeof parsed === "number" && parsed >= 0 ? parsed : -1;
}

/** `2022-09-14T09:00:52.5625085Z`, exactly so, at from … to; −1 when it is anything else. */
function usualInstant(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 28) return -1;
  for (let i = 0; i < 28; i++) {
    const c = bytes[from + i] as number;
    const mark = USUAL.charCodeAt(i);
    if (mark === 48 ? c < 48 || c > 57 : c !== mark) return -1;
  }
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const hour = twoDigits(bytes, from + 11);
  const minute = twoDigits(bytes, from + 14);
  const second = twoDigits(bytes, from + 17);
  if (
    bytes[from] === 48 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > 31 ||
    (day > 28 && month === 2) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return -1;
  const ms = twoDigits(bytes, from + 20) * 10 + (bytes[from + 22] as number) - 48;
  const time = Date.UTC(
    twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2),
    month - 1,
    day,
    hour,
    minute,
    second,
    ms,
  );
  return time >= 0 ? time : -1;
}

const USUAL = "0000-00-00T00:00:00.0000000Z";

function twoDigits(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) * 10 + (bytes[at + 1] as number) - 528;
}
