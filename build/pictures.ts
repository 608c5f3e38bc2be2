// `npm run pictures`: the pictures of README and docs, taken from the running app on the sample incident.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { startLoopback } from "../electron/loopback/server.ts";
import { pictures, readyFor, WINDOW } from "../test/support/pictures.ts";
import { walk, walkPage } from "../test/support/walk.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const run = (...args: string[]): string =>
  execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const folder = mkdtempSync(join(tmpdir(), "tidemark-pictures-"));
const home = join(folder, "harbour");
run(here("../node_modules/vite/bin/vite.js"), "build", "--config", here("./vite.config.ts"));
run(here("../electron/cli/tidemark.mjs"), "demo", home, "--json");
const casePath = join(home, "incident.tidemark");
copyFileSync(join(home, "demo.tidemark"), casePath);
const executablePath = run(here("./browser.mjs")).trim().split("\n").at(-1) ?? "";
const app = await startLoopback({ page: here("../dist/renderer"), configFolder: join(folder, "config") });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
mkdirSync(here("../docs/pictures"), { recursive: true });
try {
  for (const picture of pictures) {
    const { name, fragment, theme } = picture;
    const context = await browser.newContext({ viewport: WINDOW, reducedMotion: "reduce" });
    await context.addInitScript((chosen) => localStorage.setItem("tidemark.theme", chosen), theme);
    const page = await context.newPage();
    const withCase = fragment === "" ? "/start" : `/${fragment}&case=${encodeURIComponent(casePath)}`;
    await page.goto(app.invite(withCase));
    if (name === "hosts") {
      await page.getByRole("button", { name: "compromised" }).click();
      await page.getByRole("button", { name: "+ Note" }).click();
      await page
        .getByLabel("Text of the note, Markdown")
        .fill(
          "Calls **203.0.113.45** about once a minute since the morning of 10 March.\n\n- begins are level, see its edge",
        );
      await page.getByRole("button", { name: "Done" }).click();
      await page.locator(".toast").first().waitFor({ state: "detached" });
    }
    const shown = await readyFor(picture, page);
    await page.waitForTimeout(1500); // the layout settles
    await shown.screenshot({ path: here(`../docs/pictures/${name}.png`) });
    console.log(`docs/pictures/${name}.png`);
    await context.close();
  }
  await walked();
  writeFileSync(here("../docs/pictures/browser.txt"), `Chromium ${browser.version()}\n`);
} finally {
  await browser.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A picture after each action of the walk-through, and its page. */
async function walked(): Promise<void> {
  const picture = (step: number): string => `pictures/walk-${String(step).padStart(2, "0")}.png`;
  const context = await browser.newContext({ viewport: WINDOW, reducedMotion: "reduce" });
  await context.addInitScript(() => localStorage.setItem("tidemark.theme", "light"));
  const page = await context.newPage();
  await page.goto(app.invite(`/explore?case=${encodeURIComponent(casePath)}`));
  await page.getByRole("contentinfo").getByText("tuples").waitFor();
  const take = async (step: number): Promise<void> => {
    await page.waitForFunction(() => document.querySelector(".pending") === null);
    await page.waitForTimeout(1500); // the layout settles
    await page.screenshot({ path: here(`../docs/${picture(step)}`) });
    console.log(`docs/${picture(step)}`);
  };
  await take(1);
  for (const [i, { on, sees }] of walk.entries()) {
    await on(page).click();
    for (const seen of sees) await page.getByText(seen).first().waitFor();
    await take(i + 2);
  }
  writeFileSync(here("../docs/walk-through.md"), walkPage(picture));
  await context.close();
}
