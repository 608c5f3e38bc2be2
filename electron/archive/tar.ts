// The entries of a tar archive: from header to header, over the bodies. A cut, a damaged header and a size that cannot be are told;
// what follows is looked for at the next block that is a header by its checksum, so that one bad entry does not cost the others.

import type { ArchiveEntry, ArchiveListing } from "./entry.ts";
import { ENTRIES, NAME_BYTES } from "./limits.ts";
import { cutName, shownName, textOf } from "./name.ts";
import { sniff } from "./sniff.ts";
import { bytesAt, type Store } from "./store.ts";
import { BLOCK, type PaxFacts, paxFacts, type TarHeader, tarHeader, untilNul } from "./tar-header.ts";

/** A long name or pax records; more is refused with the entry. */
const EXTENDED = 1 << 20;

/** Zeros after the end mark that are looked over for more. */
const PADDING = 1 << 20;

/** What extended headers have said of the entry that comes next. */
type Said = { path: Buffer | null; link: string | null; size: number | null; sparse: boolean; tooLong: boolean };

function nothingSaid(): Said {
  return { path: null, link: null, size: null, sparse: false, tooLong: false };
}

export function listTar(store: Store): ArchiveListing {
  const entries: ArchiveEntry[] = [];
  const damages: string[] = [];
  let said = nothingSaid();
  let at = 0;
  let marked = false; // its end mark was met
  let cut = false; // its last entry is told as cut
  while (at < store.size) {
    const block = bytesAt(store, at, BLOCK);
    if (block.length === BLOCK && isZero(block)) {
      marked = true;
      const more = afterZeros(store, at);
      if (more === null) break;
      at = more;
      continue;
    }
    const header = tarHeader(block);
    if (header === null) {
      const next = nextHeader(store, at + BLOCK);
      const until = next ?? store.size;
      if (block.length < BLOCK && !marked)
        damages.push(`the archive is cut off at byte ${store.size}, inside a header`);
      else damages.push(`${until - at} bytes from byte ${at} are no entry of the archive, and are not read`);
      cut = true;
      if (next === null) break;
      at = next;
      continue;
    }
    marked = false;
    const body = at + BLOCK;
    if ("xgLK".includes(header.type)) {
      if (!(body + header.size <= store.size)) {
        damages.push(`the archive is cut off at byte ${store.size}, inside a header`);
        cut = true;
        break;
      }
      said = extended(store, header, body, said);
      at = body + padded(header.size);
      continue;
    }
    if (entries.length === ENTRIES) {
      damages.push(`the archive has more than ${ENTRIES} entries: those after are not read`);
      cut = true;
      break;
    }
    const found = entryOf(store, header, said, body);
    if (found.entry !== null) entries.push(found.entry);
    said = nothingSaid();
    cut = found.next === null;
    if (found.next === null) break;
    at = found.next;
  }
  if (!marked && !cut)
    damages.push(`the archive ends at byte ${store.size} without its end mark: it may be cut off between two entries`);
  return { entries, damage: damages.length === 0 ? null : summed(damages) };
}

function summed(damages: readonly string[]): string {
  return damages.length === 1 ? String(damages[0]) : `${damages[0]} (and ${damages.length - 1} more places like it)`;
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Archives may stand one behind another: where the zeros end; null at the end of the file, or past too many. */
function afterZeros(store: Store, at: number): number | null {
  const bytes = bytesAt(store, at, PADDING);
  const end = bytes.findIndex((byte) => byte !== 0);
  return end === -1 ? null : at + Math.floor(end / BLOCK) * BLOCK;
}

/** The next block that is a header, from `at`; null where there is none. */
function nextHeader(store: Store, at: number): number | null {
  for (let from = at; from < store.size; from += 128 * BLOCK) {
    const bytes = bytesAt(store, from, 128 * BLOCK);
    for (let i = 0; i + BLOCK <= bytes.length; i += BLOCK) {
      if (bytes.toString("latin1", i + 257, i + 262) === "ustar" && tarHeader(bytes.subarray(i, i + BLOCK)) !== null)
        return from + i;
    }
  }
  return null;
}

function extended(store: Store, header: TarHeader, body: number, said: Said): Said {
  if (header.type === "g") return said; // of all entries: what it could say of each makes no sense for a path or a size
  if (header.size > EXTENDED) return { ...said, tooLong: true };
  const bytes = bytesAt(store, body, header.size);
  if (header.type === "L") return { ...said, path: untilNul(bytes) };
  if (header.type === "K") return { ...said, link: textOf(untilNul(bytes)) };
  const facts: PaxFacts = paxFacts(bytes);
  return {
    path: facts.path ?? said.path,
    link: facts.link ?? said.link,
    size: facts.size ?? said.size,
    sparse: facts.sparse || said.sparse,
    tooLong: said.tooLong,
  };
}

/** `next`: where the header after it is; null where the archive ends in it. */
type Found = { readonly entry: ArchiveEntry | null; readonly next: number | null };

function entryOf(store: Store, header: TarHeader, said: Said, body: number): Found {
  const raw = said.path ?? header.name;
  const tooLong = said.tooLong || raw.length > NAME_BYTES;
  const name = shownName(tooLong ? cutName(raw) : textOf(raw));
  const link = shownName((said.link ?? header.link).slice(0, 200));
  const length = hasBody(store, header.type, body) ? (said.size ?? header.size) : 0;
  const why = tooLong
    ? `its name has ${said.tooLong ? "too many" : raw.length} bytes: more than ${NAME_BYTES} are not read`
    : said.sparse
      ? "a file stored with holes, which this version does not read"
      : refusedType(header.type, link);
  const entry: ArchiveEntry = {
    name,
    at: body,
    length,
    deflated: false,
    declared: null,
    folder: header.type === "5" || header.type === "D" || (name.endsWith("/") && "07\0".includes(header.type)),
    refused: why,
    damage: null,
  };
  if (body + length <= store.size) return { entry, next: Math.min(store.size, body + padded(length)) };

  const there = Math.max(0, store.size - body);
  // A cut archive ends here; a size that lies is followed by headers. A tar archive in it would look the same: it is read as cut.
  const next = sniff(bytesAt(store, body, BLOCK)) === "tar" ? null : nextHeader(store, body);
  const sizeText = Number.isNaN(length) ? "a size that cannot be" : `${length} bytes`;
  if (next !== null) {
    const refused = why ?? `its header says ${sizeText}, but the archive goes on with other entries before that`;
    return { entry: { ...entry, length: 0, refused }, next };
  }
  const damage = `the archive is cut off inside it: its header says ${sizeText}, ${there} are there`;
  return { entry: { ...entry, length: there, damage }, next: null };
}

/** Links and devices have none, whatever their size says; of hard links some programs write one. */
function hasBody(store: Store, type: string, body: number): boolean {
  if ("23456".includes(type)) return false;
  return type !== "1" || tarHeader(bytesAt(store, body, BLOCK)) === null;
}

function refusedType(type: string, link: string): string | null {
  switch (type) {
    case "0":
    case "\0":
    case "7":
    case "5":
    case "D":
      return null;
    case "1":
      return `a hard link to ${link}, which is not followed`;
    case "2":
      return `a symbolic link to ${link}, which is not followed`;
    case "3":
    case "4":
      return "a device, not a regular file";
    case "6":
      return "a pipe, not a regular file";
    case "S":
      return "a file stored with holes, which this version does not read";
    default:
      return `an entry of type ${shownName(JSON.stringify(type))}, which this version does not read`;
  }
}
