// What an investigator says of a host stays with the case: over a reload, and in a plain copy of the closed file.

import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { home, openPage, sampleCase } from "./app.ts";
import { inspector } from "./screens.ts";

const HOST = "10.1.2.4";
const endpoint = `selection=${encodeURIComponent(JSON.stringify({ kind: "endpoint", ip: HOST }))}`;
const NOTE = "Calls 203.0.113.45 every minute.";

async function marked(page: Page, pressed: boolean): Promise<void> {
  const status = inspector(page).getByRole("group", { name: `Status of ${HOST}` });
  await status.getByRole("button", { name: "compromised", pressed }).waitFor();
}

test("a status and a note survive a reload, and a copy of the closed case file elsewhere", async () => {
  const casePath = sampleCase("kept");
  const page = await openPage(casePath, `explore?${endpoint}`);
  await marked(page, false);
  await inspector(page).getByRole("button", { name: "compromised" }).click();
  await marked(page, true);
  await inspector(page).getByRole("button", { name: "Host and notes" }).click();
  await page.getByRole("button", { name: "+ Note" }).click();
  await page.getByLabel("Text of the note, Markdown").fill(NOTE);
  await page.getByText(/saved \d\d:\d\d:\d\d UTC/).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText(NOTE).first().waitFor();
  await page.goBack();
  await page.reload();
  await marked(page, true);
  await inspector(page).getByText(NOTE).waitFor();
  await page.context().close();

  // Nothing of the case may lie beside it once the last window has left.
  for (const beside of ["-wal", "-shm", "-journal"])
    await expect.poll(() => existsSync(`${casePath}${beside}`), { timeout: 20_000 }).toBe(false);
  const copy = join(home, "copied.tidemark");
  copyFileSync(casePath, copy);
  const other = await openPage(copy, `explore?${endpoint}`);
  await marked(other, true);
  await inspector(other).getByText(NOTE).waitFor();
});
