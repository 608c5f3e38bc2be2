// The original bytes of a member, from the evidence in the case or, where it is not embedded, from where it was added. What comes
// from outside the case counts only when its SHA-256 is that of the member.

import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AppError } from "../../shared/failure.ts";
import type { ReadDb } from "../store/database.ts";
import { type EvidenceReader, evidenceReader, listSources, type MemberRow, readEvidence } from "../store/read.ts";

const CHUNK = 4 * 1024 * 1024;

/** A gzipped file is unpacked in memory; larger content is not. */
const UNPACKED = 1 << 30;

/** All bytes of a member in order. Throws at their end where they are not those that were added. */
export function* memberChunks(
  db: ReadDb,
  member: MemberRow,
  read: EvidenceReader = evidenceReader(db),
): Generator<Uint8Array> {
  const sha = createHash("sha256");
  let bytes = 0;
  for (const chunk of member.evidenceAt === null ? fromDisk(db, member) : embedded(read, member)) {
    sha.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  if (bytes !== member.bytes || Buffer.compare(sha.digest(), member.sha256 ?? Buffer.alloc(0)) !== 0)
    throw new AppError(
      "evidence-changed",
      `${member.path} of ${member.source} is not what was added: its SHA-256 differs.`,
    );
}

/** A stretch of a member. */
export function memberBytes(db: ReadDb, member: MemberRow, at: number, length: number): Uint8Array {
  const own = readEvidence(db, member, at, length);
  if (own) return own;
  const out = new Uint8Array(Math.max(0, Math.min(length, member.bytes - at)));
  let from = 0;
  for (const chunk of memberChunks(db, member)) {
    const [first, last] = [Math.max(at, from), Math.min(at + out.length, from + chunk.length)];
    if (first < last) out.set(chunk.subarray(first - from, last - from), first - at);
    from += chunk.length;
  }
  return out;
}

function* embedded(read: EvidenceReader, member: MemberRow): Generator<Uint8Array> {
  for (let at = 0; at < member.bytes; at += CHUNK)
    yield read(member, at, Math.min(CHUNK, member.bytes - at)) ?? new Uint8Array(0);
}

/** A plain or gzipped file as it lies on disk; what was in an archive cannot be read again. */
function* fromDisk(db: ReadDb, member: MemberRow): Generator<Uint8Array> {
  const source = listSources(db).find(({ id }) => id === member.sourceId);
  const path = source?.kind === "folder" ? join(member.source, member.path) : member.source;
  const fd = source?.kind === "zip" ? null : openFile(path);
  if (fd === null)
    throw new AppError(
      "not-found",
      `The evidence of ${member.path} is not embedded in the case, and it cannot be read at ${member.source}.`,
    );
  try {
    const { size } = fstatSync(fd);
    const head = Buffer.alloc(2);
    if (size !== member.bytes && readSync(fd, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b)
      return yield unzipped(fd, size, member);
    for (let at = 0; at < size; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK, size - at));
      const read = readSync(fd, chunk, 0, chunk.length, at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(fd);
  }
}

/** Null where it is not a file that can be opened. */
function openFile(path: string): number | null {
  try {
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // a pipe must not keep us waiting
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
    return null;
  } catch {
    return null; // why makes no difference: the sentence names the path
  }
}

function unzipped(fd: number, size: number, member: MemberRow): Uint8Array {
  if (Math.max(size, member.bytes) > UNPACKED)
    throw new AppError("unsupported", `${member.path} is too large to be unpacked again; add it with its evidence.`);
  const packed = Buffer.alloc(size);
  readSync(fd, packed, 0, size, 0);
  try {
    return gunzipSync(packed, { maxOutputLength: member.bytes + 1 });
  } catch {
    return new Uint8Array(0); // no longer what it was: its SHA-256 will differ
  }
}
