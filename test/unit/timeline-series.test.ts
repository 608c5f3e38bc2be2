// Series and the range that is compared, as they are made and as they stand in the address.

import { describe, expect, test } from "vitest";
import {
  changeWords,
  comparedBy,
  comparedIn,
  differenceOf,
  printCompared,
  shiftOf,
} from "../../renderer/model/compared.ts";
import { amountOf, amountWords } from "../../renderer/model/measure.ts";
import {
  faultOfSeries,
  MOST_SERIES,
  readySeries,
  type Series,
  seriesIn,
  withSeries,
} from "../../renderer/model/series.ts";
import { FIRST_VIEW, parseView, printView } from "../../renderer/model/view.ts";
import { parseFilter } from "../../shared/filter/parse.ts";

const HOUR = 3_600_000;
const shown = { from: Date.UTC(2026, 2, 11), to: Date.UTC(2026, 2, 11, 6) };

describe("series", () => {
  const made = readySeries.reduce<readonly Series[]>(
    (all, { name, filter, look }) => withSeries(all, name, filter, look),
    [],
  );
  test("that are ready have filters that can be asked", () => {
    for (const { filter } of made) expect(() => parseFilter(filter)).not.toThrow();
  });
  test("keep name, filter, look and whether they are hidden through the address", () => {
    const series = withSeries(made, 'RDP "jump" & co', "dport == 3389").map((each, i) => ({
      ...each,
      hidden: i === 1,
    }));
    const view = { ...FIRST_VIEW, page: "explore" as const, series, measure: "flows" as const, lanes: true };
    expect(parseView(printView(view))).toEqual(view);
  });
  test("are left out of an address where they are none", () => {
    const odd = JSON.stringify([
      ["a", "dport == 1", "9", 0],
      ["b", 7, "1", 0],
      3,
      ["c", "dport == 1", "1", 1],
      ["d", "dport == 1", "2", 0],
    ]);
    expect(seriesIn(odd)).toEqual([{ name: "c", filter: "dport == 1", look: "1", hidden: true }]);
    expect([seriesIn("{"), seriesIn(null), seriesIn('{"a":1}')]).toEqual([[], [], []]);
  });
  test("keep their looks when others go", () => {
    const two = withSeries(withSeries([], "a", "dport == 1"), "b", "dport == 2");
    const after = withSeries(two.slice(1), "c", "dport == 3");
    expect(after.map(({ look }) => look)).toEqual(["2", "1"]);
  });
  test("of a filter that is there already show it instead of another", () => {
    const hidden = withSeries([], "a", "dport == 1").map((each) => ({ ...each, hidden: true }));
    expect(withSeries(hidden, "again", "dport == 1")).toEqual([{ ...hidden[0], hidden: false }]);
  });
  test("are no more than can be asked for", () => {
    const many = Array.from({ length: 20 }, (_, i) => i).reduce<readonly Series[]>(
      (all, i) => withSeries(all, "", `dport == ${i}`),
      [],
    );
    expect(many).toHaveLength(MOST_SERIES);
    expect(new Set(many.map(({ look }) => look)).size).toBe(MOST_SERIES);
    expect(many[0]?.name).toBe("dport == 0");
  });
  test("say why a text is no filter of theirs", () => {
    expect(faultOfSeries("dport == 3389 and src == 10.0.0.0/8")).toBeNull();
    for (const wrong of ["", "dport ==", "bytes > 1M"]) expect(faultOfSeries(wrong)).toMatch(/\w/);
  });
});

describe("a compared range", () => {
  test.each([
    ["before", shown.from - 6 * HOUR],
    ["day", shown.from - 24 * HOUR],
    ["week", shown.from - 168 * HOUR],
  ] as const)("%s lies as long, that much earlier", (by, from) => {
    const compared = comparedBy(by, shown);
    expect(compared).toEqual({ from, to: from + 6 * HOUR, by });
    expect(compared.from + shiftOf(compared, shown)).toBe(shown.from);
    expect(comparedIn(printCompared(compared))).toEqual(compared);
  });
  test("that is typed stays, and anything else is none", () => {
    expect(comparedIn("5:9")).toEqual({ from: 5, to: 9 });
    expect(comparedIn("5:9:month")).toEqual({ from: 5, to: 9 });
    for (const wrong of [null, "", "9:5", "5", "a:b", "5:"]) expect(comparedIn(wrong)).toBeNull();
  });
  test.each([
    [120, 100, "+20 %"],
    [97, 100, "−3.0 %"],
    [0, 100, "−100 %"],
    [5, 5, "as before"],
    [5, 0, "new"],
    [4200, 100, "42 ×"],
  ])("%d against %d: %s", (now, before, words) => expect(changeWords(differenceOf(now, before))).toBe(words));
});

test("a measure is a field of the row or the sum of both ways", () => {
  const row = { tuples: 9, begun: 4, packetsSent: 1, packetsReceived: 2, bytesSent: 1000, bytesReceived: 500 };
  const amounts = (["bytes", "sent", "received", "packets", "flows", "tuples"] as const).map((each) =>
    amountOf(each, row),
  );
  expect(amounts).toEqual([1500, 1000, 500, 3, 4, 9]);
  expect(amountOf("bytes", { bytesSent: null, bytesReceived: 7 })).toBe(7);
  expect([amountWords("packets", 1), amountWords("tuples", 2), amountWords("bytes", 1500)]).toEqual([
    "1 packet",
    "2 tuples",
    "1.50 kB",
  ]);
});
