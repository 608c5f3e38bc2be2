// Growth held to the sums of the same answers asked period by period.

import { join } from "node:path";
import { expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { growth } from "../../electron/query/growth.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { growthFields, growthMeasures } from "../../shared/growth.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";

const DAY = 86_400_000;

test("each value is the sum of its day; what is logged in part is no ground for a forecast", async () => {
  const caseFile = join(folder(), "a.tidemark");
  const record = (day: number, hour: number, bytes: number): object => {
    const time = Date.UTC(2026, 2, day, hour);
    const tuple = `${time},10.0.0.4,8.8.8.8,1000,443,6,O,E,NX,1,${bytes},1,1`;
    const flows = [{ aclID: "a", flowGroups: [{ rule: day % 2 ? "odd" : "even", flowTuples: [tuple] }] }];
    return {
      ...{ time: new Date(time).toISOString(), flowLogVersion: 4, flowLogGUID: "g", macAddress: "000D3A000001" },
      ...{ category: "FlowLogFlowEvent", flowRecords: { flows } },
    };
  };
  const records = [9, 10, 11, 12].flatMap((day) => [record(day, 0, day * 100), record(day, 23, 1)]);
  const source = folder([["PT1H.json", JSON.stringify({ records: [...records, record(13, 5, 7)] })]]);
  await ingestHere(caseFile, [source], { jobs: 1 });
  const db = openForReading(caseFile);
  const catalog = openCatalog(db);
  const facts = factsOf(db, () => "US");
  for (const by of growthFields) {
    for (const measure of growthMeasures) {
      const got = growth(catalog, { scope: EVERYTHING, by, step: "day", measure }, facts);
      expect(got.periods.map(({ whole }) => whole)).toEqual([true, true, true, true, false]);
      for (const [p, { from, to }] of got.periods.entries()) {
        expect(to - from).toBe(DAY);
        const scope = { from, to, filter: "" };
        const question = {
          by: `${by === "country" ? "countrie" : by}s`,
          scope,
          sort: null,
          limit: 0,
          after: 0,
          bin: null,
        };
        const rows = answer(catalog, question as Parameters<typeof answer>[1], facts).rows;
        const amount = (row: Record<string, unknown>): number => {
          const [a, b] = by === "country" ? ["Out", "In"] : ["Sent", "Received"];
          if (measure === "tuples" || measure === "denied") return Number(row[measure]);
          return Number(row[`${measure}${a}`]) + Number(row[`${measure}${b}`]);
        };
        const sum = rows.reduce((total, row) => total + amount(row), 0);
        expect([by, measure, p, got.rows.reduce((total, row) => total + (row.values[p] ?? 0), 0)]).toEqual([
          by,
          measure,
          p,
          sum,
        ]);
        if (got.total) expect(got.total.values[p]).toBe(sum);
      }
    }
  }
  const bytes = growth(catalog, { scope: EVERYTHING, by: "nic", step: "day", measure: "bytes" }, facts);
  expect(bytes.rows[0]?.values).toEqual([903, 1003, 1103, 1203, 8]);
  expect(bytes.rows[0]?.forecast?.value).toBeCloseTo(1303, 6);
  const weeks = growth(catalog, { scope: EVERYTHING, by: "nic", step: "week", measure: "tuples" }, facts);
  expect(weeks.periods.map(({ from }) => new Date(from).toISOString())).toEqual(["2026-03-09T00:00:00.000Z"]);
  expect(weeks.rows[0]?.values).toEqual([9]);
  const overlapping = { ...EVERYTHING, time: "overlapping" as const };
  expect(() => growth(catalog, { scope: overlapping, by: "nic", step: "day", measure: "bytes" }, facts)).toThrow(
    /counts each tuple in the period of its own time/,
  );
  const none = growth(
    catalog,
    { scope: { from: 0, to: 1, filter: "" }, by: "nic", step: "day", measure: "bytes" },
    facts,
  );
  expect([none.periods, none.rows]).toEqual([[], []]);
  db.close();
});
