// Segments and records of a case: every compressed value can be unpacked, and they agree with each other and with the members' counts.

import { KEPT, parts } from "../segment/columns.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../segment/encode.ts";
import type { ReadDb } from "../store/database.ts";
import { listSegments, readPart, readRecordRun, recordRuns, type SegmentRow } from "../store/read.ts";
import type { Verifying } from "./verifying.ts";

/** Returns the tuples that can be read. */
export function checkSegments({ db, members, found, attempt, through }: Verifying): number {
  let tuples = 0;
  const byMember = new Map<number, number>();
  const paths = new Map(members.map((member) => [member.id, member.path]));
  const segments = attempt("structure", "The segments cannot be listed", () => listSegments(db), []);
  for (const [i, segment] of segments.entries()) {
    const next = segments[i + 1];
    const name = `Segment ${segment.id} (${segment.tuples} tuples of ${span((id) => paths.get(id), segment, next)})`;
    attempt(
      "columns",
      `${name} is damaged and its tuples cannot be had`,
      () => {
        tuples += checkSegment(db, segment, byMember, (sentence) => found("columns", `${name} ${sentence}.`), through);
      },
      undefined,
    );
  }
  for (const member of members)
    if ((byMember.get(member.id) ?? 0) !== member.tuples)
      found(
        "columns",
        `${member.path}: its segments hold ${byMember.get(member.id) ?? 0} tuples, not ${member.tuples}.`,
      );
  const one = (sql: string): number =>
    attempt("structure", "The parts cannot be counted", () => Number(db.prepare(sql).pluck().get()), 0);
  const expected = one("SELECT count(*) FROM segment") * parts.length;
  const there = one(`SELECT count(*) FROM segment_part WHERE part <> '${ONCE_A_PART}'`);
  if (expected !== there) found("columns", `${there} parts of segments are there, not ${expected}.`);
  return tuples;
}

/** Segments of earlier versions have it; nothing reads it. */
const ONCE_A_PART = "activity";

function checkSegment(
  db: ReadDb,
  segment: SegmentRow,
  byMember: Map<number, number>,
  wrong: (sentence: string) => void,
  through: Verifying["through"],
): number {
  const frames = Object.fromEntries(parts.map((part) => [part, readPart(db, segment.id, part)])) as Record<
    (typeof parts)[number],
    Uint8Array
  >; // one for each part
  const { keys, addresses } = decodeKeys(frames.keys);
  const { length, key } = decodeWhen(frames.when);
  decodePorts(frames.ports, length);
  decodeCounters(frames.counters, length);
  const place = decodePlace(frames.place, length);
  if (length !== segment.tuples) wrong(`holds ${length} tuples`);
  if (key.some((each) => each >= keys.length)) throw new RangeError("a tuple has a key that is not there");
  if (keys.context.some((each) => each >= segment.contexts.length))
    throw new RangeError("a key has a context that is not there");
  const ends = addresses.v4.length + addresses.v6.length / 16;
  if (keys.src.some((each) => each >= ends) || keys.dst.some((each) => each >= ends))
    throw new RangeError("a key has an address that is not there");
  if (keys.flags.some((each) => each > 3)) throw new RangeError("a key has flags that there are not");
  if (addresses.v4.some((each, i) => i > 0 && each <= (addresses.v4[i - 1] as number)))
    throw new RangeError("its addresses do not ascend");
  for (let i = 0; i < length; i++) {
    const member = segment.firstMemberId + (place.member[i] as number);
    byMember.set(member, (byMember.get(member) ?? 0) + 1);
  }
  through(
    "segments",
    Object.values(frames).reduce((sum, frame) => sum + frame.length, 0),
  );
  return length;
}

/** Members from this row's first to that of the next one, in words. */
function span(
  path: (id: number) => string | undefined,
  { firstMemberId, sourceId }: { readonly firstMemberId: number; readonly sourceId: number },
  next?: { readonly firstMemberId: number; readonly sourceId: number },
): string {
  const first = path(firstMemberId) ?? `member ${firstMemberId}`;
  const last =
    next && next.sourceId === sourceId && next.firstMemberId > firstMemberId ? path(next.firstMemberId) : null;
  return last ? `${first} up to ${last}` : first;
}

/** Returns the records kept. */
export function checkRecords({ db, members, found, attempt, through }: Verifying): number {
  const tuples = new Map<number, number>();
  const paths = new Map(members.map((member) => [member.id, member.path]));
  let records = 0;
  for (const row of attempt("structure", "The runs of records cannot be listed", () => recordRuns(db), [])) {
    const first = paths.get(row.firstMemberId) ?? `member ${row.firstMemberId}`;
    const last = row.lastMemberId === row.firstMemberId ? "" : ` to ${paths.get(row.lastMemberId) ?? row.lastMemberId}`;
    const name = `Run ${row.id} of records (${row.records} of ${first}${last})`;
    attempt(
      "columns",
      `${name} is damaged, so that where its records lie and which came before is lost`,
      () => {
        const run = readRecordRun(db, row.id);
        if (run.length !== row.records) found("columns", `${name} holds ${run.length} records.`);
        for (let i = 0; i < run.length; i++) {
          if (run.flags[i] !== KEPT) continue;
          records++;
          const member = run.firstMemberId + (run.member[i] as number);
          tuples.set(member, (tuples.get(member) ?? 0) + (run.tuples[i] as number));
        }
        through("records", row.bytes);
      },
      undefined,
    );
  }
  for (const member of members)
    if ((tuples.get(member.id) ?? 0) !== member.tuples)
      found("columns", `${member.path}: its records bring ${tuples.get(member.id) ?? 0} tuples, not ${member.tuples}.`);
  return records;
}
