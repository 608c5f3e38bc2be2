// The timeline's arithmetic: bins, ticks, ranges that are moved, bars found by time, hours in which nobody logged.

import { describe, expect, test } from "vitest";
import {
  between,
  boundsOf,
  inside,
  isWhole,
  LEAST_MS,
  rangeOf,
  shifted,
  wholeRange,
  zoomed,
} from "../../renderer/model/range.ts";
import {
  barAt,
  barPx,
  barsOf,
  binAround,
  logShare,
  waterlineShare,
  waterScale,
} from "../../renderer/views/timeline/bars.ts";
import { coverage, isNoLog, nicsInScope, stretchAt } from "../../renderer/views/timeline/coverage.ts";
import { barsIn, binFor, binWords, roundUp, ticks, timeAt, xOf } from "../../renderer/views/timeline/scale.ts";
import type { Nic } from "../../shared/contract.ts";
import { type Bin, bins } from "../../shared/rows.ts";

const HOUR = 3_600_000;
const start = Date.UTC(2026, 2, 3, 21);
const week = { from: start, to: start + 168 * HOUR };

describe("a bin", () => {
  test.each([20, 400, 1000, 61_000, HOUR, 7 * HOUR, 48 * HOUR, 168 * HOUR, 90 * 24 * HOUR])("over %d ms", (span) => {
    for (const width of [10, 300, 824, 2000]) {
      const range = { from: start + 123, to: start + 123 + span };
      const bin = binFor(range, width);
      const most = Math.min(400, Math.floor(width / 3));
      const names = Object.keys(bins) as Bin[];
      const narrower = names[names.indexOf(bin) - 1];
      if (bin !== "1d") expect(barsIn(range, bins[bin])).toBeLessThanOrEqual(most);
      if (narrower) expect(barsIn(range, bins[narrower])).toBeGreaterThan(most);
    }
  });
  test("in words", () =>
    expect((Object.keys(bins) as Bin[]).map(binWords)).toEqual(
      expect.arrayContaining(["5 ms", "1 s", "30 min", "1 day"]),
    ));
  test("a range that cuts two bins has both", () => expect(barsIn({ from: 59_999, to: 60_001 }, 60_000)).toBe(2));
  test("and its end is not in the next", () => expect(barsIn({ from: 0, to: 60_000 }, 60_000)).toBe(1));
});

describe("ticks", () => {
  test("a day is named where it begins", () => {
    expect(ticks({ from: start, to: start + 7 * HOUR }, 8).map(({ label }) => label)).toEqual([
      "21:00",
      "22:00",
      "23:00",
      "Wed 4 Mar",
      "01:00",
      "02:00",
      "03:00",
    ]);
  });
  test.each([1, 30, 1000, 90_000, HOUR, 50 * HOUR, 400 * 24 * HOUR])("of %d ms: at most as many as asked", (span) => {
    const found = ticks({ from: start + 7, to: start + 7 + span }, 10);
    expect(found.length).toBeLessThanOrEqual(11);
    for (const { time } of found) expect(time >= start + 7 && time < start + 7 + span).toBe(true);
  });
});

test.each([
  [0, 0],
  [1, 1],
  [1.1, 1.5],
  [3.2, 4],
  [51, 60],
  [0.29, 0.3],
  [2e9, 2e9],
  [Number.MAX_SAFE_INTEGER, 1e16],
  [1234, 1500],
])("%d rounded up is %d", (value, round) => expect(roundUp(value)).toBeCloseTo(round));

