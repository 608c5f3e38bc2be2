// What has been read and not yet packed: raw tuple columns, the texts they refer to, records, rejects. One batch a thread;
// a record is added as a whole or not at all (`mark` and `rollBack`).

import { states } from "../../shared/flow.ts";
import type { Context, FlowLog } from "../segment/columns.ts";
import type { RejectedText } from "../segment/part.ts";
import { type BatchRecords, recordColumns } from "./batch-records.ts";
import { type Filling, type Kernel, newKernel } from "./kernel.ts";

export type Batch = {
  /** Columns in the kernel's memory, but while there are more rows than it has room for. */
  raw: Filling;
  kernel: Kernel;
  /** What the kernel's headers say. */
  readonly headers: { readonly nic: number; readonly flowLog: number }[];
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

/** Rows, records or bytes of the window beyond which a batch is not kept for the next unit. */
const LARGE_ROWS = 1 << 19;
const LARGE_WINDOW = 1 << 24;

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
const MOST_ENCRYPTIONS = ENCRYPTIONS.length + 200;

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
  const rows = Math.max(batch.raw.time.length, batch.records.member.length);
  return rows > LARGE_ROWS || batch.kernel.window.length > LARGE_WINDOW;
}

export function newBatch(): Batch {
  const headers: { nic: number; flowLog: number }[] = [];
  const kernel = newKernel(
    {
      textOf: (bytes) => textId(batch, bytes.toString("utf8")),
      contextOf: (header, acl, rule, encryption) => {
        const { nic, flowLog } = headers[header] as (typeof headers)[number];
        return contextId(batch, nic, flowLog, acl, rule, encryption);
      },
    },
    ENCRYPTIONS,
  );
  const batch: Batch = {
    raw: kernel.raw,
    kernel,
    headers,
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
  return batch;
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
