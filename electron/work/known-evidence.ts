// Whether evidence is in the case already, so that adding it again adds nothing.

import type { Listing } from "../archive/list-source.ts";
import { hashMembers } from "../ingest/hash-members.ts";
import { readUnit } from "../ingest/read-unit.ts";
import type { MemberEntry } from "../segment/part.ts";
import type { ReadDb } from "../store/database.ts";
import { listMembers, listSources } from "../store/read.ts";

/** `bare`: paths of sources that hold some of it, which no source holds with its bytes. */
type KnownEvidence = { readonly bare: readonly string[] };

/**
 * Not null: every file of it is, byte for byte, a whole member of a source that was read to its end, or was refused when it was read from the same place, and is again:
 * what was too short to tell then may be whole now. Stops at the first that is not.
 */
export async function knownEvidence(db: ReadDb, listing: Listing, signal: AbortSignal): Promise<KnownEvidence | null> {
  const sources = listSources(db);
  const unfinished = new Set(sources.flatMap(({ id, state }) => (state === "open" ? id : [])));
  const members = listMembers(db).filter(({ sourceId }) => !unfinished.has(sourceId));
  const known = members.filter((member) => member.sha256 !== null && member.status !== "refused");
  if (known.length === 0) return null;
  const refusedBefore = new Set(
    members.filter(({ status }) => status === "refused").map(({ source, path }) => `${source}\n${path}`),
  );
  const sizes = new Set(known.map((member) => member.bytes));
  const onDisk = new Set(known.map((member) => member.fileBytes));
  const wasRefused = (member: MemberEntry): boolean => refusedBefore.has(`${listing.path}\n${member.path}`);
  const candidates = listing.members.filter((member) => member.refused === null);
  const isLike = (member: MemberEntry): boolean =>
    sizes.has(member.bytes) || onDisk.has(member.bytes) || member.gzip || wasRefused(member);
  if (!candidates.every(isLike)) return null;
  const embedded = new Set(sources.flatMap(({ id, embedded }) => (embedded === 1 ? id : [])));
  const hashes = new Map<string, string | null>(); // → null, or the path of one that holds it without its bytes
  for (const { sha256, sourceId, source } of known) {
    const hash = Buffer.from(sha256 as Uint8Array).toString("hex");
    if (hashes.get(hash) !== null) hashes.set(hash, embedded.has(sourceId) ? null : source);
  }
  const bare = new Set<string>();
  const refused: MemberEntry[] = [];
  let all = candidates.length > 0;
  await hashMembers(
    candidates,
    (i, sha256) => {
      const member = candidates[i] as MemberEntry;
      const holder = sha256 === null ? undefined : hashes.get(sha256);
      if (typeof holder === "string") bare.add(holder);
      if (holder !== undefined) return all;
      all &&= wasRefused(member);
      refused.push(member);
      return all;
    },
    signal,
  );
  return all && !signal.aborted && (await areRefused(refused, signal)) ? { bare: [...bare] } : null;
}

/** Read as they are now, each for itself. */
async function areRefused(members: readonly MemberEntry[], signal: AbortSignal): Promise<boolean> {
  for (const [unit, member] of members.entries()) {
    let isRefused = true;
    await readUnit({ unit, members: [member], embed: false }, async (part) => {
      isRefused &&= part.members.every(({ status }) => status === "refused") && part.records.length === 0;
    });
    if (!isRefused || signal.aborted) return false;
  }
  return true;
}