describe("a range", () => {
  const { from, to } = week;
  test("of the case ends after its last tuple", () => {
    expect(wholeRange({ firstTime: from, lastTime: to - 1 })).toEqual(week);
    expect(wholeRange({ firstTime: from, lastTime: from })).toEqual({ from, to: from + 1000 });
    expect(wholeRange({ firstTime: null, lastTime: null })).toBeNull();
  });
  test("of a scope and back", () => {
    for (const scope of [
      { from: null, to: null },
      { from: from + 5, to: null },
      { from: null, to: to - 5 },
      { from: from + 5, to: to - 5 },
    ])
      expect(boundsOf(rangeOf({ ...scope, filter: "" }, week), week)).toEqual(scope);
  });
  test("of a scope outside the case, or the wrong way round, is still a stretch", () => {
    for (const scope of [
      { from: 5, to: 3 },
      { from: to + 9, to: null },
      { from: null, to: from - 9 },
      { from: 0, to: 0 },
      { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER },
    ]) {
      const range = rangeOf({ ...scope, filter: "" }, week);
      expect(range.to).toBeGreaterThan(range.from);
      expect(ticks(range, 10).length).toBeLessThan(200); // and its ends are dates
    }
  });
  test("zoomed keeps what is under the pointer, until an end is met", () => {
    const range = { from: from + 40 * HOUR, to: from + 60 * HOUR };
    const anchor = from + 45 * HOUR;
    const near = zoomed(range, week, anchor, 0.5);
    expect(near).toEqual({ from: anchor - 2.5 * HOUR, to: anchor + 7.5 * HOUR });
    expect(zoomed(near, week, anchor, 2)).toEqual(range);
    expect(zoomed(range, week, anchor, 1000)).toEqual(week);
    expect(zoomed(range, week, anchor, 1e-12).to - zoomed(range, week, anchor, 1e-12).from).toBe(LEAST_MS);
    expect(isWhole(zoomed(week, week, anchor, 2), week)).toBe(true);
  });
  test("shifted keeps its width and stays inside", () => {
    const range = { from: from + HOUR, to: from + 3 * HOUR };
    expect(shifted(range, week, -9 * HOUR)).toEqual({ from, to: from + 2 * HOUR });
    expect(shifted(range, week, 1000 * HOUR)).toEqual({ from: to - 2 * HOUR, to });
    expect(inside({ from: 0, to: 1e15 }, week)).toEqual(week);
  });
  test("between two instants in either order", () => {
    expect(between(from + 9 * HOUR, from + 2 * HOUR, week)).toEqual({ from: from + 2 * HOUR, to: from + 9 * HOUR });
    expect(between(to + 5, to + 5, week)).toEqual({ from: to - LEAST_MS, to });
    expect(between(from, from, week)).toEqual({ from, to: from + LEAST_MS });
  });
  test("on an axis and back", () => {
    const axis = { range: week, left: 96, right: 920 };
    for (const time of [from, from + 12_345_678, to]) expect(timeAt(axis, xOf(axis, time))).toBeCloseTo(time, 0);
    expect(timeAt(axis, -50)).toBe(from);
  });
});

describe("bars", () => {
  const row = (time: number, allowed: number, denied: number, bytesSent: number, bytesReceived: number | null) => ({
    time,
    tuples: allowed + denied,
    allowed,
    denied,
    bytesSent,
    bytesReceived,
  });
  const bars = barsOf([row(0, 5, 1, 10, 20), row(60_000, 0, 7, 0, null), row(300_000, 2, 0, 1, 1)], 60_000, "bytes");
  test.each([
    [-1, -1],
    [0, 0],
    [59_999, 0],
    [60_000, 1],
    [120_000, -1],
    [359_999, 2],
    [360_000, -1],
  ])("at %d is %d", (time, index) => expect(barAt(bars, time)).toBe(index));
  test("hold the engine's own numbers", () => {
    expect([...bars.amount]).toEqual([30, 0, 2]);
    expect([bars.mostAmount, bars.mostAllowed, bars.mostDenied]).toEqual([30, 5, 7]);
  });
  test("what is not zero can be seen, what is zero cannot", () => {
    expect([barPx(0, 5), barPx(1, 1e-9), barPx(3, 4)]).toEqual([0, 1, 12]);
  });
  test("the waterline has one scale both ways and fits", () => {
    for (const [allowed, denied] of [
      [100, 1],
      [1, 100],
      [50, 50],
      [0, 9],
      [9, 0],
    ] as const) {
      const px = waterScale(allowed, denied, 24, 16);
      expect(allowed * px <= 24.0001 && denied * px <= 16.0001).toBe(true);
      expect(Math.abs(allowed * px - 24) < 1e-9 || Math.abs(denied * px - 16) < 1e-9).toBe(true);
    }
    expect(waterScale(0, 0, 24, 16)).toBe(0);
  });
  test("the bin round an instant, cut to the range", () => {
    expect(binAround(90_000, 60_000, { from: 70_000, to: 1e6 })).toEqual({ from: 70_000, to: 120_000 });
  });
  test("log shares: the least has a height, ten times as many one step more", () => {
    expect([logShare(0, 1, 9), logShare(9, 1, 9), logShare(5, 5, 5)]).toEqual([0, 1, 1]);
    expect(logShare(1, 1, 100)).toBeCloseTo(1 / 3);
    expect(logShare(10, 1, 100)).toBeCloseTo(2 / 3);
  });
  test("the waterline leaves room on both sides", () => {
    expect(waterlineShare({ mostAllowed: 1000, mostDenied: 0 })).toBe(0.75);
    expect(waterlineShare({ mostAllowed: 0, mostDenied: 9 })).toBe(0.45);
    expect(waterlineShare({ mostAllowed: 6, mostDenied: 4 })).toBe(0.6);
    expect(waterlineShare(null)).toBe(0.6);
  });
});

