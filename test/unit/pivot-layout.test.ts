// The pivot on the page: its address, its fields changing places, its lines, what a cell stands for, copies.

import { expect, test } from "vitest";
import {
  FIRST_PIVOT,
  orderedBy,
  type Pivot,
  pivotIn,
  printPivot,
  withColumn,
  withoutRow,
  withRow,
} from "../../renderer/model/pivot.ts";
import { cellsToCopy, layoutOf, partOf, rangeOf, shadeOf } from "../../renderer/views/pivot/layout.ts";
import type { PivotAnswer } from "../../shared/contract.ts";
import { parseFilter } from "../../shared/filter/parse.ts";

const pivot: Pivot = { ...FIRST_PIVOT, rows: ["srcCountry", "service"], column: "decision", measure: "bytes" };
const answer: PivotAnswer = {
  columns: ["allow", "deny"],
  rows: [
    { keys: ["US", "443/tcp"], cells: [1000, "n/m"], others: null, total: 1000 },
    { keys: [null, "53/udp"], cells: [10, null], others: 5, total: 15 },
  ],
  otherColumns: 3,
  otherRows: { count: 7, cells: [1, null], others: 1, total: 2 },
  totals: { cells: [1011, "n/m"], others: 6, total: 1017 },
  remarks: [],
};

test("the address holds it, and what is not right in one is as at first", () => {
  expect(printPivot(FIRST_PIVOT)).toBe("");
  const other: Pivot = { ...pivot, order: { by: "column", at: null, order: "asc" }, mostRows: 100 };
  expect(pivotIn(printPivot(other))).toEqual(other);
  for (const text of [
    null,
    "",
    "[",
    "1",
    '{"rows":["x"],"column":"y","measure":1,"order":{"by":"column"},"mostRows":7}',
  ])
    expect(pivotIn(text)).toEqual(FIRST_PIVOT);
  expect(pivotIn('{"rows":["decision","decision"]}')).toMatchObject({ rows: ["decision"], column: null });
});

test("a field stands once: one that stands elsewhere changes places", () => {
  expect(withRow(pivot, 0, "service").rows).toEqual(["service", "srcCountry"]);
  expect(withRow(pivot, 0, "decision")).toMatchObject({ rows: ["decision", "service"], column: "srcCountry" });
  expect(withRow(pivot, 2, "nic").rows).toEqual(["srcCountry", "service", "nic"]);
  expect(withColumn(pivot, "service")).toMatchObject({ rows: ["srcCountry", "decision"], column: "service" });
  expect(withColumn({ ...pivot, column: null }, "service")).toMatchObject({ rows: ["srcCountry"], column: "service" });
  expect(withoutRow({ ...pivot, rows: ["nic"] }, 0).rows).toEqual(["nic"]);
});

test("an order turns round when asked for again, and ends with the columns it is by", () => {
  const by = orderedBy(pivot, { by: "column", at: "deny" });
  expect(by.order).toEqual({ by: "column", at: "deny", order: "desc" });
  expect(orderedBy(by, { by: "column", at: "deny" }).order.order).toBe("asc");
  expect(orderedBy(by, { by: "name" }).order).toEqual({ by: "name", order: "asc" });
  expect(withColumn(by, "nic").order.by).toBe("total");
});

test("lines are rows, what is left out, and totals; nothing is added up", () => {
  const { across, lines } = layoutOf(answer, pivot);
  expect(across.map(({ title }) => title)).toEqual(["allow", "deny", "+3 others", "Total"]);
  expect(lines.map(({ kind, cells }) => [kind, ...cells])).toEqual([
    ["row", 1000, "n/m", null, 1000],
    ["row", 10, null, 5, 15],
    ["rest", 1, null, 1, 2],
    ["total", 1011, "n/m", 6, 1017],
  ]);
});

test("shades reach from the least to the largest of the listed cells", () => {
  const range = rangeOf(layoutOf(answer, pivot));
  expect(range).toEqual([10, 1000]);
  expect([null, "n/m", 0, 10, 100, 1000].map((cell) => shadeOf(cell as number, range))).toEqual([0, 0, 0, 1, 3, 5]);
});

test("a cell stands for its values, a total for those of its line or column; a rest for none", () => {
  const { across, lines } = layoutOf(answer, pivot);
  const filters = lines.map((line) => across.map((each) => partOf(pivot, line, each)?.filter ?? null));
  expect(filters[0]?.slice(2)).toEqual([null, expect.stringContaining("443/tcp")]);
  expect(filters[1]?.[0]).toMatch(/srccountry == null/);
  expect(filters[2]).toEqual([null, null, null, null]);
  expect(filters[3]).toEqual(["decision == allow", "decision == deny", null, null]);
  for (const filter of filters.flat()) if (filter !== null) parseFilter(filter);
});

test("a copy has rest and totals as lines, and no two fields of a name", () => {
  const { fields, rows } = cellsToCopy(pivot, layoutOf({ ...answer, columns: ["deny", "deny"] }, pivot), 7);
  expect(fields).toEqual(["srcCountry", "service", "deny", "deny (2)", "+3 others", "total"]);
  expect(rows[2]).toEqual(["+7 others", "", 1, null, 1, 2]);
  expect(rows[3]?.[0]).toBe("Total");
});
