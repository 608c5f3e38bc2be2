// The members of a file, whatever it is: itself, or what an archive holds, and the archives in that. A .tar.gz, and an archive that
// lies compressed in another, are unpacked into the stash once and read at random from there; all else is read where it lies.

import type { EntryPlace, MemberEntry, StashedBytes } from "../segment/part.ts";
import type { ArchiveEntry, ArchiveListing } from "./entry.ts";
import { entryChunks } from "./entry-bytes.ts";
import { ALL_ENTRIES, AN_ARCHIVE_TOO_DEEP, LEVELS } from "./limits.ts";
import { contentOf, type Sniffed } from "./sniff.ts";
import { type Stash, stashedStore } from "./stash.ts";
import { type Store, stretchOf } from "./store.ts";
import { listTar } from "./tar.ts";
import { unpack } from "./unpack.ts";
import { listZip } from "./zip.ts";

/** A file on disk that is listed. `members` grows. */
export type FileListing = {
  readonly file: string;
  readonly store: Store;
  readonly fileTime: number;
  readonly stash: Stash;
  readonly signal: AbortSignal | null;
  readonly members: MemberEntry[];
};

export type ArchiveKind = "zip" | "tar" | "tar.gz";

/** What a file is. */
export function kindOfFile(store: Store): ArchiveKind | "gzip" | "json" {
  const { outer, inner } = contentOf(store, 0, store.size, false);
  if (outer === "gzip") return inner === "tar" ? "tar.gz" : inner === "zip" ? "zip" : "gzip";
  return outer === "other" ? "json" : outer;
}

/** Bytes that are an archive: where they lie, and what was done to have them. */
type Holder = {
  readonly store: Store;
  /** Where `store` begins in the stash or the file. */
  readonly base: number;
  readonly stash: StashedBytes | null;
  readonly unpackedBy: number;
  /** What was wrong with the packing around it. */
  readonly damage: string | null;
};

/** Adds what the file holds to `members`: one for `path` itself, or those of the archive it is, with `prefix` before their names. */
export async function listFile(f: FileListing, path: string, prefix: string): Promise<void> {
  const whole: ArchiveEntry = {
    name: path,
    at: 0,
    length: f.store.size,
    deflated: false,
    declared: null,
    folder: false,
    refused: null,
    damage: null,
  };
  const holder: Holder = { store: f.store, base: 0, stash: null, unpackedBy: 1, damage: null };
  await addEntry(f, holder, whole, path, prefix, 0);
}

/** `level`: archives around the entry. */
async function addEntry(
  f: FileListing,
  holder: Holder,
  entry: ArchiveEntry,
  path: string,
  prefix: string,
  level: number,
): Promise<void> {
  if (f.signal?.aborted) return;
  if (entry.refused !== null) return add(f, holder, entry, path, false, entry.refused);
  const { outer, inner } = contentOf(holder.store, entry.at, entry.length, entry.deflated);
  const gzip = outer === "gzip";
  const kind = gzip ? inner : outer;
  if (kind === "gzip")
    return add(f, holder, entry, path, gzip, "gzip data inside gzip data, which this version does not read");
  if (kind !== "zip" && kind !== "tar") return add(f, level === 0 ? null : holder, entry, path, gzip, null);
  if (level === LEVELS) return add(f, holder, entry, path, gzip, AN_ARCHIVE_TOO_DEEP);
  await addArchive(f, await held(f, holder, entry, gzip), kind, path, prefix, level + 1);
}

async function addArchive(
  f: FileListing,
  holder: Holder,
  kind: Sniffed,
  path: string,
  prefix: string,
  level: number,
): Promise<void> {
  const { entries, damage } = listed(holder, kind);
  const before = f.members.length;
  for (const entry of entries) {
    if (entry.folder && entry.refused === null) continue;
    if (f.members.length >= ALL_ENTRIES) break;
    const name = prefix + entry.name;
    await addEntry(f, holder, entry, name, `${name}!/`, level);
  }
  const told =
    f.members.length >= ALL_ENTRIES
      ? `its archives hold more than ${ALL_ENTRIES} entries: those after are not read`
      : (holder.damage ?? damage ?? (f.members.length === before ? "the archive holds no files" : null));
  if (told !== null) f.members.push({ ...nothing(f, path), refused: told });
}

function listed(holder: Holder, kind: Sniffed): ArchiveListing {
  return kind === "zip" ? listZip(holder.store) : listTar(holder.store);
}

/** Where an archive inside is read from: the same store, where it lies there as it is. */
async function held(f: FileListing, holder: Holder, entry: ArchiveEntry, gzip: boolean): Promise<Holder> {
  if (!entry.deflated && !gzip)
    return {
      ...holder,
      store: stretchOf(holder.store, entry.at, entry.length),
      base: holder.base + entry.at,
      damage: entry.damage,
    };
  const place = placeOf(f, holder, entry);
  const { unpackedBy } = holder;
  let source = entryChunks(holder.store, { ...place, at: entry.at });
  const again = (): AsyncIterable<Buffer> => {
    source = entryChunks(holder.store, { ...place, at: entry.at });
    return source.chunks;
  };
  const unpacked = gzip ? unpack(again, { packing: "gzip", unpackedBy, most: Infinity }) : source;
  const { bytes, full } = await f.stash.keep(untilAborted(unpacked.chunks, f.signal));
  return {
    store: stashedStore(bytes),
    base: 0,
    stash: bytes,
    unpackedBy: (unpackedBy * Math.max(1, bytes.size)) / Math.max(1, entry.length),
    damage: full ?? source.damage() ?? unpacked.damage(),
  };
}

async function* untilAborted(chunks: AsyncIterable<Buffer>, signal: AbortSignal | null): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (signal?.aborted) return;
    yield chunk;
  }
}

function nothing(f: FileListing, path: string): MemberEntry {
  return { path, file: f.file, entry: null, gzip: false, bytes: 0, fileTime: f.fileTime, refused: null };
}

/** `holder` null: the file itself. */
function add(
  f: FileListing,
  holder: Holder | null,
  entry: ArchiveEntry,
  path: string,
  gzip: boolean,
  refused: string | null,
): void {
  f.members.push({
    ...nothing(f, path),
    entry: holder === null ? null : placeOf(f, holder, entry),
    gzip,
    bytes: entry.declared?.bytes ?? entry.length,
    refused,
  });
}

function placeOf(f: FileListing, holder: Holder, entry: ArchiveEntry): EntryPlace {
  const { length, deflated, declared, damage } = entry;
  const { stash, unpackedBy } = holder;
  return {
    stash,
    at: holder.base + entry.at,
    length,
    deflated,
    declared,
    unpackedBy,
    fileBytes: f.store.size,
    damage,
  };
}
