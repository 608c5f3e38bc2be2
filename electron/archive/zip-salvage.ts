// Entries of a zip archive by their own headers, for one that is cut off or has a damaged directory. Goes from header to header;
// where an entry's length stands only behind it, the mark that must follow is searched and held to the distance.

import type { ArchiveEntry } from "./entry.ts";
import { ENCRYPTED, NAME_BYTES } from "./limits.ts";
import { cutName, shownName, textOf } from "./name.ts";
import { bytesAt, type Store } from "./store.ts";

const LOCAL = 0x04034b50;
const DESCRIPTOR = Buffer.from("PK\x07\x08");
const STEP = 1 << 20;

/** `header`: where the entry's local header lies. */
export function salvageZip(store: Store, most: number): (ArchiveEntry & { readonly header: number })[] {
  const entries: (ArchiveEntry & { readonly header: number })[] = [];
  for (let header = 0; entries.length < most; ) {
    const local = bytesAt(store, header, 30);
    if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) break;
    const nameLength = local.readUInt16LE(26);
    const rest = bytesAt(store, header + 30, nameLength + local.readUInt16LE(28));
    const at = header + 30 + nameLength + local.readUInt16LE(28);
    const length = lengthOf(store, local, rest.subarray(nameLength), at);
    entries.push({ ...entryOf(store, local, rest.subarray(0, nameLength), at, length), header });
    if (length === null || at + length.packed > store.size) break;
    header = at + length.packed + length.behind;
  }
  return entries;
}

type Length = {
  readonly packed: number;
  readonly bytes: number;
  readonly crc32: number;
  /** Bytes of the mark behind the entry. */
  readonly behind: number;
};

function lengthOf(store: Store, local: Buffer, extra: Buffer, at: number): Length | null {
  let packed = local.readUInt32LE(18);
  let bytes = local.readUInt32LE(22);
  if ((local.readUInt16LE(6) & 8) !== 0 && packed === 0) return searchDescriptor(store, at);
  if (packed === 0xffffffff && extra.length >= 20 && extra.readUInt16LE(0) === 1) {
    bytes = Number(extra.readBigUInt64LE(4));
    packed = Number(extra.readBigUInt64LE(12));
  }
  return { packed, bytes, crc32: local.readUInt32LE(14), behind: 0 };
}

function searchDescriptor(store: Store, at: number): Length | null {
  for (let from = at; from < store.size; from += STEP) {
    const bytes = bytesAt(store, from, STEP + 24);
    for (let i = bytes.indexOf(DESCRIPTOR); i !== -1 && i < STEP; i = bytes.indexOf(DESCRIPTOR, i + 1)) {
      const mark = bytes.subarray(i, i + 24);
      const packed = from + i - at;
      if (mark.length >= 16 && mark.readUInt32LE(8) === packed)
        return { packed, bytes: mark.readUInt32LE(12), crc32: mark.readUInt32LE(4), behind: 16 };
      if (mark.length >= 24 && Number(mark.readBigUInt64LE(8)) === packed)
        return { packed, bytes: Number(mark.readBigUInt64LE(16)), crc32: mark.readUInt32LE(4), behind: 24 };
    }
  }
  return null;
}

function entryOf(store: Store, local: Buffer, rawName: Buffer, at: number, length: Length | null): ArchiveEntry {
  const method = local.readUInt16LE(8);
  const tooLong = rawName.length > NAME_BYTES;
  const name = shownName(tooLong ? cutName(rawName) : textOf(rawName));
  const there = Math.max(0, Math.min(length?.packed ?? Infinity, store.size - at));
  const cut = length === null || there < length.packed;
  return {
    name,
    at,
    length: there,
    deflated: method === 8,
    declared: cut ? null : { bytes: length.bytes, crc32: length.crc32 },
    folder: name.endsWith("/"),
    refused: tooLong
      ? `its name has ${rawName.length} bytes: more than ${NAME_BYTES} are not read`
      : (local.readUInt16LE(6) & 1) === 1
        ? ENCRYPTED
        : method === 0 || method === 8
          ? null
          : `its compression method ${method} is not one this version reads`,
    damage: cut ? "the archive ends inside it" : null,
  };
}
