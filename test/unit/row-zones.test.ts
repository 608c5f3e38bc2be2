// Zones of rows only save looking: a row is in a range by its own time, however times go to and fro.

import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { matching } from "../../electron/query/predicate.ts";
import { ROW_ZONE, rowZones } from "../../electron/query/row-zones.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs, randomFrom } from "../support/logs.ts";

test("rows of a range are those whose time is in it", async () => {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder([...manyLogs(2, 8, 200)])]);
  const db = openForReading(caseFile);
  const catalog = openCatalog(db);
  const views = catalog.segments.map(catalog.view);
  expect(Math.max(...views.map((view) => rowZones(view).first.length))).toBeGreaterThan(2);
  const random = randomFrom(3);
  for (const view of views) {
    const { time } = view.when;
    expect(rowZones(view).first.length).toBe(Math.ceil(time.length / ROW_ZONE));
    for (let n = 0; n < 40; n++) {
      // Times of rows themselves are where a bound is met exactly.
      const [from, to] = [random(), random()].map((part) => time[Math.floor(part * time.length)]! + (n % 3) - 1);
      const scope = inScope(catalog, { from: Math.min(from!, to!), to: Math.max(from!, to!), filter: "" });
      const rows = matching(view, scope) ?? new Uint8Array(time.length).fill(1);
      expect([...rows]).toEqual(Array.from(time, (t) => (t >= scope.from! && t < scope.to! ? 1 : 0)));
    }
  }
  db.close();
});
