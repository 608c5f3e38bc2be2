// The hot path: a tuple of the usual forms (IPv4; 13 fields of VNet v4; 8 or 13 of NSG) straight from bytes into the columns.
// Anything it is not sure of it leaves to parseTuple by returning −1, having added nothing. About 7 M tuples/s on one core.

import { DENIED, DENY, EARLIEST, LATEST, MS_FROM, NO_STATE } from "../../shared/flow.ts";
import { type Batch, MOST_ENCRYPTIONS } from "./batch.ts";

const COMMA = 44;
const QUOTE = 34;
const ZERO = 48;
const LARGEST = Number.MAX_SAFE_INTEGER;

let at = 0; // where the number read last ended

/** Digits up to a comma; −1 when there are none or something else. Leaves `at` after the comma. */
function port(bytes: Uint8Array): number {
  let p = at;
  let value = 0;
  for (;;) {
    const c = bytes[p++] as number;
    if (c === COMMA) break;
    const digit = c - ZERO;
    if (digit >>> 0 > 9 || p - at > 5) return -1;
    value = value * 10 + digit;
  }
  if (p - at < 2) return -1;
  at = p;
  return value > 65535 ? -1 : value;
}

/** Dotted IPv4 up to a comma as unsigned 32 bits; −1 for anything else, leading zeros included. */
function ipv4(bytes: Uint8Array): number {
  let p = at;
  let value = 0;
  for (let dots = 0; ; dots++) {
    let octet = (bytes[p] as number) - ZERO;
    if (octet >>> 0 > 9) return -1;
    let c = bytes[++p] as number;
    let digit = c - ZERO;
    if (digit >>> 0 <= 9) {
      if (octet === 0) return -1;
      octet = octet * 10 + digit;
      c = bytes[++p] as number;
      digit = c - ZERO;
      if (digit >>> 0 <= 9) {
        octet = octet * 10 + digit;
        if (octet > 255) return -1;
        c = bytes[++p] as number;
      }
    }
    value = value * 256 + octet;
    p++;
    if (dots === 3) {
      if (c !== COMMA) return -1;
      at = p;
      return value;
    }
    if (c !== 46) return -1;
  }
}

/** Digits up to `end` (a comma, or the quote); empty is −1, a fault is −2. */
function counter(bytes: Uint8Array, end: number): number {
  let p = at;
  let value = 0;
  for (;;) {
    const c = bytes[p++] as number;
    if (c === end) break;
    const digit = c - ZERO;
    if (digit >>> 0 > 9 || p - at > 16) return -2;
    value = value * 10 + digit;
  }
  const empty = p - at === 1;
  at = p;
  return empty ? -1 : value > LARGEST ? -2 : value;
}

const STATE = new Uint8Array(128); // by letter; 0 unknown
STATE[66] = 1; // B
STATE[67] = 2; // C
STATE[69] = 3; // E
STATE[68] = 4; // D

/**
 * `start` is the byte after the opening quote; reads at most to `end`. Returns the position of the closing quote with one row
 * added to `batch.raw` (but for member, record, tuple, context, which the caller fills), or −1 with none.
 */
export function addFast(batch: Batch, bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 36) return -1;
  const { raw } = batch;
  const row = raw.length;
  let time = 0;
  let p = start;
  for (;;) {
    const c = bytes[p++] as number;
    if (c === COMMA) break;
    const digit = c - ZERO;
    if (digit >>> 0 > 9 || p - start > 14) return -1;
    time = time * 10 + digit;
  }
  at = p;
  if (time < MS_FROM) time *= 1000;
  if (time < EARLIEST || time >= LATEST) return -1;
  const src = ipv4(bytes);
  if (src === -1) return -1;
  const dst = ipv4(bytes);
  if (dst === -1) return -1;
  const srcPort = port(bytes);
  if (srcPort === -1) return -1;
  const dstPort = port(bytes);
  if (dstPort === -1) return -1;

  let protocol = 0;
  let nsg = false;
  const letter = bytes[at] as number;
  if (letter === 84 || letter === 85) {
    if (bytes[at + 1] !== COMMA) return -1;
    protocol = letter === 84 ? 6 : 17;
    nsg = true;
    at += 2;
  } else {
    protocol = port(bytes);
    if (protocol === -1 || protocol > 255) return -1;
  }
  const dir = bytes[at] as number;
  if ((dir !== 73 && dir !== 79) || bytes[at + 1] !== COMMA) return -1;
  at += 2;

  const seventh = bytes[at] as number;
  let state = NO_STATE;
  let denied = false;
  let encryption = 0;
  let a = -1;
  let b = -1;
  let c = -1;
  let d = -1;
  let counted = true;
  if (nsg) {
    if (seventh !== 65 && seventh !== 68) return -1;
    denied = seventh === 68;
    const after = bytes[at + 1] as number;
    at += 2;
    if (after !== QUOTE) {
      state = STATE[(bytes[at] as number) & 127] as number;
      if (after !== COMMA || state === 0 || bytes[at + 1] !== COMMA) return -1;
      at += 2;
    } else {
      counted = false;
    }
  } else {
    state = STATE[seventh & 127] as number;
    if (state === 0 || seventh > 127 || bytes[at + 1] !== COMMA) return -1;
    denied = state === DENIED;
    at += 2;
    const first = bytes[at] as number;
    if (first === 78 && bytes[at + 1] === 88 && bytes[at + 2] === COMMA) {
      encryption = 1;
      at += 3;
    } else if (first === 88 && bytes[at + 1] === COMMA) {
      encryption = 2;
      at += 2;
    } else {
      encryption = otherEncryption(batch, bytes, end);
      if (encryption === -1) return -1;
    }
  }
  if (counted) {
    a = counter(bytes, COMMA);
    if (a === -2) return -1;
    b = counter(bytes, COMMA);
    if (b === -2) return -1;
    c = counter(bytes, COMMA);
    if (c === -2) return -1;
    d = counter(bytes, QUOTE);
    if (d === -2) return -1;
  }
  if (at > end) return -1; // ran past the bytes there are: the string is not whole yet

  raw.time[row] = time;
  raw.src[row] = src;
  raw.dst[row] = dst;
  raw.srcPort[row] = srcPort;
  raw.dstPort[row] = dstPort;
  raw.kind[row] = protocol | (dir === 79 ? 256 : 0) | (denied ? DENY << 9 : 0);
  raw.state[row] = state;
  raw.encryption[row] = encryption;
  raw.packetsSent[row] = a;
  raw.bytesSent[row] = b;
  raw.packetsReceived[row] = c;
  raw.bytesReceived[row] = d;
  raw.length = row + 1;
  return at - 1;
}

/** A code of upper-case letters and underscores already met or new; −1 for anything else. */
function otherEncryption(batch: Batch, bytes: Uint8Array, end: number): number {
  const start = at;
  for (;;) {
    const c = bytes[at++] as number;
    if (c === COMMA) break;
    if ((c < 65 || c > 90) && c !== 95) return -1;
    if (at - start > 64 || at >= end) return -1;
  }
  const length = at - 1 - start;
  if (length === 0) return -1;
  const known = batch.encryptions;
  outer: for (let i = 3; i < known.length; i++) {
    const code = known[i];
    if (code?.length !== length) continue;
    for (let j = 0; j < length; j++) if (code.charCodeAt(j) !== bytes[start + j]) continue outer;
    return i;
  }
  if (known.length === MOST_ENCRYPTIONS) return -1;
  return known.push(String.fromCharCode(...bytes.subarray(start, start + length))) - 1;
}
