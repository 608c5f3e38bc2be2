// The bytes of a member, in order, whatever holds them: a plain file, gzip data, an entry of an archive or of an archive in that.
// Read-only; what is wrong with the container is told at the end, after the bytes that could still be had.

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { EntryPlace, MemberEntry, StashedBytes } from "../segment/part.ts";
import { differs, entryChunks } from "./entry-bytes.ts";
import { stashedStore } from "./stash.ts";
import { bytesAt, type FileStore, openStore, piecesOf, type Store } from "./store.ts";
import { AT_ONCE, unpack, unpackedAtOnce } from "./unpack.ts";

/**
 * `read` (where nothing is packed) fills `into` from `at` with the next bytes and says how many, 0 at the end; otherwise `chunks`
 * gives them. `damage`: what was wrong with the container, once the bytes have ended. `fileSha256`: of the gzip data that the
 * content came out of; else null.
 */
export type MemberBytes = {
  readonly read?: (into: Buffer, at: number, length: number) => number;
  /** Bytes that `read` gives in all and never more. */
  readonly size?: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  damage(): string | null;
  fileSha256(): Uint8Array | null;
};

const PIECE = 1 << 20;
const CHANGED = "the file was changed while it was read";
const CHANGED_SINCE = "the file was changed between being listed and being read";

/** Bytes as the file or archive holds them. `end`: call when no more are read; says what was wrong. */
type Raw = {
  /** From the beginning, at each call. */
  readonly chunks: () => AsyncIterable<Buffer> | Iterable<Buffer>;
  readonly read: NonNullable<MemberBytes["read"]> | null;
  readonly size: number;
  /** All of them, where they are few and lie as they are. */
  readonly few: (() => Buffer) | null;
  readonly unpackedBy: number;
  end(): string | null;
};

/** Throws a plain Error whose message says why it cannot be opened. */
export async function openMember(member: MemberEntry): Promise<MemberBytes> {
  const raw = member.entry === null ? rawFile(openStore(member.file), member) : rawEntry(member, member.entry);
  if (member.gzip) return gunzipped(raw);
  return {
    ...(raw.read === null ? {} : { read: raw.read, size: raw.size }),
    chunks: toTheEnd(raw),
    damage: raw.end,
    fileSha256: () => null,
  };
}

async function* toTheEnd(raw: Raw): AsyncGenerator<Buffer> {
  try {
    yield* raw.chunks();
  } finally {
    raw.end();
  }
}

function rawFile(store: FileStore, { bytes, fileTime }: MemberEntry): Raw {
  let damage = store.size === bytes && store.fileTime === fileTime ? null : CHANGED_SINCE;
  let ended = false;
  const end = (): string | null => {
    if (!ended && !store.isUnchanged()) damage = CHANGED;
    ended = true;
    store.close();
    return damage;
  };
  return {
    ...lyingAsItIs(
      store,
      0,
      store.size,
      () => ended,
      () => {},
      () => {},
    ),
    unpackedBy: 1,
    end,
  };
}

function rawEntry(member: MemberEntry, place: EntryPlace): Raw {
  const file = place.stash === null ? openArchive(member, place) : null;
  const store = file ?? openStash(place.stash as StashedBytes);
  const changed = (): string | null => (file === null || file.isUnchanged() ? null : CHANGED);
  if (place.deflated) {
    let entry = entryChunks(store, place);
    const chunks = (): AsyncIterable<Buffer> => {
      entry = entryChunks(store, place);
      return entry.chunks;
    };
    return {
      chunks,
      read: null,
      size: 0,
      few: null,
      unpackedBy: place.unpackedBy,
      end: once(() => changed() ?? entry.damage()),
    };
  }
  let crc = 0;
  let bytes = 0;
  const begun = (): void => {
    crc = 0;
    bytes = 0;
  };
  const took = (chunk: Buffer): void => {
    if (place.declared?.crc32 != null) crc = crc32(chunk, crc);
    bytes += chunk.length;
  };
  return {
    ...lyingAsItIs(store, place.at, place.length, () => false, begun, took),
    unpackedBy: place.unpackedBy,
    // What was left off before its end says nothing of the sum of its bytes.
    end: once(() => changed() ?? place.damage ?? (bytes < place.length ? null : differs(place, bytes, crc))),
  };
}

