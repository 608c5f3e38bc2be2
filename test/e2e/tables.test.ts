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

test("a row's activity and its share of the whole case are shown where they are asked for", async () => {
  const casePath = sampleCase("beside");
  const [from, to] = [day[1], day[3]];
  const page = await openPage(
    casePath,
    `explore?table=ports&sort=tuples:desc&from=${from}&to=${to}&filter=bytes%20%3E%201000000`,
  );
  const grid = page.getByRole("grid", { name: "Ports" });
  await page.getByRole("button", { name: "Columns and density" }).click();
  for (const name of ["Activity", "Tuples, in all", "Tuples, % of all"])
    await page.getByRole("checkbox", { name, exact: true }).check();
  await page.keyboard.press("Escape");
  const [first] = query(casePath, "ports", "--sort", "tuples:desc", "--filter", "bytes > 1000000", ...day);
  const [whole] = query(casePath, "ports", "--filter", `dport == ${first?.dstPort} and proto == ${first?.protocol}`);
  await expect
    .poll(() => grid.locator('[data-column="tuplesWhole"]').first().textContent())
    .toBe(figure.format(Number(whole?.tuples)));
  const bars = grid.locator('[data-column="activity"] .spark').first();
  await bars.hover({ position: { x: 1, y: 4 } });
  expect(await bars.getAttribute("title")).toMatch(/^2026-03-10 00:00 to 2026-03-10 01:00 UTC: [\d,]+ tuples/);
  const all = query(casePath, "ports", ...day);
  const held = query(casePath, "ports", "--filter", "bytes > 1000000", ...day);
  await grid.getByText(`+${figure.format(all.length - held.length)} others`).waitFor();
  const [mostHere] = query(casePath, "ports", "--sort", "tuplesShare:desc", "--filter", "bytes > 1000000", ...day);
  await grid.getByRole("columnheader", { name: /Tuples, % of all/ }).click();
  await expect
    .poll(() => grid.locator('[data-column="dstPort"]').first().textContent())
    .toContain(String(mostHere?.dstPort));
});

test("in the least window every table is a tab in sight, and by name in the palette", async () => {
  const page = await openPage(sampleCase("tabs"), "explore?table=conversations");
  const row = (await page.getByRole("tablist", { name: "Table" }).boundingBox())!;
  for (const title of [...tables, "Flows", "Tuples", "Members", "Rejects", "Pivot"]) {
    const tab = (await page.getByRole("tab", { name: new RegExp(`^${title}`) }).boundingBox())!;
    expect([title, tab.x >= row.x && tab.x + tab.width <= row.x + row.width]).toEqual([title, true]);
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("table countries");
  await page.keyboard.press("Enter");
  await page.getByRole("grid", { name: "Countries" }).waitFor();
});
