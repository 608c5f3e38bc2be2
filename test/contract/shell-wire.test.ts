// The whole way from the page to the engine and back, as in the window: the page's own wire, the preload, the shell, the desk, and
// the engine's processes behind Electron's parentPort. Only Electron itself is a fake; ports are Node's.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MessagePort } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { calls, events } from "../../shared/contract.ts";
import { type Connection, connect } from "../../shared/rpc.ts";
import { folder } from "../support/cli.ts";
import { type FakeElectron, newElectron } from "../support/fake-electron/electron.ts";
import { newPage, type Page } from "../support/fake-electron/page.ts";
import { newEvent } from "../support/fake-electron/strict.ts";
import { type FakeWindow, OWN_PAGE } from "../support/fake-electron/window.ts";

const evidence = join(import.meta.dirname, "..", "evidence", "documented-sample.json");

let electron: FakeElectron;
let window: FakeWindow;
let page: Page;
let connection: Connection;

beforeAll(async () => {
  vi.stubEnv("TIDEMARK_CONFIG_DIR", folder([]));
  electron = newElectron();
  vi.doMock("electron", () => electron.module);
  const { startShell } = await import("../../electron/shell/start.ts");
  startShell({ page: folder([["index.html", ""]]), preload: "preload.cjs" });
  await electron.becomeReady();
  window = electron.windows[0]!;
  page = await newPage(window);
  connection = await connected();
});

afterAll(async () => {
  electron.app.emit("will-quit", newEvent({}));
  await vi.waitFor(() => expect(electron.log.at(-1)).toBe("quit"), 10_000);
  expect(electron.forked.every(({ child }) => child.exitCode !== null || child.signalCode !== null)).toBe(true);
  vi.unstubAllEnvs();
});

async function connected(): Promise<Connection> {
  const { wire } = await page.openWire();
  return connect(wire, { calls, events });
}

test("the page is given four functions and nothing of Electron", () => {
  expect(Object.keys(page.exposed).sort()).toEqual(["askForWire", "onCommand", "openPane", "paths"]);
  expect(page.exposed.paths?.([{ at: "/a/b.json" }] as never)).toEqual(["/a/b.json"]);
  const heard: unknown[] = [];
  page.exposed.onCommand?.(((command: string) => heard.push(command)) as never);
  const [file] = electron.menu!;
  file!.submenu!.find(({ label }) => label === "Close case")!.click!();
  expect(heard).toEqual(["case.close"]);
});

test("a port is handed on to the window's own origin only", () => {
  expect(page.posted.map(({ origin, message }) => [origin, message])).toContainEqual([
    "app://bundle",
    { tidemark: "wire" },
  ]);
  expect(new Set(page.posted.map(({ origin }) => origin))).toEqual(new Set(["app://bundle"]));
});

describe("a case", () => {
  const casePath = join(folder([]), "network.tidemark");
  beforeEach(() => {
    electron.dialogs.asked.length = 0;
  });

  test("is made where the dialog says, named in the title, and filled by utility processes", async () => {
    electron.dialogs.answers.push({ canceled: false, filePath: casePath.replace(".tidemark", "") });
    const { native, paths } = await connection.ask("path.pick", { purpose: "new-case", name: "network" });
    expect({ native, paths }).toEqual({ native: true, paths: [casePath] });
    const open = await connection.ask("case.new", { path: casePath });
    expect(open).toMatchObject({ name: "network", readOnly: null });
    expect([window.title, window.represented]).toEqual(["network – Tidemark", open.path]);

    const { added } = await connection.ask("source.add", { paths: [evidence], upload: null, embed: true, jobs: 1 });
    const logged = JSON.stringify(JSON.parse(readFileSync(evidence, "utf8"))).match(/"flowTuples":\[(.*?)\]/g)!;
    const tuples = logged.map((each) => (JSON.parse(`{${each}}`) as { flowTuples: string[] }).flowTuples.length);
    expect(added.tuples).toBe(tuples.reduce((sum, n) => sum + n, 0));
    expect((await connection.ask("case.info", {})).tuples).toBe(added.tuples);
    expect(window.bars.at(-1)).toBe(-1);
    expect(window.bars.every((part) => part === -1 || part === 2 || (part >= 0 && part <= 1))).toBe(true);

    const state = await connection.ask("engine.state", {});
    expect(electron.forked.map(({ child }) => child.pid)).toEqual(
      expect.arrayContaining([state.look.pid, state.work.pid]),
    );
    expect(state.look.residentBytes).toBeGreaterThan(0);
  });

  test("outlives a reload: the old port is closed, a new pair is given, the engine is the same", async () => {
    const before = await connection.ask("engine.state", {});
    const { ports } = window.toPreload.findLast(({ ports }) => ports.length > 0)!;
    const closed = new Promise<void>((settle) => (ports[0] as MessagePort).once("close", () => settle()));
    connection = await connected();
    await closed;
    expect(await connection.ask("case.open", { path: casePath })).toMatchObject({ name: "network" });
    expect((await connection.ask("engine.state", {})).look.pid).toBe(before.look.pid);
  });

  test("a process that was ended is started again, and the case answers", async () => {
    const { look } = await connection.ask("engine.state", {});
    const restarted = new Promise((settle) => connection.listen("engine.restarted", settle));
    process.kill(look.pid!, "SIGKILL");
    expect(await restarted).toMatchObject({ process: "look" });
    expect((await connection.ask("case.info", {})).sources).toBe(1);
  });

  test("closed, it leaves the title", async () => {
    await connection.ask("case.close", {});
    expect([window.title, window.represented]).toEqual(["Tidemark", ""]);
  });
});

