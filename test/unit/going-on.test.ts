// Ctrl-C while a source is taken back: nothing ends by the first, and it is said; afterwards Ctrl-C is as it was.

import { expect, test, vi } from "vitest";
import { goingOn } from "../../electron/cli/commands.ts";

test("the first Ctrl-C says that the change goes on, and its result comes", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const before = process.listenerCount("SIGINT");
  const { promise, resolve } = Promise.withResolvers<string>();
  const result = goingOn(promise);
  process.emit("SIGINT");
  expect(said.mock.calls.join("")).toContain("it goes on");
  expect(process.listenerCount("SIGINT")).toBe(before); // the second is the system's again
  resolve("taken back");
  expect(await result).toBe("taken back");
  said.mockRestore();
});
