// Writes a mix as Azure would: `…/y=/m=/d=/h=/m=00/macAddress=/PT1H.json` (or as one file, or a file a record), exactly as many tuples
// as asked for, the same bytes for the same mix and number. Bytes go into one buffer a blob, digit by digit.

import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mix } from "./mixes.ts";
import { type Events, MOST_EVENTS, nic, noEvents, rules, states } from "./traffic.ts";

export type Logs = { readonly blobs: number; readonly bytes: number; readonly tuples: number; readonly hours: number };

const HOUR = 3_600_000;
const FIRST = Date.UTC(2026, 2, 2);
const GUID = "7f3c1a52-90be-4d17-8a6e-2b5d40c9e811";
const RESOURCE = `/SUBSCRIPTIONS/${GUID.toUpperCase()}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/VNET-BENCH-FLOWLOG`;
const TARGET = `/subscriptions/${GUID}/resourceGroups/rg-bench/providers/Microsoft.Network/virtualNetworks/vnet-bench`;
const FOLDER = `flowLogResourceID=/${GUID.toUpperCase()}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_VNET-BENCH-FLOWLOG`;

/** About the most bytes of a tuple with quotes and comma, and of a record around its tuples. */
const MOST_TUPLE = 140;
const MOST_RECORD = 4096;

export function writeLogs(mix: Mix, tuples: number, folder: string): Logs {
  const [least, most] = mix.tuplesPerRecord;
  const out: Out = { bytes: Buffer.alloc(mix.recordsPerHour * (MOST_RECORD + most * MOST_TUPLE)), at: 0 };
  const events = noEvents();
  if (most > MOST_EVENTS) throw new Error(`a record has at most ${MOST_EVENTS} tuples`);
  const nics = Array.from({ length: mix.nics }, (_, i) => ({
    mac: `000D3A${(0xb30000 + 257 * i).toString(16).toUpperCase()}`,
    /** Every NIC's records have their own second of the minute. */
    phase: (i * 7_919) % 60_000,
    traffic: nic(mix, 1 + i, ((10 << 24) | (1 << 16) | ((i >> 4) << 8) | (4 + (i & 15))) >>> 0),
  }));
  let [left, blobs, bytes, hour, turn] = [tuples, 0, 0, 0, 0];
  for (; left > 0; hour++) {
    const start = FIRST + hour * HOUR;
    for (const { mac, phase, traffic } of nics) {
      if (left === 0) break;
      out.at = 0;
      if (mix.files !== "one" || bytes === 0) text(out, OPEN);
      for (let record = 0; record < mix.recordsPerHour && left > 0; record++) {
        // Spread over least … most by the golden ratio: the same mean in every blob.
        const share = (turn++ * 0.6180339887498949) % 1;
        const count = Math.min(left, least + Math.floor(share * (most - least + 1)));
        traffic.fill(events, count);
        const from = start + Math.floor((record * HOUR) / mix.recordsPerHour) + phase - 60_000;
        const isFirst = mix.files === "one" ? bytes + out.at === OPEN.length : out.at === OPEN.length;
        if (!isFirst) out.bytes[out.at++] = COMMA;
        writeRecord(out, events, from, mac);
        left -= count;
        if (mix.files !== "records") continue;
        text(out, CLOSE);
        write(join(folder, FOLDER, hourFolder(start), `macAddress=${mac}`), `${record}.json`, out);
        text(out, OPEN);
      }
      if (mix.files === "records") continue;
      if (mix.files !== "one" || left === 0) text(out, CLOSE);
      if (mix.files === "one") append(folder, out);
      else write(join(folder, FOLDER, hourFolder(start), `macAddress=${mac}`), "PT1H.json", out);
    }
  }
  return { blobs, bytes, tuples, hours: hour };

  function write(path: string, name: string, from: Out): void {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, name), from.bytes.subarray(0, from.at));
    blobs++;
    bytes += from.at;
    from.at = 0;
  }
  function append(path: string, from: Out): void {
    mkdirSync(path, { recursive: true });
    appendFileSync(join(path, "PT1H.json"), from.bytes.subarray(0, from.at));
    blobs = 1;
    bytes += from.at;
    from.at = 0;
  }
}

function hourFolder(start: number): string {
  const [, y, m, d, h] = /^(\d+)-(\d+)-(\d+)T(\d+)/.exec(new Date(start).toISOString()) ?? [];
  return `y=${y}/m=${m}/d=${d}/h=${h}/m=00`;
}

type Out = { readonly bytes: Buffer; at: number };

