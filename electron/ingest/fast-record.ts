// The usual record (VNet v4 as Azure writes it: no spaces, keys in its order) read without walking its JSON key by key. A record
// that was walked plainly and turned out to be its own canonical form leaves its header behind; a record with the same header
// goes on here, and its digest is taken of its bytes as they stand. Anything unexpected is left to the plain walk.

import { type Batch, growTuples } from "./batch.ts";
import { addFast } from "./fast-tuple.ts";
import { TOKEN_BYTES } from "./json.ts";
import { type Met, standsAt, textAt } from "./text-at.ts";

/** The bytes of a header from after its time to the first flow, and what they mean. */
type Template = { readonly bytes: Buffer; readonly nic: number; readonly flowLog: number };

/** Headers met lately, one a slot, and the last: blobs of many NICs come in turn, each with its own. */
type Templates = { last: Template | null; readonly bySlot: (Template | undefined)[] };

const SLOTS = 1024;
const templatesFor = new WeakMap<Batch, Templates>(); // what they mean are ids of one batch

/** What a list of groups looks like to its context: text ids of the ACL and the rule, for the rows up to `end`. */
export type Group = { acl: number; rule: number; end: number };

const TIME_FROM = Buffer.from('{"time":"');
/** Length of `2022-09-14T09:00:52.5625085Z`. */
const TIME_LENGTH = 28;
const ACL = Buffer.from('{"aclID":"');
const GROUPS = Buffer.from('","flowGroups":[');
const RULE = Buffer.from('{"rule":"');
const TUPLES = Buffer.from('","flowTuples":[');

/** Keeps the header of a record at from … to whose canonical form are its own bytes. */
export function keepTemplate(
  batch: Batch,
  bytes: Buffer,
  from: number,
  to: number,
  nic: number,
  flowLog: number,
): void {
  const start = from + TIME_FROM.length + TIME_LENGTH;
  const flows = Buffer.from('"flowRecords":{"flows":[');
  const at = bytes.indexOf(flows, start);
  if (at === -1 || at >= to || !literal(bytes, from, TIME_FROM) || bytes[start] !== 34) return;
  const template = { bytes: Buffer.from(bytes.subarray(start, at + flows.length)), nic, flowLog };
  const templates = templatesFor.get(batch) ?? { last: null, bySlot: new Array<Template | undefined>(SLOTS) };
  templates.last = template;
  templates.bySlot[slotOf(bytes, start)] = template;
  templatesFor.set(batch, templates);
}

/** The template of the header that begins at `from`; null when there is none yet. */
export function templateAt(batch: Batch, bytes: Buffer, from: number, end: number): Template | null {
  const templates = templatesFor.get(batch);
  if (!templates) return null;
  const start = from + TIME_FROM.length + TIME_LENGTH;
  if (templates.last && isAt(templates.last, bytes, start, end)) return templates.last;
  if (start + HASHED > end) return null;
  const template = templates.bySlot[slotOf(bytes, start)];
  if (!template || !isAt(template, bytes, start, end)) return null;
  templates.last = template;
  return template;
}

function isAt(template: Template, bytes: Buffer, start: number, end: number): boolean {
  const { length } = template.bytes;
  return start + length <= end && bytes.compare(template.bytes, 0, length, start, start + length) === 0;
}

/** Bytes of a header that reach past its MAC address. */
const HASHED = 160;

function slotOf(bytes: Uint8Array, start: number): number {
  let hash = 0;
  for (let i = start; i < start + HASHED; i++) hash = Math.imul(hash, 31) + (bytes[i] as number);
  return (hash ^ (hash >>> 10)) & (SLOTS - 1);
}

function literal(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

/** Where the groups of the record read last ended, in rows. */
export const groups: Group[] = [];
export let groupCount = 0;
/** Tuples of the record read last. */
let tupleCount = 0;

// The texts of the record before, in their order: a record mostly has the same ones.
const before: Met[] = [];
let beforeOf: Batch | null = null;
let textClose = 0;

/**
 * The id of the text that begins at `from` and is the record's `nth`; −1 when there is an escape in it or no quote behind it.
 * Leaves its closing quote's position in `textClose`.
 */
function nthText(batch: Batch, bytes: Uint8Array, from: number, end: number, nth: number): number {
  const guess = before[nth];
  if (guess && standsAt(guess, bytes, from)) {
    textClose = from + guess.bytes.length;
    if (bytes[textClose] === 34) return guess.id;
  }
  textClose = textEnd(bytes, from, end);
  if (textClose === -1) return -1;
  const met = textAt(batch, bytes, from, textClose);
  before[nth] = met;
  return met.id;
}

/**
 * Position after the record at `from`, which has the template's header, its rows added but for member, record and context (see `groups`); −1 when it is not of the usual form
 * or not whole, with rows possibly added that the caller takes back.
 */
export function addFastRecord(batch: Batch, template: Template, bytes: Buffer, from: number, end: number): number {
  let at = from + TIME_FROM.length + TIME_LENGTH + template.bytes.length;
  if (at + 64 > end || !literal(bytes, from, TIME_FROM)) return -1;
  if (beforeOf !== batch) before.length = 0;
  beforeOf = batch;
  let nth = 0;
  groupCount = 0;
  tupleCount = 0;
  for (;;) {
    if (!literal(bytes, at, ACL)) return -1;
    at += ACL.length;
    const acl = nthText(batch, bytes, at, end, nth++);
    if (acl === -1 || !literal(bytes, textClose, GROUPS)) return -1;
    at = textClose + GROUPS.length;
    for (;;) {
      if (!literal(bytes, at, RULE)) return -1;
      at += RULE.length;
      const rule = nthText(batch, bytes, at, end, nth++);
      if (rule === -1 || !literal(bytes, textClose, TUPLES)) return -1;
      at = addTuples(batch, bytes, textClose + TUPLES.length, end);
      if (at === -1 || bytes[at] !== 125) return -1;
      const group = groups[groupCount];
      if (group) {
        group.acl = acl;
        group.rule = rule;
        group.end = batch.raw.length;
      } else groups.push({ acl, rule, end: batch.raw.length });
      groupCount++;
      at++;
      if (bytes[at] !== 44) break;
      at++;
    }
    // ]} ends the flow; ]}} after it the flows, the flow records and the record
    if (bytes[at] !== 93 || bytes[at + 1] !== 125) return -1;
    at += 2;
    if (bytes[at] !== 44) break;
    at++;
  }
  if (at + 3 > end || bytes[at] !== 93 || bytes[at + 1] !== 125 || bytes[at + 2] !== 125) return -1;
  return at + 3;
}

/** Position of the closing quote; −1 when there is an escape before it or no quote. */
function textEnd(bytes: Uint8Array, from: number, end: number): number {
  const to = Math.min(end, from + TOKEN_BYTES + 1);
  for (let at = from; at < to; at++) {
    const c = bytes[at] as number;
    if (c === 34) return at;
    if (c === 92) return -1;
  }
  return -1;
}

/** The strings of a list, from the first's opening quote; position after the closing bracket, −1 when one is not of the usual form. */
function addTuples(batch: Batch, bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  let { raw } = batch;
  for (;;) {
    if (bytes[at] !== 34) return -1;
    if (raw.length === raw.time.length) {
      growTuples(batch);
      raw = batch.raw;
    }
    const close = addFast(batch, bytes, at + 1, end);
    if (close === -1) return -1;
    raw.tuple[raw.length - 1] = tupleCount++;
    at = close + 2;
    const next = bytes[close + 1];
    if (next === 93) return at;
    if (next !== 44) return -1;
  }
}
