// What is whole of a damaged case, into a new one: members whose embedded bytes still have their SHA-256 are read anew, of the others
// what their columns hold is taken over; journal entries that are as they were written go with them. The damaged file is only read.
// Every loss is named, in the account and ever after in the new case.

import { createHash } from "node:crypto";
import { existsSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Progress, Recovery } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { MemberBytes } from "../archive/open-member.ts";
import { unitsOf } from "../ingest/pool.ts";
import { readUnit } from "../ingest/read-unit.ts";
import type { MemberEntry } from "../segment/part.ts";
import { keepWorkedAccounts } from "../store/account.ts";
import { deriveActivity } from "../store/activity.ts";
import { beginChanges, type OpenCase, openForReading, openForWriting } from "../store/case-file.ts";
import type { ReadDb } from "../store/database.ts";
import { deriveMissing } from "../store/derive.ts";
import { type DigestSet, newDigestSet } from "../store/digest-set.ts";
import { keepFingerprint } from "../store/fingerprint.ts";
import { restoreEntries } from "../store/journal.ts";
import { keepLoss } from "../store/loss.ts";
import { listSources, membersOf } from "../store/read.ts";
import { salvageJournal } from "../store/salvage.ts";
import { settleMissing } from "../store/settle.ts";
import { beginSource, endSource } from "../store/source.ts";
import type { SourceWriting } from "../store/write-part.ts";
import { letOthers } from "./let-others.ts";
import { columnsLeft, writeColumns } from "./recover-columns.ts";
import { evidenceLeft, type MemberLeft, type SourceLeft, survey } from "./recover-rows.ts";
import { writeUnit } from "./write-unit.ts";

/** Sentences kept of what was lost; beyond them how many more. */
const MOST_TOLD = 1000;

