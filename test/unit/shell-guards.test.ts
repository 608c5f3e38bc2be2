// What a page in the window cannot do: tables of hostile addresses, navigations and permissions against the guards as Electron would
// call them, and the source itself for settings that must never stand in it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../electron/host/content-security-policy.ts";
import { folder } from "../support/cli.ts";
import { type FakeElectron, newElectron } from "../support/fake-electron/electron.ts";

const root = join(import.meta.dirname, "..", "..");
const files: readonly [string, string][] = [
  ["index.html", "<!doctype html>"],
  ["assets/index-1.js", "export {};"],
  ["assets/inter.woff2", "wOF2"],
  ["assets/layout.worker-2.js", "export {};"],
  ["style é.css", "a{}"],
];

async function started(isPackaged: boolean): Promise<FakeElectron> {
  const electron = newElectron({ isPackaged });
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  const { startShell } = await import("../../electron/shell/start.ts");
  startShell({ page: folder([...files, ["../secret.txt", "secret"]]), preload: "/preload.cjs" });
  await electron.becomeReady();
  return electron;
}

let electron: FakeElectron;
beforeAll(async () => {
  vi.stubEnv("TIDEMARK_CONFIG_DIR", folder([]));
  electron = await started(true);
});
afterAll(() => {
  vi.doUnmock("electron");
  vi.resetModules();
  vi.unstubAllEnvs();
});

const OWN = "app://bundle/assets/index-1.js";
const hostile = [
  "http://example.com/",
  "https://example.com/x.js",
  "https://login.microsoftonline.com/",
  "http://127.0.0.1:8080/",
  "http://localhost/",
  "http://169.254.169.254/latest/meta-data",
  "http://[::1]/",
  "ws://127.0.0.1/wire",
  "wss://example.com/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "file://server/share/x",
  "app://other/index.html",
  "app://bundle.example.com/",
  "app://bundle@example.com/",
  "APP://bundle/",
  "devtools://devtools/bundled/inspector.html",
  "chrome://settings/",
  "data:text/html,<script>1</script>",
];

describe("requests", () => {
  test(`of ${hostile.length + 1} addresses all but our own are cancelled`, () => {
    expect([OWN, ...hostile].filter((url) => !electron.session.isCancelled(url))).toEqual([OWN]);
  });

  test("while developing, the developer tools' own pages load too and nothing else", async () => {
    const developing = await started(false);
    const loaded = [OWN, ...hostile].filter((url) => !developing.session.isCancelled(url));
    expect(loaded).toEqual([OWN, "devtools://devtools/bundled/inspector.html"]);
  });

  test("what the page made itself may be saved, nothing else", () => {
    const { isDownloadPrevented } = electron.session;
    expect(isDownloadPrevented("blob:app://bundle/0a1b")).toBe(false);
    const urls = [OWN, ...hostile, "blob:https://example.com/1", "blob:app://bundled/1", "blob:null/1"];
    expect(urls.filter((url) => !isDownloadPrevented(url))).toEqual([]);
  });
});

