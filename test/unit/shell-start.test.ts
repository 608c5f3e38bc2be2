// The order of events at the shell's start, what is asked of it from outside, and its windows. Electron is a strict fake: what comes
// too early or too late throws.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { folder } from "../support/cli.ts";
import { type FakeElectron, newElectron } from "../support/fake-electron/electron.ts";
import { newEvent } from "../support/fake-electron/strict.ts";
import { OWN_PAGE } from "../support/fake-electron/window.ts";

const argv = process.argv;
const parts = { page: "", preload: "/app/dist/shell/preload.cjs" };

beforeEach(() => {
  parts.page = folder([["index.html", "<!doctype html>"]]);
  vi.stubEnv("TIDEMARK_CONFIG_DIR", folder([]));
});
afterEach(() => {
  process.argv = argv;
  vi.doUnmock("electron");
  vi.resetModules();
  vi.unstubAllEnvs();
});

/** The shell started with arguments, as the operating system would. */
async function start(
  args: readonly string[] = [],
  options: Parameters<typeof newElectron>[0] = {},
): Promise<FakeElectron> {
  const electron = newElectron(options);
  vi.doMock("electron", () => electron.module);
  process.argv = ["/app/tidemark", ...(options.isPackaged === false ? ["."] : []), ...args];
  const { startShell } = await import("../../electron/shell/start.ts");
  startShell(parts);
  return electron;
}

/** What the page of a window was announced. */
function heard(electron: FakeElectron, n: number): unknown[] {
  const { toPreload } = electron.windows[n]!;
  const messages: unknown[] = [];
  for (const { ports } of toPreload)
    for (const port of ports) port.on("message", (message) => messages.push(message)).unref();
  return messages;
}

const settled = (): Promise<void> => new Promise((settle) => setTimeout(settle, 20));

test("what must come before ready does, once, and the rest waits", async () => {
  const electron = await start();
  expect(electron.log.filter((each) => each !== "appendSwitch")).toEqual([
    "setName Tidemark",
    "enableSandbox",
    "registerSchemesAsPrivileged",
    "requestSingleInstanceLock",
  ]);
  await electron.becomeReady();
  const later = electron.log.slice(electron.log.indexOf("ready") + 1);
  expect(new Set(later)).toEqual(new Set(["defaultSession", "protocol.handle", "BrowserWindow", "setApplicationMenu"]));
  expect(later.indexOf("defaultSession")).toBeLessThan(later.indexOf("BrowserWindow")); // guarded before a page is loaded
  expect(later.indexOf("protocol.handle")).toBeLessThan(later.indexOf("BrowserWindow"));
  expect(electron.windows.map(({ loaded }) => loaded)).toEqual([["app://bundle/index.html"]]);
});

test("the scheme is a standard, secure one that bypasses no policy; no name resolves", async () => {
  const { schemes, switches } = await start();
  expect(schemes.map(({ scheme }) => scheme)).toEqual(["app"]);
  expect(schemes[0]!.privileges).toMatchObject({ standard: true, secure: true });
  expect(schemes[0]!.privileges.bypassCSP ?? false).toBe(false);
  expect(schemes[0]!.privileges.allowServiceWorkers ?? false).toBe(false);
  expect(switches.get("host-resolver-rules")).toBe("MAP * ~NOTFOUND");
  expect([...switches.keys()]).not.toContain("no-sandbox");
});

test("a second start hands its case on and ends without a window", async () => {
  const electron = await start(["/cases/a.tidemark"], { hasLock: false });
  expect(electron.lockData).toEqual({ casePath: "/cases/a.tidemark" });
  expect(electron.log.at(-1)).toBe("exit 0");
  await electron.becomeReady();
  expect(electron.windows).toEqual([]);
});

test.each([
  { args: ["/cases/a.tidemark"], isPackaged: true },
  { args: ["/cases/a.tidemark"], isPackaged: false },
  { args: ["--enable-logging", "/cases/a.tidemark", "--flag=/x.tidemark"], isPackaged: true },
])(
  "the case among the arguments $args is asked for when the page is there (packaged: $isPackaged)",
  async ({ args, isPackaged }) => {
    const electron = await start(args, { isPackaged });
    await electron.becomeReady();
    const [window] = electron.windows;
    window!.fromFrame("tidemark:wire", OWN_PAGE);
    const messages = heard(electron, 0);
    await settled();
    expect(messages).toEqual([{ event: "case.asked", payload: { path: "/cases/a.tidemark" } }]);
    window!.fromFrame("tidemark:wire", OWN_PAGE); // the page loads again: it knows by itself which case it shows
    const again = heard(electron, 0);
    await settled();
    expect(again).toEqual([]);
  },
);

test("a file opened by macOS before ready is asked for once there is a window", async () => {
  const electron = await start();
  const event = newEvent({});
  electron.app.emit("open-file", event, "/cases/b.tidemark");
  expect(event.defaultPrevented).toBe(true);
  expect(electron.windows).toEqual([]);
  await electron.becomeReady();
  expect(electron.windows.length).toBe(1);
  electron.windows[0]!.fromFrame("tidemark:wire", OWN_PAGE);
  const messages = heard(electron, 0);
  await settled();
  expect(messages).toEqual([{ event: "case.asked", payload: { path: "/cases/b.tidemark" } }]);
});

