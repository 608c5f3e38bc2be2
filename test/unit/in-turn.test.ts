// Questions one at a time: a cancelled one costs nothing, a failed one holds up nobody.

import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { inTurn } from "../../electron/look/in-turn.ts";

const { signal: nobody } = new AbortController();

test("a question that is cancelled while another is worked out is not worked out", async () => {
  const { port1, port2 } = new MessageChannel();
  const stop = new AbortController();
  const worked: string[] = [];
  port2.once("message", () => stop.abort());
  const first = inTurn(nobody, () => {
    port1.postMessage("cancel"); // is heard when this question has ended, not before
    worked.push("first");
  });
  const second = inTurn(stop.signal, () => worked.push("second"));
  const third = inTurn(nobody, () => worked.push("third"));
  await expect(second).rejects.toMatchObject({ kind: "cancelled" });
  await Promise.all([first, third]);
  port1.close();
  expect(worked).toEqual(["first", "third"]);
});

test("a question that fails does not hold up the next", async () => {
  const failing = inTurn(nobody, () => {
    throw new Error("no such thing");
  });
  const next = inTurn(nobody, () => "answer");
  await expect(failing).rejects.toThrow("no such thing");
  expect(await next).toBe("answer");
});
