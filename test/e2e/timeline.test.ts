// The timeline as an investigator uses it. Every figure on it is the command line's for the same scope.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase, sum } from "./app.ts";

const FROM = Date.UTC(2026, 2, 11, 0);
const TO = Date.UTC(2026, 2, 11, 6);
const night = `from=${FROM}&to=${TO}`;
const range = ["--from", String(FROM), "--to", String(TO)];

const soon = { timeout: 10_000 };
const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const bar = (page: Page) => page.getByRole("contentinfo");

test("denied and a typed part stand in lanes of their own, and the table has their figures, bar for bar", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}&measure=tuples`);
  await timeline(page)
    .getByRole("button", { name: /^Series/ })
    .click();
  const card = page.getByRole("dialog", { name: "Series" });
  await card.getByRole("button", { name: "denied" }).click();
  await card.getByLabel("Filter of a new series").fill("dport ==");
  await page.keyboard.press("Enter");
  await card.getByRole("alert").waitFor();
  await card.getByLabel("Filter of a new series").fill("dport == 3389");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await timeline(page).getByRole("button", { name: "Series dport == 3389" }).waitFor();
  await expect.poll(() => page.url(), soon).toContain("3389");

  await page.reload();
  await timeline(page).getByRole("button", { name: "Table" }).click();
  const table = timeline(page).getByRole("table", { name: "Bars of the range" });
  await table.getByRole("columnheader", { name: "dport == 3389" }).waitFor();
  const bins = ["--bin", "2m", ...range];
  const [all, rdp] = ["", "dport == 3389"].map((filter) => query(casePath, "timeline", "--filter", filter, ...bins));
  const column = async (n: number): Promise<string[]> =>
    await table.locator(`tbody tr td:nth-child(${n})`).allTextContents();
  await expect.poll(() => column(2), soon).toEqual(all!.map((row) => figure.format(Number(row.tuples))));
  expect(await column(4)).toEqual(all!.map((row) => figure.format(Number(row.denied))));
  const tuplesOf = new Map(
    rdp!.map((row) => [
      row.time,
      `${figure.format(Number(row.tuples))} ${Number(row.tuples) === 1 ? "tuple" : "tuples"}`,
    ]),
  );
  await expect.poll(() => column(10), soon).toEqual(all!.map((row) => tuplesOf.get(row.time) ?? "none"));
  const last = rdp!.at(-1)!;
  await table
    .getByRole("row")
    .nth(all!.findIndex((row) => row.time === last.time) + 1)
    .getByRole("button")
    .last()
    .click();
  await page.getByText(`sum of ${figure.format(Number(last.tuples))} tuples`).waitFor();
});

test("a night compared with the one before says both figures, and both are right", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}`);
  await timeline(page).getByRole("button", { name: "Compare" }).click();
  await page.getByRole("menuitemradio", { name: /day before/ }).click();
  const line = timeline(page).getByRole("region", { name: "Comparison" });
  const day = 86_400_000;
  const then = ["--from", String(FROM - day), "--to", String(TO - day)];
  const [now, before] = [range, then].map((each) => sum(query(casePath, "edges", ...each), "denied"));
  await line
    .getByTitle(`${figure.format(now as number)} now, ${figure.format(before as number)} then`, { exact: false })
    .first()
    .waitFor();
  await page.keyboard.press("]");
  await expect.poll(() => page.url(), soon).toContain(`compare=${TO - day}`);
  await page.getByRole("button", { name: "Back" }).click();
  await expect.poll(() => page.url(), soon).toContain(`compare=${FROM - day}`);
});

test("a NIC's lane leads to its tuples; play moves every view and one step back undoes it", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}`);
  await timeline(page).getByRole("button", { name: "NICs", exact: true }).click();
  const lane = timeline(page)
    .getByRole("button", { name: /: filter on it/ })
    .first();
  await lane.click();
  const nic = /nic == "?(\w+)/.exec(decodeURIComponent(page.url()).replaceAll("+", " "))![1]!;
  await bar(page)
    .getByText(figure.format(query(casePath, "tuples", "--filter", `nic == ${nic}`, ...range).length))
    .waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await bar(page)
    .getByText(figure.format(query(casePath, "tuples", ...range).length))
    .waitFor();

  await timeline(page).getByRole("group", { name: "Bars of the range" }).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => page.url(), soon).toContain(`from=${TO}`); // with reduced motion a window a second
  await page.keyboard.press("Space");
  await timeline(page).getByRole("button", { name: "Play" }).waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await expect.poll(() => page.url(), soon).toContain(`from=${FROM}&`);
});
