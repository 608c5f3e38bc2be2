// R27 in short: a member of 60 MB that exists nowhere; test/long has 2 GB.

import { expect, test } from "vitest";
import { readLargeMember } from "../support/large-member.ts";

test("a member of 60 MB, made as it is read, is read whole in bounded memory", async () => {
  const { tuples, peak } = await readLargeMember(60e6);
  expect(tuples).toBeGreaterThan(600_000);
  expect(peak).toBeLessThan(600e6);
}, 60_000);
