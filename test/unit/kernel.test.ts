// The kernel's committed bytes are what its sources give, and its map of memory holds together.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { newBatch } from "../../electron/ingest/batch.ts";

// Imported by address: it is plain JavaScript, of which the types know nothing.
const { madeFromKernel } = (await import(new URL("../../build/kernel.mjs", import.meta.url).href)) as {
  madeFromKernel(): Promise<string>;
};

test("node build/kernel.mjs would change nothing", async () => {
  expect(readFileSync(new URL("../../electron/ingest/kernel-bytes.ts", import.meta.url), "utf8")).toBe(
    await madeFromKernel(),
  );
});

test("constants end before the columns, and the window before the memory", () => {
  const { calls, window, memory } = newBatch().kernel;
  expect(calls.CONSTANTS_END.value).toBeLessThanOrEqual(calls.TIME.value);
  expect(window.byteOffset + window.length + 256).toBeLessThanOrEqual(memory.buffer.byteLength);
});
