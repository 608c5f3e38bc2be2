// Adding evidence: list, recognise what is there already, go on where a crash left off, read, write, derive, account.

import { sumAccounts } from "../../shared/account.ts";
import type { IngestAccount, Progress, SourceAccount } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { type Listing, listSource } from "../archive/list-source.ts";
import { hashFile } from "../ingest/hash-members.ts";
import { readUnits, type ThreadsAhead, threadsAhead, unitsOf } from "../ingest/pool.ts";
import { eachAccountedMember } from "../store/account.ts";
import type { OpenCase } from "../store/case-file.ts";
import { copiesBySource, noCopies } from "../store/copies.ts";
import { type ReadDb, versionOf } from "../store/database.ts";
import { isAllDerived } from "../store/derive.ts";
import type { DigestSet } from "../store/digest-set.ts";
import { property } from "../store/fingerprint.ts";
import { NEWEST } from "../store/migrations/list.ts";
import { listMembers, listSources } from "../store/read.ts";
import { beginSource, continueSource, endSource, loadDigests, removeSource, resumeSource } from "../store/source.ts";
import type { SourceWriting } from "../store/write-part.ts";
import { deriveAndSettle, deriveLogged } from "./derive-and-settle.ts";
import { begin, type HeldCase } from "./held-case.ts";
import { knownEvidence } from "./known-evidence.ts";
import type { Pause } from "./pause.ts";
import { roomWarning, withWhatIsSafe } from "./room.ts";
import { toldOf } from "./told-source.ts";
import { writeUnit } from "./write-unit.ts";

export type AddParams = { readonly paths: readonly string[]; readonly embed: boolean; readonly jobs: number };
export type Announce = (progress: Progress) => void;

/** `id`: of its row; null where it has none. */
type Added = { readonly id: number | null; readonly account: SourceAccount };

/** What all sources of one call share. */
type Adding = {
  readonly open: OpenCase;
  /** Of the records in the case; taken anew where a source leaves it. */
  digests: DigestSet;
  readonly params: AddParams;
  readonly announce: Announce;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly clock: Clock;
  readonly ahead: ThreadsAhead;
};

/** When listing began, which reads what archives hold, and when all was written (null until then); `read`: a member has been read. */
type Clock = { readonly began: number; read: boolean; answerable: number | null };

/** Throws AppError: bad-request, busy, case-damaged, case-from-future, disk-full, cancelled. What was whole by then stays. */
export async function addEvidence(
  held: HeldCase,
  params: AddParams,
  announce: Announce,
  signal: AbortSignal,
  pause: Pause,
  warn: (sentence: string) => void,
): Promise<IngestAccount> {
  if (params.paths.length === 0) throw new AppError("bad-request", "No evidence was named to be added.");
  const clock: Clock = { began: performance.now(), read: false, answerable: null };
  const listings: Listing[] = [];
  const ahead = threadsAhead(params.jobs);
  try {
    for (const path of params.paths) {
      listings.push(await listSource(path, held.path, signal, ahead.found));
      if (signal.aborted) throw new AppError("cancelled", "Adding evidence was cancelled.");
    }
    if (listings.every((listing) => listing.refused !== null))
      return account(held.path, listings.map(refusedListing), clock);
    const warning = roomWarning(held.path, listings, params.embed);
    if (warning !== null) warn(warning);
    return await addListed(held, listings, { params, announce, signal, pause, clock, ahead });
  } finally {
    ahead.end();
    for (const listing of listings) listing.close();
  }
}

async function addListed(
  held: HeldCase,
  listings: readonly Listing[],
  shared: Omit<Adding, "open" | "digests">,
): Promise<IngestAccount> {
  const { signal, clock } = shared;
  return await held.use("existing or new", async (open) => {
    const sources: Added[] = [];
    let keep = !open.created;
    try {
      const adding: Adding = { ...shared, open, digests: loadDigests(open.db) };
      for (const listing of listings) {
        if (signal.aborted) throw new AppError("cancelled", "Adding evidence was cancelled.");
        sources.push(
          listing.refused === null ? await addSource(adding, listing) : { id: null, account: refusedListing(listing) },
        );
      }
      keep ||= sources.some(({ account }) => account.status !== "refused");
      clock.answerable = performance.now();
      if (keep) await settle(open, shared);
      const copies = copiesBySource(open.db); // known since it was settled
      const told = sources.map(({ id, account }) => ({ ...account, copies: copies.get(id ?? -1) ?? noCopies() }));
      return account(held.path, told, clock);
    } catch (thrown) {
      keep ||= listMembers(open.db).length > 0;
      if (keep && thrown instanceof AppError && thrown.kind === "cancelled") deriveLogged(open.db);
      const files = listings.reduce((sum, { members }) => sum + members.length, 0);
      const safe = (): number =>
        listMembers(open.db).filter(({ source }) => shared.params.paths.includes(source)).length;
      throw withWhatIsSafe(open.path, thrown, safe, files);
    }
  });
}

