// R3 in short: of the calls of the file system and the database, some fail; test/long has all.

import { test } from "vitest";
import { failAtEach } from "../support/fault-runs.ts";

test.each([
  ["main", 61],
  ["thread", 5],
] as const)("adding evidence with a call failing in the %s, every %ith", async (where, step) => {
  await failAtEach(where, step);
});
