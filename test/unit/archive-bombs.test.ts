// Archives made to exhaust are stopped soon and told, and what stands beside them is read: a short form of test/long/bombs.test.ts.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bombs } from "../support/bombs.ts";
import { folder } from "../support/cli.ts";
import { readSource } from "../support/read-source.ts";

const home = folder();

test.each(bombs)("$name", async ({ make, told, tuples }) => {
  const path = join(home, "evidence");
  writeFileSync(path, make(20_000_000));
  const read = await readSource(path, join(home, "c.tidemark"));
  expect(read.tuples).toBe(tuples);
  expect(read.told.join("\n")).toMatch(told ?? /^$/);
  expect(readdirSync(home)).toEqual(["evidence"]);
});