test("another start's case comes to a window without one; a window that was asked already keeps its own", async () => {
  const electron = await start(["/cases/a.tidemark"]);
  await electron.becomeReady();
  electron.app.emit("second-instance", newEvent({}), [], "/", { casePath: "/cases/a.tidemark" });
  expect(electron.windows.length).toBe(1);
  electron.app.emit("second-instance", newEvent({}), [], "/", { casePath: "/cases/b.tidemark" });
  expect(electron.windows.map(({ options }) => options.name)).toEqual(["window-1", "window-2"]);
  electron.windows[1]!.fromFrame("tidemark:wire", OWN_PAGE);
  const messages = heard(electron, 1);
  await settled();
  expect(messages).toEqual([{ event: "case.asked", payload: { path: "/cases/b.tidemark" } }]);
});

test.each([undefined, null, 7, {}, { casePath: 7 }, { casePath: ["/x"] }])(
  "what another start hands on that names no case, %j, opens a window at most",
  async (data) => {
    const electron = await start();
    await electron.becomeReady();
    electron.app.emit("second-instance", newEvent({}), [], "/", data);
    for (const { fromFrame } of electron.windows) fromFrame("tidemark:wire", OWN_PAGE);
    const messages = electron.windows.map((_, n) => heard(electron, n));
    await settled();
    expect(messages.flat()).toEqual([]);
  },
);

test("names of windows come back, so that a window finds its place again", async () => {
  const electron = await start();
  await electron.becomeReady();
  electron.windows[0]!.close();
  electron.app.emit("activate", newEvent({}), false);
  expect(electron.windows.map(({ options }) => options.name)).toEqual(["window-1"]);
  electron.app.emit("activate", newEvent({}), true);
  expect(electron.windows.length).toBe(1);
});

test("a window is what it must be, and nothing it must not be", async () => {
  const electron = await start();
  await electron.becomeReady();
  expect(electron.windows[0]!.options).toMatchObject({ windowStatePersistence: true, show: false });
  expect(electron.windows[0]!.options.webPreferences).toEqual({
    preload: parts.preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
  });
});

test("quitting waits for the engines, then quits", async () => {
  const electron = await start();
  await electron.becomeReady();
  const first = newEvent({});
  electron.app.emit("will-quit", first);
  expect(first.defaultPrevented).toBe(true);
  await settled();
  expect(electron.log.at(-1)).toBe("quit");
  const second = newEvent({});
  electron.app.emit("will-quit", second);
  expect(second.defaultPrevented).toBe(false);
});

test("menu items send the names of commands to the window in front", async () => {
  const electron = await start();
  await electron.becomeReady();
  const items = electron.menu!.flatMap((each) => each.submenu ?? []);
  for (const item of items) if (item.label !== "New window") item.click?.();
  const sent = electron.windows[0]!.toPreload.map(({ channel, message }) => [channel, message]);
  const wanted = ["case.new", "case.open", "sample.open", "source.add", "case.copy", "evidence.export", "case.close"];
  expect(sent.slice(0, wanted.length)).toEqual(wanted.map((id) => ["tidemark:command", id]));
  expect(sent.length).toBe(items.filter(({ click }) => click).length - 1);
  expect(items.some(({ role }) => role === "toggleDevTools")).toBe(false);
});

test("a page may put a pane into a window of its own, once, and nothing else; a case that is asked for goes to whole windows", async () => {
  const electron = await start();
  await electron.becomeReady();
  const [first] = electron.windows;
  const address = "?pane=graph&with=0a-1b#/explore?case=%2Fa&filter=dport+%3D%3D+1";
  for (const [frame, asked] of [
    [{ origin: "https://elsewhere", parent: null }, address],
    [{ ...OWN_PAGE, parent: {} }, address],
    [OWN_PAGE, "?pane=files&with=0a#/explore"],
    [OWN_PAGE, "?pane=graph&with=../x#/explore"],
    [OWN_PAGE, "//elsewhere/?pane=graph&with=0a#/explore"],
    [OWN_PAGE, `${address} x`],
    [OWN_PAGE, { pane: "graph" }],
  ] as const)
    first!.fromFrame("tidemark:pane", frame, asked);
  expect(electron.windows.length).toBe(1);
  first!.fromFrame("tidemark:pane", OWN_PAGE, address);
  first!.fromFrame("tidemark:pane", OWN_PAGE, address);
  expect(electron.windows.map(({ loaded }) => loaded)).toEqual([
    ["app://bundle/index.html"],
    [`app://bundle/index.html${address}`],
  ]);
  first!.close();
  electron.app.emit("second-instance", newEvent({}), [], "/", { casePath: "/cases/a.tidemark" });
  expect(electron.windows.map(({ options }) => options.name)).toEqual(["pane-graph-0a-1b", "window-1"]);
});

test("the fake is strict: an unknown name and a wrong order throw", async () => {
  const electron = newElectron();
  const { app, protocol } = electron.module as Record<string, Record<string, (...args: unknown[]) => unknown>>;
  expect(() => app!.enableSandobx).toThrow("no app.enableSandobx");
  expect(() => protocol!.handle!("app", () => {})).toThrow("after ready");
  await electron.becomeReady();
  expect(() => app!.enableSandbox!()).toThrow("before ready");
});
