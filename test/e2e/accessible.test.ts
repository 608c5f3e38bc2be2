// axe on every screen in light, dark and high contrast: nothing serious or critical.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";
import { openPage, sampleCase } from "./app.ts";

const endpoint = `selection=${encodeURIComponent('{"kind":"endpoint","ip":"10.1.2.4"}')}`;
const host = `subject=${encodeURIComponent('{"kind":"host","ip":"10.1.2.4"}')}`;
const screens: readonly (readonly [string, (page: Page) => Locator])[] = [
  [`explore?${endpoint}`, (page) => page.getByRole("group", { name: "Status of 10.1.2.4" })],
  ["explore?table=endpoints&filter=dport%20==%203389", (page) => page.getByRole("grid", { name: "Endpoints" })],
  ["explore?table=pivot", (page) => page.getByRole("grid", { name: "Pivot" })],
  ["evidence", (page) => page.getByRole("region", { name: "Original text" }).locator("mark")],
  [`hosts?${endpoint}`, (page) => page.getByRole("heading", { name: /Activity/ })],
  [`subject?${host}`, (page) => page.getByRole("region", { name: "Encryption" })],
  ["sql", (page) => page.getByText("Ask what no view shows.")],
  ["growth?filter=dport%20==%20443", (page) => page.getByRole("columnheader", { name: "Change" })],
  ["adding", (page) => page.getByRole("heading", { name: "Sources of evidence" })],
];

/** Command in the palette, title of what it opens. */
const dialogs = [
  ["Keyboard shortcuts", "Keyboard shortcuts"],
  ["Export evidence in scope", "Export evidence in scope"],
  ["Save a copy", "Save a copy for a colleague"],
  ["Verify", "Verify this case"],
] as const;

test.each(["light", "dark", "hc-light"] as const)("in %s", async (theme) => {
  const casePath = sampleCase(`accessible-${theme}`);
  const start = await openPage(null, "start", { theme });
  await start.getByRole("button", { name: "New case" }).waitFor();
  expect(await graveIn(start)).toEqual([]);

  const page = await openPage(casePath, "explore", { theme });
  for (const [fragment, landmark] of screens) {
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `/${fragment}${fragment.includes("?") ? "&" : "?"}case=${encodeURIComponent(casePath)}`,
    );
    await landmark(page).first().waitFor();
    expect(await graveIn(page), fragment).toEqual([]);
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  expect(await graveIn(page), "palette").toEqual([]);
  await page.keyboard.press("Escape");
  for (const [command, title] of dialogs) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(command);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: title }).waitFor();
    expect(await graveIn(page), title).toEqual([]);
    await page.keyboard.press("Escape");
  }
});

async function graveIn(page: Page): Promise<readonly string[]> {
  await page.waitForFunction(() => document.querySelector(".pending") === null); // an older answer is dimmed for a moment
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
    );
}
