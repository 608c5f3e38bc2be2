// Every table shows the command line's numbers; several fields sort; rows are chosen and copied beyond those on screen.

import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase } from "./app.ts";

const day = ["--from", String(Date.UTC(2026, 2, 10)), "--to", String(Date.UTC(2026, 2, 11))];
const scopes: readonly (readonly [string, readonly string[]])[] = [
  ["", []],
  [`from=${day[1]}&to=${day[3]}&filter=${encodeURIComponent("dst == public")}`, [...day, "--filter", "dst == public"]],
];
const tables = [
  "Ports",
  "Rules",
  "Encryption",
  "Countries",
  "ASNs",
  "NICs",
  "Endpoints",
  "Edges",
  "Conversations",
] as const;

test.each(scopes)("the first rows of every table in %s", async (fragment, options) => {
  const casePath = sampleCase("tables");
  const page = await openPage(casePath, `explore?${fragment}`);
  for (const title of tables) {
    await page.getByRole("tab", { name: new RegExp(`^${title}`) }).click();
    const grid = page.getByRole("grid", { name: title });
    await grid.waitFor();
    const rows = query(casePath, title.toLowerCase(), "--sort", "tuples:desc", ...options);
    const expected = rows.slice(0, 3).map((row) => figure.format(Number(row.tuples)));
    await expect
      .poll(
        async () =>
          await grid
            .locator('[role="rowgroup"] [data-column="tuples"]')
            .allTextContents()
            .then((all) => all.slice(0, expected.length)),
      )
      .toEqual(expected);
    expect(await grid.getAttribute("aria-rowcount")).toBe(String(rows.length + 2));
  }
});

test("sorted by two fields, all rows copied as the command line has them", async () => {
  const casePath = sampleCase("sorted");
  const page = await openPage(casePath, "explore?table=ports&filter=dport%20%3C%201024");
  const grid = page.getByRole("grid", { name: "Ports" });
  await grid.getByRole("columnheader", { name: "Destinations" }).getByRole("button").click();
  await grid
    .getByRole("columnheader", { name: "Service" })
    .getByRole("button")
    .click({ modifiers: ["Shift"] });
  const rows = query(casePath, "ports", "--filter", "dport < 1024", "--sort", "destinations:desc,dstPort:desc");
  await expect.poll(() => page.url()).toContain("sort=destinations%3Adesc%2CdstPort%3Adesc");
  await grid.focus();
  await page.keyboard.press("Control+a");
  await page.getByText(`${figure.format(rows.length)} of ${figure.format(rows.length)} ports chosen`).waitFor();
  await page.getByRole("button", { name: "Copy or save rows" }).click();
  await page.getByRole("menuitem", { name: "NDJSON" }).first().click();
  await page.getByText("copied as NDJSON").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = copied.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
});
