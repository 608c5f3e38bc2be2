// Activity that is kept is used where it is of this case's flows, and refused where it is damaged; older cases go on without it.

import { join } from "node:path";
import { expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";

async function made(sql: string): Promise<string> {
  const caseFile = join(folder(), "a.tidemark");
  await ingestHere(caseFile, [folder([...manyLogs(3, 3, 20)])]);
  const open = openForWriting(caseFile);
  open.db.exec(sql);
  open.close();
  return caseFile;
}

test.each([
  ["a segment's row is missing", "DELETE FROM segment_activity WHERE segment_id = (SELECT max(id) FROM segment)"],
  ["a row is of other flows", "UPDATE segment_activity SET settled = settled + 1"],
])("%s: refused as damage", async (_, sql) => {
  const db = openForReading(await made(sql));
  const question = { by: "conversations", scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null } as const;
  expect(() => answer(openCatalog(db), question)).toThrow(expect.objectContaining({ kind: "case-damaged" }));
  db.close();
});

test("what is kept of segments is used while flows are being settled anew, without what it tells of them", async () => {
  const settled = openForReading(await made("SELECT 1"));
  const others = await made(
    "DELETE FROM property WHERE name IN ('settled', 'activity'); DELETE FROM segment_activity WHERE segment_id % 2 = 0",
  );
  const db = openForReading(others);
  for (const by of ["conversations", "edges", "timeline"] as const) {
    const question = {
      by,
      scope: EVERYTHING,
      sort: null,
      limit: 0,
      after: 0,
      bin: by === "timeline" ? "1h" : null,
    } as const;
    const [was, is] = [answer(openCatalog(settled), question), answer(openCatalog(db), question)];
    expect(is.rows).toEqual(was.rows.map((row) => ("flows" in row ? { ...row, flows: null } : row)));
  }
  settled.close();
  db.close();
});

test("the same evidence again leaves a case of version 4 as it is", async () => {
  const caseFile = join(folder(), "a.tidemark");
  const source = folder([...manyLogs(2, 2, 10)]);
  await ingestHere(caseFile, [source]);
  const open = openForWriting(caseFile);
  open.db.exec("DROP TABLE segment_activity; DELETE FROM property WHERE name = 'activity'; PRAGMA user_version = 4");
  open.close();
  expect((await ingestHere(caseFile, [source])).sources[0]?.status).toBe("unchanged");
});