describe("coverage", () => {
  const nic = (name: string, firstHour: number, lastHour: number, ...gaps: (readonly [number, number])[]): Nic => ({
    nic: name,
    addresses: [],
    moreAddresses: 0,
    network: null,
    subnet: null,
    name: null,
    flowLogs: [],
    targets: [],
    acls: [],
    tuples: 1,
    firstTime: start + firstHour * HOUR + 60_000,
    lastTime: start + lastHour * HOUR + 60_000,
    logged: [],
    gaps: gaps.map(([a, b]) => ({ from: start + a * HOUR, to: start + b * HOUR })),
  });
  const range = { from: start + 30_000, to: start + 10 * HOUR };

  test("tells each hour as counting NIC by NIC does", () => {
    const nics = [nic("A", 0, 9, [2, 4]), nic("B", 1, 7, [3, 6]), nic("C", 0, 1)];
    const stretches = coverage(nics, range);
    expect(stretches[0]?.from).toBe(range.from);
    expect(stretches.at(-1)?.to).toBe(range.to);
    for (let hour = 0; hour < 10; hour++) {
      const time = start + hour * HOUR + 31_000;
      const within = nics.filter(({ firstTime, lastTime }) => {
        const [first, last] = [firstTime ?? 0, lastTime ?? 0].map((each) => Math.floor(each / HOUR));
        return Math.floor(time / HOUR) >= (first as number) && Math.floor(time / HOUR) <= (last as number);
      });
      const missing = within.filter(({ gaps }) => gaps.some(({ from, to }) => time >= from && time < to));
      expect(stretchAt(stretches, time)).toMatchObject({ of: within.length, missing: missing.length });
    }
    for (let i = 1; i < stretches.length; i++) expect(stretches[i]?.from).toBe(stretches[i - 1]?.to);
    expect(stretches.filter(isNoLog).map(({ from, to }) => [(from - start) / HOUR, (to - start) / HOUR])).toEqual([
      [3, 4],
    ]);
  });
  test("without a known NIC nothing is claimed", () => expect(coverage([], range)).toEqual([]));
  test("between the logs of two NICs none was logged", () => {
    const stretches = coverage([nic("A", 0, 1), nic("B", 5, 9)], range);
    expect(stretches.filter(isNoLog).map(({ from, to }) => [(from - start) / HOUR, (to - start) / HOUR])).toEqual([
      [2, 5],
    ]);
  });
  test("of the NICs that the filter leaves", () => {
    const nics = [nic("AA", 0, 1), nic("BB", 5, 9)];
    expect(nicsInScope(nics, "nic == aa and dport == 1").map((each) => each.nic)).toEqual(["AA"]);
    expect(nicsInScope(nics, "nic == aa or dport == 1")).toEqual(nics);
    expect(nicsInScope(nics, "not nic == aa")).toEqual(nics);
    expect(nicsInScope(nics, "(broken")).toEqual(nics);
  });
});
