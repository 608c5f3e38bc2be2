// The second implementation of settling against outcomes worked out by hand from section 4 of docs/settling.md: what is left out when
// a flow counts once, and by how much clocks differ.

import { describe, expect, test } from "vitest";
import { settle } from "../support/naive-settling.ts";
import { holds, tableOf } from "../support/settling-tables.ts";

describe("4. Each side, and once: who is better", () => {
  test.each([
    ["direction O before I, before all else", "B O B 0 log=nsg", "A I B 0 log=nic"],
    ["VNet before NSG", "B O B 0 log=other", "A O B 0 log=nsg"],
    ["target a NIC before a subnet", "B O B 0 log=nic", "A O B 0 log=subnet"],
    ["target a subnet before a virtual network", "B O B 0 log=subnet", "A O B 0 log=net"],
    ["target a virtual network before anything else", "B O B 0 log=net", "A O B 0 log=other"],
    ["the lower NIC", "A O B 0 log=net2", "B O B 0 log=net"],
    ["a NIC before none", "B O B 0 log=net2", "- O B 0 log=net"],
    ["the lower flow log name", "A O B 0 log=net", "A O B 0 log=net2"],
    ["among denied flows likewise", "B O D 0", "A I D 0"],
  ])("%s", (_, better, worse) => {
    // The second tuple of each makes their spans overlap, so that two flow logs of one NIC are two lines.
    const more = (row: string): string => `${row.replace(" 0", " 1s")} sport=1`;
    const { tuples } = tableOf([better, worse, more(better), more(worse)].map((row) => `${row} |`).join("\n"));
    expect(settle(tuples).marks.map(({ leftOut }) => leftOut)).toEqual([false, true, false, true]);
  });

  test("an allowed flow and a denied one leave each other in", () =>
    holds(`
      A O B 0               | 1 first
      B I D 1               | 2 first out
      C O D 0               | 3 first
      B I D 1s              | 2 retry out
      A O E 6s              | 1 ends
    `));

  test("the flow log of a flow's first tuple ranks it", () =>
    holds(`
      A O B 0 log=other       | 1 first out
      A O C 1m log=other      | 1 out
      A O E 2m log=nic        | 1 ends out
      B O B 0 log=subnet      | 2 first
      B O E 2m log=subnet     | 2 ends
    `));

  test("of four that see a flow one is left, and another 5-tuple is none of it", () =>
    holds(`
      D I B 3               | 1 first out
      C I B 2               | 2 first out
      C O B 2               | 3 first out
      A O B 0               | 4 first
      D I E 6s 1,1,1,1      | 1 ends out
      A O E 6s 1,1,1,1      | 4 ends
      D I B 0 sport=7       | 5 first
    `));
});

describe("4. Each side, and once: which tuples", () => {
  test.each([
    ["5s", true],
    ["5s+1", false],
  ])("lives %s apart, the better one before: left out is %s", (gap, isOut) =>
    holds(`
      A O B 0                | 1 first
      A O E 1m               | 1 ends
      B I B 1m+${gap}        | 2 first${isOut ? " out" : ""}
      B I E 9m               | 2 ends${isOut ? " out" : ""}
    `),
  );

  test.each([
    ["5s", true],
    ["5s+1", false],
  ])("lives %s apart, the better one after: left out is %s", (gap, isOut) =>
    holds(`
      B I B 0                | 1 first${isOut ? " out" : ""}
      B I E 1m               | 1 ends${isOut ? " out" : ""}
      A O B 1m+${gap}        | 2 first
      A O E 9m               | 2 ends
    `),
  );

  test("where the better log stops, the other counts from 10 minutes on", () =>
    holds(`
      A O B 0        | 1 first
      A O C 1m       | 1
      B I B 0        | 2 first out
      B I C 11m      | 2 out
      B I C 11m+1    | 2
      B I E 12m      | 2 ends
    `));

  test.each([
    ["E", "A O E 1m"],
    ["a tuple without state", "A O - 0"],
  ])("what has ended (%s) leaves out however late", (_, end) => {
    const { tuples } = tableOf(`${end} |\n B I B 0 |\n B I C 5m |\n B I E 9h |`);
    expect(settle(tuples).marks.map(({ leftOut }) => leftOut)).toEqual([false, true, true, true]);
  });

  test("a denied flow has ended", () => {
    const retries = Array.from({ length: 12 }, (_, index) => `B I D ${(index + 1) * 75}s | 2 retry out`);
    holds(["A O D 0 | 1 first", "B I D 0 | 2 first out", ...retries].join("\n"));
  });

  test("an end that was joined is none", () =>
    holds(`
      A O B 0        | 1 first
      A O E 0        | 1
      A O B 0        | 1 joined
      B I B 0        | 2 first out
      B I C 10m+1    | 2
    `));

  test("any better flow may leave out, not only the best", () =>
    holds(`
      A O B 0        | 1 first
      B I B 0        | 2 first out
      B I C 9m       | 2 out
      C I B 0        | 3 first out
      C I C 10m+1    | 3 out
      C I C 19m+1    | 3
    `));
});

