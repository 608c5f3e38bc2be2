// The original bytes of a member, from the evidence in the case or, where it is not embedded, from where it was added. What comes
// from outside the case counts only when its SHA-256 is that of the member.

import { createHash } from "node:crypto";
import { AppError } from "../../shared/failure.ts";
import { findMember } from "../archive/find-member.ts";
import { openMember } from "../archive/open-member.ts";
import type { ReadDb } from "../store/database.ts";
import { type EvidenceReader, evidenceReader, listSources, type MemberRow, readEvidence } from "../store/read.ts";

const CHUNK = 4 * 1024 * 1024;

/** All bytes of a member in order. Throws at their end where they are not those that were added. */
export async function* memberChunks(
  db: ReadDb,
  member: MemberRow,
  read: EvidenceReader = evidenceReader(db),
): AsyncGenerator<Uint8Array> {
  const sha = createHash("sha256");
  let bytes = 0;
  for await (const chunk of member.evidenceAt === null ? fromDisk(db, member) : embedded(read, member)) {
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
export async function memberBytes(db: ReadDb, member: MemberRow, at: number, length: number): Promise<Uint8Array> {
  const own = readEvidence(db, member, at, length);
  if (own) return own;
  const out = new Uint8Array(Math.max(0, Math.min(length, member.bytes - at)));
  let from = 0;
  for await (const chunk of memberChunks(db, member)) {
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

/** As it lies where it was added, in whatever archive. */
async function* fromDisk(db: ReadDb, member: MemberRow): AsyncGenerator<Uint8Array> {
  const source = listSources(db).find(({ id }) => id === member.sourceId);
  const missing = (why: string): AppError =>
    new AppError(
      "not-found",
      `The evidence of ${member.path} is not embedded in the case, and it cannot be read at ${member.source}${why}.`,
    );
  const entry = await findMember(member.source, source?.kind === "folder", member.path);
  if (entry === null) throw missing("");
  if (entry.refused !== null) throw missing(`: ${entry.refused}`);
  let bytes = 0;
  const { chunks } = await openMember(entry);
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    if (bytes > member.bytes) return; // no longer what it was: its SHA-256 will differ
  }
}