/** Asked at the end of the bytes and again by their reader: worked out once. */
function once(end: () => string | null): () => string | null {
  let said: string | null | undefined;
  return () => {
    if (said === undefined) said = end();
    return said;
  };
}

/** Bytes of a store that nothing packs; `took` sees each once since `begun`. */
function lyingAsItIs(
  store: Store,
  at: number,
  length: number,
  isOver: () => boolean,
  begun: () => void,
  took: (chunk: Buffer) => void,
): Pick<Raw, "chunks" | "read" | "size" | "few"> {
  let position = at;
  function* chunks(): Generator<Buffer> {
    begun();
    for (const chunk of piecesOf(store, at, length, PIECE)) {
      took(chunk);
      yield chunk;
    }
  }
  return {
    chunks,
    read: (into, start, wanted) => {
      const count = isOver() ? 0 : store.read(into, start, Math.min(wanted, at + length - position), position);
      position += count;
      took(into.subarray(start, start + count));
      return count;
    },
    size: length,
    few:
      length > AT_ONCE
        ? null
        : () => {
            const all = bytesAt(store, at, length);
            took(all);
            return all;
          },
  };
}

function gunzipped(raw: Raw): MemberBytes {
  const sum = createHash("sha256");
  const unpacking = { packing: "gzip", unpackedBy: raw.unpackedBy, most: Infinity } as const;
  let damage: string | null = null;

  let hashedTo = 0; // what is gone over again is not hashed again
  async function* hashed(chunks: ReturnType<Raw["chunks"]>): AsyncGenerator<Buffer> {
    let at = 0;
    for await (const chunk of chunks) {
      if (at + chunk.length > hashedTo) sum.update(chunk.subarray(Math.max(0, hashedTo - at)));
      at += chunk.length;
      hashedTo = Math.max(hashedTo, at);
      yield chunk;
    }
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    const few = raw.few?.() ?? null;
    const whole = few === null ? null : unpackedAtOnce(few, unpacking);
    if (few !== null && whole !== null) {
      sum.update(few);
      raw.end();
      yield whole;
      return;
    }
    const unpacked = unpack(() => hashed(few === null ? raw.chunks() : [few]), unpacking);
    try {
      yield* unpacked.chunks;
    } finally {
      damage = unpacked.damage();
      raw.end();
    }
  }
  let digest: Uint8Array | null = null;
  return {
    chunks: chunks(),
    damage: () => raw.end() ?? damage,
    fileSha256: () => {
      digest ??= sum.digest();
      return digest;
    },
  };
}

// A thread reads many members of one archive in a row: what was opened last stays open.
let openFile: { readonly file: string; readonly store: FileStore } | null = null;
const openStashes = new Map<number, Store>();
const STASHES = 4;

function openArchive(member: MemberEntry, place: EntryPlace): FileStore {
  const isListed = ({ size, fileTime }: FileStore): boolean => size === place.fileBytes && fileTime === member.fileTime;
  if (
    openFile !== null &&
    (openFile.file !== member.file || !isListed(openFile.store) || !openFile.store.isUnchanged())
  ) {
    openFile.store.close();
    openFile = null;
  }
  openFile ??= { file: member.file, store: openStore(member.file) };
  const { store } = openFile;
  if (!isListed(store)) throw new Error("the archive was changed since it was listed");
  return store;
}

function openStash(bytes: StashedBytes): Store {
  const store = openStashes.get(bytes.id) ?? stashedStore(bytes);
  openStashes.delete(bytes.id);
  openStashes.set(bytes.id, store);
  if (openStashes.size > STASHES) openStashes.delete(openStashes.keys().next().value ?? -1);
  return store;
}
