// The kernels' committed bytes are what their sources give, and the map of ingest's memory holds together.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { newBatch } from "../../electron/ingest/batch.ts";

// Imported by address: it is plain JavaScript, of which the types know nothing.
const { madeFromKernel, ROOMS } = (await import(new URL("../../build/kernel.mjs", import.meta.url).href)) as {
  madeFromKernel(room: string): Promise<string>;
  readonly ROOMS: readonly string[];
};

test.each(ROOMS)("node build/kernel.mjs would change nothing in %s", async (room) => {
  const committed = readFileSync(new URL(`../../electron/${room}/kernel-bytes.ts`, import.meta.url), "utf8");
  expect(committed).toBe(await madeFromKernel(room));
});

test("constants end before the columns, and the window before the memory", () => {
  const { calls, window, memory } = newBatch().kernel;
  expect(calls.CONSTANTS_END.value).toBeLessThanOrEqual(calls.TIME.value);
  expect(window.byteOffset + window.length + 256).toBeLessThanOrEqual(memory.buffer.byteLength);
});
