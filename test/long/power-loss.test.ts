// R2 in full: a WAL cut off or damaged at any place (test/support/wal-damage.ts).

import { test } from "vitest";
import { damageWal } from "../support/wal-damage.ts";

test("R2: 400 cuts and 400 flips of the WAL", async () => {
  console.log(await damageWal(400));
});
