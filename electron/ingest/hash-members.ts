// SHA-256 of members without reading what they say: to find out that the same evidence has come again.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { openMember } from "../archive/open-member.ts";
import type { MemberEntry } from "../segment/part.ts";

/** Calls `each` with every member's SHA-256 (hex) until it answers false or the signal fires; null for one that cannot be read. */
export async function hashMembers(
  members: readonly MemberEntry[],
  each: (index: number, sha256: string | null) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, member] of members.entries()) {
    if (signal.aborted) return;
    if (!each(index, await hashMember(member))) return;
  }
}

async function hashMember(member: MemberEntry): Promise<string | null> {
  if (member.refused !== null) return null;
  try {
    const sum = createHash("sha256");
    const source = await openMember(member);
    for await (const chunk of source.chunks) sum.update(chunk);
    return sum.digest("hex");
  } catch {
    return null; // what is wrong with it is said when it is read for what it holds
  }
}

/** SHA-256 of a file as it lies on disk. */
export async function hashFile(path: string): Promise<Uint8Array> {
  const sum = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) sum.update(chunk as Buffer);
  return sum.digest();
}