test("who is not the window's own page is given nothing", () => {
  const strangers: readonly (readonly [string, object | null])[] = [
    ["a frame that is gone", null],
    ["a frame within the page", { origin: "app://bundle", parent: OWN_PAGE }],
    ["another origin", { origin: "https://example.com", parent: null }],
    ["another host of the scheme", { origin: "app://other", parent: null }],
    ["a longer host", { origin: "app://bundle.example.com", parent: null }],
    ["an opaque origin", { origin: "null", parent: null }],
    ["a file", { origin: "file://", parent: null }],
    ["nothing said", { origin: "", parent: null }],
  ];
  const before = window.toPreload.length;
  for (const [, frame] of strangers) window.fromFrame("tidemark:wire", frame);
  expect(window.toPreload.length).toBe(before);
});

test("a message of another origin, or of another kind, is no wire for the page", async () => {
  const opening = page.openWire();
  page.deliver({ tidemark: "other" }, "app://bundle", []);
  page.deliver({ tidemark: "wire" }, "https://example.com", []);
  connection = connect((await opening).wire, { calls, events });
  expect((await connection.ask("app.about", {})).host).toBe("window");
});

describe("dialogs", () => {
  const chosen = folder([["logs/a.json", "{}"]]);
  const pick = (purpose: "evidence" | "open-case" | "copy" | "export", name = ""): Promise<{ paths: string[] }> =>
    connection.ask("path.pick", { purpose, name });
  beforeEach(() => {
    electron.dialogs.asked.length = 0;
    vi.spyOn(process, "platform", "get").mockReturnValue("linux");
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("a folder or files are added; the next dialog begins there", async () => {
    electron.dialogs.answers.push({ response: 0 }, { canceled: false, filePaths: [join(chosen, "logs")] });
    expect((await pick("evidence")).paths).toEqual([join(chosen, "logs")]);
    expect(electron.dialogs.asked[1]!.options.properties).toEqual(["openDirectory", "multiSelections"]);
    electron.dialogs.answers.push({ response: 1 }, { canceled: false, filePaths: [join(chosen, "logs", "a.json")] });
    await pick("evidence");
    expect(electron.dialogs.asked[3]!.options).toMatchObject({
      properties: ["openFile", "multiSelections"],
      defaultPath: join(chosen, "logs"),
    });
  });

  test("cancelled is no path, at either step", async () => {
    electron.dialogs.answers.push({ response: 2 });
    expect((await pick("evidence")).paths).toEqual([]);
    electron.dialogs.answers.push({ canceled: true, filePaths: [] });
    expect((await pick("open-case")).paths).toEqual([]);
    electron.dialogs.answers.push({ canceled: true, filePath: "" });
    expect((await pick("copy", "x")).paths).toEqual([]);
  });

  test("a copy gets the ending of a case, an export's folder none", async () => {
    electron.dialogs.answers.push(
      { canceled: false, filePath: join(chosen, "copy") },
      { canceled: false, filePath: join(chosen, "out") },
    );
    expect((await pick("copy", "copy")).paths).toEqual([join(chosen, "copy.tidemark")]);
    expect((await pick("export", "out")).paths).toEqual([join(chosen, "out")]);
    expect(electron.dialogs.asked[1]!.options.defaultPath).toBe(join(chosen, "out"));
  });
});

test("a window that is closed takes its session with it", async () => {
  const { ports } = window.toPreload.findLast(({ ports }) => ports.length > 0)!;
  const closed = new Promise<void>((settle) => (ports[0] as MessagePort).once("close", () => settle()));
  window.close();
  await closed;
});
