// Before the browser tests: a browser, the page, and the sample incident once for all of them.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

declare module "vitest" {
  interface ProvidedContext {
    /** Path of a Chromium. */
    browser: string;
    /** Folder of the built page. */
    page: string;
    /** What `tidemark demo` made: logs, logs.zip, truth.json, demo.tidemark. */
    demo: string;
  }
}

// biome-ignore lint/style/noDefaultExport: vitest asks for it
export default function prepare({ provide }: TestProject): () => void {
  const node = (...args: string[]): string =>
    execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const browser = node(here("../../build/browser.mjs")).trim().split("\n").at(-1) ?? "";
  const page = here("../../dist/renderer");
  if (!existsSync(join(page, "index.html")))
    node(here("../../node_modules/vite/bin/vite.js"), "build", "--config", here("../../build/vite.config.ts"));
  const folder = mkdtempSync(join(tmpdir(), "tidemark-e2e-"));
  const kept = process.env.TIDEMARK_DEMO; // a demo made before, for whoever writes tests
  const demo = join(folder, "demo");
  if (kept) cpSync(kept, demo, { recursive: true });
  else node(here("../../electron/cli/tidemark.mjs"), "demo", demo, "--json");
  provide("browser", browser);
  provide("page", page);
  provide("demo", demo);
  return () => rmSync(folder, { recursive: true, force: true });
}
