// Panes and keys as an investigator sets them: divided by keyboard, folded, alone, in a second window that follows; a key given away.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { openPage, sampleCase } from "./app.ts";

const menu = async (page: Page, pane: string, item: string): Promise<void> => {
  await page.getByRole("button", { name: `Pane ${pane}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("panes are divided, folded and shown alone, and are so again after a reload; one follows in a second window", async () => {
  const page = await openPage(sampleCase("panes"), "explore");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const before = (await inspector.boundingBox())!.width;
  const splitter = page.getByRole("separator", { name: "Width of the inspector" });
  await splitter.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(async () => (await inspector.boundingBox())!.width).toBe(before + 64);
  await menu(page, "Graph", "Fold");
  await expect.poll(() => page.getByRole("region", { name: "Graph" }).getByRole("button").count()).toBe(1);
  await page.reload();
  await inspector.waitFor();
  await expect.poll(async () => (await inspector.boundingBox())!.width).toBe(before + 64);
  await page.getByRole("region", { name: "Graph" }).getByRole("button").click();
  await splitter.dblclick();
  await expect.poll(async () => (await inspector.boundingBox())!.width).toBe(before);
  await menu(page, "Tables", "Alone");
  await expect.poll(() => inspector.count()).toBe(0);
  await menu(page, "Tables", "All panes as usual");

  const opened = page.context().waitForEvent("page");
  await menu(page, "Graph", "In a window of its own");
  const graph = await opened;
  await graph.getByText("follows its window").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("dst == 203.0.113.45\n");
  await graph.getByText("3 nodes stand for 3 endpoints").waitFor();
  await graph.getByRole("button", { name: "Clear" }).click();
  await expect.poll(() => page.getByRole("button", { name: "dst == 203.0.113.45", exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: "Graph in a window of its own" }).click();
  await page.getByRole("button", { name: "Pane Graph" }).waitFor();
  await expect.poll(() => graph.isClosed()).toBe(true);
});

test("a key is given to another command, which takes it from the one that had it; reset gives it back", async () => {
  const page = await openPage(sampleCase("keys"), "explore");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("?");
  await dialog.getByRole("button", { name: "Change the keys of New note: N" }).click();
  await page.keyboard.press("b");
  await dialog.getByText("runs “Saved views").waitFor();
  await dialog.getByRole("button", { name: "Take it from there" }).click();
  await dialog.getByRole("button", { name: "Change the keys of New note: B" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(900); // it is kept
  await page.reload();
  await page.getByRole("contentinfo").getByText("tuples").waitFor();
  await page.keyboard.press("b");
  await page.getByLabel("Text of the note, Markdown").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("Keyboard shortcuts");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Reset all" }).click();
  await dialog.getByRole("button", { name: "Change the keys of New note: N" }).waitFor();
});
