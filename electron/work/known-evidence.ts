// Whether evidence is in the case already, so that adding it again adds nothing.

import type { Listing } from "../archive/list-source.ts";
import { hashMembers } from "../ingest/hash-members.ts";
import { readUnit } from "../ingest/read-unit.ts";
import type { MemberEntry } from "../segment/part.ts";
import type { ReadDb } from "../store/database.ts";
import { listMembers, listSources } from "../store/read.ts";

/**
 * Every file of it is, byte for byte, a whole member of a source that was read to its end, or was refused when it was read from the same place, and is again:
 * what was too short to tell then may be whole now. Stops at the first that is not.
 */
export async function isKnown(db: ReadDb, listing: Listing, signal: AbortSignal): Promise<boolean> {
  const unfinished = new Set(listSources(db).flatMap(({ id, state }) => (state === "open" ? id : [])));
  const members = listMembers(db).filter(({ sourceId }) => !unfinished.has(sourceId));
  const known = members.filter((member) => member.sha256 !== null && member.status !== "refused");
  if (known.length === 0) return false;
  const refusedBefore = new Set(
    members.filter(({ status }) => status === "refused").map(({ source, path }) => `${source}\n${path}`),
  );
  const sizes = new Set(known.map((member) => member.bytes));
  const onDisk = new Set(known.map((member) => member.fileBytes));
  const wasRefused = (member: MemberEntry): boolean => refusedBefore.has(`${listing.path}\n${member.path}`);
  const candidates = listing.members.filter((member) => member.refused === null);
  const isLike = (member: MemberEntry): boolean =>
    sizes.has(member.bytes) || onDisk.has(member.bytes) || member.gzip || wasRefused(member);
  if (!candidates.every(isLike)) return false;
  const hashes = new Set(known.map((member) => Buffer.from(member.sha256 as Uint8Array).toString("hex")));
  const refused: MemberEntry[] = [];
  let all = candidates.length > 0;
  await hashMembers(
    candidates,
    (i, sha256) => {
      const member = candidates[i] as MemberEntry;
      if (sha256 !== null && hashes.has(sha256)) return all;
      all &&= wasRefused(member);
      refused.push(member);
      return all;
    },
    signal,
  );
  return all && !signal.aborted && (await areRefused(refused, signal));
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
