// What conversations did by hour, kept in the case: what the tuples and their flows give, whatever was added and taken back.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { activityOf, HOUR } from "../../electron/analysis/activity.ts";
import { ADJUSTED, gatherActivity, LARGE, SUMS, TUPLES } from "../../electron/query/activity.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { decodeActivity, decodeActivityCounts, encodeActivity } from "../../electron/segment/encode-activity.ts";
import { checkActivity } from "../../electron/store/activity.ts";
import { openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { property } from "../../electron/store/fingerprint.ts";
import type { SegmentRow } from "../../electron/store/read.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { undoSource } from "../../electron/work/undo-source.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";

const caseFile = join(folder(), "case.tidemark");

function look<T>(run: (db: ReturnType<typeof openForReading>) => T): T {
  const db = openForReading(caseFile);
  try {
    return run(db);
  } finally {
    db.close();
  }
}

function found(): { kept: string | null; wrong: string[]; segments: unknown } {
  return look((db) => ({
    kept: property(db, "activity"),
    wrong: checkActivity(db),
    segments: db.prepare("SELECT count(*) - (SELECT count(*) FROM segment) FROM segment_activity").pluck().get(),
  }));
}

test("is whole after evidence is added, more of the same days is added, and that is taken back", async () => {
  const whole = { kept: "yes", wrong: [], segments: 0 };
  const [first, later] = [folder([...manyLogs(6, 6, 30)]), folder([...manyLogs(6, 6, 30, 8)])];
  await ingestHere(caseFile, [first]);
  expect(found()).toEqual(whole);
  await ingestHere(caseFile, [later]);
  expect(found()).toEqual(whole);
  await undoSource(holdCase(caseFile), later);
  expect(found()).toEqual(whole);
});

test("what is kept and what is worked out from tuples is the same in memory", () => {
  const other = join(folder(), "other.tidemark");
  copyFileSync(caseFile, other);
  const open = openForWriting(other);
  open.db.exec("DELETE FROM segment_activity; DELETE FROM property WHERE name = 'activity'");
  const worked = openCatalog(open.db).activity();
  open.close();
  expect(worked?.heads.length).toBeGreaterThan(100);
  expect(look((db) => openCatalog(db).activity())).toEqual(worked);
});

const ROWS = {
  flags: Uint8Array.of(0, 2),
  key: Uint32Array.of(0, 1, 0, 0, 0),
  time: Float64Array.of(5 * HOUR + 7, 5 * HOUR, 5 * HOUR + 3, 4 * HOUR, 5 * HOUR + 9),
  state: Uint8Array.of(1, 4, 2, 3, 3),
  marks: Uint8Array.of(1, 1, 0, 2, 16),
  packetsSent: Float64Array.of(0, 0, 4, 1, 2),
  bytesSent: Float64Array.of(0, 0, 2 ** 40, -1, 10),
  packetsReceived: Float64Array.of(0, -1, 3, 1, 0),
  bytesReceived: Float64Array.of(0, 0, 30, 1, 0),
};

test("rows are by key, then hour, and apart where once leaves tuples out", () => {
  const { hour, leftOut, tuples, flows, begun, ended, first, last, bytesSent, rowsOf } = activityOf(ROWS)!;
  expect([...rowsOf]).toEqual([3, 1]);
  expect([...hour]).toEqual([4, 5, 5, 5]);
  expect([...leftOut]).toEqual([0, 0, 1, 0]);
  expect([...tuples]).toEqual([1, 2, 1, 1]);
  expect([...flows]).toEqual([0, 1, 0, 1]);
  expect([...begun]).toEqual([0, 1, 0, 0]);
  expect([...ended]).toEqual([1, 0, 1, 0]);
  expect([...first]).toEqual([0, 3, 9, 0]);
  expect([...last]).toEqual([0, 7, 9, 0]);
  expect([...bytesSent]).toEqual([0, 2 ** 40, 10, 0]);
});

test("comes back from bytes as it was", () => {
  const activity = activityOf(ROWS);
  const { counts, sums } = encodeActivity(activity, true);
  const read = decodeActivityCounts(counts);
  expect(read.hasAdjusted).toBe(true);
  expect(decodeActivity(read.counts!, sums)).toEqual(activity);
});

test("a segment whose sums are past what is exact has none", () => {
  const most = new Float64Array(5).fill(Number.MAX_SAFE_INTEGER);
  const activity = activityOf({ ...ROWS, bytesSent: most });
  expect(activity).toBeNull();
  expect(decodeActivityCounts(encodeActivity(activity, false).counts).counts).toBeNull();
});

test("rows that do not fit are several, and counters that do not fit are apart", () => {
  const n = 40_000;
  const each = <T>(of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
  const rows = {
    flags: Uint8Array.of(0, 2),
    key: Uint32Array.from(each((i) => (i === 7 ? 1 : 0))),
    time: Float64Array.from(each((i) => 5 * HOUR + i)),
    state: Uint8Array.from(each((i) => (i % 2 === 0 ? 1 : 3))),
    marks: Uint8Array.from(each((i) => (i % 3 === 0 ? 1 : 0))),
    packetsSent: Float64Array.from(each(() => 10)),
    bytesSent: Float64Array.from(each(() => 2 ** 30)),
    packetsReceived: Float64Array.from(each(() => 1)),
    bytesReceived: Float64Array.from(each(() => -1)),
  };
  const activity = activityOf(rows)!;
  const segment = { id: 1 } as SegmentRow; // all that is looked at
  const { heads, sums, starts, large, hours } = gatherActivity(
    [segment],
    2,
    () => Uint32Array.of(1, 0),
    {
      counts: () => ({ counts: activity, hasAdjusted: true }),
      whole: () => activity,
    },
    Number.POSITIVE_INFINITY,
  )!;
  const add = (of: (row: number) => number, c: number): number =>
    Array.from(heads.subarray(starts[c], starts[c + 1]), (_, i) => of(starts[c]! + i)).reduce((a, b) => a + b, 0);
  const of = (c: number): number[] => [
    add((r) => heads[r]! & TUPLES, c),
    add((r) => (sums[r * SUMS]! >>> 22) & 31, c),
    add((r) => sums[r * SUMS]! >>> 27, c),
    add((r) => sums[r * SUMS + 1]! >>> 22, c),
  ];
  const where = (holds: (i: number) => boolean): number => each((i) => i).filter((i) => i !== 7 && holds(i)).length;
  expect(of(1)).toEqual([n - 1, where((i) => i % 3 === 0), where((i) => i % 2 === 0), where((i) => i % 2 === 1)]);
  expect(of(0)).toEqual([1, 0, 0, 1]);
  expect([...hours]).toEqual([5 * HOUR]);
  expect([...large]).toEqual([(n - 1) * 10, (n - 1) * 2 ** 30, n - 1, 0]);
  expect([...heads].filter((head) => (head & LARGE) !== 0)).toHaveLength(1);
  expect(heads.every((head) => (head & ADJUSTED) !== 0)).toBe(true);
});
