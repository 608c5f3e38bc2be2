// What has been read and not yet packed: raw tuple columns, the texts they refer to, records, rejects. One batch a thread;
// a record is added as a whole or not at all (`mark` and `rollBack`).

import { states } from "../../shared/flow.ts";
import type { RawTuples } from "../segment/build.ts";
import type { Context, FlowLog, RecordColumns } from "../segment/columns.ts";
import type { RejectedText } from "../segment/part.ts";

/** `group` and `encryption` are what `context` is made of once the record is whole. */
type Filling = RawTuples & { group: Uint32Array; encryption: Uint16Array };

/** Records with the first and last time of their tuples (infinite where there are none), which are not kept. */
export type BatchRecords = RecordColumns & {
  length: number;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
};

export type Batch = {
  raw: Filling;
  /** 16 bytes an IPv6 address, interned. */
  v6: Uint8Array;
  readonly v6Index: Map<string, number>;
  readonly texts: string[];
  readonly textIndex: Map<string, number>;
  readonly contexts: Context[];
  readonly contextIndex: Map<string, number>;
  readonly flowLogs: FlowLog[];
  readonly flowLogIndex: Map<string, number>;
  /** Index 0 is null: the form has none. */
  readonly encryptions: (string | null)[];
  readonly otherStates: string[];
  /** Versions, states and codes of the member at hand that this program does not know; kept as they stand, and told. */
  readonly unknown: Set<string>;
  records: BatchRecords;
  rejects: RejectedText[];
};

const START = 1 << 17;

/** The documented codes; index 0 is none, 1 NX, 2 X. */
const ENCRYPTIONS = [
  null,
  "NX",
  "X",
  "NX_HW_NOT_SUPPORTED",
  "NX_SW_NOT_READY",
  "NX_NOT_ACCEPTED",
  "NX_NOT_SUPPORTED",
  "NX_LOCAL_DST",
  "NX_FALLBACK",
] as const;

/** Most distinct codes in one unit of work: those and 200 others. */
export const MOST_ENCRYPTIONS = ENCRYPTIONS.length + 200;

/** Whether a unit left codes of its own, which the next may not find: what it gives depends on its bytes alone. */
export function hasOtherEncryptions(batch: Batch): boolean {
  return batch.encryptions.length > ENCRYPTIONS.length;
}

/** Unknown things told of one member. */
const UNKNOWNS = 12;

export function addUnknown(batch: Batch, what: string): void {
  batch.unknown.add(batch.unknown.size < UNKNOWNS || batch.unknown.has(what) ? what : "and others");
}

/** Tells the code if it is none of the documented ones. */
export function noteEncryption(batch: Batch, encryption: number): void {
  if (encryption >= ENCRYPTIONS.length) addUnknown(batch, `encryption code ${batch.encryptions[encryption]}`);
}

/** `state`: as in the raw columns, one of the other states. */
export function noteState(batch: Batch, state: number): void {
  addUnknown(batch, `state ${batch.otherStates[state - states.length]}`);
}

/** Whether one member has made the columns so large that they had better not be kept for the next. */
export function isLarge(batch: Batch): boolean {
  return batch.raw.time.length > 4 * START || batch.records.member.length > 4 * START;
}

export function newBatch(): Batch {
  return {
    raw: filling(START),
    v6: new Uint8Array(0),
    v6Index: new Map(),
    texts: [],
    textIndex: new Map(),
    contexts: [],
    contextIndex: new Map(),
    flowLogs: [],
    flowLogIndex: new Map(),
    encryptions: [...ENCRYPTIONS],
    otherStates: [],
    unknown: new Set(),
    records: recordColumns(8192),
    rejects: [],
  };
}

function filling(capacity: number): Filling {
  return {
    length: 0,
    time: new Float64Array(capacity),
    src: new Uint32Array(capacity),
    dst: new Uint32Array(capacity),
    srcPort: new Uint16Array(capacity),
    dstPort: new Uint16Array(capacity),
    kind: new Uint16Array(capacity),
    state: new Uint8Array(capacity),
    context: new Uint32Array(capacity),
    packetsSent: new Float64Array(capacity),
    bytesSent: new Float64Array(capacity),
    packetsReceived: new Float64Array(capacity),
    bytesReceived: new Float64Array(capacity),
    member: new Uint32Array(capacity),
    record: new Uint32Array(capacity),
    tuple: new Uint32Array(capacity),
    group: new Uint32Array(capacity),
    encryption: new Uint16Array(capacity),
  };
}

export function recordColumns(capacity: number): BatchRecords {
  return {
    length: 0,
    member: new Uint32Array(capacity),
    record: new Uint32Array(capacity),
    offset: new Float64Array(capacity),
    bytes: new Float64Array(capacity),
    time: new Float64Array(capacity),
    tuples: new Uint32Array(capacity),
    flags: new Uint8Array(capacity),
    digest: new Uint8Array(capacity * 16),
    firstTime: new Float64Array(capacity),
    lastTime: new Float64Array(capacity),
  };
}