type Options = {
  readonly path: string;
  readonly from: string;
  readonly now: number;
  readonly announce: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

/** Throws bad-request (something is there already), not-found, case-damaged (too damaged to be opened at all), cancelled, disk-full. */
export async function recover(options: Options): Promise<Recovery> {
  const { path } = options;
  const from = resolve(options.from);
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new AppError("not-found", `There is no folder ${dirname(path)} to make a case in.`);
  if (existsSync(path)) throw new AppError("bad-request", `${path} is there already; nothing was written over.`);
  const db = openForReading(from);
  let whole = false;
  try {
    const open = openForWriting(path);
    try {
      beginChanges(open.db);
      const account = await rewrite(db, open, { ...options, from });
      whole = true;
      return account;
    } finally {
      open.close();
    }
  } finally {
    db.close();
    if (!whole) for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
  }
}

async function rewrite(db: ReadDb, open: OpenCase, options: Options): Promise<Recovery> {
  const lost: string[] = [];
  const lose = (sentence: string): void => {
    lost.push(sentence);
  };
  const sources = survey(db, lose);
  const digests = newDigestSet(1024);
  let readAnew = 0;
  let before = 0;
  for (const source of sources) {
    readAnew += await rewriteSource(db, open, source, digests, lose, options);
    before += source.members.reduce((sum, member) => sum + member.tuples, 0);
  }
  const { entries, lost: lostNotes } = salvageJournal(db);
  restoreEntries(open.db, entries);
  for (const id of lostNotes) lose(`Entry ${id} of the journal (a note or a status) is lost.`);

  const told = lost.slice(0, MOST_TOLD);
  if (lost.length > MOST_TOLD) told.push(`… and ${lost.length - MOST_TOLD} more losses.`);
  deriveMissing(open.db);
  await settleMissing(open.db, letOthers);
  await deriveActivity(open.db, letOthers);
  keepLoss(open.db, { from: options.from, time: options.now, lost: told });
  keepWorkedAccounts(open.db);
  keepFingerprint(open.db);
  const members = listSources(open.db).flatMap((source) => membersOf(open.db, source.id));
  const sum = (field: "records" | "tuples"): number => members.reduce((n, member) => n + member[field], 0);
  return {
    case: options.path,
    from: options.from,
    sources: sources.length,
    members: members.length,
    readAnew,
    records: sum("records"),
    tuples: sum("tuples"),
    lostTuples: Math.max(0, before - sum("tuples")),
    notes: entries.length,
    lostNotes: lostNotes.length,
    lost: told,
  };
}

/** Members in their order, those of one kind next to each other together. Returns how many were read anew. */
async function rewriteSource(
  db: ReadDb,
  open: OpenCase,
  source: SourceLeft,
  digests: DigestSet,
  lose: (sentence: string) => void,
  { path, announce, signal }: Options,
): Promise<number> {
  let losses = 0;
  let first: string | null = null;
  const loseHere = (sentence: string): void => {
    losses++;
    first ??= sentence;
    lose(sentence);
  };
  if (source.damage !== null) loseHere(source.damage);
  const w = beginSource(path, open.db, { ...source, embed: source.embedded }, digests);
  const bytesOf = evidenceLeft(db, source.id);
  const columns = columnsLeft(db, source.id, loseHere);
  let anew = 0;
  for (const group of groupsOf(source.members, (member) => isWhole(member, bytesOf))) {
    if (signal.aborted) throw new AppError("cancelled", "Recovering the case was cancelled; nothing of it is left.");
    announce(progressAt(source, group.members[0] as MemberLeft));
    if (group.anew) anew += await readAnew(w, source.path, group.members, bytesOf, signal);
    else writeColumns(w, group.members, columns, loseHere);
  }
  if (source.state === "whole" || losses > 0) {
    const reason = `recovered from a damaged case: ${losses} ${losses === 1 ? "loss" : "losses"}; the first: ${first}`;
    endSource(w, source.sha256, losses > 0 ? "partial" : source.status, losses > 0 ? reason : source.reason);
  }
  return anew;
}

function progressAt(source: SourceLeft, member: MemberLeft): Progress {
  const at = source.members.indexOf(member);
  const bytes = (members: readonly MemberLeft[]): number => members.reduce((sum, each) => sum + each.bytes, 0);
  return {
    source: source.path,
    member: member.path,
    members: at,
    membersOf: source.members.length,
    bytes: bytes(source.members.slice(0, at)),
    bytesOf: bytes(source.members),
    tuples: 0,
    rejects: 0,
    stage: "reading",
  };
}

type Group = { readonly anew: boolean; readonly members: readonly MemberLeft[] };

/** At most so many members at once, so that cancelling is heard. */
const GROUP = 4096;

function groupsOf(members: readonly MemberLeft[], isReadable: (member: MemberLeft) => boolean): Group[] {
  const groups: { anew: boolean; members: MemberLeft[] }[] = [];
  for (const member of members) {
    const anew = isReadable(member);
    const last = groups.at(-1);
    if (last?.anew === anew && (!anew || last.members.length < GROUP)) last.members.push(member);
    else groups.push({ anew, members: [member] });
  }
  return groups;
}

type BytesOf = ReturnType<typeof evidenceLeft>;

/** What was refused has nothing but its row; everything else is known by its SHA-256. */
function isWhole(member: MemberLeft, bytesOf: BytesOf): boolean {
  if (member.status === "refused" && member.whole) return true;
  if (member.sha256 === null || member.evidenceAt === null) return false;
  const sum = createHash("sha256");
  let bytes = 0;
  for (const piece of bytesOf(member)) {
    sum.update(piece);
    bytes += piece.length;
  }
  return bytes === member.bytes && Buffer.compare(sum.digest(), member.sha256) === 0;
}

async function readAnew(
  w: SourceWriting,
  source: string,
  members: readonly MemberLeft[],
  bytesOf: BytesOf,
  signal: AbortSignal,
): Promise<number> {
  const byEntry = new Map(members.map((member) => [entryOf(member), member]));
  for (const unit of unitsOf([...byEntry.keys()], true)) {
    if (signal.aborted) throw new AppError("cancelled", "Recovering the case was cancelled; nothing of it is left.");
    await readUnit(
      unit,
      async (part) => writeUnit(w, source, part, unit.members),
      async (entry) => held(byEntry.get(entry) as MemberLeft, bytesOf),
    );
  }
  return members.filter((member) => member.status !== "refused").length;
}

function entryOf(member: MemberLeft): MemberEntry {
  const { path, fileBytes, fileTime, status, reason } = member;
  const refused = status === "refused" ? (reason ?? "refused") : null;
  return { path, file: path, entry: null, gzip: false, bytes: fileBytes, fileTime, refused };
}

/** What was wrong with its container is not in its bytes. */
function held(member: MemberLeft, bytesOf: BytesOf): MemberBytes {
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* bytesOf(member);
  }
  return {
    chunks: all(),
    damage: () => (member.status === "partial" ? member.reason : null),
    fileSha256: () => member.fileSha256,
  };
}
