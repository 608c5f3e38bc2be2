// The same answer as matrix, Sankey and map, by keyboard: each leads on to what it stands for; a lasso takes several nodes at once.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase, sum } from "./app.ts";

const FROM = Date.UTC(2026, 2, 11, 0);
const TO = Date.UTC(2026, 2, 11, 6);
const range = ["--from", String(FROM), "--to", String(TO)];
const graph = (page: Page) => page.getByRole("region", { name: "Graph" });

async function projected(casePath: string, projection: string): Promise<Page> {
  const page = await openPage(casePath, `explore?from=${FROM}&to=${TO}`);
  await graph(page)
    .getByRole("radiogroup", { name: "Projection" })
    .or(graph(page).getByRole("group", { name: "Projection" }))
    .getByText(projection, { exact: true })
    .click();
  return page;
}

/** Tuples of the edges between what two names stand for, where each is one address. */
function tuplesBetween(casePath: string, said: string): number {
  const [, src, dst] = /^([\d.]+) to ([\d.]+)[:,]/.exec(said) ?? [];
  if (src === undefined) throw new Error(`not between two addresses: ${said}`);
  return sum(query(casePath, "edges", "--filter", `src == ${src} and dst == ${dst}`, ...range), "tuples");
}

test("a cell of the matrix says its figures and opens its tuples", async () => {
  const casePath = sampleCase("matrix");
  const page = await projected(casePath, "Matrix");
  const grid = graph(page).getByRole("grid", { name: "Edges, who opened by who answered" });
  await grid.focus();
  await page.keyboard.press("s"); // by group
  const cell = grid.getByRole("gridcell");
  for (
    let moves = 0;
    moves < 40 && !/^[\d.]+ to [\d.]+: .* tuples?/.test((await cell.allTextContents()).join());
    moves++
  )
    await page.keyboard.press(moves % 6 === 5 ? "ArrowDown" : "ArrowRight");
  const said = (await cell.allTextContents()).join();
  const tuples = figure.format(tuplesBetween(casePath, said));
  expect(said).toMatch(new RegExp(`, ${tuples} tuples?`));
  await page.keyboard.press("Space");
  await page.getByRole("complementary", { name: "Inspector" }).getByText(`all ${tuples}`).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(new RegExp(`sum of ${tuples} tuples?`)).waitFor();
});

test("a ribbon of the Sankey opens its tuples", async () => {
  const casePath = sampleCase("sankey");
  const page = await projected(casePath, "Sankey");
  const ribbons = graph(page).getByRole("listbox", { name: "Ribbons" });
  await ribbons.getByRole("option").first().waitFor();
  const said = (await ribbons.getByRole("option").allTextContents()).findIndex((text) =>
    /^[\d.]+ to [\d.]+,/.test(text),
  );
  await ribbons.focus();
  for (let moves = 0; moves < said; moves++) await page.keyboard.press("ArrowDown");
  const id = await ribbons.getAttribute("aria-activedescendant");
  const text = (await page.locator(`[id="${id}"]`).allTextContents()).join();
  await page.keyboard.press("Enter");
  await page.getByText(`sum of ${figure.format(tuplesBetween(casePath, text))} tuple`).waitFor();
});

test("a country on the map becomes the filter of every view", async () => {
  const casePath = sampleCase("map");
  const page = await projected(casePath, "Map");
  const countries = graph(page).getByRole("listbox", { name: "Countries" });
  await countries.getByRole("option", { name: /Australia/ }).waitFor();
  await countries.focus();
  const names = await countries.getByRole("option").allTextContents();
  for (let moves = names.findIndex((name) => /Australia/.test(name)); moves > 0; moves--)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const filter = "country == AU";
  const tuples = query(casePath, "tuples", "--filter", filter, ...range).length;
  await page.getByRole("contentinfo").getByText(figure.format(tuples), { exact: true }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await page
    .getByRole("contentinfo")
    .getByText(figure.format(query(casePath, "tuples", ...range).length), { exact: true })
    .waitFor();
});

test("a line drawn round all nodes selects them, and their sums stand in the inspector", async () => {
  const page = await openPage(sampleCase("lasso"), `explore?from=${FROM}&to=${TO}`);
  await graph(page)
    .getByText(/none left out/)
    .waitFor();
  const box = (await graph(page).locator("canvas").first().boundingBox())!;
  await graph(page).getByRole("button", { name: /lasso/i }).click();
  const corners = [
    [2, 2],
    [box.width - 2, 2],
    [box.width - 2, box.height - 2],
    [2, box.height - 2],
    [2, 4],
  ] as const;
  await page.mouse.move(box.x + 2, box.y + 2);
  await page.mouse.down();
  for (const [x, y] of corners) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
  const nodes = await graph(page).getByRole("listbox", { name: "Nodes of the graph" }).getByRole("option").count();
  await page
    .getByRole("complementary", { name: "Inspector" })
    .getByText(new RegExp(`${nodes} nodes`))
    .waitFor();
});
