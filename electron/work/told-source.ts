// What is told of a source once it is read, in one pass over its members: tens of thousands of them at once took 300 MB.

import { createHash } from "node:crypto";
import { type ClosedAccount, sumAccounts } from "../../shared/account.ts";
import type { SourceAccount } from "../../shared/contract.ts";
import type { AccountedMember } from "../store/account.ts";

export type ToldSource = Pick<SourceAccount, "status" | "reason" | "remarks"> & {
  readonly account: ClosedAccount;
  /** SHA-256 of the members' "sha256  path" lines in order, as `sha256sum` prints them. */
  readonly listHash: Uint8Array;
};

type Named = Pick<AccountedMember, "path" | "reason">;
type Seen = { count: number; first: Named | null };

export function toldOf(members: Iterable<AccountedMember>): ToldSource {
  const lines = createHash("sha256");
  const [all, refused, partial, told]: [Seen, Seen, Seen, Seen] = [none(), none(), none(), none()];
  let account = sumAccounts([]);
  let remarks = 0;
  for (const member of members) {
    note(all, member);
    if (member.status === "refused") note(refused, member);
    if (member.status === "partial") note(partial, member);
    if (member.reason !== null) note(told, member);
    if (member.remark !== null) remarks++;
    if (member.sha256) lines.update(`${Buffer.from(member.sha256).toString("hex")}  ${member.path}\n`);
    account = sumAccounts([account, member]);
  }
  return { ...outcome(all.count, refused, partial, told), remarks, account, listHash: lines.digest() };
}

function none(): Seen {
  return { count: 0, first: null };
}

function note(seen: Seen, { path, reason }: Named): void {
  seen.count++;
  seen.first ??= { path, reason };
}

/** A source is as whole as its members: all refused, or some damaged or refused, or complete. */
function outcome(count: number, refused: Seen, partial: Seen, told: Seen): Pick<SourceAccount, "status" | "reason"> {
  const first = partial.first ?? refused.first;
  if (!first) return { status: "complete", reason: remark(count, told) };
  const sentence = count === 1 ? first.reason : `${first.path}: ${first.reason}`;
  if (refused.count === count) {
    const more =
      refused.count > 1 ? ` (and ${refused.count - 1} more ${refused.count === 2 ? "file" : "files"} refused)` : "";
    return { status: "refused", reason: `${sentence}${more}` };
  }
  const counts = [
    partial.count > 0 ? `${partial.count} damaged` : "",
    refused.count > 0 ? `${refused.count} refused` : "",
  ].filter(Boolean);
  const reason = count === 1 ? sentence : `${counts.join(", ")} of ${count} files; the first is ${sentence}`;
  return { status: "partial", reason };
}

/** What is told of a whole source all the same: something in it that this version does not know. */
function remark(count: number, { first, count: several }: Seen): string | null {
  if (!first || count === 1) return first?.reason ?? null;
  const others = several - 1;
  return `${first.path}: ${first.reason}${others > 0 ? ` (more such in ${others} other ${others === 1 ? "file" : "files"})` : ""}`;
}