/** Every as-logged answer could be had before (worked out when asked). */
async function settle(open: OpenCase, { announce, signal, params }: Omit<Adding, "open" | "digests">): Promise<void> {
  if (isUpToDate(open.db)) return;
  await begin(open);
  const nothing = { source: "", member: "", members: 0, membersOf: 0, tuples: 0, rejects: 0 };
  announce({ ...nothing, bytes: 0, bytesOf: 0, stage: "deriving" });
  const tell = (day: number, days: number): void =>
    announce({ ...nothing, bytes: day, bytesOf: days, stage: "deriving" });
  await deriveAndSettle(open, tell, { jobs: params.jobs, signal });
}

/** Nothing is to be derived; a case of an earlier version to which nothing came stays as it is. */
function isUpToDate(db: ReadDb): boolean {
  const isThere = (name: "fingerprint" | "settled" | "activity"): boolean => property(db, name) !== null;
  return (
    isThere("fingerprint") &&
    isAllDerived(db) &&
    (versionOf(db) < NEWEST || (isThere("settled") && isThere("activity")))
  );
}

function account(casePath: string, sources: SourceAccount[], clock: Clock): IngestAccount {
  const sum = sumAccounts(sources);
  const { records, duplicateRecords, tuples, rejects } = sum;
  return {
    case: casePath,
    sources,
    added: { records, duplicateRecords, tuples, rejects },
    account: sum,
    elapsedMs: !clock.read || clock.answerable === null ? 0 : Math.round(clock.answerable - clock.began),
    settleMs: clock.answerable === null ? 0 : Math.round(performance.now() - clock.answerable),
  };
}

function refusedListing(listing: Listing): SourceAccount {
  return { ...empty(listing), status: "refused", reason: listing.refused };
}

function empty(listing: Listing): Omit<SourceAccount, "status" | "reason"> {
  const { path, kind, bytes, members } = listing;
  return {
    path,
    kind,
    sha256: null,
    bytes,
    members: members.length,
    ...sumAccounts([]),
    remarks: 0,
    copies: noCopies(),
  };
}

async function addSource(adding: Adding, listing: Listing): Promise<Added> {
  const { open, params, signal } = adding;
  const known = await knownEvidence(open.db, listing, signal);
  if (known !== null) {
    const lacking =
      params.embed && known.bare.length > 0
        ? `, though not its bytes: ${known.bare.join(", ")} was not embedded; to embed it take that back (--undo) and add it again`
        : "";
    const reason = `the same evidence as before: every file of it is in the case already${lacking}`;
    return { id: null, account: { ...empty(listing), status: "unchanged", reason } };
  }
  await begin(open);
  const source = {
    path: listing.path,
    kind: listing.kind,
    bytes: listing.bytes,
    embed: params.embed,
    addedTime: Date.now(),
  };
  const before = listSources(open.db).length;
  const resumed = resumeSource(open.db, source, listing.members);
  if (listSources(open.db).length < before) adding.digests = loadDigests(open.db); // it begins anew: what it had brought is not there
  const w = resumed
    ? continueSource(open.path, open.db, resumed, adding.digests)
    : beginSource(open.path, open.db, source, adding.digests);
  await readMembers(adding, listing, w, resumed?.done ?? 0);

  const { status, reason, remarks, account: sums, listHash } = toldOf(eachAccountedMember(open.db, w.sourceId));
  if (status === "refused") {
    removeSource(open.db, w.sourceId);
    return { id: null, account: { ...empty(listing), status, reason } };
  }
  const sha256 = await sourceHash(listing, listHash);
  endSource(w, sha256, status, reason);
  const account: SourceAccount = {
    ...empty(listing),
    sha256: Buffer.from(sha256).toString("hex"),
    ...sums,
    remarks,
    status,
    reason,
  };
  return { id: w.sourceId, account };
}

async function readMembers(adding: Adding, listing: Listing, w: SourceWriting, done: number): Promise<void> {
  const { params, signal, pause, announce } = adding;
  const entries = listing.members.slice(done);
  const units = unitsOf(entries, params.embed);
  const bytesOf = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  let bytes = 0;
  let members = done;
  let told = 0;
  await readUnits(
    units,
    params.jobs,
    async (part) => {
      await pause.goingOn(signal);
      const unit = units[part.unit]?.members ?? [];
      adding.clock.read = true;
      writeUnit(w, listing.path, part, unit);
      bytes += part.bytesRead;
      if (part.last) members += unit.length;
      const now = performance.now();
      if (now - told < 100 && members < listing.members.length) return;
      told = now;
      const { tuples, rejects } = w.counts;
      const member = unit.at(-1)?.path ?? "";
      announce({
        source: listing.path,
        member,
        members,
        membersOf: listing.members.length,
        bytes,
        bytesOf,
        tuples,
        rejects,
        stage: "reading",
      });
    },
    signal,
    adding.ahead,
  );
}

/** Of the file as it lies on disk; of a folder `list`: of its members' lines. */
async function sourceHash(listing: Listing, list: Uint8Array): Promise<Uint8Array> {
  const file = listing.members[0]?.file;
  return listing.kind !== "folder" && file !== undefined ? await hashFile(file) : list;
}
