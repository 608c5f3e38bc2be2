// The directory of a zip archive (ZIP64 too), read at random. Nothing it says is believed that its bytes can show: entries that
// overlap are refused, sizes are held to the archive's end, and one bad entry costs only itself. An archive that has lost its
// directory is read by the headers of its entries.

import { crc32 } from "node:zlib";
import type { ArchiveEntry, ArchiveListing } from "./entry.ts";
import { ENCRYPTED, ENTRIES, NAME_BYTES } from "./limits.ts";
import { cutName, shownName, textOf } from "./name.ts";
import { bytesAt, type Store } from "./store.ts";
import { salvageZip } from "./zip-salvage.ts";

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

/** Bytes of the directory held at a time: more than its longest entry. */
const WINDOW = 1 << 20;

/** What an entry of the directory says. */
type Central = {
  readonly name: string;
  readonly folder: boolean;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packed: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly header: number;
  readonly refused: string | null;
};

type Directory = {
  readonly entries: readonly Central[];
  readonly damage: string | null;
  readonly at: number;
  readonly full: boolean;
};

export function listZip(store: Store): ArchiveListing {
  const directory = readDirectory(store);
  const placed = directory.entries.map((entry) => place(store, entry, directory.at));
  const entries = refuseOverlaps(placed);
  if (directory.damage === null || directory.full) return { entries, damage: directory.damage };
  const known = new Set(directory.entries.map((entry) => entry.header));
  const salvaged = salvageZip(store, ENTRIES - entries.length).filter((entry) => !known.has(entry.header));
  return { entries: [...entries, ...salvaged], damage: directory.damage };
}

function readDirectory(store: Store): Directory {
  const end = findEnd(store);
  if (end === null)
    return {
      entries: [],
      damage:
        "the archive has no directory at its end, as when it is cut off: its entries were found by their own headers",
      at: store.size,
      full: false,
    };
  const entries: Central[] = [];
  let window: Buffer = Buffer.alloc(0);
  let windowAt = end.at;
  let at = end.at;
  while (at < end.until) {
    if (at + 46 + 3 * 65535 > windowAt + window.length && windowAt + window.length < end.until) {
      windowAt = at;
      window = bytesAt(store, at, Math.min(WINDOW, end.until - at));
    }
    const entry = window.subarray(at - windowAt);
    const length = entry.length < 46 || entry.readUInt32LE(0) !== CENTRAL ? null : lengthOfCentral(entry);
    if (length === null || length > entry.length)
      return { entries, damage: `the archive's directory is damaged at byte ${at}`, at: end.at, full: false };
    if (entries.length === ENTRIES)
      return {
        entries,
        damage: `the archive has more than ${ENTRIES} entries: those after are not read`,
        at: end.at,
        full: true,
      };
    entries.push(readCentral(entry.subarray(0, length)));
    at += length;
  }
  const damage =
    entries.length % 65536 === end.entries % 65536
      ? null
      : `the archive says that it has ${end.entries} entries, but its directory names ${entries.length}`;
  return { entries, damage, at: end.at, full: false };
}

/** Where the directory lies, and how many entries it is said to name. */
function findEnd(store: Store): { readonly at: number; readonly until: number; readonly entries: number } | null {
  const tail = bytesAt(store, Math.max(0, store.size - 22 - 65535), 22 + 65535);
  const tailAt = store.size - tail.length;
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail[i] !== 0x50 || tail.readUInt32LE(i) !== END || i + 22 + tail.readUInt16LE(i + 20) > tail.length) continue;
    const end = tailAt + i;
    const large = findEnd64(store, end);
    const [entries, length, at] = large ?? [
      tail.readUInt16LE(i + 10),
      tail.readUInt32LE(i + 12),
      tail.readUInt32LE(i + 16),
    ];
    const until = Math.min(at + length, end);
    const begins = at < until ? bytesAt(store, at, 4) : null;
    if (begins === null ? entries === 0 : begins.length === 4 && begins.readUInt32LE(0) === CENTRAL)
      return { at, until, entries };
  }
  return null;
}

function findEnd64(store: Store, end: number): readonly [entries: number, length: number, at: number] | null {
  const locator = end >= 20 ? bytesAt(store, end - 20, 20) : Buffer.alloc(0);
  if (locator.length < 20 || locator.readUInt32LE(0) !== LOCATOR64) return null;
  const record = bytesAt(store, wide(locator, 8), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== END64) return null;
  return [wide(record, 32), wide(record, 40), wide(record, 48)];
}

