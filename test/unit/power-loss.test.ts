// R2 in short: a WAL cut off or damaged; test/long has hundreds.

import { test } from "vitest";
import { damageWal } from "../support/wal-damage.ts";

test("25 cuts and 25 flips of the WAL: the case opens to an exact prefix of what was committed", async () => {
  await damageWal(25);
}, 60_000);
