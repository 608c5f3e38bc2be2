// Finds a Chromium for the browser tests, or brings one: the system's own, Debian's package as root, else Playwright's. Prints its
// path as the last line of standard output; where there is none, one sentence on standard error and exit 1.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const SYSTEM = [
  process.env.TIDEMARK_BROWSER,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function found() {
  return [...SYSTEM, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null;
}

function run(file, args) {
  return spawnSync(file, args, { stdio: ["ignore", 2, 2] }).status === 0;
}

/** Debian and its children, as root: one package, no questions. */
function fromDebian() {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  process.env.DEBIAN_FRONTEND = "noninteractive";
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  if (!run("apt-get", install)) run("apt-get", ["update"]) && run("apt-get", install);
}

function fromPlaywright() {
  run(process.execPath, [
    fileURLToPath(new URL("../node_modules/playwright/cli.js", import.meta.url)),
    "install",
    "chromium",
  ]);
}

if (found() === null) fromDebian();
if (found() === null) fromPlaywright();
const path = found();
if (path === null) {
  console.error(
    "The browser tests need Chromium, and none could be found or brought; install Chromium or Chrome, or name one in TIDEMARK_BROWSER.",
  );
  process.exitCode = 1;
} else {
  console.log(path);
}
