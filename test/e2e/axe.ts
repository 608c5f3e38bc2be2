// axe on every screen and dialog in every theme: nothing serious or critical. What no theme can change is looked at in light only.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright";
import { expect } from "vitest";
import { type Look, openPage, sampleCase } from "./app.ts";

const endpoint = `selection=${encodeURIComponent('{"kind":"endpoint","ip":"10.1.2.4"}')}`;
const host = `subject=${encodeURIComponent('{"kind":"host","ip":"10.1.2.4"}')}`;
const screens: readonly (readonly [string, (page: Page) => Locator])[] = [
  [`explore?${endpoint}`, (page) => page.getByRole("group", { name: "Status of 10.1.2.4" })],
  ["explore?table=endpoints&filter=dport%20==%203389", (page) => page.getByRole("grid", { name: "Endpoints" })],
  ...["matrix", "sankey", "map"].map(
    (projection) =>
      [
        `explore?graph=${encodeURIComponent(JSON.stringify({ projection }))}`,
        (page: Page) => page.getByRole("region", { name: "Graph" }).getByText(/stand for|who opened|do not add up/),
      ] as const,
  ),
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
  ["Open link…", "Open a link"],
] as const;

export async function everyScreenIsAccessible(theme: NonNullable<Look["theme"]>): Promise<void> {
  const casePath = sampleCase(`accessible-${theme}`);
  const start = await openPage(null, "start", { theme });
  await start.getByRole("button", { name: "New case" }).waitFor();
  const rules = theme === "light" ? null : ["color-contrast"];
  expect(await graveIn(start, rules)).toEqual([]);

  const page = await openPage(casePath, "explore", { theme });
  for (const [fragment, landmark] of screens) {
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `/${fragment}${fragment.includes("?") ? "&" : "?"}case=${encodeURIComponent(casePath)}`,
    );
    await landmark(page).first().waitFor();
    expect(await graveIn(page, rules), fragment).toEqual([]);
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  expect(await graveIn(page, rules), "palette").toEqual([]);
  await page.keyboard.press("Escape");
  for (const [command, title] of dialogs) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(command);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: title }).waitFor();
    expect(await graveIn(page, rules), title).toEqual([]);
    await page.keyboard.press("Escape");
  }
}

/** `rules`: null for all. */
async function graveIn(page: Page, rules: readonly string[] | null): Promise<readonly string[]> {
  await page.waitForFunction(() => document.querySelector(".pending") === null); // an older answer is dimmed for a moment
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"], ...(rules === null ? {} : { runOnly: [...rules] }) })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
    );
}
