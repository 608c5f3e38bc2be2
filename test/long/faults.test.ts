// R3 in full: every call of the file system and the database fails once.

import { test } from "vitest";
import { failAtEach } from "../support/fault-runs.ts";

test.each(["main", "thread"] as const)("R3: fail at N, in the %s", async (where) => {
  console.log(await failAtEach(where, 1));
});