const bytesOf = (value: string): Buffer => Buffer.from(value, "latin1");
const [COMMA, QUOTE, DOT, ZERO] = [0x2c, 0x22, 0x2e, 0x30];
const OPEN = bytesOf('{"records":[');
const CLOSE = bytesOf("]}");
const FLOWS = bytesOf(
  `","category":"FlowLogFlowEvent","flowLogResourceID":"${RESOURCE}","targetResourceID":"${TARGET}","flowLogVersion":4,"operationName":"FlowLogFlowEvent","flowRecords":{"flows":[`,
);
const GROUP = rules.map(({ rule }) => bytesOf(`{"rule":"${rule}","flowTuples":[`));
const ACL = rules.map(({ acl }) => bytesOf(`{"aclID":"${acl}","flowGroups":[`));
const GROUP_END = bytesOf("]}");
const ACL_END = bytesOf("]}");
const RECORD_END = bytesOf("]}}");
const NO_COUNTERS = bytesOf(",0,0,0,0");
const ENCRYPTION = [bytesOf(",NX"), bytesOf(",X")] as const;
/** `,I,B` by inbound and state */
const WAY = ["O", "I"].map((way) => states.map((state) => bytesOf(`,${way},${state}`)));

/** Tuples of the minute from `from`; the record is dated 62 s later, as recorded logs are. */
function writeRecord(out: Out, events: Events, from: number, mac: string): void {
  const time = new Date(from + 62_000).toISOString().replace("Z", "0617Z");
  text(out, bytesOf(`{"time":"${time}","flowLogGUID":"1e98aac7-0e3a-4365-8d28-a15797fcb58b","macAddress":"${mac}`));
  text(out, FLOWS);
  const order = events.order.subarray(0, events.count).sort();
  let rule = -1;
  for (const key of order) {
    if (key >>> 28 === rule) out.bytes[out.at++] = COMMA;
    else {
      openGroup(out, rule, key >>> 28);
      rule = key >>> 28;
    }
    writeTuple(out, events, key & 0xfff, from + ((key >>> 12) & 0xffff));
  }
  text(out, GROUP_END);
  text(out, ACL_END);
  text(out, RECORD_END);
}

function openGroup(out: Out, before: number, rule: number): void {
  if (before !== -1) text(out, GROUP_END);
  if (rules[before]?.acl !== rules[rule]?.acl) {
    if (before !== -1) text(out, ACL_END);
    if (before !== -1) out.bytes[out.at++] = COMMA;
    text(out, ACL[rule]!);
  } else out.bytes[out.at++] = COMMA;
  text(out, GROUP[rule]!);
}

function writeTuple(out: Out, events: Events, i: number, time: number): void {
  const { bytes } = out;
  let at = out.at;
  bytes[at++] = QUOTE;
  const high = Math.floor(time / 1_000_000);
  at = digits(bytes, at, high, 7);
  at = digits(bytes, at, time - 1_000_000 * high, 6);
  at = address(bytes, at, events.source[i]!);
  at = address(bytes, at, events.destination[i]!);
  at = number(bytes, at, events.sourcePort[i]!);
  at = number(bytes, at, events.port[i]!);
  at = number(bytes, at, events.protocol[i]!);
  at = short(bytes, at, WAY[events.inbound[i]!]![events.state[i]!]!);
  at = short(bytes, at, ENCRYPTION[events.encrypted[i]!]!);
  if (events.counters[4 * i] === 0) at = short(bytes, at, NO_COUNTERS);
  else for (let k = 4 * i; k < 4 * i + 4; k++) at = number(bytes, at, events.counters[k]!);
  bytes[at++] = QUOTE;
  out.at = at;
}

// These write at `at` and answer where they ended.

function address(bytes: Buffer, at: number, value: number): number {
  let next = number(bytes, at, value >>> 24);
  for (let shift = 16; shift >= 0; shift -= 8) {
    bytes[next++] = DOT;
    const octet = (value >>> shift) & 255;
    next = digits(bytes, next, octet, octet < 10 ? 1 : octet < 100 ? 2 : 3);
  }
  return next;
}

function number(bytes: Buffer, at: number, value: number): number {
  bytes[at] = COMMA;
  let length = 1;
  for (let limit = 10; value >= limit; limit *= 10) length++;
  return digits(bytes, at + 1, value, length);
}

/** Below 2³¹, `length` digits, zeros in front. */
function digits(bytes: Buffer, at: number, value: number, length: number): number {
  let rest = value;
  for (let place = at + length - 1; place >= at; place--) {
    const tenth = (rest / 10) | 0;
    bytes[place] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
  return at + length;
}

function short(bytes: Buffer, at: number, value: Buffer): number {
  for (let i = 0; i < value.length; i++) bytes[at + i] = value[i]!;
  return at + value.length;
}

function text(out: Out, value: Buffer): void {
  out.at += value.copy(out.bytes, out.at);
}
