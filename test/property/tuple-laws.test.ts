// The kernel, the plain rules and the independent reader agree on every tuple. On millions of them: test/long.

import { expect, test } from "vitest";
import { compareTuples } from "../support/tuple-laws.ts";

test("three readers agree on 100,000 tuples", () => {
  const { tuples, fast, rejects, differences } = compareTuples(1, 100_000);
  expect(differences).toEqual([]);
  expect([tuples, fast > 70_000, rejects > 5000 && rejects < 30_000]).toEqual([100_000, true, true]); // or this would say little
});
