// One header of a tar archive (512 bytes), and the extended headers that say more of the entry after it: POSIX pax and GNU long
// names. Pure: bytes in, facts out.

import { textOf } from "./name.ts";

export const BLOCK = 512;

export type TarHeader = {
  readonly name: Buffer;
  /** Bytes of the body; a number that cannot be is NaN. */
  readonly size: number;
  /** One character. */
  readonly type: string;
  readonly link: string;
};

/** Null where the block is no header: its checksum tells. */
export function tarHeader(block: Buffer): TarHeader | null {
  if (block.length < BLOCK || !hasChecksum(block)) return null;
  const posix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = posix ? untilNul(block.subarray(345, 500)) : Buffer.alloc(0);
  const own = untilNul(block.subarray(0, 100));
  return {
    name: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from("/"), own]) : own,
    size: numberIn(block.subarray(124, 136)),
    type: String.fromCharCode(block[156] as number),
    link: textOf(untilNul(block.subarray(157, 257))),
  };
}

/** Its bytes summed, those of the checksum as spaces. */
function hasChecksum(block: Buffer): boolean {
  let sum = 8 * 32;
  let signed = 8 * 32; // as some old programs did
  for (let i = 0; i < BLOCK; i++) {
    if (i >= 148 && i < 156) continue;
    const byte = block[i] as number;
    sum += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  const said = numberIn(block.subarray(148, 156));
  return said === sum || said === signed;
}

/** Octal digits, or binary where the first bit is set. */
function numberIn(field: Buffer): number {
  if (((field[0] as number) & 0x80) === 0) {
    const digits = field
      .toString("latin1")
      .replace(/^[ \0]+/, "")
      .replace(/[ \0].*$/s, "");
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : NaN;
  }
  let value = (field[0] as number) & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return Number.isSafeInteger(value) ? value : NaN;
}

export function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** What pax records may say of the entry after them. */
export type PaxFacts = {
  readonly path: Buffer | null;
  readonly size: number | null;
  readonly link: string | null;
  readonly sparse: boolean;
};

/** Records are "length key=value\n"; what is no record ends the reading. */
export function paxFacts(body: Buffer): PaxFacts {
  let facts: PaxFacts = { path: null, size: null, link: null, sparse: false };
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const digits = space === -1 ? "" : body.toString("latin1", at, space);
    const length = /^[0-9]{1,9}$/.test(digits) ? Number(digits) : 0;
    const equals = body.indexOf(0x3d, space);
    if (length === 0 || equals === -1 || equals >= at + length || at + length > body.length) break;
    const key = body.toString("latin1", space + 1, equals);
    const value = body.subarray(equals + 1, at + length - 1);
    if (key === "path") facts = { ...facts, path: value };
    else if (key === "linkpath") facts = { ...facts, link: textOf(value) };
    else if (key === "size") facts = { ...facts, size: sizeIn(value.toString("latin1")) };
    else if (key.startsWith("GNU.sparse.")) facts = { ...facts, sparse: true };
    at += length;
  }
  return facts;
}

function sizeIn(digits: string): number {
  return /^[0-9]+$/.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : NaN;
}
