// What a case says of itself is of one state, also where more has come since what it is made of was read, or something has gone; and what
// a rebuild that was killed left undone is done when evidence is added.

import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { caseInfo } from "../../electron/query/info.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { undoSource } from "../../electron/work/undo-source.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, manyLogs, vnetRecord } from "../support/logs.ts";

const TUPLE = "1741082400000,192.0.2.9,10.0.0.5,40000,443,6,I,B,NX,0,0,0,0";
const later = folder([["PT1H.json", blob(vnetRecord([["r", TUPLE, "not a tuple"]]))]]);

function addsUp(info: CaseInfo): void {
  expect(info.tuples + info.duplicateTuples + info.rejectedTuples).toBe(info.tuplesRead);
  expect(info.records + info.duplicateRecords + info.rejectedRecords).toBe(info.recordsRead);
  expect(info.allowed + info.denied).toBe(info.tuples);
  for (const field of ["tuples", "records", "rejects", "tuplesRead", "recordsRead"] as const)
    expect(info.sourceList.reduce((sum, source) => sum + source[field], 0)).toBe(info[field]);
}

test("evidence that comes while a catalog is kept is in none of its figures", async () => {
  const path = join(folder(), "case.tidemark");
  await ingestHere(path, [folder([...manyLogs(2, 2, 10)])]);
  const db = openForReading(path);
  const catalog = openCatalog(db);
  const before = caseInfo(catalog, 5, 0);
  await ingestHere(path, [later]);
  // As it is in the middle of adding: read, and not derived.
  const open = openForWriting(path);
  for (const table of ["conversation_run", "endpoint_run"])
    open.db.exec(`DELETE FROM ${table} WHERE source_id = (SELECT max(id) FROM source)`);
  open.db.exec("DELETE FROM property");
  open.close();
  expect(catalog.isStillSo()).toBe(true);
  const info = caseInfo(catalog, 5, 0);
  addsUp(info);
  expect(info).toMatchObject({ tuples: before.tuples, tuplesRead: before.tuplesRead, members: before.members });
  expect(info.logicalDigest).toBe(before.logicalDigest);
  db.close();
});

test("evidence that is taken back while a catalog is kept is in none of the figures", async () => {
  const path = join(folder(), "case.tidemark");
  await ingestHere(path, [folder([...manyLogs(2, 2, 10)])]);
  await ingestHere(path, [later]);
  const db = openForReading(path);
  const catalog = openCatalog(db);
  const before = caseInfo(catalog, 5, 0);
  await undoSource(holdCase(path), later);
  const info = caseInfo(catalog, 5, 0);
  addsUp(info);
  expect(info.tuples).toBe(before.tuples - 1);
  db.close();
});

test.each([
  [
    "conversations were deleted",
    "DELETE FROM segment_conversation; DELETE FROM conversation_run; DELETE FROM endpoint_run",
  ],
  [
    "those of one source were deleted",
    "DELETE FROM conversation_run WHERE source_id = 2; DELETE FROM endpoint_run WHERE source_id = 2",
  ],
  [
    "flows were deleted",
    "DELETE FROM settled_segment; DELETE FROM settled_day; DELETE FROM property WHERE name IN ('settled', 'activity')",
  ],
  ["activity was deleted", "DELETE FROM segment_activity; DELETE FROM property WHERE name = 'activity'"],
])("a rebuild was killed when %s: adding the same evidence ends it", async (_, sql) => {
  const path = join(folder(), "case.tidemark");
  await ingestHere(path, [folder([...manyLogs(2, 2, 10)])]);
  await ingestHere(path, [later]);
  const open = openForWriting(path);
  open.db.exec(sql);
  open.close();
  expect((await ingestHere(path, [later])).sources[0]?.status).toBe("unchanged");
  const db = openForReading(path);
  expect(verifyCase(db, path, false).findings).toEqual([]);
  db.close();
});
