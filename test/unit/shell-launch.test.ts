// The engine's processes as utility processes: they are ended by PID, at once and also before they have one, and leave when let go.

import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import type { Launch } from "../../electron/engine/keeper.ts";
import { folder } from "../support/cli.ts";
import { type FakeElectron, newElectron } from "../support/fake-electron/electron.ts";

let electron: FakeElectron;
let launch: Launch;

beforeEach(async () => {
  electron = newElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  const { launchUtility } = await import("../../electron/shell/launch.ts");
  launch = launchUtility(join(folder([]), "a.tidemark"));
  await electron.becomeReady();
});

test("each is given its case and nothing else, and no output but its errors", () => {
  const child = launch("work");
  child.kill();
  const [{ entry, args }] = electron.forked as [(typeof electron.forked)[number]];
  expect(entry).toMatch(/electron[\\/]work[\\/]main\.ts$/);
  expect(args.map((each) => each.split(/[\\/]/).at(-1))).toEqual(["a.tidemark"]);
});

test("kill ends one that has no PID yet", async () => {
  const child = launch("look");
  expect(child.pid).toBeNull();
  const why = new Promise<string>((settle) => child.onExit(settle));
  child.kill();
  await why;
  expect(electron.forked[0]!.child.signalCode).toBe("SIGKILL");
});

test("kill ends one that is running, not politely", async () => {
  const child = launch("look");
  await new Promise<void>((settle) => child.wire.onMessage(() => settle())); // a beat
  expect(child.pid).toBe(electron.forked[0]!.child.pid);
  const why = new Promise<string>((settle) => child.onExit(settle));
  child.kill();
  await why;
  expect(electron.forked[0]!.child.signalCode).toBe("SIGKILL");
  child.kill(); // once more does no harm
  child.wire.send({ id: 1 });
});

test("let go, it ends by itself", async () => {
  const child = launch("work");
  await new Promise<void>((settle) => child.wire.onMessage(() => settle()));
  const why = new Promise<string>((settle) => child.onExit(settle));
  child.leave();
  expect(await why).toBe("it ended with code 0");
});

test("before ready none can be started", async () => {
  const early = newElectron();
  vi.resetModules();
  vi.doMock("electron", () => early.module);
  const { launchUtility } = await import("../../electron/shell/launch.ts");
  expect(() => launchUtility("a.tidemark")("look")).toThrow("after ready");
});
