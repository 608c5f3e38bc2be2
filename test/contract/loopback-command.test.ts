// `tidemark serve`, `open` and `start` as a user runs them: an address that opens the app, whatever is missing on the machine.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { programVersion } from "../../electron/host/desk.ts";
import { folder, put, tidemark } from "../support/cli.ts";
import { get, type Reply, smallCase } from "../support/loopback.ts";
import { sampleIncident } from "../support/sample.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "electron", "cli", "tidemark.mjs");

type Running = { readonly child: ChildProcess; out(): string; err(): string; readonly ended: Promise<number | null> };

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** No display and no browser, but for what `environment` says. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...rest } = process.env;
  const home = folder();
  const own = { PATH: "/bin", TIDEMARK_CONFIG_DIR: join(home, "config"), TIDEMARK_SAMPLE_DIR: join(home, "sample") };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...rest, ...own, ...environment } });
  running.push(child);
  const texts = { out: "", err: "" };
  child.stdout.on("data", (bytes: Buffer) => {
    texts.out += bytes.toString("utf8");
  });
  child.stderr.on("data", (bytes: Buffer) => {
    texts.err += bytes.toString("utf8");
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, out: () => texts.out, err: () => texts.err, ended };
}

async function address(one: Running): Promise<URL> {
  await vi.waitUntil(() => one.out().includes("\n") || one.child.exitCode !== null, { timeout: 120_000 });
  expect(one.out(), one.err()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}(#.*)?\n$/);
  return new URL(one.out());
}

/** Goes in by the token and gets the page. */
async function enter({ port, search }: URL): Promise<Reply> {
  const { headers } = await get(Number(port), `/${search}`);
  const [cookie = ""] = headers["set-cookie"] ?? [];
  return await get(Number(port), "/", { cookie: cookie.split(";")[0]! });
}

test("serve prints one address, which opens the app on the case, and ends with 0 on Ctrl-C", async () => {
  const casePath = await smallCase();
  const one = run(["serve", casePath, "--no-open"]);
  const url = await address(one);
  expect(url.hash).toBe(`#/explore?case=${encodeURIComponent(casePath)}`);
  const { status, body } = await enter(url);
  expect([status, body.includes("<title>Tidemark</title>")]).toEqual([200, true]);
  one.child.kill("SIGINT");
  one.child.kill("SIGINT"); // the launcher passes on what the terminal has sent already
  expect(await one.ended).toBe(0);
}, 180_000);

test("the port is that of the last time, where it is free, so that the browser's drafts are found again", async () => {
  const settings = { TIDEMARK_CONFIG_DIR: join(folder(), "config") };
  const first = run(["serve", "--no-open"], settings);
  const { port } = await address(first);
  const beside = run(["serve", "--no-open"], settings);
  const { port: other } = await address(beside);
  expect(other).not.toBe(port);
  for (const one of [first, beside]) one.child.kill("SIGINT");
  await Promise.all([first.ended, beside.ended]);
  const again = run(["serve", "--no-open"], settings);
  expect((await address(again)).port).toBe(other);
  again.child.kill("SIGINT");
  await again.ended;
}, 180_000);

test("serve of no case ends with 3, of wrong options with 2", async () => {
  const missing = await tidemark("serve", join(folder(), "x.tidemark"), "--no-open");
  expect([missing.code, missing.stdout, missing.stderr]).toEqual([
    3,
    "",
    expect.stringMatching(/^tidemark: .*no case/),
  ]);
  expect((await tidemark("serve", "--port", "70000")).code).toBe(2);
  expect((await tidemark("start", "x")).code).toBe(2);
});

/** A sample folder in which the sample incident was made before. */
const SAMPLE = { TIDEMARK_SAMPLE_DIR: folder() };
beforeAll(async () => {
  const name = `sample-${programVersion()}/sample-incident.tidemark`;
  put(SAMPLE.TIDEMARK_SAMPLE_DIR, [[name, readFileSync(join(await sampleIncident(), "demo.tidemark"))]]);
}, 120_000);

test("start, without a display, prints the address that opens the sample", async () => {
  const one = run(["start"], SAMPLE);
  const url = await address(one);
  const [, path = ""] = /case=(.*)$/.exec(url.hash) ?? [];
  const casePath = decodeURIComponent(path);
  expect([existsSync(casePath), casePath]).toEqual([true, expect.stringMatching(/sample-incident\.tidemark$/)]);
  expect((await enter(url)).status).toBe(200);
  one.child.kill("SIGTERM");
  expect(await one.ended).toBe(0);
}, 240_000);

test.skipIf(process.platform !== "linux")(
  "open shows a browser, where there is no Electron, until it is closed",
  async () => {
    const home = folder([["chromium", '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.args"\nexec sleep 6\n']]);
    put(home, [["electron/electron", "#!/bin/sh\nexit 1\n"]]);
    for (const name of ["chromium", "electron/electron"]) chmodSync(join(home, name), 0o755);
    const one = run(["open"], {
      ...SAMPLE,
      DISPLAY: ":99",
      PATH: `${home}:/bin`,
      ELECTRON_OVERRIDE_DIST_PATH: join(home, "electron"),
    });
    const printed = await address(one);
    await vi.waitUntil(() => existsSync(join(home, "chromium.args")), { timeout: 30_000 });
    const app = /^--app=(.*)$/m.exec(readFileSync(join(home, "chromium.args"), "utf8"))?.[1] ?? "";
    expect([new URL(app).port, app === printed.href]).toEqual([printed.port, false]); // each address is good once
    expect([(await enter(new URL(app))).status, (await enter(printed)).status]).toEqual([200, 200]);
    expect(one.err()).toMatch(/^No desktop window: [^\n]+\. The same app opens in a browser\.$/m);
    expect(await one.ended).toBe(0);
  },
  180_000,
);
