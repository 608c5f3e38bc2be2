// Sources of one path, and evidence that comes again: what is told of the others.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyCase } from "../../electron/query/verify.ts";
import { listSources } from "../../electron/store/read.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { undoSource } from "../../electron/work/undo-source.ts";
import type { Result } from "../../shared/contract.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";
import { tamper } from "../support/recover-here.ts";
import { infoOf, reading } from "../support/written.ts";

const [one, other] = [1, 2].map((seed) => [...manyLogs(1, 1, 6, seed).values()][0]!);

test("taking a source back takes the newest of its path, and tells which it was and which others stay", async () => {
  const file = join(folder([["PT1H.json", one!]]), "PT1H.json");
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [file]);
  writeFileSync(file, other!);
  await ingestHere(caseFile, [file]);
  const undo = async (): Promise<Result<"source.undo">> => await undoSource(holdCase(caseFile), file);
  const newest = await undo();
  expect(newest).toMatchObject({ tuples: 6, alike: 1, staying: [expect.any(Number)] });
  const oldest = await undo();
  expect(oldest).toMatchObject({ tuples: 6, alike: 0, staying: [] });
  expect(newest.staying).toEqual([oldest.addedTime]);
  expect(newest.addedTime).toBeGreaterThanOrEqual(oldest.addedTime);
});

test("evidence whose adding was cut off and that has changed since is read anew, not taken for what was read before", async () => {
  const home = folder([
    ["a.json", one!],
    ["b.json", other!],
  ]);
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [home]);
  tamper(caseFile, "UPDATE source SET state = 'open', status = 'interrupted'"); // as a kill before its end leaves it
  tamper(caseFile, "DELETE FROM property WHERE name = 'fingerprint'");
  rmSync(join(home, "a.json"));
  const { added } = await ingestHere(caseFile, [home]);
  expect(added).toMatchObject({ tuples: 6, duplicateRecords: 0 });
});

test("evidence whose adding was cut off stays where a later source counts as seen before what it has", async () => {
  const home = folder([
    ["a.json", one!],
    ["b.json", other!],
  ]);
  const later = folder([["one.json", one!]]);
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [home]);
  tamper(caseFile, "UPDATE source SET state = 'open', status = 'interrupted'"); // as a kill before its end leaves it
  tamper(caseFile, "DELETE FROM property");
  expect((await ingestHere(caseFile, [later])).added).toMatchObject({ tuples: 0 });
  rmSync(join(home, "a.json"));
  expect((await ingestHere(caseFile, [home])).added).toMatchObject({ tuples: 0 });
  expect(infoOf(caseFile)).toMatchObject({ tuples: 12, sources: 3 });
  expect(reading(caseFile, (db) => verifyCase(db, caseFile, false).findings)).toEqual([]);
  expect(reading(caseFile, listSources).map(({ state, status }) => [state, status])).toEqual([
    ["whole", "partial"],
    ["whole", "complete"],
    ["whole", "complete"],
  ]);
});

test("evidence that is there without its bytes is told so when it comes to be embedded", async () => {
  const home = folder([["PT1H.json", one!]]);
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [home], { embed: false });
  const again = async (embed: boolean): Promise<string | null> =>
    (await ingestHere(caseFile, [home], { embed })).sources[0]!.reason;
  expect(await again(false)).toBe("the same evidence as before: every file of it is in the case already");
  expect(await again(true)).toContain(`${home} was not embedded; to embed it take that back (--undo) and add it again`);
});

test("evidence that is there with its bytes is not said to lack them for another that does", async () => {
  const [embedded, bare] = [one!, other!].map((log) => folder([["PT1H.json", log]]));
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [bare!], { embed: false });
  await ingestHere(caseFile, [embedded!]);
  const [said] = (await ingestHere(caseFile, [embedded!])).sources;
  expect(said!.reason).toBe("the same evidence as before: every file of it is in the case already");
});
