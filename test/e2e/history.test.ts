// History, saved views and links as an investigator uses them: ways that branch, a name for a view, a link that is told from another case's.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { openPage, sampleCase } from "./app.ts";

const text = (page: Page) => page.getByRole("search", { name: "Filter" }).getByRole("textbox", { name: "Filter" });
const chip = (page: Page, name: string) =>
  page.getByRole("search", { name: "Filter" }).getByRole("button", { name, exact: true });

async function add(page: Page, term: string): Promise<void> {
  await text(page).focus();
  await page.keyboard.type(`${term}\n`);
  await chip(page, term).waitFor();
  await page.waitForTimeout(700); // it rests, so that it is a step
}

test("history keeps both ways; a saved view is named, undone after a reload, opened; a link tells its case", async () => {
  const page = await openPage(sampleCase("history"), "explore");
  await add(page, "dst == 203.0.113.45");
  await add(page, "dport == 443");
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(() => chip(page, "dport == 443").count()).toBe(0);
  await page.waitForTimeout(700);
  await add(page, "src == 10.1.2.4");
  await page.getByRole("button", { name: "History of this case" }).click();
  const steps = page.getByRole("tree", { name: "Scopes that were asked" }).getByRole("treeitem");
  await expect
    .poll(async () => (await steps.allTextContents()).map((each) => each.replace(/\d\d:\d\d$/, "")))
    .toEqual(["the whole case", "+ dst == 203.0.113.45", "+ dport == 443", "+ src == 10.1.2.4"]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await chip(page, "dport == 443").waitFor();

  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByLabel("Name for what is looked at").fill("Beacon over TLS");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Saved views" }).getByText("Beacon over TLS").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: 'Undo: View "Beacon over TLS" saved' }).waitFor();
  await page.waitForTimeout(900); // what can be undone is kept
  await page.reload();
  await page.getByRole("button", { name: 'Undo: View "Beacon over TLS" saved' }).click();
  await page.getByText("Undone: View").waitFor();
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("Beacon over");
  await page.getByRole("option", { name: /^Beacon over TLS/ }).waitFor();
  await page.keyboard.press("Enter");
  await chip(page, "dport == 443").waitFor();

  await page.keyboard.press("Control+Shift+L");
  await page.getByText("Citation and link copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /^Case history \(logical digest [0-9a-f]{64}\); range its first tuple to .* tuples, each side\n/,
  );
  const other = await openPage(sampleCase("another"), "explore");
  await other.keyboard.press("Control+k");
  await other.getByRole("combobox", { name: "Search or run a command" }).fill("Open link");
  await other.keyboard.press("Enter");
  const dialog = other.getByRole("dialog", { name: "Open a link" });
  await dialog.getByRole("textbox", { name: "Link" }).fill(copied.replace(/digest=..../, "digest=0000"));
  await dialog.getByText("It is of another case than the one that is open, another").waitFor();
  await dialog.getByRole("textbox", { name: "Link" }).fill(copied);
  await dialog.getByText("It is of the case that is open, another").waitFor();
  await dialog.getByRole("button", { name: "Show", exact: true }).click();
  await chip(other, "dport == 443").waitFor();
});
