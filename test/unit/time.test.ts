// Instants as text: a zone always, digits beyond milliseconds cut off, never a guess.

import { expect, test } from "vitest";
import { parseInstant, printInstant } from "../../shared/time.ts";

const at = Date.UTC(2025, 2, 4, 10, 11, 12, 345);

test.each([
  ["2025-03-04T10:11:12.345Z", at],
  ["2025-03-04T10:11:12.3459999Z", at], // as Azure writes it
  ["2025-03-04T10:11:12.3Z", at - 45],
  ["2025-03-04T10:11:12,345Z", at],
  ["2025-03-04 10:11:12.345 Z", at],
  ["2025-03-04t10:11:12.345z", at],
  ["2025-03-04T12:11:12.345+02:00", at],
  ["2025-03-04T04:41:12.345-0530", at],
  ["2025-03-04T10:11Z", Date.UTC(2025, 2, 4, 10, 11)],
  ["2025-03-04Z", Date.UTC(2025, 2, 4)],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ["1741083072345", at],
  ["0", 0],
  ["-1", -1],
])("%s", (text, ms) => {
  expect(parseInstant(text)).toBe(ms);
});

test.each(["2025-03-04T10:11:12", "2025-03-04", "2025-03-04 10:11"])("%s has no zone", (text) => {
  expect(parseInstant(text)).toBe("no zone");
});

test.each([
  ...["", " ", "today", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-32T00:00:00Z"],
  ...[
    "2025-01-00T00:00:00Z",
    "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:60Z",
    "25-01-01T00:00:00Z",
  ],
  ...["2025-01-01T00:00:00UTC", "2025-01-01T00:00:00+2", "2025-01-01T1:00:00Z", "1.5", "1e12", "12345678901234567"],
  ...["2025-01-01T00:00:00+99:99", "2025-01-01T00:00:00+01:60"],
])("%j is no instant", (text) => {
  expect(parseInstant(text)).toBeNull();
});

test("a year below 100 is that year and none of the twentieth century", () => {
  expect(parseInstant("0050-01-01T00:00:00Z")).not.toBe(Date.UTC(1950, 0, 1));
});

test("what is printed names its zone and is read back as the same", () => {
  for (const ms of [0, at, Date.UTC(2001, 0, 1), Date.UTC(2100, 0, 1) - 1]) {
    expect(printInstant(ms)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(parseInstant(printInstant(ms))).toBe(ms);
  }
});
