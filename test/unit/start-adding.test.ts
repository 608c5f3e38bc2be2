// The account of what was added adds up to what lies in the files, and the speed is of what is being read now.

import { join } from "node:path";
import { expect, test } from "vitest";
import { anew, NO_PACE, type Pace, paced, speedOf } from "../../renderer/model/pace.ts";
import { copiesIn, needsAttention } from "../../renderer/views/adding/attention.ts";
import { recordsLine, recordsRead } from "../../shared/account.ts";
import type { IngestAccount, Payload, SourceAccount } from "../../shared/contract.ts";
import { folder, json } from "../support/cli.ts";
import { blob, vnetRecord } from "../support/logs.ts";

const record = (minute: number): object =>
  vnetRecord([["allow", `17410824${minute}1000,10.0.0.4,10.0.0.5,50000,443,6,O,B,NX,0,0,0,0`]], {
    time: `2025-03-04T10:0${minute}:04.1234567Z`,
  });

test("records read are those in the files: added, and seen before", async () => {
  const files = {
    "a.json": [record(1), record(2), record(3)],
    "b.json": [record(2), record(3)],
    "c.json": [record(4)],
  };
  const inFiles = Object.values(files).flat().length;
  const logs = folder(Object.entries(files).map(([name, records]) => [name, blob(...records)] as const));
  const account = await json<IngestAccount>(["ingest", join(folder(), "x.tidemark"), logs, "--json"]);
  expect(recordsRead(account.account)).toBe(inFiles);
  expect(recordsLine(account.account)).toBe("6 records read = 4 added + 2 seen before + 0 rejected");
  expect(copiesIn(account.sources)).toEqual([{ what: "1 later copy of blobs in the case: 1 shorter", bad: false }]);
});

test("unchanged and complete sources need no attention; the others do", () => {
  const source = (status: SourceAccount["status"]) => ({ status }) as SourceAccount;
  const all = (["complete", "partial", "unchanged", "refused", "interrupted"] as const).map(source);
  expect(needsAttention(all).map(({ status }) => status)).toEqual(["partial", "refused", "interrupted"]);
});

function progress(source: string, bytes: number, tuples = bytes / 10): Payload<"ingest.progress"> {
  const stage = "reading" as const;
  return { source, member: "m", members: 1, membersOf: 9, bytes, bytesOf: 10_000, tuples, rejects: 0, stage };
}
const after = (...steps: readonly (readonly [time: number, source: string, bytes: number])[]): Pace =>
  steps.reduce((pace, [time, source, bytes]) => paced(pace, progress(source, bytes), time), NO_PACE);

test("speed and time left are of the source being read, not of those before", () => {
  const pace = after([0, "a", 0], [1000, "a", 9000], [60_000, "b", 0], [61_000, "b", 500], [62_000, "b", 1000]);
  expect(speedOf(pace)).toEqual({ bytes: 500, tuples: 50, leftMs: 18_000 });
  expect(pace.sources.map(({ source, bytes }) => [source, bytes])).toEqual([
    ["a", 9000],
    ["b", 1000],
  ]);
});

test("the same path given twice is two sources", () => {
  expect(after([0, "a", 9000], [1, "a", 10]).sources).toHaveLength(2);
});

test("a pause is no time of reading", () => {
  const before = after([0, "a", 0], [1000, "a", 1000]);
  const paused = anew(before);
  expect(speedOf(paused)).toBeNull();
  const later = [
    [100_000, 1000],
    [101_000, 3000],
  ].reduce((pace, [time = 0, bytes = 0]) => paced(pace, progress("a", bytes), time), paused);
  expect(speedOf(later)).toEqual({ bytes: 2000, tuples: 200, leftMs: 3500 });
});

test("speed is of the last seconds", () => {
  const pace = after([0, "a", 0], [1000, "a", 5000], [50_000, "a", 5000], [52_000, "a", 5200]);
  expect(speedOf(pace)?.bytes).toBe(100);
});

test("where nothing moves there is no time left to tell, and nothing is told at once", () => {
  expect(speedOf(after([0, "a", 5], [5000, "a", 5]))?.leftMs).toBeNull();
  expect(speedOf(after([0, "a", 5], [100, "a", 50]))).toBeNull();
  expect(speedOf(NO_PACE)).toBeNull();
});

test("deriving keeps what was read, and has no speed", () => {
  const pace = paced(after([0, "a", 0], [1000, "a", 10_000]), { ...progress("", 0), stage: "deriving" }, 2000);
  expect(pace).toMatchObject({ deriving: true, sources: [{ source: "a", bytes: 10_000 }] });
  expect(speedOf(pace)).toBeNull();
});
