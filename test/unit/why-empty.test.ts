// Why nothing is there: the first reason that holds, and where to go from there.

import { describe, expect, test } from "vitest";
import { whyEmpty } from "../../renderer/model/why-empty.ts";

const HOUR = 3_600_000;
const at = (hour: number): number => Date.UTC(2026, 2, 3, hour);
const times = { tuples: 9, firstTime: at(2), lastTime: at(10) - 1 };
const nics = [
  {
    nic: "00224871C205",
    name: "vm-file01",
    logged: [
      { from: at(2), to: at(4) },
      { from: at(8), to: at(10) },
    ],
  },
  { nic: "00224871C206", name: null, logged: [{ from: at(2), to: at(6) }] },
];
const scope = (from: number | null, to: number | null, filter = "") => ({ from, to, filter });

describe("nothing is there", () => {
  test("since the case has no evidence", () =>
    expect(whyEmpty(scope(null, null), { tuples: 0, firstTime: null, lastTime: null }, [])).toEqual({
      kind: "no evidence",
    }));
  test("since the range lies before or after it", () => {
    expect(whyEmpty(scope(at(12), at(13), "dport == 1"), times, nics)).toEqual({ kind: "after", at: times.lastTime });
    expect(whyEmpty(scope(at(0), at(2)), times, nics)).toEqual({ kind: "before", at: at(2) });
    expect(whyEmpty(scope(at(0), at(2) + 1), times, nics).kind).toBe("nothing");
  });
  test("since no NIC was logged, with the nearest hour in which one was", () => {
    expect(whyEmpty(scope(at(6), at(7), "dport == 1"), times, nics)).toEqual({
      kind: "not logged",
      who: null,
      next: at(8),
    });
  });
  test("since the NIC that is asked for was not logged, though others were", () => {
    expect(whyEmpty(scope(at(4), at(6), "nic == 00224871c205 and dport == 1"), times, nics)).toEqual({
      kind: "not logged",
      who: "vm-file01",
      next: at(8),
    });
    expect(whyEmpty(scope(at(6), null, "nic == 00224871C206"), times, nics)).toEqual({
      kind: "not logged",
      who: "00224871C206",
      next: at(5),
    });
  });
  test("since the filter leaves nothing", () =>
    expect(whyEmpty(scope(null, null, "dport == 1 and dir == I"), times, nics)).toEqual({
      kind: "filter",
      terms: ["dport == 1", "dir == I"],
    }));
  test("and was logged", () =>
    expect(whyEmpty(scope(at(3), at(3) + HOUR / 2), times, nics)).toEqual({ kind: "nothing", nics: 2 }));
});