/** Doubles the tuple columns, keeping their rows. */
export function growTuples(batch: Batch): void {
  const old = batch.raw;
  const grown = filling(old.time.length * 2);
  grown.length = old.length;
  for (const name of Object.keys(grown) as (keyof Filling)[]) {
    const column = grown[name];
    if (typeof column !== "number") column.set(old[name] as Float64Array);
  }
  batch.raw = grown;
}

/** A record whose tuples are the rows from `firstRow` on. */
export function addRecord(
  batch: Batch,
  place: { readonly member: number; readonly record: number },
  offset: number,
  bytes: number,
  time: number,
  flags: number,
  digest: Uint8Array,
  firstRow: number,
): void {
  if (batch.records.length === batch.records.member.length) growRecords(batch);
  const { records, raw } = batch;
  const at = records.length++;
  records.member[at] = place.member;
  records.record[at] = place.record;
  records.offset[at] = offset;
  records.bytes[at] = bytes;
  records.time[at] = time;
  records.tuples[at] = raw.length - firstRow;
  records.flags[at] = flags;
  for (let i = 0; i < 16; i++) records.digest[at * 16 + i] = digest[i] as number;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = firstRow; row < raw.length; row++) {
    const t = raw.time[row] as number;
    if (t < first) first = t;
    if (t > last) last = t;
  }
  records.firstTime[at] = first;
  records.lastTime[at] = last;
}

function growRecords(batch: Batch): void {
  const old = batch.records;
  const grown = recordColumns(old.member.length * 2);
  grown.length = old.length;
  for (const name of Object.keys(grown) as (keyof BatchRecords)[]) {
    const column = grown[name];
    if (typeof column !== "number") column.set(old[name] as Float64Array);
  }
  batch.records = grown;
}

export function textId(batch: Batch, text: string): number {
  const known = batch.textIndex.get(text);
  if (known !== undefined) return known;
  batch.texts.push(text);
  batch.textIndex.set(text, batch.texts.length - 1);
  return batch.texts.length - 1;
}

export function ipv6Id(batch: Batch, bytes: Uint8Array): number {
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString("latin1");
  const known = batch.v6Index.get(name);
  if (known !== undefined) return known;
  const id = batch.v6Index.size;
  if ((id + 1) * 16 > batch.v6.length) {
    const grown = new Uint8Array(Math.max(1024, batch.v6.length * 2));
    grown.set(batch.v6);
    batch.v6 = grown;
  }
  batch.v6.set(bytes, id * 16);
  batch.v6Index.set(name, id);
  return id;
}

/** −1: one too many. */
export function encryptionId(batch: Batch, code: string | null): number {
  const known = batch.encryptions.indexOf(code);
  if (known !== -1) return known;
  if (batch.encryptions.length === MOST_ENCRYPTIONS) return -1;
  return batch.encryptions.push(code) - 1;
}

/** `id`, `guid`, `target`: ids of texts, −1 for none. */
export function flowLogId(batch: Batch, id: number, guid: number, target: number, format: FlowLog["format"]): number {
  const name = `${id},${guid},${target},${format}`;
  const known = batch.flowLogIndex.get(name);
  if (known !== undefined) return known;
  const text = (at: number): string | null => (at === -1 ? null : (batch.texts[at] as string));
  batch.flowLogs.push({ id: text(id), guid: text(guid), target: text(target), format });
  batch.flowLogIndex.set(name, batch.flowLogs.length - 1);
  return batch.flowLogs.length - 1;
}

// Contexts met lately, by their five numbers.
const LATELY = 256;
const lately = new Int32Array(LATELY * 6).fill(-2);
let latelyOf: Batch | null = null;

/** `nic`, `acl`, `rule`: ids of texts, −1 for none. */
export function contextId(
  batch: Batch,
  nic: number,
  flowLog: number,
  acl: number,
  rule: number,
  encryption: number,
): number {
  if (latelyOf !== batch) lately.fill(-2);
  latelyOf = batch;
  const hash =
    Math.imul(acl, 31) ^
    Math.imul(rule, 131) ^
    Math.imul(nic, 1031) ^
    Math.imul(encryption, 7) ^
    Math.imul(flowLog, 8191);
  const at = ((hash ^ (hash >>> 8)) & (LATELY - 1)) * 6;
  if (
    lately[at] === nic &&
    lately[at + 1] === flowLog &&
    lately[at + 2] === acl &&
    lately[at + 3] === rule &&
    lately[at + 4] === encryption
  )
    return lately[at + 5] as number;
  const id = findContext(batch, nic, flowLog, acl, rule, encryption);
  lately.set([nic, flowLog, acl, rule, encryption, id], at);
  return id;
}

function findContext(
  batch: Batch,
  nic: number,
  flowLog: number,
  acl: number,
  rule: number,
  encryption: number,
): number {
  const name = `${nic},${flowLog},${acl},${rule},${encryption}`;
  const known = batch.contextIndex.get(name);
  if (known !== undefined) return known;
  const text = (id: number): string | null => (id === -1 ? null : (batch.texts[id] as string));
  batch.contexts.push({
    nic: text(nic),
    flowLog,
    acl: text(acl),
    rule: text(rule),
    encryption: batch.encryptions[encryption] as string | null,
  });
  batch.contextIndex.set(name, batch.contexts.length - 1);
  return batch.contexts.length - 1;
}
