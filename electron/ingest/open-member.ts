// The bytes of a member, in order, whatever holds them: a plain file, gzip (told by its first bytes), an entry of a zip archive.
// Read-only; what is wrong with the container is told at the end, after the bytes that could still be had.

import { createHash, type Hash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { Readable } from "node:stream";
import { crc32, createGunzip } from "node:zlib";
import type { MemberEntry } from "../segment/part.ts";
import type { ZipArchive } from "./zip.ts";

/**
 * `read` (plain files only) fills `into` from `at` with the next bytes and says how many, 0 at the end; otherwise `chunks` gives
 * them. `damage`: what was wrong with the container, once the bytes have ended. `fileSha256`: of the file as it lies on disk.
 */
export type MemberBytes = {
  readonly read?: (into: Buffer, at: number, length: number) => number;
  readonly chunks: AsyncIterable<Uint8Array>;
  damage(): string | null;
  fileSha256(): Uint8Array | null;
};

const CHUNK = 1 << 20;

/** Throws a plain Error whose message says why it cannot be opened. */
export async function openMember(entry: MemberEntry): Promise<MemberBytes> {
  return entry.entry === null ? openFile(entry) : await openEntry(entry, entry.entry);
}

function openFile(entry: MemberEntry): MemberBytes {
  const fd = openSync(entry.file, constants.O_RDONLY);
  const before = fstatSync(fd);
  const head = Buffer.alloc(300);
  const gzip = readSync(fd, head, 0, 300, 0) >= 2 && head[0] === 0x1f && head[1] === 0x8b;
  if (head.toString("latin1", 257, 262) === "ustar") {
    closeSync(fd);
    throw new Error("a tar archive: this version reads folders, .json, .json.gz and .zip");
  }
  if (head.readUInt32LE(0) === 0x04034b50) {
    closeSync(fd);
    throw new Error("a zip archive in a place where a flow log is expected");
  }
  let damage: string | null = null;
  const fileHash: Hash | null = gzip ? createHash("sha256") : null;
  let position = 0;
  let closed = false;

  function close(): void {
    if (closed) return;
    closed = true;
    const after = fstatSync(fd);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      damage ??= "the file was changed while it was read";
    closeSync(fd);
  }
  function read(into: Buffer, at: number, length: number): number {
    const count = closed ? 0 : readSync(fd, into, at, length, position);
    position += count;
    if (count === 0) close();
    return count;
  }
  async function* file(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK, before.size - position + 1)));
        const count = read(chunk, 0, chunk.length);
        if (count === 0) break;
        fileHash?.update(chunk.subarray(0, count));
        yield chunk.subarray(0, count);
      }
    } finally {
      close();
    }
  }
  async function* unzipped(): AsyncGenerator<Uint8Array> {
    try {
      yield* Readable.from(file()).compose(createGunzip({ chunkSize: CHUNK })) as AsyncIterable<Buffer>;
    } catch (thrown) {
      damage = `its gzip data is damaged (${thrown instanceof Error ? thrown.message : String(thrown)})`;
    }
  }
  return {
    ...(gzip ? {} : { read }),
    chunks: gzip ? unzipped() : file(),
    damage: () => {
      close();
      return damage;
    },
    fileSha256: () => fileHash?.digest() ?? null,
  };
}

// A thread reads many entries of one archive in a row: the last one is kept open.
let open: { readonly file: string; readonly archive: ZipArchive } | null = null;

async function openEntry(entry: MemberEntry, index: number): Promise<MemberBytes> {
  if (open?.file !== entry.file) {
    const { openZip } = await import("./zip.ts"); // loaded by the threads that need it
    open?.archive.close();
    open = { file: entry.file, archive: await openZip(entry.file) };
  }
  const { archive } = open;
  const listed = archive.entries[index];
  if (!listed) throw new Error("the archive was changed while it was read");
  const stream = await archive.stream(index);
  let damage: string | null = null;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let crc = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        crc = crc32(chunk, crc);
        yield chunk;
      }
      if (crc !== listed?.crc32) damage = "its bytes do not match the archive's CRC-32";
    } catch (thrown) {
      damage = `its compressed data is damaged (${thrown instanceof Error ? thrown.message : String(thrown)})`;
    }
  }
  return { chunks: chunks(), damage: () => damage, fileSha256: () => null };
}
