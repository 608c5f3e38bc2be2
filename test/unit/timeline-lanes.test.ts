// Playing, lanes, marks that would cover one another, gaps that are asked about, ticks of what is selected: all of it arithmetic.

import { describe, expect, test } from "vitest";
import { coverage } from "../../renderer/views/timeline/coverage.ts";
import { gapMeaning, gapWords, silentNics, spotsOf } from "../../renderer/views/timeline/gap-spots.ts";
import {
  barsByLane,
  LANE_PX,
  laneAt,
  lanesOf,
  lanesSeen,
  nicsAsked,
  nicsPart,
} from "../../renderer/views/timeline/lanes.ts";
import { clustersOf, type Mark } from "../../renderer/views/timeline/marks.ts";
import { playedTo, unplayable, windowsPlayed } from "../../renderer/views/timeline/played.ts";
import { barsIn } from "../../renderer/views/timeline/scale.ts";
import { BEGINS, tickBin, ticksOf } from "../../renderer/views/timeline/ticks.ts";
import type { Nic } from "../../shared/contract.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { bins } from "../../shared/rows.ts";

const HOUR = 3_600_000;
const whole = { from: 0, to: 72 * HOUR };

const nic = (name: string, tuples = 1, ...gaps: (readonly [number, number])[]): Nic => ({
  nic: name,
  addresses: [],
  moreAddresses: 0,
  network: null,
  subnet: null,
  name: null,
  flowLogs: [],
  targets: [],
  acls: [],
  tuples,
  firstTime: 0,
  lastTime: 72 * HOUR - 1,
  logged: [],
  gaps: gaps.map(([from, to]) => ({ from: from * HOUR, to: to * HOUR })),
});

describe("a range that is played", () => {
  const begin = { from: 10 * HOUR, to: 12 * HOUR };
  test("moves by its own length", () => {
    expect(playedTo(begin, whole, 1.5, false)).toEqual({ range: { from: 13 * HOUR, to: 15 * HOUR }, ended: false });
  });
  test("stays at the end of the case", () => {
    expect(playedTo(begin, whole, 500, false)).toEqual({ range: { from: 70 * HOUR, to: 72 * HOUR }, ended: true });
  });
  test("with loop begins again, after the end was shown as long as any other window", () => {
    const at = (windows: number): number => playedTo(begin, whole, windows, true).range.from / HOUR;
    expect([29.5, 30, 30.5, 31, 32, 67].map(at)).toEqual([69, 70, 70, 0, 2, 0]);
    for (let windows = 0; windows < 200; windows += 0.7) {
      const { range, ended } = playedTo(begin, whole, windows, true);
      expect(range.from >= 0 && range.to <= whole.to && range.to - range.from === 2 * HOUR && !ended).toBe(true);
    }
  });
  test("is set once a second where motion is reduced", () => {
    expect([0, 999, 1000, 2500].map((ms) => windowsPlayed(ms, 2, true))).toEqual([0, 0, 2, 4]);
    expect(windowsPlayed(2500, 2, false)).toBe(5);
  });
  test("must be shorter than the case", () => {
    expect(unplayable(begin, whole)).toBeNull();
    expect(unplayable(whole, whole)).toMatch(/shorter/);
  });
});

describe("lanes", () => {
  const many = Array.from({ length: 100 }, (_, i) => nic(`N${String(i).padStart(3, "0")}`, i));
  const series = [
    { name: "a", filter: "dport == 1", look: "1", hidden: false },
    { name: "b", filter: "dport == 2", look: "2", hidden: true },
  ] as const;
  const lanes = lanesOf(series, many, whole);
  test("are the shown series, then NICs, the busiest first", () => {
    expect(lanes.slice(0, 3).map(({ name }) => name)).toEqual(["a", "N099", "N098"]);
    expect(lanes).toHaveLength(101);
    for (const { filter } of lanes) expect(() => parseFilter(filter)).not.toThrow();
  });
  test("are found by their height, and only those seen are", () => {
    expect(lanesSeen(3 * LANE_PX + 1, 2 * LANE_PX, 101)).toEqual({ first: 3, end: 6 });
    expect(lanesSeen(0, 500 * LANE_PX, 101)).toEqual({ first: 0, end: 101 });
    expect(laneAt(lanes, 3 * LANE_PX, LANE_PX + 1)?.name).toBe("N096");
    expect(laneAt(lanes, 0, 101 * LANE_PX)).toBeNull();
  });
  test("of NICs ask for all where they are few, else for those seen and their neighbours", () => {
    expect(nicsAsked(lanesOf([], many.slice(0, 20), whole), 0, 4)).toHaveLength(20);
    for (const first of [0, 1, 17, 50, 96]) {
      const end = Math.min(101, first + 14);
      const asked = new Set(nicsAsked(lanes, first, end).map(({ nic: name }) => name));
      expect(asked.size).toBeLessThanOrEqual(24);
      for (const lane of lanes.slice(first, end)) if (lane.kind === "nic") expect(asked.has(lane.nic.nic)).toBe(true);
    }
    expect(nicsAsked(lanes, 1, 8)).toEqual(nicsAsked(lanes, 2, 7));
    expect(() => parseFilter(nicsPart(many))).not.toThrow();
  });
  test("have the bars of their own NIC", () => {
    const row = (name: string, time: number, tuples: number) => ({
      nic: name,
      time,
      tuples,
      allowed: tuples,
      denied: 0,
    });
    const byLane = barsByLane([row("A", 0, 1), row("A", HOUR, 2), row("B", 0, 5)], HOUR, "tuples");
    expect([...(byLane.get("nic A")?.amount ?? [])]).toEqual([1, 2]);
    expect([...(byLane.get("nic B")?.amount ?? [])]).toEqual([5]);
  });
});

