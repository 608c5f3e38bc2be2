// Activity of segments, kept: derived when flows are settled, for what settling says counts in it. A segment settled anew is derived anew.

import { crc32 } from "node:zlib";
import { AppError } from "../../shared/failure.ts";
import { type ActivityCounts, activityOf, type SegmentActivity } from "../analysis/activity.ts";
import { newActivityKernel } from "../analysis/activity-kernel.ts";
import type { Part } from "../segment/columns.ts";
import { decodeCounters, decodeKeys, decodeWhen } from "../segment/encode.ts";
import {
  decodeActivity,
  decodeActivityCounts,
  encodeActivity,
  type PackedActivity,
} from "../segment/encode-activity.ts";
import { decodeSettled, usualMarks } from "../segment/encode-settled.ts";
import { CODEC, pack, sameContent, unpack } from "../segment/frame.ts";
import { type ReadDb, versionOf, type WriteDb } from "./database.ts";
import { keepProperty, property } from "./fingerprint.ts";
import { listSegments, readPart, type SegmentRow } from "./read.ts";
import { readSettled, type SettledRow } from "./read-settled.ts";

/** Segments a transaction; what is awaited in between can write the case. */
const AT_ONCE = 16;

/** Derives what is missing or was made of other settled flows. The case is settled. */
export async function deriveActivity(db: WriteDb, between: () => Promise<void>): Promise<void> {
  if (property(db, "activity") !== null) return;
  const kept = new Map(
    db.prepare("SELECT segment_id, settled FROM segment_activity").raw().all() as [id: number, settled: number][],
  );
  const stale = listSegments(db).filter(({ id }) => kept.get(id) !== stampOf(readSettled(db, id)));
  const derive = derivingActivity(db);
  for (let at = 0; at < stale.length; at += AT_ONCE) {
    derive(stale.slice(at, at + AT_ONCE));
    await between();
  }
  keepProperty(db, "activity", "yes");
}

/** Derives that of segments whose flows have just been settled, in one transaction. */
export function derivingActivity(db: WriteDb): (segments: readonly SegmentRow[]) => void {
  const make = makingActivity(db);
  return (segments) =>
    keepActivity(
      db,
      segments.map((segment) => make(segment, readSettled(db, segment.id))),
    );
}

/** A segment's activity as it is kept. `stamp`: of the settled flows that it was made of. */
export type MadeActivity = PackedActivity & { readonly id: number; readonly stamp: number };

/** Makes that of a segment, of flows that need not be written yet. */
export function makingActivity(
  db: ReadDb,
): (segment: SegmentRow, settled: Pick<SettledRow, "bytes"> | null) => MadeActivity {
  const kernel = newActivityKernel();
  return ({ id, tuples }, settled) => {
    const part = (name: Part): Uint8Array => unpack(readPart(db, id, name));
    const { counts, sums } = kernel({ id, tuples, part, settled: settled && (() => unpack(settled.bytes)) });
    return { id, stamp: stampOf(settled), counts: pack(counts), sums: pack(sums) };
  };
}

/** In one transaction. */
export function keepActivity(db: WriteDb, made: readonly MadeActivity[]): void {
  const keep = db.prepare(
    "INSERT OR REPLACE INTO segment_activity (segment_id, settled, codec, counts, sums) VALUES (?, ?, ?, ?, ?)",
  );
  db.transaction(() => {
    for (const { id, stamp, counts, sums } of made) keep.run(id, stamp, CODEC, counts, sums);
  }).immediate();
}

/** Throws it away and derives it again. */
export async function deriveActivityAnew(db: WriteDb, between: () => Promise<void>): Promise<void> {
  db.transaction(() => {
    db.exec("DELETE FROM segment_activity; DELETE FROM property WHERE name = 'activity';");
  }).immediate();
  await deriveActivity(db, between);
}

function stampOf(settled: Pick<SettledRow, "bytes"> | null): number {
  return settled === null ? 0 : crc32(settled.bytes);
}

