// One record of a flow log: walks it once, adds its tuples, its place and digest to the batch, and rejects what is no tuple.
// All forms share one shape: objects that may name an ACL, a rule or a NIC, nested, with `flowTuples` at the leaves. Keys come in
// any order (`flowTuples` before its `rule` is usual), so a tuple's context is settled only when the record is whole.

import { states } from "../../shared/flow.ts";
import { parseInstant } from "../../shared/time.ts";
import { KEPT } from "../segment/columns.ts";
import { addUnknown, type Batch, contextId, flowLogId, noteEncryption, noteState, textId } from "./batch.ts";
import { addRecord } from "./batch-records.ts";
import { spanFrom } from "./batch-rows.ts";
import { digest16 } from "./digest.ts";
import { decode, peek, type Walker, walkArray, walkObject, walkString, walkValue } from "./json.ts";
import { KEY } from "./record-keys.ts";
import { type At, countRejectsAnew, reject } from "./reject.ts";
import { textAt } from "./text-at.ts";
import { countTuplesAnew, walkTuples } from "./tuple-list.ts";
import { keepHeader } from "./usual.ts";
import { usualInstant } from "./usual-instant.ts";

/** What a record turned out to be. `container`: it holds `records`; `w.at` is at their bracket and nothing was added. */
export type Outcome = "record" | "container" | "foreign";

const CONTAINER: unique symbol = Symbol("an object that holds records");

// The record being walked. Scopes: nested objects that may name an ACL, rule or NIC; −1 none.
const scopeParent: number[] = [];
const scopeAcl: number[] = [];
const scopeRule: number[] = [];
const scopeNic: number[] = [];
let flowKeySeen = false;
let vnet = false;
let category = "";
/** Of the flow log, where it is none of those that Azure is known to write. */
let version = "";

/** The category of the record walked last, as logged; empty when it has none. */
export function lastCategory(): string {
  return category;
}

/** Whose record the one walked last is: ids of the batch, NIC −1 for none. */
export const lastHead = { nic: -1, flowLog: -1 };

/** Walks the object at `w.at`. Throws NEED_MORE or Malformed with the batch to be rolled back by the caller. */
export function walkRecord(batch: Batch, w: Walker, place: At): Outcome {
  const from = w.at;
  const firstRow = batch.raw.length;
  const firstReject = batch.rejects.length;
  w.canonAt = 0;
  w.depth = 0;
  scopeParent.length = 0;
  countTuplesAnew();
  countRejectsAnew(batch);
  version = "";
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
        case KEY.flowLogVersion:
          return versionOf(w, "4");
        case KEY.flowRecords:
          vnet = true;
          flowKeySeen = true;
          return walkScope(batch, w, place, root);
        case KEY.properties:
          return walkScope(batch, w, place, root);
        case KEY.flowTuples:
          flowKeySeen = true;
          return walkTuples(batch, w, place, root);
        default:
          return walkUnknown(batch, w, place);
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
  if (version !== "") addUnknown(batch, version);
  lastHead.nic = nic === -1 ? nicOfRow(batch, firstRow) : nic;
  lastHead.flowLog = flowLog;
  const digest = digest16(w.canon, 0, w.canonAt);
  const offset = place.windowOffset + from;
  addRecord(batch, place, offset, w.at - from, time, KEPT, digest, spanFrom(batch, firstRow));
  const canonical = w.canonAt === w.at - from && w.bytes.compare(w.canon, 0, w.canonAt, from, w.at) === 0;
  if (canonical && vnet && version === "") keepHeader(batch, w.bytes, from, w.at, { nic, flowLog });
  return "record";
}

/** Where the record itself names no NIC, that of its first tuple: NSG logs of earlier years name it with each rule. */
function nicOfRow(batch: Batch, row: number): number {
  const nic = row < batch.raw.length ? (batch.contexts[batch.raw.context[row] as number]?.nic ?? null) : null;
  return nic === null ? -1 : textId(batch, nic);
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
        flowKeySeen = true;
        return walkTuples(batch, w, place, own);
      case KEY.Version:
        return versionOf(w, "1", "2");
      case KEY.flows:
      case KEY.flowGroups:
      case KEY.flowRecords:
        return walkScope(batch, w, place, own);
      default:
        return walkUnknown(batch, w, place);
    }
  });
}

/** Whether what was walked from `from` on looks like a list of tuples, or holds one. */
export function holdsTuples(w: Walker, from: number): boolean {
  const head = w.bytes.toString("latin1", from, Math.min(w.at, from + 64));
  return /^\[\s*"\d{10,16},/.test(head) || w.bytes.subarray(from, w.at).includes('"flowTuples"');
}

/** The value of a key that means nothing here. What holds tuples is a reject all the same: its key may be damaged. */
function walkUnknown(batch: Batch, w: Walker, place: At): void {
  peek(w);
  const from = w.at;
  walkValue(w);
  if (holdsTuples(w, from)) reject(batch, w, place, null, from, w.at, "tuples under a key that has no meaning here");
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
      noteEncryption(batch, encryption);
    }
    raw.context[row] = context;
    if ((raw.state[row] as number) >= states.length) noteState(batch, raw.state[row] as number);
  }
}

/** Walks the version of a flow log; one that is not `known` is told. */
function versionOf(w: Walker, ...known: readonly string[]): void {
  peek(w);
  const from = w.canonAt;
  walkValue(w);
  const text = Buffer.from(w.canon.subarray(from, Math.min(w.canonAt, from + 40))).toString("utf8");
  if (!known.includes(text.replaceAll('"', ""))) version = `flow log version ${text}`;
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

/** Walks a value; the id of its text, −1 when it is not a string. */
function text(batch: Batch, w: Walker): number {
  if (peek(w) !== 34) {
    walkValue(w);
    return -1;
  }
  const from = w.at + 1;
  const to = walkString(w);
  for (let at = from; at < to; at++) if (w.bytes[at] === 92) return textId(batch, decode(w, from, to).toWellFormed());
  return textAt(batch, w.bytes, from, to).id;
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
