// The real desktop window, where Electron's program is there: opened, asked, reloaded, and unable to leave its page. Where it is not,
// that is said, with the reason, and the exit code is 77. Run by `node test/e2e/electron.smoke.mjs [packaged program built with --inspectable]`.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Exit code, as automake has it. */
const NOT_RUN = 77;

/** Its path, or why there is none. */
function findProgram() {
  const packaged = process.argv[2];
  if (packaged !== undefined) return { path: packaged, args: [] };
  const folder = join(root, "node_modules", "electron");
  const named = join(folder, "path.txt");
  if (!existsSync(named))
    return { why: "Electron's program has not been downloaded (node_modules/electron/path.txt is missing)" };
  const path = join(folder, "dist", readFileSync(named, "utf8"));
  if (!existsSync(path)) return { why: "node_modules/electron/dist holds no program" };
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { why: "there is no display" };
  return { path, args: [join(root, "dist", "shell", "main.mjs")] };
}

const { path, args, why } = findProgram();
if (why !== undefined) {
  console.log(`not run: the Electron smoke test, because ${why}.`);
  process.exitCode = NOT_RUN;
} else await smoke();

async function smoke() {
  if (process.argv[2] === undefined) await bundle();
  const home = mkdtempSync(join(tmpdir(), "tidemark-smoke-"));
  const env = { ...process.env, TIDEMARK_CONFIG_DIR: home, TIDEMARK_SAMPLE_DIR: home };
  const app = await _electron.launch({ executablePath: path, args: [...args, `--user-data-dir=${home}`], env });
  try {
    const page = await app.firstWindow();
    await page.waitForLoadState("load");
    assert.equal(new URL(page.url()).protocol, "app:");
    assert.deepEqual(
      await page.evaluate(() => [typeof window.require, typeof window.process, typeof window.tidemark]),
      ["undefined", "undefined", "object"],
    );
    assert.equal(
      await page.evaluate(() =>
        fetch("https://example.com/").then(
          () => "reached",
          () => "refused",
        ),
      ),
      "refused",
    );
    await page.evaluate(() => {
      location.href = "https://example.com/";
    });
    await page.waitForTimeout(500);
    assert.equal(new URL(page.url()).protocol, "app:");
    await page.getByRole("button").first().waitFor(); // the page is drawn
    await page.reload();
    await page.getByRole("button").first().waitFor(); // and asks for a new port
    console.log("passed: the Electron smoke test");
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** dist/shell as it is now. */
async function bundle() {
  const { bundleShell } = await import("../../build/bundle-shell.mjs");
  await bundleShell();
}