/** The same done plainly, which checks the kernel. */
function packedActivity(db: ReadDb, segment: SegmentRow, settled: Uint8Array | null): PackedActivity {
  const { keys } = decodeKeys(readPart(db, segment.id, "keys"));
  const when = decodeWhen(readPart(db, segment.id, "when"));
  const counters = decodeCounters(readPart(db, segment.id, "counters"), segment.tuples);
  const columns = settled && decodeSettled(settled, usualMarks(keys.flags, when));
  const activity = activityOf({ flags: keys.flags, ...when, ...counters, marks: columns?.marks ?? null });
  return encodeActivity(activity, (columns?.adjusted.rows.length ?? 0) > 0);
}

/** Reads what is kept; null where it is not all there. Throws case-damaged where a segment has none, or one of other flows. */
export function keptActivity(db: ReadDb): ActivityReader | null {
  if (versionOf(db) < 5 || property(db, "activity") === null) return null;
  const counts = db.prepare("SELECT counts, settled FROM segment_activity WHERE segment_id = ?");
  const sums = db.prepare("SELECT sums FROM segment_activity WHERE segment_id = ?").pluck();
  return {
    counts: ({ id }) => {
      const row = counts.get(id) as { counts: Uint8Array; settled: number } | undefined;
      if (row && row.settled !== stampOf(readSettled(db, id)))
        throw new AppError("case-damaged", `The case is damaged: the activity of segment ${id} is of other flows.`);
      return decodeActivityCounts(bytesOf(row?.counts, id));
    },
    whole: ({ id }, known) => decodeActivity(known, bytesOf(sums.get(id), id)),
  };
}

/**
 * Of a case that is not settled: what is kept of segments that were, and of the others what `worked` works out. What it tells of flows is
 * of another state of the case, so none are told. Read in one transaction: settling writes it anew.
 */
export function keptInPart(db: ReadDb, worked: ActivityReader): ActivityReader {
  if (versionOf(db) < 5) return worked;
  const read = db.prepare("SELECT counts FROM segment_activity WHERE segment_id = ?").pluck();
  const sums = db.prepare("SELECT sums FROM segment_activity WHERE segment_id = ?").pluck();
  return {
    counts(segment) {
      const kept = read.get(segment.id);
      if (kept === undefined) return worked.counts(segment);
      const { counts } = decodeActivityCounts(bytesOf(kept, segment.id));
      return { counts: counts && { ...counts, flows: new Uint32Array(counts.length) }, hasAdjusted: false };
    },
    whole(segment, counts) {
      const kept = sums.get(segment.id);
      return kept === undefined ? worked.whole(segment, counts) : decodeActivity(counts, bytesOf(kept, segment.id));
    },
  };
}

function bytesOf(value: unknown, segmentId: number): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new AppError("case-damaged", `The case is damaged: segment ${segmentId} has no activity.`);
  return value;
}

/** Where activity of segments comes from. `counts` null: the segment has to be looked at tuple by tuple. */
export type ActivityReader = {
  counts(segment: SegmentRow): { readonly counts: ActivityCounts | null; readonly hasAdjusted: boolean };
  whole(segment: SegmentRow, counts: ActivityCounts): SegmentActivity;
};

/** Sentences about activity that differs from what the tuples and their flows give. */
export function checkActivity(db: ReadDb): string[] {
  if (versionOf(db) < 5 || property(db, "activity") === null) return [];
  const findings: string[] = [];
  const read = db.prepare("SELECT settled, counts, sums FROM segment_activity WHERE segment_id = ?");
  const segments = listSegments(db);
  for (const segment of segments) {
    const kept = read.get(segment.id) as (PackedActivity & { readonly settled: number }) | undefined;
    const settled = readSettled(db, segment.id);
    const made = packedActivity(db, segment, settled?.bytes ?? null);
    const isSame = kept && sameContent(kept.counts, made.counts) && sameContent(kept.sums, made.sums);
    if (!isSame || kept.settled !== stampOf(settled))
      findings.push(`The activity of segment ${segment.id} differs from its tuples.`);
  }
  const rows = db.prepare("SELECT count(*) FROM segment_activity").pluck().get() as number;
  if (rows !== segments.length) findings.push(`${rows} segments have activity, not ${segments.length}.`);
  return findings;
}
