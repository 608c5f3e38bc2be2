// Settling in steps: in a thread beside or here, stopped in the middle and gone on with, the case comes to the same rows.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { settlingDay } from "../../electron/analysis/settle-day.ts";
import { type FlowsAtHand, noFlows } from "../../electron/analysis/settled.ts";
import { newSettlingKernel } from "../../electron/analysis/settling-kernel.ts";
import { encodeAtHand } from "../../electron/segment/encode-settled.ts";
import type { MadeActivity } from "../../electron/store/activity.ts";
import { type OpenCase, openForWriting } from "../../electron/store/case-file.ts";
import type { ReadDb } from "../../electron/store/database.ts";
import { listSegments, type SegmentRow } from "../../electron/store/read.ts";
import { isSettled, settleAnew, settleMissing, settleMissingBeside } from "../../electron/store/settle.ts";
import { planSettling } from "../../electron/store/settling-plan.ts";
import { settlingSegments } from "../../electron/store/settling-segment.ts";
import { addEvidence } from "../../electron/work/add-evidence.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { newPause } from "../../electron/work/pause.ts";
import { AppError } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { packed } from "../support/settled-by-program.ts";
import { settlingCase } from "../support/settling-cases.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

const NOTHING = { day: () => {}, written: () => {}, made: () => {} };
let made: string;
let whole: unknown;
let evidence: string[];

beforeAll(async () => {
  const { sources } = settlingCase(20, 1, 12);
  const root = folder(sources.map((files, index) => [`source-${index}.zip`, packed(files)]));
  evidence = sources.map((_, index) => join(root, `source-${index}.zip`));
  made = join(root, "case.tidemark");
  await ingestHere(made, evidence, { embed: false });
  whole = await inCopy(async ({ db }) => rowsOf(db));
  expect((whole as unknown[][])[1]?.length).toBeGreaterThan(3);
});

async function inCopy<T>(run: (open: OpenCase) => Promise<T>): Promise<T> {
  const path = join(folder(), "case.tidemark");
  copyFileSync(made, path);
  const open = openForWriting(path);
  try {
    return await run(open);
  } finally {
    open.close();
  }
}

function rowsOf(db: ReadDb): unknown {
  return ["settled_segment ORDER BY segment_id", "settled_day ORDER BY day"].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).raw().all(),
  );
}

function unsettled({ db }: OpenCase): void {
  db.exec("DELETE FROM settled_segment; DELETE FROM settled_day; DELETE FROM property WHERE name = 'settled'");
}

test("a day in shares, in parts, and in shares of parts comes to the same as a day in one", async () => {
  await inCopy(async ({ db }) => {
    const plan = planSettling(db);
    const segmentOf = settlingSegments(db, plan.logs.ofContext);
    const kernel = newSettlingKernel();
    const outcomeOf = (
      day: number,
      places: readonly number[],
      atHand: FlowsAtHand,
      most: { ofPart: number; ofShare: number },
    ) => {
      const segments = places.map((place) => segmentOf(plan.segments[place]!));
      const tuples = segments.reduce((sum, { length }) => sum + length, 0);
      const shares = settlingDay(kernel, day, tuples, segments, plan.logs.logs, atHand, most);
      for (let parts = 0; ; parts++) {
        const step = shares.next();
        if (step.done !== true) continue;
        const { marks, usual, adjustedAt, adjusted, clocks, ...rest } = step.value;
        const columns = [marks, usual, adjustedAt, adjusted].map((column) => [...column]);
        return { parts, atHand: rest.atHand, said: { columns, clocks, atHand: encodeAtHand(rest.atHand) } };
      }
    };
    let atHand = noFlows();
    for (const [day, places] of plan.days) {
      const one = outcomeOf(day, places, atHand, {
        ofPart: Number.POSITIVE_INFINITY,
        ofShare: Number.POSITIVE_INFINITY,
      });
      expect(one.parts).toBe(1);
      for (const ofPart of [30, 100, Number.POSITIVE_INFINITY])
        expect(outcomeOf(day, places, atHand, { ofPart, ofShare: 30 }).said).toEqual(one.said);
      atHand = one.atHand;
    }
  });
});

test("in a thread beside it comes to the same rows as in this one, and tells each segment once it is whole, or its activity", async () => {
  const { rows, days, written, all, made, kept } = await inCopy(async (open) => {
    unsettled(open);
    const made: MadeActivity[] = [];
    const days = new Set<number>();
    const written: number[] = [];
    const told = {
      day: (day: number) => days.add(day),
      written: (segments: readonly SegmentRow[]) => written.push(...segments.map(({ id }) => id)),
      made: (activity: readonly MadeActivity[]) => made.push(...activity),
    };
    await settleMissingBeside(open.path, open.db, told, new AbortController().signal);
    const activity = open.db.prepare(
      "SELECT segment_id AS id, settled AS stamp, counts, sums FROM segment_activity WHERE segment_id = ?",
    );
    const kept = made.map(({ id }) => activity.get(id));
    return { rows: rowsOf(open.db), days, written, all: listSegments(open.db).map(({ id }) => id), made, kept };
  });
  expect(rows).toEqual(whole);
  expect(days.has(0)).toBe(true);
  expect([...written, ...made.map(({ id }) => id)].sort((a, b) => a - b)).toEqual(all.sort((a, b) => a - b));
  expect(made.length).toBeGreaterThan(0);
  expect(
    made.map(({ counts, sums, ...rest }) => ({ ...rest, counts: Buffer.from(counts), sums: Buffer.from(sums) })),
  ).toEqual(kept);
});

test("stopped between days and gone on with, here and beside, it comes to the same rows", async () => {
  const rows = await inCopy(async (open) => {
    let step = 0;
    const stopping = settleAnew(open.db, async () => {
      step++;
      if (step > 3) throw new AppError("cancelled", "stopped by this test");
    });
    await expect(stopping).rejects.toMatchObject({ kind: "cancelled" });
    expect(isSettled(open.db)).toBe(false);
    const beside = settleMissingBeside(open.path, open.db, NOTHING, AbortSignal.abort());
    await expect(beside).rejects.toMatchObject({ kind: "cancelled" });
    expect(isSettled(open.db)).toBe(false);
    await settleMissing(open.db, async () => {});
    return rowsOf(open.db);
  });
  expect(rows).toEqual(whole);
});

test("adding evidence that is cancelled while it settles leaves a whole case without flows; adding it again settles them", async () => {
  const path = join(folder(), "case.tidemark");
  const stop = new AbortController();
  const add = (signal: AbortSignal, told: (settling: number) => void) =>
    addEvidence(
      holdCase(path),
      { paths: evidence, embed: false, jobs: 1 },
      ({ stage, bytesOf, bytes }) => told(stage === "deriving" && bytesOf > 0 ? bytes : -1),
      signal,
      newPause(),
      () => {},
    );
  const cancelled = add(stop.signal, (day) => day === 1 && stop.abort());
  await expect(cancelled).rejects.toMatchObject({ kind: "cancelled", message: expect.stringContaining("again") });
  const open = openForWriting(path);
  expect(isSettled(open.db)).toBe(false);
  expect(open.db.prepare("SELECT count(*) FROM property WHERE name = 'fingerprint'").pluck().get()).toBe(1);
  open.close();
  const again = await add(new AbortController().signal, () => {});
  expect(again.sources.map(({ status }) => status)).toEqual(evidence.map(() => "unchanged"));
  const settled = openForWriting(path);
  expect(rowsOf(settled.db)).toEqual(whole);
  settled.close();
});