describe("permissions", () => {
  const declared = readFileSync(join(root, "node_modules/electron/electron.d.ts"), "utf8");
  const [, list = ""] =
    /setPermissionRequestHandler\(handler: \(\(webContents: WebContents, permission: ([^,]*),/.exec(declared) ?? [];
  const [, checks = ""] =
    /setPermissionCheckHandler\(handler: \(\(webContents: [^,]*, permission: ([^,]*),/.exec(declared) ?? [];
  const names = [...new Set([...`${list}|${checks}`.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!))];
  const origins = ["app://bundle", "https://example.com", "app://other", "app://bundle.example.com", "null", ""];

  test("every name that Electron declares is tried", () => {
    expect(names.length).toBeGreaterThan(30);
    expect(names).toContain("clipboard-sanitized-write");
  });

  test("of all names asked for from anywhere, writing text to the clipboard is granted to our page alone", () => {
    const request = electron.session.handler("setPermissionRequestHandler");
    const granted = names.flatMap((name) =>
      origins
        .filter((origin) => {
          let answer: unknown = "left hanging";
          request({}, name, (is: boolean) => (answer = is), { requestingUrl: `${origin}/` });
          expect(answer).not.toBe("left hanging");
          return answer;
        })
        .map((origin) => `${name} to ${origin}`),
    );
    expect(granted).toEqual(["clipboard-sanitized-write to app://bundle"]);
  });

  test("so when they are checked", () => {
    const check = electron.session.handler("setPermissionCheckHandler");
    const granted = names.flatMap((name) =>
      origins
        .flatMap((origin) => [origin, `${origin}/`])
        .filter((origin) => check(null, name, origin, {}))
        .map((origin) => `${name} to ${origin}`),
    );
    expect(granted).toEqual([
      "clipboard-sanitized-write to app://bundle",
      "clipboard-sanitized-write to app://bundle/",
    ]);
  });

  test("no device, screen or pairing is given", () => {
    const { handler, chosen } = electron.session;
    for (const deviceType of ["hid", "serial", "usb"])
      expect(handler("setDevicePermissionHandler")({ deviceType, origin: "app://bundle", device: {} })).toBe(false);
    let screen: unknown;
    handler("setDisplayMediaRequestHandler")({}, (given: unknown) => (screen = given));
    expect(screen).toBeNull();
    let paired: unknown;
    handler("setBluetoothPairingHandler")(
      { deviceId: "1", pairingKind: "confirm" },
      (given: unknown) => (paired = given),
    );
    expect(paired).toEqual({ confirmed: false });
    for (const event of ["select-hid-device", "select-usb-device", "select-serial-port"])
      expect(chosen(event)).toBe("");
  });
});

test("no navigation, redirect, frame, web view or window to any hostile address, nor to our own", () => {
  const [window] = electron.windows;
  const events = ["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"];
  const open = [OWN, ...hostile, "javascript:alert(1)", "about:blank", "view-source:app://bundle/"].flatMap((url) => [
    ...events.filter((event) => !window!.isPrevented(event, { url })).map((event) => `${event} ${url}`),
    ...(window!.opens(url).action === "deny" ? [] : [`window ${url}`]),
  ]);
  expect(open).toEqual([]);
});

describe("app://bundle", () => {
  /** The nonce is another at each load of its module. */
  const policy = (text: string | null): string => (text ?? "").replace(/'nonce-[\w-]{24}'/, "'nonce-…'");
  const get = (url: string, method = "GET"): Response =>
    electron.handler("app")({ url, method } as Request) as Response;
  const served = new Map([
    ["/", "text/html; charset=utf-8"],
    ["/index.html", "text/html; charset=utf-8"],
    ["/assets/index-1.js", "text/javascript; charset=utf-8"],
    ["/assets/inter.woff2", "font/woff2"],
    ["/assets/layout.worker-2.js", "text/javascript; charset=utf-8"],
    ["/style%20%C3%A9.css", "text/css; charset=utf-8"],
  ]);

  test("serves each file of the page with its type and the policy, workers included", async () => {
    for (const [path, type] of served) {
      const { status, headers } = get(`app://bundle${path}`);
      expect([path, status, headers.get("content-type"), policy(headers.get("content-security-policy"))]).toEqual([
        path,
        200,
        type,
        policy(CONTENT_SECURITY_POLICY),
      ]);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(await get("app://bundle/assets/index-1.js?v=1#x").text()).toBe("export {};");
    expect(await get("app://bundle/", "HEAD").text()).toBe("");
  });

  test("what is not there carries the policy too, and nothing is changed by a request", () => {
    expect(policy(get("app://bundle/nothing").headers.get("content-security-policy"))).toBe(
      policy(CONTENT_SECURITY_POLICY),
    );
    expect(["POST", "PUT", "DELETE", "OPTIONS"].map((method) => get("app://bundle/index.html", method).status)).toEqual(
      [405, 405, 405, 405],
    );
    expect(get("app://other/index.html").status).toBe(404);
    expect(get("app://bundlex/index.html").status).toBe(404);
  });

  test("5,000 generated paths: nothing outside the map", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "%2e%2e",
        "%2E%2e%2f",
        "..%5c",
        "\\",
        "//",
        "assets",
        "index.html",
        "index-1.js",
        "secret.txt",
        "etc",
        "passwd",
        "C:",
        "%00",
        "app.asar",
        "__proto__",
        "constructor",
        "ｉndex.html",
      ),
      fc.string({ maxLength: 8 }),
    );
    const path = fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, (generated) => {
        const { status } = get(`app://bundle${generated}`);
        const [bare] = generated.split(/[?#]/);
        expect(status === 200).toBe(served.has(bare!));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("the source of the shell", () => {
  const shell = join(root, "electron", "shell");
  const sources = readdirSync(shell)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(join(shell, name), "utf8")] as const);
  const naming = (what: RegExp): string[] => sources.filter(([, text]) => what.test(text)).map(([name]) => name);

  test("makes windows in one place", () => {
    expect(naming(/new BrowserWindow\b/)).toEqual(["window-options.ts"]);
    expect(sources.flatMap(([, text]) => text.match(/new BrowserWindow\b/g) ?? []).length).toBe(1);
    expect(naming(/\b(BaseWindow|WebContentsView|BrowserView)\b/)).toEqual([]);
  });

  test("touches ipcRenderer in the preload alone", () => {
    expect(naming(/\bipcRenderer\b/)).toEqual(["preload.ts"]);
    expect(naming(/\b(ipcMain)\b/)).toEqual([]);
  });

  test.each([
    "webSecurity",
    "allowRunningInsecureContent",
    "experimentalFeatures",
    "enableBlinkFeatures",
    "nodeIntegration: true",
    "sandbox: false",
    "contextIsolation: false",
    "webviewTag: true",
    "no-sandbox",
    "openExternal",
    "executeJavaScript",
    "loadFile",
    "bypassCSP",
    "allowServiceWorkers",
    "registerFileProtocol",
    "remote-debugging",
    "ignore-certificate",
    "crashReporter",
    "autoUpdater",
    "net.fetch",
    "eval(",
    "http:",
    "https:",
  ])("never says %s", (word) => {
    expect(sources.filter(([, text]) => text.includes(word)).map(([name]) => name)).toEqual([]);
  });

  test("has at most 500 lines that say something", () => {
    const lines = sources.flatMap(([, text]) => text.split("\n").filter((line) => line.trim() !== ""));
    expect(lines.length).toBeLessThanOrEqual(500);
  });
});
