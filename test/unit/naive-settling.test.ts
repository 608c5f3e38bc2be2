// The second implementation of settling against outcomes worked out by hand from docs/settling.md, rule by rule: flows and adjusted
// counters. (That the program agrees with it is tested elsewhere.) Over 300 lines: a table a rule.

import { describe, expect, test } from "vitest";
import { settle } from "../support/naive-settling.ts";
import { holds, outcome, tableOf } from "../support/settling-tables.ts";

describe("1. Which tuples can belong together", () => {
  test.each([
    ["NIC", "B O C 1s"],
    ["source", "A O C 1s src=10.0.0.9"],
    ["source port", "A O C 1s sport=40001"],
    ["destination port", "A O C 1s dport=444"],
    ["protocol", "A O C 1s protocol=17"],
    ["decision", "A O C 1s decision=deny"],
    ["NIC that is none", "- O C 1s"],
  ])("another %s is another flow", (_, row) => {
    const { tuples } = tableOf(`A O B 0 |\n${row} |`);
    expect(settle(tuples).flows).toHaveLength(2);
  });

  test("another direction is another flow, not the better or the worse of one line", () =>
    holds(`
      A O B 0 | 1 first
      A I C 1 | 2 first
    `));

  test("another rule, ACL or encryption is no other flow, and neither is a flow log spelt in other case", () =>
    holds(`
      A O B 0         | 1 first
      A O C 1 log=NET | 1
    `));

  test("tuples without a NIC are of one NIC", () =>
    holds(`
      - O B 0         | 1 first
      - O C 1         | 1
    `));

  test("a flow goes on in the flow log that follows, however much later it begins, if at the same instant", () =>
    holds(`
      A O B 0              | 1 first
      A O C 5m             | 1
      A O E 5m log=nic     | 1 ends
      A O B 9m log=nsg     | 2 first
    `));

  test("flow logs that overlap by a millisecond make two lines", () =>
    holds(`
      A O B 0                        | 1 first out
      A O C 5m                       | 1 out
      A O E 5m-1 log=nic             | 2 first ends
    `));

  test("of two lines that have ended the one that ended later goes on", () =>
    holds(`
      A O B 0 log=net sport=1        | 1 first
      A O B 2s log=net sport=1       | 2 first
      A O B 1s log=subnet sport=2    | 3 first
      A O B 3s log=subnet sport=2    | 4 first
      A O C 4m log=nic sport=1       | 5 first
      A O C 4m log=nic sport=2       | 4
    `));

  test("a flow log follows at one NIC and not at another, where spans are others", () =>
    holds(`
      A O B 0                            | 1 first
      A O C 1m log=nic                   | 1
      B O B 0 sport=9                    | 2 first
      B O B 2m sport=9                   | 3 first
      B O C 1m log=nic sport=9           | 4 first
    `));

  test.each([
    ["time of the record", "written=1m", "written=2m"],
    ["record without a time first", "written=never", "written=1m"],
    ["record's number, whatever its time's fraction", "written=1m record=1", "written=1m record=2"],
    ["tuple's number", "written=1m tuple=1", "written=1m tuple=2"],
    ["source", "written=1m tuple=0 source=1", "written=1m tuple=0 source=2"],
    ["member", "written=1m tuple=0 member=1", "written=1m tuple=0 member=2"],
    ["time of the record before its number", "written=1m record=9", "written=2m record=1"],
    ["record before tuple", "written=1m record=1 tuple=9", "written=1m record=2 tuple=1"],
    ["place in the record before source", "written=1m tuple=1 source=9", "written=1m tuple=2 source=1"],
    ["source before member", "written=1m tuple=1 source=1 member=9", "written=1m tuple=1 source=2 member=1"],
  ])("tuples of one instant are in the order of %s", (_, earlier, later) =>
    holds(`
      A O E 1 ${earlier} | 1 first
      A O B 1 ${later}   | 1 joined
    `),
  );
});

