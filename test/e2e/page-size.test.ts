// The page stays light: it is opened in an incident, from a disk that is busy.

import { expect, inject, test } from "vitest";
import { compressedBytes } from "../support/page-size.ts";

test("all of the page, fonts included, is at most 900 kB compressed", () => {
  expect(compressedBytes(inject("page"))).toBeLessThanOrEqual(900_000);
});
