// The filter bar as an investigator uses it: completion from the language and the case, a fault in words, chips by keyboard and menu.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase } from "./app.ts";

const bar = (page: Page) => page.getByRole("search", { name: "Filter" });
const text = (page: Page) => bar(page).getByRole("textbox", { name: "Filter" });
const chip = (page: Page, name: string) => bar(page).getByRole("button", { name, exact: true });

test("completes, says what is wrong, applies; a chip is switched off, negated, moved and removed by keys alone", async () => {
  const casePath = sampleCase("filter");
  const page = await openPage(casePath, "explore");
  const tuples = (filter: string) =>
    page
      .getByRole("contentinfo")
      .getByText(figure.format(query(casePath, "tuples", "--filter", filter).length))
      .waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("byte > 10M");
  await bar(page).getByText("did you mean bytes").waitFor();
  await bar(page).getByRole("button", { name: "Write bytes" }).click();
  await expect.poll(() => text(page).textContent()).toBe("bytes > 10M");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("dst==203.0.113.45 and de");
  await page
    .getByRole("listbox")
    .getByRole("option", { name: /decision/ })
    .waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("== al");
  await page.getByRole("listbox").getByRole("option", { name: /allow/ }).waitFor();
  await page.keyboard.press("Tab");
  await bar(page).getByText("would leave").waitFor();
  await page.keyboard.press("Enter");
  await chip(page, "decision == allow").waitFor();
  await tuples("dst == 203.0.113.45 and decision == allow");

  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("!");
  await chip(page, "decision != allow").waitFor();
  await page.keyboard.press("Control+ArrowLeft");
  await expect.poll(() => page.url()).toContain("filter=decision+%21%3D+allow+and+dst");
  await page.keyboard.press("Space");
  await chip(page, "decision != allow, switched off").waitFor();
  await tuples("dst == 203.0.113.45");
  await page.reload();
  await tuples("dst == 203.0.113.45");
  await chip(page, "decision != allow, switched off").focus();
  await page.keyboard.press("Delete");
  await expect.poll(() => chip(page, "decision != allow, switched off").count()).toBe(0);
});
