// The pivot as an investigator uses it: every number that of the command line, a cell followed to its tuples, the rarest first.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase, sum } from "./app.ts";

const cell = (page: Page, row: string, column: number) =>
  page
    .getByRole("grid", { name: "Pivot" })
    .getByRole("row", { name: new RegExp(`^${row} `) })
    .getByRole("gridcell")
    .nth(column);

test("cells and totals are the command line's; a cell includes its values and opens its tuples", async () => {
  const casePath = sampleCase("pivot");
  const page = await openPage(casePath, "explore?table=pivot");
  const groups = query(casePath, "groups", "--group", "service,decision");
  await page.getByRole("grid", { name: "Pivot" }).waitFor();
  for (const service of ["443/tcp", "53/udp"]) {
    const own = groups.filter((row) => row.service === service);
    for (const [at, decision] of ["allow", "deny"].entries()) {
      const tuples = sum(
        own.filter((row) => row.decision === decision),
        "tuples",
      );
      expect(await cell(page, service, at).textContent()).toBe(tuples === 0 ? "·" : figure.format(tuples));
    }
    expect(await cell(page, service, 2).textContent()).toBe(figure.format(sum(own, "tuples")));
  }
  expect(await cell(page, "Total", 2).textContent()).toBe(figure.format(sum(groups, "tuples")));

  const denied = sum(
    groups.filter((row) => row.service === "443/tcp" && row.decision === "deny"),
    "tuples",
  );
  await cell(page, "443/tcp", 1).click();
  await page.keyboard.press("t");
  await page.getByText(`sum of ${figure.format(denied)} tuples`).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await cell(page, "443/tcp", 1).click();
  await page.keyboard.press("Enter");
  await page.getByRole("contentinfo").getByText(figure.format(denied), { exact: true }).waitFor();
});

test("the rarest first, and in Markdown", async () => {
  const casePath = sampleCase("rare");
  const page = await openPage(casePath, "explore?table=pivot");
  await page.getByLabel("Row field 1").selectOption("rule");
  await page.getByLabel("Column field").selectOption("");
  await page.getByRole("button", { name: "Rarest" }).click();
  const rules = query(casePath, "groups", "--group", "rule", "--sort", "tuples:asc");
  const [rarest] = rules;
  await expect
    .poll(() => cell(page, String(rarest!.rule), 0).textContent())
    .toBe(figure.format(Number(rarest!.tuples)));
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("menuitem", { name: "Markdown" }).click();
  await page.getByText("Pivot copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")[2]).toBe(`| ${rarest!.rule} | ${rarest!.tuples} |`);
  expect(copied).toContain(`| Total | ${sum(rules, "tuples")} |`);
});