/** A 64-bit number; past 2⁵³ it is no place in any file, and exactness no longer matters. */
function wide(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

function lengthOfCentral(entry: Buffer): number {
  return 46 + entry.readUInt16LE(28) + entry.readUInt16LE(30) + entry.readUInt16LE(32);
}

function readCentral(entry: Buffer): Central {
  const rawName = entry.subarray(46, 46 + entry.readUInt16LE(28));
  const extra = entry.subarray(46 + rawName.length, 46 + rawName.length + entry.readUInt16LE(30));
  const flags = entry.readUInt16LE(8);
  const method = entry.readUInt16LE(10);
  const sizes = [entry.readUInt32LE(24), entry.readUInt32LE(20), entry.readUInt32LE(42)]; // unpacked, packed, header
  const large = fieldOf(extra, 1);
  let at = 0;
  for (let i = 0; i < 3; i++) {
    if (sizes[i] !== 0xffffffff || large === null || large.length < at + 8) continue;
    sizes[i] = wide(large, at);
    at += 8;
  }
  const [bytes, packed, header] = sizes as [number, number, number];
  const name = nameOf(rawName, extra);
  const unix = entry[5] === 3 || entry[5] === 19 ? entry.readUInt16LE(40) & 0xf000 : 0;
  return {
    name,
    folder: name.endsWith("/"),
    flags,
    method,
    crc32: entry.readUInt32LE(16),
    packed,
    bytes,
    header,
    refused: whyRefused(rawName.length, unix, flags, method),
  };
}

function nameOf(raw: Buffer, extra: Buffer): string {
  if (raw.length > NAME_BYTES) return shownName(cutName(raw));
  const better = fieldOf(extra, 0x7075); // Info-ZIP's name in UTF-8, valid for this very name
  if (better !== null && better.length > 5 && better[0] === 1 && better.readUInt32LE(1) === crc32(raw))
    return shownName(textOf(better.subarray(5)));
  return shownName(textOf(raw));
}

function fieldOf(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return null;
}

const METHODS: Readonly<Record<number, string>> = {
  9: "Deflate64",
  12: "bzip2",
  14: "LZMA",
  93: "Zstandard",
  95: "XZ",
};

function whyRefused(nameBytes: number, unix: number, flags: number, method: number): string | null {
  if (nameBytes > NAME_BYTES) return `its name has ${nameBytes} bytes: more than ${NAME_BYTES} are not read`;
  if (unix === 0xa000) return "a symbolic link, which is not followed";
  if (unix !== 0 && unix !== 0x8000 && unix !== 0x4000) return "not a regular file";
  if (flags & 1) return ENCRYPTED;
  if (method === 0 || method === 8) return null;
  return `its compression method ${METHODS[method] ?? method} is not one this version reads`;
}

type Placed = { readonly entry: ArchiveEntry; readonly from: number; readonly to: number };

/** Finds an entry's bytes through its local header. */
function place(store: Store, central: Central, directory: number): Placed {
  const local = bytesAt(store, central.header, 30);
  const { name, folder } = central;
  const found = local.length === 30 && local.readUInt32LE(0) === LOCAL;
  const at = found ? central.header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28) : central.header;
  const end = central.header < directory ? directory : store.size;
  const length = Math.max(0, Math.min(central.packed, end - at));
  const entry: ArchiveEntry = {
    name,
    at,
    length: found ? length : 0,
    deflated: central.method === 8,
    declared: { bytes: central.bytes, crc32: central.crc32 },
    folder,
    refused: central.refused ?? (found ? null : "the archive's directory leads to a place where it is not"),
    damage:
      length < central.packed
        ? `the archive ends inside it: ${length} of ${central.packed} packed bytes are there`
        : null,
  };
  return { entry, from: found ? central.header : -1, to: at + length };
}

/** Where two entries lie over each other neither is read: that is how a small archive unpacks to a huge one. */
function refuseOverlaps(placed: readonly Placed[]): ArchiveEntry[] {
  const order = placed.map((_, i) => i).sort((a, b) => (placed[a] as Placed).from - (placed[b] as Placed).from);
  const overlapping = new Set<number>();
  let furthest = -1; // of those before, the one that reaches furthest
  for (const i of order) {
    const { from, to } = placed[i] as Placed;
    if (from === -1) continue;
    if (furthest !== -1 && from < (placed[furthest] as Placed).to) {
      overlapping.add(i);
      overlapping.add(furthest);
    }
    if (furthest === -1 || to > (placed[furthest] as Placed).to) furthest = i;
  }
  const refused = "it lies over another entry of the archive, as in one made to exhaust memory";
  return placed.map(({ entry }, i) => (overlapping.has(i) ? { ...entry, refused: entry.refused ?? refused } : entry));
}