describe("4. Each side, and once: from day to day", () => {
  test("what a flow that had ended left out stays out on later days, and what one that was open did does not", () =>
    holds(`
      A O B 23h                 | 1 first
      A O E 23h+1m              | 1 ends
      B I B 23h                 | 2 first out
      B I C 1d+9h               | 2 out
      B I E 2d+9h-1             | 2 ends out
      A O B 23h sport=1         | 3 first
      B I B 23h sport=1         | 4 first out
      B I C 1d+9h sport=1       | 4
    `));

  test("an end that comes the next day changes nothing of the day before", () =>
    holds(`
      A O B 1h                  | 1 first
      A O E 1d                  | 1 ends
      B I B 1h                  | 2 first out
      B I C 2h                  | 2
      B I E 1d                  | 2 ends out
    `));

  test("a report that comes the next day does not, either", () =>
    holds(`
      A O B 1h                  | 1 first
      A O C 1d+1m               | 1
      B I B 1h                  | 2 first out
      B I C 2h                  | 2
      B I C 1d+11m              | 2 out
      B I C 1d+11m+1            | 2
    `));

  test("a flow that begins after midnight leaves out nothing of the day before", () =>
    holds(`
      B I B 1d-1   | 1 first
      A O B 1d     | 2 first
      B I E 1d+6s  | 1 ends out
      A O E 1d+6s  | 2 ends
    `));

  test("a flow that began before midnight and has not been heard of since leaves out for 10 minutes", () =>
    holds(`
      A O B 1d-9m    | 1 first
      B I B 1d+1m-1  | 2 first
      B I C 1d+1m    | 2
      B I B 1d-9m sport=1    | 3 first out
      A O B 1d-9m sport=1    | 4 first
      B I C 1d+1m sport=1    | 3 out
      B I C 1d+1m+1 sport=1  | 3
    `));

  test.each([
    ["5s", true],
    ["5s+1", false],
  ])("a flow that ended %s before midnight is still at hand: %s", (before, isAtHand) =>
    holds(`
      B I B 1d-1h           | 1 first
      A O B 1d-1m           | 2 first
      A O E 1d-${before.replace("+", "-")} | 2 ends
      B I C 1d+1h           | 1${isAtHand ? " out" : ""}
    `),
  );

  test.each([
    ["5s", true],
    ["5s+1", false],
  ])("a tuple without state %s before midnight is still at hand: %s", (before, isAtHand) =>
    holds(`
      B I B 1d-1h                              | 1 first
      A O - 1d-${before.replace("+", "-")}     | 2 first
      B I C 1d+1h                              | 1${isAtHand ? " out" : ""}
    `),
  );

  test("a denied flow of TCP is at hand for longer, because it may be tried again", () =>
    holds(`
      B I D 1d-73s    | 1 first
      A O D 1d-66s    | 2 first
      B I D 1d+1s     | 1 retry out
    `));

  test("an open flow that another has followed in its channel before midnight is not at hand, unless that has no state", () =>
    holds(`
      B I B 1d-1h             | 1 first
      A O B 1d-9m             | 2 first
      A O B 1d-8m             | 3 first
      A O E 1d-7m             | 3 ends
      B I C 1d+1m             | 1
      B I B 1d-1h sport=1     | 4 first
      A O B 1d-9m sport=1     | 5 first
      A O - 1d-8m sport=1     | 6 first
      B I C 1d+1m sport=1     | 4 out
    `));

  test("one that is followed only after midnight is", () =>
    holds(`
      B I B 1d-1h             | 1 first
      A O B 1d-9m             | 2 first
      A O B 1d+20m            | 3 first
      B I C 1d+1m             | 1 out
      B I C 1d+31m            | 1
    `));
});

describe("4. Clock offsets", () => {
  const offsets = (text: string): Record<string, number> =>
    Object.fromEntries([...settle(tableOf(text).tuples).clockOffsets].map(([nic, ms]) => [String(nic), ms]));

  test("are the median of what a NIC's begins are behind those of the best that leave them out", () => {
    const flow = (sport: number, ...begins: string[]): string =>
      begins.map((begin) => `${begin} sport=${sport} |`).join("\n");
    expect(
      offsets(
        [
          flow(1, "A O B 1m", "B I B 1m+40", "C I B 1m-2"),
          flow(2, "A O B 1m", "B I B 1m+10", "- I B 1m+7"),
          flow(3, "A O D 1m", "B I D 1m+70"),
          flow(4, "A O B 1m", "B I C 1m+700"),
          flow(5, "A O C 1m", "B I B 1m+700", "C I B 1m+700"),
          flow(6, "A O B 1m", "C I B 1m+5"),
        ].join("\n"),
      ),
    ).toEqual({ B: 40, C: 1.5, null: 7 });
  });

  test("are told by VNet flow logs of two NICs only", () => {
    expect(offsets("A O B 0 |\nB I B 10 log=nsg |")).toEqual({});
    expect(offsets("A O B 0 log=nsg |\nB I B 10 log=nsg |")).toEqual({});
    expect(offsets("A O B 0 |\nA I B 10 log=nic |\nA I C 1 log=nic sport=1 |\nA I C 0 log=nic sport=1 |")).toEqual({});
  });

  test("are told by the begin that is nearest, of several as good", () => {
    expect(offsets("A O B 0 |\nA O E 1m |\nA O B 1m+4s |\nB I B 1m+4s+7 |")).toEqual({ B: 7 });
    expect(offsets("A O B 0 |\nA O E 1m |\nA O B 1m+4s |\nB I B 1m+1s |")).toEqual({ B: -3000 });
  });

  test("leave out begins that no better flow leaves out", () => {
    expect(offsets("A O B 0 |\nB I B 10m+1 |\nC I B 5s+1 |")).toEqual({});
  });
});
