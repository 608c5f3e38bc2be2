// The app in a browser: a case of its own, a page that tells of every error, violation and request to elsewhere, and the questions
// of the command line to compare with.

import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { type Loopback, startLoopback } from "../../electron/loopback/server.ts";
import { folder } from "../support/cli.ts";
import { launch } from "../support/launch.ts";

let browser: Browser;
let app: Loopback;
export let home = "";
/** Chromium under load was seen not to answer when it was asked to close; its windows are gone by then. */
const BROWSER_CLOSES_MS = 20_000;
/** What went wrong in any page; every test ends with none. */
const wrong: string[] = [];
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  home = folder();
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: inject("browser"), args });
  app = await startLoopback({
    page: inject("page"),
    configFolder: join(home, "config"),
    sampleFolder: join(home, "sample"),
    lingerMs: 0,
    launch,
  });
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  expect(wrong.splice(0)).toEqual([]);
});
afterAll(async () => {
  await app?.close();
  const late = new Promise((done) => setTimeout(done, BROWSER_CLOSES_MS, "late"));
  if ((await Promise.race([browser?.close(), late])) === "late")
    console.log(`Chromium did not close in ${BROWSER_CLOSES_MS / 1000} s; it ends with the tests.`);
});

export function browserVersion(): string {
  return browser.version();
}

/** A copy of the sample incident's case. */
export function sampleCase(name = "incident"): string {
  const path = join(home, `${name}.tidemark`);
  copyFileSync(join(inject("demo"), "demo.tidemark"), path);
  return path;
}

export type Look = {
  readonly theme?: "light" | "dark" | "hc-light" | "hc-dark";
  readonly width?: number;
  readonly height?: number;
  /** Calls that reach the host late, each by so many ms: a busy machine's order of answers. */
  readonly late?: Readonly<Record<string, number>>;
};

/** `fragment`: "explore?from=…"; the case is put into it. */
export async function openPage(casePath: string | null, fragment: string, look: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  contexts.push(context);
  await context.addInitScript((theme) => localStorage.setItem("tidemark.theme", theme), look.theme ?? "light");
  const page = await context.newPage();
  const here = `127.0.0.1:${app.port}`;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  await page.exposeFunction("tellViolation", (text: string) => wrong.push(`violation: ${text}`));
  await page.addInitScript(() =>
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const tell = (window as unknown as { tellViolation(text: string): void }).tellViolation;
        tell(`${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`);
      },
    ),
  );
  const { late } = look;
  if (late)
    await page.routeWebSocket(/\/wire$/, (socket) => {
      const host = socket.connectToServer();
      socket.onMessage((message) => {
        const call = Object.keys(late).find((name) => String(message).includes(`"${name}"`));
        setTimeout(() => host.send(message), late[call ?? ""] ?? 0);
      });
    });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== here) wrong.push(`socket to ${socket.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (host !== here && protocol !== "data:" && protocol !== "blob:") wrong.push(`request to ${request.url()}`);
  });
  const [name = "", query = ""] = fragment.split("?");
  const search = [casePath === null ? "" : `case=${encodeURIComponent(casePath)}`, query].filter(Boolean).join("&");
  await page.goto(app.invite(`/${name}${search === "" ? "" : `?${search}`}`));
  if (casePath !== null) await page.getByRole("contentinfo").getByText("tuples").waitFor();
  return page;
}

const command = fileURLToPath(new URL("../../electron/cli/tidemark.mjs", import.meta.url));

/** Rows as the command line gives them. */
export function query(casePath: string, by: string, ...options: readonly string[]): readonly Record<string, never>[] {
  const printed = execFileSync(
    process.execPath,
    [command, "query", casePath, "--by", by, "--format", "json", "--limit", "0", ...options],
    { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] },
  );
  return (JSON.parse(printed) as { rows: Record<string, never>[] }).rows;
}

export function sum(rows: readonly Record<string, unknown>[], field: string): number {
  return rows.reduce((total, row) => total + (typeof row[field] === "number" ? (row[field] as number) : 0), 0);
}

export const figure = new Intl.NumberFormat("en-US");
