// What the system says in codes is said in words, and a full disk is told from a refusal.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isFull, systemCode, whyNotWritten } from "../../shared/system-code.ts";
import { folder } from "../support/cli.ts";

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (thrown) {
    return thrown;
  }
}

test("of what Node throws", () => {
  const here = folder([["file", ""]]);
  const said = [join(here, "none", "a"), join(here, "file", "a"), here, join(here, "a".repeat(300))].map((path) =>
    whyNotWritten(systemCode(thrownBy(() => writeFileSync(path, "")))),
  );
  expect(said).toEqual([
    "a folder above it is not there (ENOENT)",
    "a part of its path is a file, not a folder (ENOTDIR)",
    "there is a folder of that name (EISDIR)",
    "its path is too long for this system (ENAMETOOLONG)",
  ]);
});

test("an error of another kind has no code, and a code without words stays one", () => {
  expect([systemCode(new Error("no")), systemCode(thrownBy(() => readFileSync("\0"))), systemCode("EIO")]).toEqual([
    "",
    "",
    "",
  ]);
  expect(whyNotWritten("EXDEV")).toBe("EXDEV");
  expect(["ENOSPC", "EDQUOT", "EFBIG", "EROFS"].map(isFull)).toEqual([true, true, true, false]);
});
