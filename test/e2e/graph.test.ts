// The graph as an investigator arranges it: two hosts are set apart, everything else hidden, undone, and the picture taken away.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { parseXml } from "../support/xml.ts";
import { figure, home, openPage, query, sampleCase } from "./app.ts";

const FROM = Date.UTC(2026, 2, 11, 0);
const TO = Date.UTC(2026, 2, 11, 6);
const night = `from=${FROM}&to=${TO}`;
const range = ["--from", String(FROM), "--to", String(TO)];

const graph = (page: Page) => page.getByRole("region", { name: "Graph" });
const nodes = (page: Page) => graph(page).getByRole("listbox", { name: "Nodes of the graph" });

async function save(page: Page, format: string, name: string): Promise<string> {
  await graph(page).getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: format }).click();
  await page.getByRole("dialog", { name: "Where should the file go?" }).waitFor();
  await page.getByLabel("Path").fill(home);
  await page.getByLabel("Path").press("Enter");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Save here" }).click();
  await page.getByText(`Saved ${join(home, name)}`).waitFor();
  return readFileSync(join(home, name), "utf8");
}

test("by keyboard: a node is selected, hidden and shown again; its group is drawn as one; only its edges are drawn", async () => {
  const casePath = sampleCase("graph");
  const page = await openPage(casePath, `explore?${night}`);
  const endpoints = query(casePath, "endpoints", ...range);
  await graph(page)
    .getByText(`stand for ${figure.format(endpoints.length)} endpoints; none left out`)
    .waitFor();
  await nodes(page).focus();
  await page.keyboard.press("End");
  const last = nodes(page).getByRole("option").last();
  await last.getByText("168.63.129.16").waitFor();
  await page.keyboard.press("h");
  await graph(page).getByText("1 hidden").waitFor();
  await expect.poll(() => nodes(page).getByText("168.63.129.16").count()).toBe(0);
  await nodes(page).focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => graph(page).getByText("1 hidden").count()).toBe(0);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await nodes(page)
    .getByRole("option", { name: /vnet-spoke: .*edges/ })
    .waitFor();
  await page.keyboard.press("e");
  await nodes(page)
    .getByRole("option", { name: /vnet-spoke \(5\)/ })
    .waitFor();
  await page.keyboard.press("o");
  await graph(page)
    .getByText(/^1 node stands for/)
    .waitFor();
});

test("by name: what cannot be done says why, what is selected is hidden, widths and projection change", async () => {
  const page = await openPage(sampleCase("named"), `explore?${night}`);
  await graph(page).getByText("none left out").waitFor();
  const search = page.getByRole("combobox", { name: "Search or run a command" });
  const entry = (name: RegExp) => page.getByRole("listbox", { name: "Found" }).getByRole("option", { name });
  const run = async (words: string): Promise<void> => {
    await page.keyboard.press("Control+k");
    await search.fill(words);
    await page.keyboard.press("Enter");
  };
  await page.keyboard.press("Control+k");
  await search.fill("graph");
  await entry(/^Hide what is selected No node of the graph is selected\.$/).waitFor();
  await entry(/^Colour by new and gone Nothing is compared/).waitFor();
  await entry(/^Path between two, fewest hops Select two addresses/).waitFor();
  await page.keyboard.press("Escape");
  await nodes(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Space");
  await run("hide what is selected");
  await graph(page).getByText("1 hidden").waitFor();
  await run("undo in the graph");
  await expect.poll(() => graph(page).getByText("1 hidden").count()).toBe(0);
  await run("widths by packets");
  await expect.poll(() => graph(page).getByRole("combobox", { name: "Width" }).inputValue()).toBe("packets");
  await run("draw as matrix");
  await page.getByRole("grid", { name: "Edges, who opened by who answered" }).waitFor();
});

test("a graph that is saved holds the sums of the command line", async () => {
  const casePath = sampleCase("graph-saved");
  const page = await openPage(casePath, `explore?${night}`);
  await graph(page)
    .getByText(/none left out/)
    .waitFor();
  const root = parseXml(await save(page, "GraphML", "night.graphml"));
  const inside = root.children.find(({ name }) => name === "graph")!;
  const edges = inside.children.filter(({ name }) => name === "edge");
  const sent = edges.map(({ children }) =>
    Number(children.find(({ attributes }) => attributes.key === "e_bytesSent")!.text),
  );
  const rows = query(casePath, "edges", ...range);
  expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(rows.reduce((sum, row) => sum + Number(row.bytesSent), 0));
  const svg = parseXml(await save(page, "SVG", "night.svg"));
  expect(svg.name).toBe("svg");
  expect(svg.children.filter(({ name }) => name === "text").map(({ text }) => text)).toContain("168.63.129.16");
});

test("whatever is known first, the nodes of a range stand in the same places", async () => {
  const casePath = sampleCase("places");
  const orders = [{}, { "address.facts": 1500, "nic.list": 500 }, { "nic.list": 1500 }, { "query.rows": 1000 }];
  const canvases = await Promise.all(
    orders.map(async (late) => {
      const page = await openPage(casePath, `explore?${night}`, { late });
      await nodes(page)
        .getByRole("option", { name: /United States/ })
        .waitFor({ state: "attached" });
      return graph(page).locator("canvas");
    }),
  );
  const looks = async (): Promise<number> =>
    new Set(await Promise.all(canvases.map(async (each) => (await each.screenshot()).toString("base64")))).size;
  await expect.poll(looks, { timeout: 20_000, interval: 500 }).toBe(1);
});