describe("2. Flows", () => {
  test("a flow begins with B, goes on with C and ends with E", () =>
    holds(`
      A O B 0                  | 1 first
      A O C 5m 9,900,8,800     | 1
      A O C 10m 9,900,8,800    | 1
      A O E 10m+6s 1,60,1,60   | 1 ends
    `));

  test("B later than an open flow's last tuple leaves that one's end open", () =>
    holds(`
      A O B 0  | 1 first
      A O B 1  | 2 first
      A O E 7s | 2 ends
    `));

  test("B at the instant of an open flow's last tuple joins it", () =>
    holds(`
      A O B 0  | 1 first
      A O B 0  | 1 joined
      A O C 5m | 1
      A O B 5m | 1 joined
    `));

  test("B at the instant of an end joins, a millisecond later begins", () =>
    holds(`
      A O B 0    | 1 first
      A O E 6s   | 1
      A O B 6s   | 1 joined
      A O E 12s  | 1 ends
      A O B 12s+1 | 2 first
    `));

  test("B, E, B, E in one millisecond are one flow", () =>
    holds(`
      A O B 0            | 1 first
      A O E 0 2,120,1,54 | 1
      A O B 0            | 1 joined
      A O E 0 1,60,1,54  | 1 ends
    `));

  test("C, an unknown state and E after an end are the first seen of a flow", () =>
    holds(`
      A O E 0  | 1 first ends
      A O E 0  | 2 first ends
      A O C 1s | 3 first
      A O E 2s | 3 ends
      A O X 3s | 4 first
      A O X 4s | 4
      A O E 5s | 4 ends
    `));

  test("an unknown state goes on like C, and state D of an allowed tuple is one", () => {
    const { tuples } = tableOf(`
      A O B 0      |
      A O ACTIVE 1 |
      A O C 2      |
    `);
    const withD = tuples.map((tuple) => (tuple.state === "C" ? { ...tuple, state: "D" } : tuple));
    expect(outcome(withD)).toEqual(["1 first", "1", "1"]);
  });

  test("tuples without state are flows of their own and leave the flow around them as it is", () =>
    holds(`
      A O B 0  | 1 first
      A O - 1s | 2 first
      A O - 1s | 3 first
      A O C 2s | 1
      A O E 3s | 1
      A O - 3s | 4 first
      A O B 3s | 1 joined
    `));

  test("an open flow goes on after exactly 24 hours", () =>
    holds(`
      A O B 0      | 1 first
      A O C 24h    | 1
      A O E 48h    | 1 ends
    `));

  test("and no millisecond later", () =>
    holds(`
      A O B 0      | 1 first
      A O C 24h+1  | 2 first
      A O E 48h+2  | 3 first ends
    `));

  test("an attempt without an answer that is joined is a retry, of TCP only", () =>
    holds(`
      A O B 0                         | 1 first
      A O E 1s 1,124,0,0              | 1
      A O B 1s                        | 1 joined retry
      A O E 3s 1,124,0,0              | 1
      A O B 3s                        | 1 joined retry
      A O B 3s                        | 1 joined
      A O E 9s 1,124,0,0              | 1 ends
      A O B 0 protocol=17             | 2 first
      A O E 1s 1,124,0,0 protocol=17  | 2
      A O B 1s protocol=17            | 2 joined
    `));

  test.each(["1,124,1,54", "2,248,0,0", "0,0,0,0", "1,124,,", ",,,"])("a join at an E of %s is no retry", (counters) =>
    holds(`
      A O B 0             | 1 first
      A O E 1s ${counters} | 1
      A O B 1s            | 1 joined
    `),
  );

  test("denied TCP tuples go on as retries after at most 75 s each, whatever their state", () =>
    holds(`
      A I D 0                    | 1 first
      A I D 0                    | 1 retry
      A I D 75s                  | 1 retry
      A I B 150s decision=deny   | 1 retry
      A I E 225s+1 decision=deny | 2 first
      A I - 230s decision=deny   | 2 retry
    `));

  test("denied tuples of another protocol are flows of their own", () =>
    holds(`
      A I D 0 protocol=17 | 1 first
      A I D 0 protocol=17 | 2 first
    `));
});

describe("3. Adjusted counters", () => {
  test("counters after a roll-over that hold all before are less all before", () =>
    holds(`
      A O E 0 8,5183,9,6707      | 1 first
      A O B 0                    | 1 joined
      A O E 6s 10,5291,10,6809   | 1 ends = 2,108,1,102
    `));

  test("only the first counters after a join are looked at, and all reports before it count", () =>
    holds(`
      A O B 0                    | 1 first
      A O C 5m 4,400,4,400       | 1
      A O C 10m 4,400,4,400      | 1
      A O E 12m 1,100,1,100      | 1
      A O B 12m                  | 1 joined
      A O C 17m 10,1000,9,900    | 1 = 1,100,0,0
      A O C 22m 20,2000,18,1800  | 1
    `));

  test("again after the next roll-over, from sums that are already adjusted", () =>
    holds(`
      A O B 0 5,5,5,5            | 1 first
      A O E 0 1,1,1,1            | 1
      A O B 0                    | 1 joined
      A O E 0 6,6,6,7            | 1 = 0,0,0,1
      A O B 0                    | 1 joined
      A O E 6s 10,10,10,10       | 1 ends = 4,4,4,3
    `));

  test("equal counters, and less in one of them, are as logged, and the look is over", () =>
    holds(`
      A O B 0                   | 1 first
      A O E 1s 1,124,0,0        | 1
      A O B 1s                  | 1 joined retry
      A O C 3s 1,124,0,0        | 1
      A O C 4s 9,900,9,900      | 1
      A O B 4s                  | 1 joined
      A O E 5s 99,999,99,899    | 1 ends
    `));

  test("after a retry all is counted anew, unless a roll-over before it still waits for counters", () =>
    holds(`
      A O B 0                   | 1 first
      A O E 1s 1,124,0,0        | 1
      A O B 1s                  | 1 joined retry
      A O E 7s 9,4000,8,5000    | 1
      A O B 7s                  | 1 joined
      A O B 7s                  | 1 joined
      A O E 8s 10,4124,8,5001   | 1 ends = 0,0,0,1
      A O B 0 sport=1                 | 2 first
      A O E 0 1,1,1,1 sport=1         | 2
      A O B 0 sport=1                 | 2 joined
      A O E 1s 1,1,0,0 sport=1        | 2
      A O B 1s sport=1                | 2 joined retry
      A O E 2s 9,9,9,9 sport=1        | 2 ends
    `));

  test("B and tuples without all four counters are passed over; absent ones count as nothing", () =>
    holds(`
      A O B 0                   | 1 first
      A O E 1s 1,,2,            | 1
      A O B 1s 9,9,9,9          | 1 joined
      A O C 1s 3,3,,3           | 1
      A O C 1s                  | 1
      A O E 2s 13,12,12,12      | 1 ends = 0,0,1,0
    `));

  test("sums past 2^53 are not rounded into an adjustment", () =>
    holds(`
      A O C 0 9007199254740991,0,0,0       | 1 first
      A O C 1 1,0,0,0                      | 1
      A O B 1                              | 1 joined
      A O C 2 9007199254740991,5,5,5       | 1
      A O E 3 9007199254740991,5,5,5       | 1 ends
    `));

  test("to the last digit", () =>
    holds(`
      A O C 0 9007199254740990,0,0,0       | 1 first
      A O B 0                              | 1 joined
      A O E 3 9007199254740991,5,5,5       | 1 ends = 1,5,5,5
    `));
});
