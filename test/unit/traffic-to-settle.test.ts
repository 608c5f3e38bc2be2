// The traffic that settling is tried on is hard enough: it would tell a definition that is wrong by one millisecond.

import { describe, expect, test } from "vitest";
import { limits, settle } from "../support/naive-settling.ts";
import { settlingCase } from "../support/settling-cases.ts";
import { outcome } from "../support/settling-tables.ts";

describe("the traffic that settling is tried on", () => {
  const cases = Array.from({ length: 150 }, (_, seed) => settlingCase(seed));

  test("is read from the files as it was meant to be logged", () => {
    for (const { logged, tuples, sources } of cases) {
      const distinct = new Set(
        sources.flat().flatMap(({ text }) => JSON.parse(text).records.map((one: object) => JSON.stringify(one))),
      );
      const written = [...distinct].flatMap((text) =>
        [...(text as string).matchAll(/"(\d{10,13},[^"]*)"/g)].map(([, tuple]) => tuple),
      );
      expect(tuples).toHaveLength(written.length);
      expect(new Set(written)).toEqual(new Set(logged.map(({ text }) => text)));
    }
  });

  test("has every mark and every kind of tuple, many times", () => {
    const marks = cases.flatMap(({ settled, tuples }) =>
      settled.marks.map((mark, at) => ({ mark, tuple: tuples[at]! })),
    );
    type One = (typeof marks)[number];
    const kinds: Record<string, (one: One) => boolean> = {
      ends: ({ mark }) => mark.ends,
      joined: ({ mark }) => mark.joined,
      "retry of an allowed flow": ({ mark, tuple }) => mark.retry && tuple.decision === "allow",
      "retry of a denied flow": ({ mark, tuple }) => mark.retry && tuple.decision === "deny",
      adjusted: ({ mark, tuple }) => String(mark.adjusted) !== String(tuple.counters),
      "left out": ({ mark }) => mark.leftOut,
      "begin not seen": ({ mark, tuple }) => mark.first && tuple.decision === "allow" && tuple.state !== "B",
      "without state": ({ tuple }) => tuple.state === null,
      "unknown state": ({ tuple }) => tuple.state === "X",
      "no NIC": ({ tuple }) => tuple.nic === null,
      "by an NSG": ({ tuple }) => tuple.flowLog.format === "nsg",
      "record without a time": ({ tuple }) => tuple.recordTime === null,
      "counters past 2^52": ({ tuple }) => tuple.counters.some((counter) => (counter ?? 0) > 2 ** 52),
      "some counters absent": ({ tuple }) =>
        tuple.counters.includes(null) && tuple.counters.some((one) => one !== null),
    };
    const rare = Object.entries(kinds).filter(([, is]) => marks.filter(is).length < 20);
    expect(rare.map(([kind]) => kind)).toEqual([]);
  });

  // `atHandOpen` and `atHandDenied` decide nothing to the millisecond beside the other limits: they say what is kept from day to day.
  test.each(["openFor", "deniedRetry", "apart", "stillReported", "atHandEnded"] as const)(
    "would tell a limit %s that is a millisecond too long or too short",
    (name) => {
      for (const wrong of [limits[name] - 1, limits[name] + 1]) {
        const within = { ...limits, [name]: wrong };
        const told = cases.filter(
          ({ tuples, settled }) => outcome(tuples, settled).join() !== outcome(tuples, settle(tuples, within)).join(),
        );
        expect(told.length, String(wrong)).toBeGreaterThan(0);
      }
    },
  );
});
