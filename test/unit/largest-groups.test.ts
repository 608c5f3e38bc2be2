// The largest of many groups, found in one pass: as sorting all of them would have it.

import { expect, test } from "vitest";
import { largestGroups } from "../../electron/query/largest-groups.ts";
import { randomFrom } from "../support/logs.ts";

test.each([
  ["few of many, most of them equal", 5000, 100, 3],
  ["few of many, most of them different", 5000, 100, 1e6],
  ["more than there are", 50, 100, 3],
  ["one", 300, 1, 2],
])("%s", (_, size, most, values) => {
  const random = randomFrom(size + values);
  const tuples = Int32Array.from({ length: size }, () => Math.floor(random() * values));
  const rank = (group: number): number => (group * 7919) % 10_007; // no two alike
  const withTuples = [...tuples.keys()].filter((group) => tuples[group]! > 0);
  const sorted = withTuples.toSorted((a, b) => tuples[b]! - tuples[a]! || rank(a) - rank(b)).slice(0, most);
  const found = largestGroups(tuples, most, rank);
  expect(found.length).toBe(withTuples.length);
  expect([...found.groups]).toEqual(sorted);
  expect([...found.rows]).toEqual(sorted.map((group) => withTuples.indexOf(group)));
});