describe("marks", () => {
  const mark = (id: string, time: number, change: Partial<Mark> = {}): Mark => ({
    id,
    time,
    title: id,
    host: null,
    status: null,
    severity: null,
    label: null,
    ...change,
  });
  test("that would cover one another stand as one, the graver in front", () => {
    const marks = [
      mark("a", 0),
      mark("b", 10, { status: "compromised" }),
      mark("c", 20, { severity: 1, label: "F1" }),
      mark("d", 90),
    ];
    const found = clustersOf(marks, (time) => time, 26);
    expect(found.map(({ x, front, marks: all }) => [x, front.id, all.length])).toEqual([
      [20, "c", 3],
      [90, "d", 1],
    ]);
  });
  test("each stand in exactly one place", () => {
    const marks = Array.from({ length: 50 }, (_, i) => mark(`m${i}`, i * 7));
    const found = clustersOf(marks, (time) => time, 26);
    expect(found.flatMap(({ marks: all }) => all)).toEqual(marks);
  });
});

describe("gaps", () => {
  const nics = [nic("A", 9, [2, 4]), nic("B", 9, [3, 6])];
  const stretches = coverage(nics, { from: 0, to: 10 * HOUR });
  test("say which NICs, from when to when, and what it means", () => {
    const spots = spotsOf(stretches, (time) => time / HOUR, 0);
    const said = spots.flatMap(({ stretches: all }) =>
      all.map((each) => [gapWords(each), silentNics(nics, each).map(({ nic: name }) => name)]),
    );
    expect(said).toEqual([
      ["Partly logged Thu 1 Jan 02:00 to 03:00 UTC (1 h): 1 of 2 NICs was not.", ["A"]],
      ["No log Thu 1 Jan 03:00 to 04:00 UTC (1 h): none of 2 NICs was logged.", ["A", "B"]],
      ["Partly logged Thu 1 Jan 04:00 to 06:00 UTC (2 h): 1 of 2 NICs was not.", ["B"]],
    ]);
    expect(gapMeaning({ from: 0, to: 1, of: 2, missing: 2 })).toMatch(/does not mean there was no traffic/);
  });
  test("near one another are asked about together; what was logged is no gap", () => {
    expect(spotsOf(stretches, (time) => time / HOUR, 5)).toMatchObject([{ left: 2, right: 6 }]);
    expect(spotsOf(coverage([nic("A")], whole), (time) => time, 5)).toEqual([]);
  });
});

describe("ticks", () => {
  test("stand about as close as they can be told apart, and are never too many", () => {
    for (const span of [20, 60_000, 6 * HOUR, 72 * HOUR, 9000 * HOUR]) {
      const range = { from: 0, to: span };
      const bin = tickBin(range, 824);
      expect(barsIn(range, bins[bin]) <= 1648 || bin === "1d").toBe(true);
    }
    expect(tickBin({ from: 0, to: 6 * HOUR }, 824)).toBe("30s");
  });
  test("count every begin, denied ones apart", () => {
    const ticks = ticksOf(
      [
        { time: 0, tuples: 3, denied: 1 },
        { time: 60_000, tuples: 1, denied: 0 },
      ],
      "1m",
    );
    expect([[...ticks.begun], [...ticks.denied], ticks.total]).toEqual([[2, 1], [1, 0], 4]);
    expect(() => parseFilter(BEGINS)).not.toThrow();
  });
});
