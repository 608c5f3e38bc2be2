// What keys do to the range, and what stands in words under the crosshair.

import { expect, test } from "vitest";
import { LEAST_MS } from "../../renderer/model/range.ts";
import { barsOf } from "../../renderer/views/timeline/bars.ts";
import { panned, resized } from "../../renderer/views/timeline/keys.ts";
import type { Picture } from "../../renderer/views/timeline/picture.ts";
import { readoutAt, spanWords } from "../../renderer/views/timeline/readout.ts";

const MIN = 60_000;
const whole = { from: Date.UTC(2026, 2, 3), to: Date.UTC(2026, 2, 5) };
const range = { from: Date.UTC(2026, 2, 4, 2), to: Date.UTC(2026, 2, 4, 3) };
const span = range.to - range.from;

test.each([
  ["ArrowLeft", range.from - MIN, span],
  ["ArrowRight", range.from + MIN, span],
  ["PageUp", range.from - span, span],
  ["PageDown", range.to, span],
  ["Home", whole.from, span],
  ["End", whole.to - span, span],
  ["ArrowUp", range.from + span / 6, span / 1.5],
  ["ArrowDown", range.from - span / 4, span * 1.5],
])("%s", (key, from, width) => expect(panned(key, range, whole, MIN)).toEqual({ from, to: from + width }));

test("other keys are left to others", () => {
  expect(panned("a", range, whole, MIN)).toBeNull();
  expect(resized("Tab", "from", range, whole, MIN)).toBeNull();
});

test("a handle moves its own edge, by a bar or ten, never past the other or the case", () => {
  expect(resized("ArrowLeft", "from", range, whole, MIN)).toEqual({ ...range, from: range.from - MIN });
  expect(resized("PageUp", "to", range, whole, MIN)).toEqual({ ...range, to: range.to + 10 * MIN });
  expect(resized("End", "from", range, whole, MIN)).toEqual({ ...range, from: range.to - LEAST_MS });
  expect(resized("Home", "to", range, whole, MIN)).toEqual({ ...range, to: range.from + LEAST_MS });
  expect(resized("PageDown", "from", range, whole, 100 * span)).toEqual({ ...range, from: whole.from });
  expect(resized("ArrowRight", "to", range, whole, 100 * span)).toEqual({ ...range, to: whole.to });
});

test("a stretch in words", () => {
  expect(spanWords(range)).toBe("Wed 4 Mar 02:00 to 03:00 UTC");
  expect(spanWords({ from: range.from, to: whole.to + MIN })).toBe("Wed 4 Mar 02:00 to Thu 5 Mar 00:01 UTC");
  expect(spanWords({ from: Date.UTC(2026, 2, 4), to: Date.UTC(2026, 2, 5) })).toBe("Wed 4 Mar UTC");
  expect(spanWords({ from: range.from + 412, to: range.to })).toBe("Wed 4 Mar 02:00:00.412 to 03:00:00.000 UTC");
  expect(spanWords(range, range)).toBe("02:00 to 03:00 UTC");
});

test("under the crosshair: numbers, no tuples, or no log, never one for another", () => {
  const row = { time: range.from, tuples: 3, allowed: 2, denied: 1, bytesSent: 1500, bytesReceived: 500 };
  const picture: Picture = {
    whole,
    range,
    detail: barsOf([row], MIN, "bytes"),
    overview: null,
    earlier: null,
    ticks: null,
    stretches: [
      { from: range.from, to: range.from + 5 * MIN, of: 3, missing: 1 },
      { from: range.from + 5 * MIN, to: range.from + 9 * MIN, of: 3, missing: 3 },
      { from: range.from + 9 * MIN, to: range.to, of: 3, missing: 0 },
    ],
    nics: 3,
    marks: [],
    selected: null,
    counted: ["", ""],
  };
  expect(readoutAt(picture, range.from + 30_000)).toEqual({
    time: "02:00 to 02:01 UTC",
    amount: "2.00 kB",
    allowed: "2 allowed",
    denied: "1 denied",
    log: "2 of 3 NICs",
  });
  expect(readoutAt(picture, range.from + 6 * MIN)).toMatchObject({
    amount: "",
    allowed: "",
    denied: "",
    log: "no log 02:05 to 02:09: 3 of 3 NICs",
  });
  expect(readoutAt(picture, range.to - 1)).toMatchObject({ amount: "", allowed: "no tuples", denied: "", log: "" });
});
